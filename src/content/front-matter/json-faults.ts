import { printParseErrorCode, visit } from 'jsonc-parser'

/**
 * What is wrong with a JSON text, and where. `JSON.parse` names the place of some faults only, takes the last of
 * two equal keys in silence, and lets through what neither Postgres nor UTF-8 can hold.
 */
export interface JsonFault {
  /** UTF-16 code units from the beginning. */
  offset: number
  /** Keys and indexes that lead there. */
  path: readonly (string | number)[]
  code:
    | 'syntax'
    | 'duplicate_key'
    | 'forbidden_key'
    | 'too_deep'
    | 'nul_character'
    | 'lone_surrogate'
    | 'unsafe_number'
  message: string
}

class FaultFound extends Error {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault.message)
    this.fault = fault
  }
}

/** jsonc-parser's errors, by the names that it prints. */
const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Expected a value: a string in double quotes, a number, true, false, null, "[" or "{".',
  InvalidNumberFormat: 'No number is written like this.',
  PropertyNameExpected: 'Expected a key in double quotes: is there a comma too many?',
  ValueExpected: 'Expected a value: is there a comma too many?',
  ColonExpected: 'Expected ":" after the key.',
  CommaExpected: 'Expected a comma.',
  CloseBraceExpected: 'Expected a comma or "}".',
  CloseBracketExpected: 'Expected a comma or "]".',
  EndOfFileExpected: 'Expected nothing more: the value is complete.',
  InvalidCommentToken: 'JSON has no comments.',
  UnexpectedEndOfString: 'This string has no closing quote.',
  InvalidUnicode: 'After \\u stand four hexadecimal digits.',
  InvalidEscapeCharacter: 'No escape begins like this; a backslash is written \\\\.',
  InvalidCharacter: 'A control character inside a string is written as an escape, a line break as \\n.',
}

/**
 * The first fault of a text as JSON (RFC 8259); undefined for a text that is fine. Also faults: a key that stands
 * twice, `__proto__` as a key, U+0000 and lone surrogates (at the string they are in), numbers that would change,
 * nesting beyond `maxDepth`.
 */
export function findJsonFault(text: string, maxDepth: number): JsonFault | undefined {
  try {
    visitFaults(text, maxDepth)
  } catch (error) {
    if (error instanceof FaultFound) return error.fault
    throw error
  }
  // The scanner is made for comments and takes other blanks than JSON's: JSON.parse has the last word.
  return isJson(text) ? undefined : { code: 'syntax', offset: 0, path: [], message: 'This is not JSON.' }
}

/** @throws FaultFound at the first fault, in the order of the text: nesting can't overflow the stack */
function visitFaults(text: string, maxDepth: number): void {
  const keys: Set<string>[] = []
  let depth = 0
  const open = (offset: number, path: JsonFault['path']) => {
    depth += 1
    if (depth > maxDepth) fail('too_deep', `Nested deeper than ${maxDepth} levels.`, offset, path)
  }
  visit(
    text,
    {
      onObjectBegin(offset, _length, _line, _column, path) {
        open(offset, path())
        keys.push(new Set())
      },
      onObjectEnd() {
        depth -= 1
        keys.pop()
      },
      onArrayBegin: (offset, _length, _line, _column, path) => open(offset, path()),
      onArrayEnd() {
        depth -= 1
      },
      onObjectProperty(key, offset, _length, _line, _column, path) {
        const at = [...path(), key]
        refuseUnstorable(key, offset, at)
        if (key === '__proto__') fail('forbidden_key', 'The key "__proto__" is not allowed.', offset, at)
        const seen = keys.at(-1)
        if (seen?.has(key)) {
          fail('duplicate_key', `The key ${JSON.stringify(key.slice(0, 80))} stands twice.`, offset, at)
        }
        seen?.add(key)
      },
      onLiteralValue(value, offset, length, _line, _column, path) {
        if (typeof value === 'string') refuseUnstorable(value, offset, path())
        if (typeof value === 'number' && !isExact(text.slice(offset, offset + length), value)) {
          const message = 'A number of this size can’t be kept exactly: send it as a string.'
          fail('unsafe_number', message, offset, path())
        }
      },
      onError: (error, offset) =>
        fail('syntax', WORDS[printParseErrorCode(error)] ?? 'This is not JSON.', offset, []),
    },
    { disallowComments: true },
  )
}

function refuseUnstorable(value: string, offset: number, path: JsonFault['path']): void {
  if (value.includes('\0')) fail('nul_character', 'U+0000 can’t be stored.', offset, path)
  if (!value.isWellFormed()) {
    fail('lone_surrogate', 'Half of a surrogate pair is no character.', offset, path)
  }
}

/**
 * Whether a number is kept as it is written: neither too large, nor a whole number that a double rounds. (What a double
 * is written as by itself, with zeros where it knows no better, is as good as exact.)
 */
const isExact = (written: string, value: number) =>
  Number.isFinite(value) &&
  (!/^-?\d+$/.test(written) || BigInt(written) === BigInt(value) || String(value) === written)

function fail(code: JsonFault['code'], message: string, offset: number, path: JsonFault['path']): never {
  throw new FaultFound({ code, message, offset, path })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

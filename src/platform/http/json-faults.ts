/**
 * What is wrong with a JSON text, and where. `JSON.parse` names the place of some faults only, takes the last of
 * two equal keys in silence, and lets through what neither Postgres nor UTF-8 can hold.
 */
export interface JsonFault {
  /** UTF-16 code units from the beginning. */
  offset: number
  /** Keys and indexes that lead there. */
  path: readonly (string | number)[]
  code: 'syntax' | 'duplicate_key' | 'forbidden_key' | 'too_deep' | 'nul_character' | 'lone_surrogate'
  message: string
}

interface Frame {
  /** The keys seen; none in an array. */
  keys: Set<string> | undefined
  /** The key or index of the member that is read. */
  at: string | number
}

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or close' | 'end'

const BLANKS = /[ \t\n\r]*/y
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const PLAIN_CHARACTERS = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

class FaultFound extends Error {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault.message)
    this.fault = fault
  }
}

/**
 * The first fault of a text as JSON (RFC 8259); undefined for a text that is fine. Also faults: a key that
 * stands twice, `__proto__` as a key, U+0000 and lone surrogates by escapes, nesting beyond `maxDepth`.
 */
export function findJsonFault(text: string, maxDepth: number): JsonFault | undefined {
  try {
    new JsonReader(text, maxDepth).read()
    return undefined
  } catch (error) {
    if (error instanceof FaultFound) return error.fault
    throw error
  }
}

/** Walks the text with a stack of its own: nesting can't overflow the call stack. */
class JsonReader {
  readonly #text: string
  readonly #maxDepth: number
  readonly #frames: Frame[] = []
  #offset = 0
  #expected: Expected = 'value'

  constructor(text: string, maxDepth: number) {
    this.#text = text
    this.#maxDepth = maxDepth
  }

  read(): void {
    for (;;) {
      this.#match(BLANKS)
      const character = this.#text[this.#offset]
      if (character === undefined) {
        if (this.#expected === 'end') return
        this.#fail('syntax', 'The text ends before the value is complete.')
      }
      this.#step(character)
    }
  }

  #step(character: string): void {
    switch (this.#expected) {
      case 'value':
        this.#value(character)
        break
      case 'value or ]':
        if (character === ']') this.#close()
        else this.#value(character)
        break
      case 'key':
        this.#key(character)
        break
      case 'key or }':
        if (character === '}') this.#close()
        else this.#key(character)
        break
      case 'colon':
        this.#colon(character)
        break
      case 'comma or close':
        this.#commaOrClose(character)
        break
      case 'end':
        this.#fail('syntax', 'Expected nothing more: the value is complete.')
    }
  }

  #colon(character: string): void {
    if (character !== ':') this.#fail('syntax', 'Expected ":" after the key.')
    this.#offset += 1
    this.#expected = 'value'
  }

  #value(character: string): void {
    if (character === '{' || character === '[') {
      this.#open(character)
      return
    }
    const start = this.#offset
    if (character === '"') this.#string()
    else if (this.#match(LITERAL) === '' || /[\w.+-]/.test(this.#text[this.#offset] ?? '')) {
      this.#fail('syntax', valueExpected(character, this.#expected), start)
    }
    this.#afterValue()
  }

  #open(character: '{' | '['): void {
    if (this.#frames.length >= this.#maxDepth) {
      this.#fail('too_deep', `Nested deeper than ${this.#maxDepth} levels.`)
    }
    this.#offset += 1
    const isObject = character === '{'
    this.#frames.push(isObject ? { keys: new Set(), at: '' } : { keys: undefined, at: 0 })
    this.#expected = isObject ? 'key or }' : 'value or ]'
  }

  #close(): void {
    this.#offset += 1
    this.#frames.pop()
    this.#afterValue()
  }

  #afterValue(): void {
    this.#expected = this.#frames.length === 0 ? 'end' : 'comma or close'
  }

  #commaOrClose(character: string): void {
    const frame = this.#frames.at(-1)
    const close = frame?.keys === undefined ? ']' : '}'
    if (character === close) {
      this.#close()
      return
    }
    if (frame === undefined || character !== ',') this.#fail('syntax', `Expected a comma or "${close}".`)
    this.#offset += 1
    if (typeof frame.at === 'number') frame.at += 1
    this.#expected = frame.keys === undefined ? 'value' : 'key'
  }

  #key(character: string): void {
    const start = this.#offset
    if (character !== '"') {
      this.#fail(
        'syntax',
        `Expected a key in double quotes${this.#expected === 'key or }' ? ' or "}"' : ''}.`,
      )
    }
    this.#string()
    const key: string = JSON.parse(this.#text.slice(start, this.#offset))
    const frame = this.#frames.at(-1)
    if (frame?.keys === undefined) return
    frame.at = key
    if (key === '__proto__') this.#fail('forbidden_key', 'The key "__proto__" is not allowed.', start)
    if (frame.keys.has(key)) {
      this.#fail('duplicate_key', `The key ${JSON.stringify(key.slice(0, 80))} stands twice.`, start)
    }
    frame.keys.add(key)
    this.#expected = 'colon'
  }

  #string(): void {
    const start = this.#offset
    let highSurrogateAt = -1
    this.#offset += 1
    for (;;) {
      if (this.#match(PLAIN_CHARACTERS) !== '') highSurrogateAt = this.#refuseLone(highSurrogateAt)
      const character = this.#text[this.#offset]
      if (character === undefined) this.#fail('syntax', 'This string has no closing quote.', start)
      if (character !== '\\') highSurrogateAt = this.#refuseLone(highSurrogateAt)
      if (character === '"') break
      if (character !== '\\') this.#fail('syntax', controlCharacter(character))
      highSurrogateAt = this.#escape(highSurrogateAt)
    }
    this.#offset += 1
  }

  /** Reads one escape; gives its offset when it is the first half of a surrogate pair, else -1. */
  #escape(highSurrogateAt: number): number {
    const offset = this.#offset
    const written = this.#match(ESCAPE)
    if (written === '') this.#fail('syntax', 'No escape begins like this; a backslash is written \\\\.')
    const unit = written[1] === 'u' ? Number.parseInt(written.slice(2), 16) : -1
    if (unit === 0) this.#fail('nul_character', 'U+0000 can’t be stored.', offset)
    const isLow = unit >= 0xdc00 && unit <= 0xdfff
    if (isLow && highSurrogateAt === -1) this.#refuseLone(offset)
    if (!isLow) this.#refuseLone(highSurrogateAt)
    return unit >= 0xd800 && unit <= 0xdbff ? offset : -1
  }

  #refuseLone(offset: number): -1 {
    if (offset !== -1) {
      this.#fail('lone_surrogate', 'Half of a surrogate pair is no character.', offset)
    }
    return -1
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#offset
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#offset += found.length
    return found
  }

  #fail(code: JsonFault['code'], message: string, offset = this.#offset): never {
    throw new FaultFound({ code, message, offset, path: this.#frames.map((frame) => frame.at) })
  }
}

function valueExpected(character: string, expected: Expected): string {
  if (character === "'") return 'Strings stand in double quotes.'
  if (character === '}' || character === ']') {
    return expected === 'value' ? 'Expected a value: is there a comma too many?' : 'Expected a value or "]".'
  }
  return 'Expected a value: a string in double quotes, a number, true, false, null, "[" or "{".'
}

const controlCharacter = (character: string) =>
  character === '\n' || character === '\r'
    ? 'A line break inside a string is written \\n.'
    : `The control character U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} inside a string is written as an escape.`

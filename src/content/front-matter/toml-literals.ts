import { parse } from 'smol-toml'
import type { Json } from '../json.ts'

/**
 * A number or date of TOML, together with how it is written: `1.10`, `0o17`, `1e400`, `2025-07-02 12:40:04+08:00`.
 * It is a Date because smol-toml writes dates, and only dates, as they say themselves.
 */
export class TomlLiteral extends Date {
  readonly source: string

  constructor(source: string) {
    super(0)
    this.source = source
  }

  override toISOString(): string {
    return this.source
  }

  get isDate(): boolean {
    return /^\d{4}-\d{2}-\d{2}|^\d{2}:/.test(this.source)
  }

  /** Dates as they are written, numbers beyond JSON too. */
  get value(): Json {
    const number = this.isDate ? Number.NaN : numberOf(this.source.replaceAll('_', ''))
    return Number.isFinite(number) && isExact(number) ? number : this.source
  }
}

const isExact = (number: number) => !Number.isInteger(number) || Number.isSafeInteger(number)

function numberOf(source: string): number {
  const [sign, digits] = source.startsWith('-') ? [-1, source.slice(1)] : [1, source.replace(/^\+/, '')]
  const number = sign * Number(digits)
  return number === 0 ? 0 : number
}

/**
 * The values of a TOML text, its numbers and dates as `TomlLiteral`.
 * @param toml its lines end with LF or CRLF
 * @throws TomlError
 */
export function parseToml(toml: string): Record<string, unknown> {
  // For its errors: of the text below, columns are others.
  parse(toml, { integersAsBigInt: 'asNeeded', maxDepth })
  const literals: TomlLiteral[] = []
  let at = 0
  let numbered = ''
  for (const { start, end } of literalsOf(toml)) {
    numbered += toml.slice(at, start) + literals.length
    literals.push(new TomlLiteral(toml.slice(start, end)))
    at = end
  }
  const table = parse(numbered + toml.slice(at), { maxDepth })
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, withLiterals(value, literals)]))
}

const maxDepth = 64

/** With each literal in the place of its number: they are the only numbers left. */
function withLiterals(value: unknown, literals: readonly TomlLiteral[]): unknown {
  if (typeof value === 'number') return literals[value]
  if (Array.isArray(value)) return value.map((item) => withLiterals(item, literals))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withLiterals(child, literals)]))
}

const tokens = {
  comment: /#[^\n]*/y,
  text: /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}|"(?:[^"\\]|\\.)*"|'[^']*'/y,
  /** A date may have a blank before its time. */
  bare: /\d{4}-\d{2}-\d{2} \d{2}:[^\s,\]}#]*|[^\s,\]}#]+/y,
}

/** Where the numbers and dates of a valid TOML text stand, in order. */
function* literalsOf(toml: string): Generator<{ start: number; end: number }> {
  const open: ('[' | '{')[] = []
  let isKey = true
  for (let at = 0; at < toml.length; ) {
    const char = toml.charAt(at)
    const end = endOf(tokens.comment, toml, at) ?? endOf(tokens.text, toml, at)
    if (end !== null) {
      at = end
      continue
    }
    if (char === '=') isKey = false
    else if (char === '\n' && open.length === 0) isKey = true
    else if (char === ',') isKey = open.at(-1) === '{'
    else if (!isKey && (char === ']' || char === '}')) open.pop()
    else if (isKey && char === '}') isKey = open.pop() === undefined
    else if (!isKey && (char === '[' || char === '{')) {
      open.push(char)
      isKey = char === '{'
    } else if (!isKey && /\S/.test(char)) {
      const bareEnd = endOf(tokens.bare, toml, at) ?? at + 1
      if (!/^(?:true|false)$/.test(toml.slice(at, bareEnd))) yield { start: at, end: bareEnd }
      at = bareEnd
      continue
    }
    at += 1
  }
}

function endOf(token: RegExp, text: string, at: number): number | null {
  token.lastIndex = at
  return token.test(text) ? token.lastIndex : null
}

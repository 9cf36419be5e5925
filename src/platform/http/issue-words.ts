import type { z } from 'zod'

/** zod's issue, with what `describeIssue` noted on it while the schema and the input were at hand. */
export type NotedIssue = z.core.$ZodIssue & Notes

interface Notes {
  /** The names that the object knows, beside unknown ones. */
  known?: readonly string[]
  /** The value that was found. */
  found?: 'nothing' | 'list' | 'other'
}

/** zod's formats in our words; each ends with what would be right. */
const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'Expected a UUID, such as 0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11.',
  datetime:
    'Expected an instant with an offset, such as 2025-07-02T08:00:00Z or 2025-07-02T16:00:00+08:00, on a day that is in the calendar.',
  date: 'Expected a date, such as 2025-07-02.',
  url: 'Expected an absolute http or https address, such as https://example.org/story.',
  email: 'Expected an e-mail address.',
}

/**
 * zod's error map for what clients send: what was expected, what came, in words. It stands below the messages
 * that a schema gives itself, and leaves to zod what it has no better word for.
 */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  const noted: typeof issue & Notes = issue
  noted.found = issue.input === undefined ? 'nothing' : Array.isArray(issue.input) ? 'list' : 'other'
  switch (issue.code) {
    case 'unrecognized_keys':
      noted.known = knownKeys(issue.inst)
      return undefined
    case 'invalid_type':
      return issue.input === undefined
        ? 'This is required.'
        : `Expected ${typeInWords(issue.expected)}, got ${valueInWords(issue.input)}.`
    case 'too_big':
      return `Expected at most ${limitInWords(issue.maximum, issue.origin)}${sizeInWords(issue.input)}.`
    case 'too_small':
      return issue.minimum === 1 && issue.origin !== 'number'
        ? 'This must not be empty.'
        : `Expected at least ${limitInWords(issue.minimum, issue.origin)}${sizeInWords(issue.input)}.`
    case 'invalid_value':
      return `Expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`
    case 'invalid_format':
      return FORMATS[issue.format]
    default:
      return undefined
  }
}

function knownKeys(schema: unknown): string[] {
  const { def } = (schema ?? {}) as { def?: { shape?: Record<string, unknown> } }
  return Object.keys(def?.shape ?? {})
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
}

/** `a string`, `an object`: zod's name of a type, for a sentence. */
export const typeInWords = (type: string): string => TYPES[type] ?? type

function valueInWords(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'boolean') return String(value)
  return typeInWords(typeof value)
}

function limitInWords(limit: number | bigint, origin: string): string {
  const number = limit.toLocaleString('en')
  if (origin === 'string') return `${number} ${limit === 1 ? 'character' : 'characters'}`
  if (origin === 'array' || origin === 'set') return `${number} ${limit === 1 ? 'item' : 'items'}`
  return number
}

function sizeInWords(input: unknown): string {
  if (typeof input === 'string') return `, got ${input.length.toLocaleString('en')}`
  if (Array.isArray(input)) return `, got ${input.length.toLocaleString('en')}`
  return typeof input === 'number' ? `, got ${input}` : ''
}

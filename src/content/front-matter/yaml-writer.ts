import { isJsonObject, type Json, type JsonObject } from '../json.ts'

/**
 * A mapping as YAML 1.2, one key a line, lists and mappings in block style. Strings stand plain where no reader (of
 * YAML 1.1 either) could take them for anything else, otherwise in double quotes with the escapes of JSON; text of
 * several lines as a literal block. Reading gives the same values.
 */
export function yamlOf(mapping: JsonObject, indent = ''): string {
  return Object.entries(mapping)
    .map(([key, value]) => {
      const name = yamlScalar(key)
      // YAML 1.2 §7.4.2: a key before its colon has at most 1024 characters.
      const start = name.length > 1000 ? `? ${name}\n${indent}:` : `${name}:`
      return `${indent}${start}${yamlValue(value, indent)}`
    })
    .join('')
}

/** What stands after a key and its colon: a blank and the value, or lines below; with its line end. */
export function yamlValue(value: Json, indent: string): string {
  if (Array.isArray(value) && value.length > 0) return `\n${yamlItems(value, `${indent}  `)}`
  if (isJsonObject(value) && Object.keys(value).length > 0) return `\n${yamlOf(value, `${indent}  `)}`
  if (typeof value === 'string' && isBlockText(value)) {
    const inner = `${indent}  `
    return ` |-\n${value.replace(/^(?=.)/gm, inner)}\n`
  }
  return ` ${inline(value)}\n`
}

/** The items of a list, each on lines of its own. `gap` stands between dash and item. */
export function yamlItems(items: readonly Json[], indent: string, gap = ' '): string {
  const inner = `${indent} ${gap}`
  return items
    .map((item) => {
      if (isJsonObject(item) && Object.keys(item).length > 0) {
        return `${indent}-${gap}${yamlOf(item, inner).slice(inner.length)}`
      }
      if (Array.isArray(item) && item.length > 0) {
        return `${indent}-${gap}${yamlItems(item, inner).slice(inner.length)}`
      }
      return `${indent}-${gap}${inline(item)}\n`
    })
    .join('')
}

function inline(value: Json): string {
  if (typeof value === 'string') return yamlScalar(value)
  if (Array.isArray(value)) return '[]'
  if (isJsonObject(value)) return '{}'
  return Object.is(value, -0) ? '0' : String(value)
}

// Letters first; inside nothing that could begin a comment, a mapping, a flow collection or an alias.
const plain =
  /^\p{L}(?:[\p{L}\p{M}\p{N}，。、！？；：“”‘’（）《》〈〉【】「」『』…—–·_./()!?&+%=~-]| (?=\S))*$/u
const resolved = /^(?:true|false|null|yes|no|on|off|y|n|inf|nan|e\d+)$/i
const instant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** Text on one line: plain where no reader could take it for anything else, else in double quotes. */
export function yamlScalar(text: string): string {
  const isPlain = plain.test(text) && !resolved.test(text)
  return (isPlain && text.normalize('NFC') === text) || instant.test(text) ? text : doubleQuoted(text)
}

/** Text in double quotes, with the escapes of JSON: a string of YAML and of JSON. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Several lines that a literal block holds as they are. */
function isBlockText(text: string): boolean {
  return text.includes('\n') && fitsBlock(text)
}

/** Lines without control characters, none blank at its end, the first and the last not empty or indented. */
export function fitsBlock(text: string): boolean {
  return (
    /^[^\s]/.test(text) &&
    /\S$/.test(text) &&
    !/[ \t\r](?:\n|$)/.test(text) &&
    !/(?!\n)[\p{Cc}\u2028\u2029\uFEFF\uFFFE\uFFFF]|\p{Cs}/u.test(text)
  )
}

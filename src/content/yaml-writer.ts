import { isJsonObject, type Json, type JsonObject } from './json.ts'

/**
 * A mapping as YAML 1.2, one key a line, lists and mappings in block style. Strings stand plain where no reader (of
 * YAML 1.1 either) could take them for anything else, otherwise in double quotes with the escapes of JSON; text of
 * several lines as a literal block. Reading gives the same values.
 */
export function yamlOf(mapping: JsonObject): string {
  return entriesOf(mapping, '')
}

function entriesOf(mapping: JsonObject, indent: string): string {
  return Object.entries(mapping)
    .map(([key, value]) => `${indent}${scalar(key)}:${written(value, indent)}`)
    .join('')
}

function written(value: Json, indent: string): string {
  if (Array.isArray(value) && value.length > 0) return `\n${itemsOf(value, `${indent}  `)}`
  if (isJsonObject(value) && Object.keys(value).length > 0) return `\n${entriesOf(value, `${indent}  `)}`
  if (typeof value === 'string' && isBlockText(value)) {
    const inner = `${indent}  `
    return ` |-\n${value.replace(/^(?=.)/gm, inner)}\n`
  }
  return ` ${inline(value)}\n`
}

function itemsOf(items: readonly Json[], indent: string): string {
  return items
    .map((item) => {
      if (isJsonObject(item) && Object.keys(item).length > 0) {
        return `${indent}- ${entriesOf(item, `${indent}  `).slice(indent.length + 2)}`
      }
      if (Array.isArray(item) && item.length > 0) {
        return `${indent}- ${itemsOf(item, `${indent}  `).slice(indent.length + 2)}`
      }
      return `${indent}- ${inline(item)}\n`
    })
    .join('')
}

function inline(value: Json): string {
  if (typeof value === 'string') return scalar(value)
  if (Array.isArray(value)) return '[]'
  if (isJsonObject(value)) return '{}'
  return Object.is(value, -0) ? '0' : String(value)
}

// Letters first; inside nothing that could begin a comment, a mapping, a flow collection or an alias.
const plain =
  /^\p{L}(?:[\p{L}\p{M}\p{N}，。、！？；：“”‘’（）《》〈〉【】「」『』…—–·_./()!?&+%=~-]| (?=\S))*$/u
const resolved = /^(?:true|false|null|yes|no|on|off|y|n|inf|nan|e\d+)$/i
const instant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/

function scalar(text: string): string {
  const isPlain = plain.test(text) && !resolved.test(text)
  return (isPlain && text.normalize('NFC') === text) || instant.test(text) ? text : quoted(text)
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Lines without control characters, none blank at its end, the first and the last not empty or indented. */
function isBlockText(text: string): boolean {
  return (
    text.includes('\n') &&
    /^[^\s]/.test(text) &&
    /\S$/.test(text) &&
    !/[ \t\r](?:\n|$)/.test(text) &&
    !/(?!\n)[\p{Cc}\u2028\u2029\uFEFF\uFFFE\uFFFF]|\p{Cs}/u.test(text)
  )
}

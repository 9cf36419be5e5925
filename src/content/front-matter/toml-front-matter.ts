import { TomlError } from 'smol-toml'
import type { Json } from '../json.ts'
import { lineStarts } from '../text-position.ts'
import type { SourceEntry, SourceNode } from './source-node.ts'
import { parseToml, TomlLiteral } from './toml-literals.ts'
import type { ParsedBlock, SyntaxIssue } from './yaml-front-matter.ts'

/**
 * Reads TOML 1.0 front matter. Numbers and dates keep how they are written; keys above the first table carry their
 * own line, values in tables that of the block.
 */
export function parseTomlBlock(toml: string, offset: number): ParsedBlock {
  const source = toml.replace(/\r(?!\n)/g, '\n')
  let table: Record<string, unknown>
  try {
    table = parseToml(source)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const start = lineStarts(source)[error.line - 1] ?? 0
    const reason = (error.message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '')
    const code = /redefine|already defined|duplicate/i.test(reason)
      ? 'front_matter_duplicate_key'
      : 'front_matter_syntax'
    const at = start + Math.max(0, error.column - 1)
    const first = code === 'front_matter_duplicate_key' ? firstOffset(source, start) : null
    const message = `The front matter is not valid TOML: ${reason}.`
    const issue: SyntaxIssue = { code, message, offset: offset + at }
    return { root: null, issues: [first === null ? issue : { ...issue, firstOffset: offset + first }] }
  }
  const keyOffsets = offsetsOfKeys(source)
  const entries = Object.entries(table).map(([key, value]): SourceEntry => {
    const keyOffset = offset + (keyOffsets.get(key) ?? 0)
    return { key, keyOffset, node: tomlNode(value, keyOffset) }
  })
  const value: Json = Object.fromEntries(entries.map(({ key, node }) => [key, node.value]))
  const root: SourceNode = { value, text: null, offset, quoted: false, entries, items: null }
  return { root, issues: [] }
}

const keyLine = /^[ \t]*(?:\[+[ \t]*)?(?:"([^"\n]*)"|'([^'\n]*)'|([\w-]+))[ \t]*[.=\]]/gm

function offsetsOfKeys(toml: string): Map<string, number> {
  const offsets = new Map<string, number>()
  for (const match of toml.matchAll(keyLine)) {
    const key = match[1] ?? match[2] ?? match[3] ?? ''
    if (!offsets.has(key)) offsets.set(key, match.index + match[0].search(/\S/))
  }
  return offsets
}

/**
 * Where what is on a line was given first, in the same table: a key, or the head of a table. Null when it can't be
 * told, as of a table that dotted keys have made.
 */
function firstOffset(toml: string, lineStart: number): number | null {
  const places = new Map<string, number>()
  let table = ''
  for (const match of toml.matchAll(/^[ \t]*(?:(\[\[?)([^\]\n]+)\]|([^=\n#]+)=)/gm)) {
    const isHead = match[1] !== undefined
    const name = (match[2] ?? match[3] ?? '').replace(/[\s"']/g, '')
    const path = isHead ? name : `${table}.${name}`
    if (match.index >= lineStart) return places.get(path) ?? null
    // The tables of a list are each another one.
    if (isHead) table = match[1] === '[[' ? `${name}[${match.index}]` : name
    if (!places.has(path)) places.set(path, match.index + match[0].search(/\S/))
  }
  return null
}

function tomlNode(value: unknown, offset: number): SourceNode {
  const node = { value: plainJson(value), text: null, offset, quoted: false, entries: null, items: null }
  if (value instanceof TomlLiteral) return { ...node, text: value.source }
  if (Array.isArray(value)) return { ...node, items: value.map((item) => tomlNode(item, offset)) }
  if (typeof value !== 'object' || value === null) {
    return { ...node, text: String(value), quoted: typeof value === 'string' }
  }
  const entries = Object.entries(value).map(([key, child]) => {
    return { key, keyOffset: offset, node: tomlNode(child, offset) }
  })
  return { ...node, entries }
}

/** A value of TOML in the types of JSON: dates as they are written, numbers beyond JSON as text. */
export function plainJson(value: unknown): Json {
  if (value instanceof TomlLiteral) return value.value
  if (Array.isArray(value)) return value.map(plainJson)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plainJson(child)]))
  }
  return typeof value === 'boolean' ? value : String(value)
}

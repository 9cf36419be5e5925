import { parse, TomlDate, TomlError } from 'smol-toml'
import type { Json } from '../json.ts'
import { lineStarts } from '../text-position.ts'
import { type SourceEntry, type SourceNode, sourceNodeOf } from './source-node.ts'
import type { ParsedBlock } from './yaml-front-matter.ts'

/**
 * Reads TOML 1.0 front matter. Dates keep their offset and come out as strings (RFC 3339); keys above the first
 * table carry their own line, values in tables that of the block.
 */
export function parseTomlBlock(toml: string, offset: number): ParsedBlock {
  const source = toml.replace(/\r(?!\n)/g, '\n')
  let table: Record<string, unknown>
  try {
    table = parse(source, { integersAsBigInt: 'asNeeded', maxDepth: 64 })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const start = lineStarts(source)[error.line - 1] ?? 0
    const reason = (error.message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '')
    const code = /redefine|already defined|duplicate/i.test(reason)
      ? 'front_matter_duplicate_key'
      : 'front_matter_syntax'
    const message = `The front matter is not valid TOML: ${reason}.`
    return { root: null, issues: [{ code, message, offset: offset + start + Math.max(0, error.column - 1) }] }
  }
  const keyOffsets = offsetsOfKeys(source)
  const entries = Object.entries(table).map(([key, value]): SourceEntry => {
    const keyOffset = offset + (keyOffsets.get(key) ?? 0)
    return { key, keyOffset, node: sourceNodeOf(plainJson(value), keyOffset) }
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

/** A value of the TOML parser in the types of JSON: dates as they are written, numbers beyond JSON as text. */
export function plainJson(value: unknown): Json {
  if (value instanceof TomlDate) return value.toISOString()
  if (Array.isArray(value)) return value.map(plainJson)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plainJson(child)]))
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return String(value)
}

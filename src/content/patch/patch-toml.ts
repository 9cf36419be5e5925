import { stringify, TomlDate } from 'smol-toml'
import { DocumentError } from '../document-error.ts'
import { fieldOfKey } from '../front-matter/front-matter-keys.ts'
import type { SourceEntry } from '../front-matter/source-node.ts'
import { plainJson } from '../front-matter/toml-front-matter.ts'
import { parseToml, TomlLiteral } from '../front-matter/toml-literals.ts'
import { isJsonObject, isSameJson, type Json } from '../json.ts'
import type { EntryChanges } from './patch-entries.ts'

/** A block of TOML, written anew. */
export interface RewrittenToml {
  text: string
  /** Is something of how it was written lost: comments, quotes, the order of tables? */
  isReformatted: boolean
}

const dateFields = new Set<string | undefined>(['publishedAt', 'modifiedAt', 'unpublishAt'])
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * The block with its changes, numbers and dates that stay being written as they are.
 * @throws DocumentError where a null has no form in TOML
 */
export function rewriteToml(
  toml: string,
  entries: readonly SourceEntry[],
  { changed, added }: EntryChanges,
  lineEnd: string,
): RewrittenToml {
  const source = toml.replace(/\r\n?/g, '\n')
  const table = parseToml(source)
  const isReformatted = stringify(table) !== source
  const next = new Map(Object.entries(table))
  for (const [place, value] of changed) {
    const key = entries[place]?.key ?? ''
    if (value === undefined) next.delete(key)
    else next.set(key, tomlValue(value, next.get(key), key))
  }
  for (const [key, value] of added) next.set(key, tomlValue(value, undefined, key))
  const text = next.size === 0 ? '' : stringify(Object.fromEntries(next))
  return { text: lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd), isReformatted }
}

/** A JSON value in TOML's types, as near as can be to what stands there. */
function tomlValue(value: Json, was: unknown, path: string): unknown {
  if (value === null) return nothing(path)
  if (was !== undefined && isSameJson(plainJson(was), value)) return was
  if (typeof value === 'string') {
    const isDate =
      (was instanceof TomlLiteral && was.isDate) ||
      (was === undefined && dateFields.has(fieldOfKey(path)?.field))
    return isDate && instant.test(value) ? new TomlDate(value) : value
  }
  if (Array.isArray(value)) {
    const before = Array.isArray(was) ? was : []
    return value.map((item, index) => {
      const same = before.find((other) => isSameJson(plainJson(other), item))
      return tomlValue(item, same ?? before[index], `${path}[${index}]`)
    })
  }
  if (!isJsonObject(value)) return value
  const table =
    typeof was === 'object' && was !== null && !(was instanceof TomlLiteral)
      ? new Map(Object.entries(was))
      : new Map()
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, tomlValue(child, table.get(key), `${path}.${key}`)]),
  )
}

/** A citation's null, "deliberately none", is read of an empty text as well; nothing else can stand for null. */
function nothing(path: string): string {
  if (/^citations\[\d+\]\.\w+$/.test(path)) return ''
  const message = 'TOML knows no null.'
  const hint = 'Leave the key out, or write the front matter in YAML.'
  throw new DocumentError([
    { code: 'invalid_value', field: `meta.${path}`, message, line: 1, column: 1, hint },
  ])
}

import { type ExplicitCitation, normalizeLabel } from '../citations/citations.ts'
import { readExplicitCitations } from '../citations/explicit-citations.ts'
import { type FeaturedImage, imageUrlKeys } from '../front-matter/front-matter.ts'
import { comparableKey } from '../front-matter/front-matter-keys.ts'
import { FrontMatterReader } from '../front-matter/front-matter-reader.ts'
import type { SourceNode } from '../front-matter/source-node.ts'
import { isJsonObject, isSameJson, type Json, type JsonObject } from '../json.ts'

/** Text for a field: a block scalar that ends with a line end keeps it. */
export function textTarget(node: SourceNode, text: string): Json {
  const { value } = node
  return typeof value === 'string' && /\S\n$/.test(value) ? `${text}\n` : text
}

/**
 * Names for a list, written as the present ones are: list, or one text with its separators where the names allow it.
 * Items that stay are what they were, mappings too.
 */
export function namesTarget(node: SourceNode, names: readonly string[], splitAtBlanks: boolean): Json {
  const read = (from: SourceNode) => new FrontMatterReader('', 'UTC').names(from, 'names', splitAtBlanks)
  if (node.text !== null) return namesAsText(node, node.text, names, read) ?? [...names]
  const items = node.items ?? (node.entries ? [node] : [])
  const byName = new Map(
    items.toReversed().flatMap((item) => {
      const [name] = read({ ...node, items: [item], entries: null, value: [item.value] })
      return name === undefined ? [] : [[name, item.value] as const]
    }),
  )
  return names.map((name) => byName.get(name) ?? name)
}

function namesAsText(
  node: SourceNode,
  text: string,
  names: readonly string[],
  read: (from: SourceNode) => string[],
): string | null {
  const comma = /\s*[,，、;；]\s*/.exec(text)?.[0]
  const separators = comma !== undefined ? [comma] : read(node).length > 1 ? [' ', ', '] : [', ']
  const texts = separators.map((separator) => names.join(separator))
  return (
    texts.find((joined) => isSameJson(read({ ...node, text: joined, value: joined }), [...names])) ?? null
  )
}

const imageParts = ['url', 'alt', 'caption', 'credit', 'width', 'height'] as const

/**
 * A featured image, written as the present one is: an address alone, or a mapping under the keys that are there.
 * @param canonical how we write it where there is nothing to keep to
 */
export function imageTarget(
  node: SourceNode,
  present: FeaturedImage | null,
  image: FeaturedImage,
  canonical: Json,
): Json {
  const [first, ...others] = node.items ?? []
  if (first) return [imageTarget(first, present, image, canonical), ...others.map(({ value }) => value)]
  if (!node.entries) return canonical
  const mapping = new Map(node.entries.map(({ key, node: { value } }) => [key, value]))
  for (const part of imageParts) {
    if (present?.[part] === image[part]) continue
    const keys: readonly string[] = part === 'url' ? imageUrlKeys : [part]
    const written = node.entries.filter(({ key }) => keys.includes(comparableKey(key)))
    if (image[part] !== null) mapping.set(written.at(-1)?.key ?? part, image[part])
    else for (const { key } of written) mapping.delete(key)
  }
  return Object.fromEntries(mapping)
}

/**
 * Explicit citations, each in the mapping that its label has now.
 * @param canonical how we write each of them
 */
export function citationsTarget(
  node: SourceNode,
  citations: readonly ExplicitCitation[],
  canonical: readonly Json[],
): Json {
  const items = new Map(
    (node.items ?? []).flatMap((item) => {
      const reader = new FrontMatterReader('', 'UTC')
      const [present] = readExplicitCitations(reader, { ...node, items: [item] })
      return present ? [[normalizeLabel(present.label), { present, value: item.value }] as const] : []
    }),
  )
  return citations.map((citation, index) => {
    const item = items.get(normalizeLabel(citation.label))
    const written = canonical[index] ?? null
    if (!item || !isJsonObject(item.value) || !isJsonObject(written)) return written
    return citationTarget(item.value, item.present, citation, written)
  })
}

function citationTarget(
  value: JsonObject,
  present: ExplicitCitation,
  citation: ExplicitCitation,
  written: JsonObject,
): JsonObject {
  const said = (from: ExplicitCitation, key: string) => (from as unknown as JsonObject)[key]
  const stays = Object.keys(value).filter((key) => said(citation, key) !== undefined)
  const comes = Object.keys(written).filter((key) => !Object.hasOwn(value, key))
  return Object.fromEntries(
    [...stays, ...comes].map((key) => {
      const isSame = isSameJson(said(present, key), said(citation, key))
      return [key, (isSame && Object.hasOwn(value, key) ? value[key] : written[key]) ?? null]
    }),
  )
}

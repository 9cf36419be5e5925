import type { ExplicitCitation } from '../citations/citations.ts'
import { readExplicitCitations } from '../citations/explicit-citations.ts'
import type { Document } from '../document.ts'
import { DocumentError } from '../document-error.ts'
import type { Finding } from '../finding.ts'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { limits } from '../limits.ts'
import { cleanSlug, slugProblem } from '../slug.ts'
import { isReadable } from '../unreadable-characters.ts'
import { comparableKey, type FrontMatterField, fieldOfKey } from './front-matter-keys.ts'
import { FrontMatterReader } from './front-matter-reader.ts'
import type { SourceEntry, SourceNode } from './source-node.ts'

/** The picture that stands for an article. `url` is as written: absolute, or a path; sizes are pixels. */
export interface FeaturedImage {
  url: string
  alt: string | null
  caption: string | null
  credit: string | null
  width: number | null
  height: number | null
}

/** What front matter says, typed. Instants are UTC with milliseconds; unknown keys are in `meta`, as they stand. */
export interface FrontMatter {
  title: string | null
  slug: string | null
  locale: string | null
  publishedAt: string | null
  unpublishAt: string | null
  modifiedAt: string | null
  draft: boolean | null
  summary: string | null
  featuredImage: FeaturedImage | null
  tags: string[]
  topics: string[]
  authors: string[]
  translationKey: string | null
  aliases: string[]
  canonicalUrl: string | null
  citations: ExplicitCitation[]
  meta: JsonObject
  findings: Finding[]
}

export interface FrontMatterOptions {
  /** The zone of dates that name none: an IANA name. */
  timeZone: string
}

/**
 * The known keys of a document's front matter, typed.
 * @throws DocumentError with one issue for each value that its field can't take: the field, line, column, and what would be right
 */
export function readFrontMatter(document: Document, options: FrontMatterOptions): FrontMatter {
  const reader = new FrontMatterReader(document.frontMatter, options.timeZone)
  const { fields, rest } = assignKeys(document.source?.entries ?? [])
  const node = (field: FrontMatterField) => fields.get(field)?.node
  const frontMatter: FrontMatter = {
    title: reader.text(node('title'), 'title', limits.title),
    slug: readSlug(reader, node('slug')),
    locale: readLocale(reader, node('locale')),
    publishedAt: reader.instant(node('publishedAt'), 'date'),
    unpublishAt: reader.instant(node('unpublishAt'), 'expiryDate'),
    modifiedAt: reader.instant(node('modifiedAt'), 'lastmod'),
    draft: reader.boolean(node('draft'), 'draft'),
    summary: reader.text(node('summary'), 'summary', limits.summary),
    featuredImage: readFeaturedImage(reader, node('featuredImage')),
    tags: reader.names(node('tags'), 'tags', true),
    topics: reader.names(node('topics'), 'main_topics', true),
    authors: reader.names(node('authors'), 'authors', false),
    translationKey: reader.text(node('translationKey'), 'translationKey', limits.translationKey),
    aliases: readAliases(reader, node('aliases')),
    canonicalUrl: reader.webAddress(node('canonicalUrl'), 'canonicalUrl'),
    citations: readExplicitCitations(reader, node('citations')),
    meta: readMeta(reader, rest),
    findings: [],
  }
  if (reader.issues.length > 0) {
    throw new DocumentError(reader.issues.toSorted((a, b) => a.line - b.line || a.column - b.column))
  }
  return { ...frontMatter, findings: [...document.findings, ...reader.findings] }
}

/** Gives each field its first key that says something (of two equal ones the last); the others go to `meta`. */
export function assignKeys(entries: readonly SourceEntry[]): {
  fields: Map<FrontMatterField, SourceEntry>
  rest: SourceEntry[]
} {
  const fields = new Map<FrontMatterField, { entry: SourceEntry; rank: number }>()
  const rest: SourceEntry[] = []
  for (const entry of entries) {
    const known = fieldOfKey(entry.key)
    if (known === null) {
      rest.push(entry)
      continue
    }
    const other = fields.get(known.field)
    const candidate = { entry, rank: entry.node.value === null ? known.rank + 100 : known.rank }
    const wins = !other || candidate.rank <= other.rank
    if (wins) fields.set(known.field, candidate)
    const loser = wins ? other?.entry : entry
    const winner = wins ? entry : other.entry
    if (loser && comparableKey(loser.key) !== comparableKey(winner.key)) rest.push(loser)
  }
  return { fields: new Map([...fields].map(([field, { entry }]) => [field, entry])), rest }
}

function readSlug(reader: FrontMatterReader, node: SourceNode | undefined): string | null {
  const raw = reader.text(node, 'slug', 2_000)
  if (!node || raw === null) return null
  const slug = cleanSlug(raw)
  const problem = slug === null ? `"${raw.slice(0, 40)}" holds no letter or digit.` : slugProblem(slug)
  if (slug === null || problem !== null) {
    return reader.refuse(
      node,
      'slug',
      problem ?? '',
      'Write lower-case letters, digits and hyphens.',
      'invalid_slug',
    )
  }
  if (slug !== raw)
    reader.remark(node, 'slug-cleaned', `The slug "${raw.slice(0, 80)}" is read as "${slug}".`)
  return slug
}

function readLocale(reader: FrontMatterReader, node: SourceNode | undefined): string | null {
  const text = reader.text(node, 'locale', 100)
  if (!node || text === null) return null
  const locale = canonicalLocale(text)
  if (locale !== null && locale.length <= limits.locale) return locale
  const problem = locale === null ? 'is no language tag' : `is longer than ${limits.locale} characters`
  return reader.refuse(node, 'locale', `"${text}" ${problem}.`, 'Write one of BCP 47, such as zh-CN or en.')
}

function canonicalLocale(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0] ?? null
  } catch {
    return null
  }
}

/** Under which keys of a featured image's mapping its address is looked for: the last that is there. */
export const imageUrlKeys: readonly string[] = ['url', 'src', 'image', 'path', 'file']

function readFeaturedImage(reader: FrontMatterReader, node: SourceNode | undefined): FeaturedImage | null {
  if (!node || node.value === null) return null
  const image: FeaturedImage = { url: '', alt: null, caption: null, credit: null, width: null, height: null }
  if (node.items) return readFeaturedImage(reader, node.items[0])
  if (!node.entries) {
    const url = readImageUrl(reader, node, 'featured_image')
    return url === null ? null : { ...image, url }
  }
  const part = (...keys: readonly string[]) =>
    node.entries?.findLast(({ key }) => keys.includes(comparableKey(key)))?.node
  const url = readImageUrl(reader, part(...imageUrlKeys), 'featured_image.url')
  if (url === null) return null
  return {
    url,
    alt: reader.text(part('alt'), 'featured_image.alt', limits.summary),
    caption: reader.text(part('caption'), 'featured_image.caption', limits.summary),
    credit: reader.text(part('credit'), 'featured_image.credit', limits.summary),
    width: reader.size(part('width'), 'featured_image.width'),
    height: reader.size(part('height'), 'featured_image.height'),
  }
}

function readImageUrl(reader: FrontMatterReader, node: SourceNode | undefined, field: string): string | null {
  const url = reader.text(node, field, limits.url)
  if (!node || url === null) return null
  const scheme = schemeOf(url)
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return url
  return reader.refuse(node, field, `${field} is an address of http(s) or a path, not of ${scheme}:.`)
}

/** As browsers find it (WHATWG URL): C0 controls and blanks before it and tabs and line ends anywhere don't count. */
function schemeOf(url: string): string | undefined {
  const seen = url.replace(/^[\0- ]+/, '').replace(/[\t\r\n]/g, '')
  return /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1]?.toLowerCase()
}

function readAliases(reader: FrontMatterReader, node: SourceNode | undefined): string[] {
  if (!node || node.value === null) return []
  const items = node.items ?? (node.text ?? '').split(',').map((text) => ({ ...node, text, value: text }))
  if (items.length > limits.aliases) {
    reader.refuse(node, 'aliases', `aliases holds ${items.length} entries; at most ${limits.aliases} fit.`)
    return []
  }
  const paths = items.flatMap((item, index) => reader.text(item, `aliases[${index}]`, limits.url) ?? [])
  return [...new Set(paths)]
}

/** Whoever copies a value with this key the usual way changes all objects of the program. */
const PROTOTYPE = '__proto__'

/** The value without that key, at any depth; the same one where there is none. */
function withoutPrototypes(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(withoutPrototypes)
    return items.every((item, index) => item === value[index]) ? value : items
  }
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value)
  const kept = entries.flatMap(([key, child]): [string, Json][] =>
    key === PROTOTYPE ? [] : [[key, withoutPrototypes(child)]],
  )
  const isSame = kept.length === entries.length && kept.every(([key, child]) => child === value[key])
  return isSame ? value : Object.fromEntries(kept)
}

function readMeta(reader: FrontMatterReader, entries: readonly SourceEntry[]): JsonObject {
  const meta: JsonObject = {}
  for (const { key, node } of entries) {
    const value = withoutPrototypes(node.value)
    if (key === PROTOTYPE || value !== node.value) {
      const message = `The key "${PROTOTYPE}" stays in the document, and is shown nowhere.`
      reader.remark(node, 'forbidden_key', message, 'Give it another name.')
    }
    if (key !== PROTOTYPE) meta[key] = value
  }
  const json = JSON.stringify(meta)
  const [first] = entries
  if (first && json.length > limits.metaCharacters) {
    reader.refuse(
      first.node,
      'meta',
      `Keys of your own hold ${json.length} characters; at most ${limits.metaCharacters} fit.`,
    )
  }
  // JSON.stringify writes NUL and lone surrogates as escapes.
  if (!/\\u(?:0000|d[89a-f])/i.test(json)) return meta
  for (const { key, node } of entries) {
    if (!isStorable({ [key]: node.value })) {
      reader.refuse(node, key, `${key} holds a NUL character or half of a surrogate pair.`, 'Remove it.')
    }
  }
  return meta
}

function isStorable(value: JsonObject[string]): boolean {
  if (typeof value === 'string') return isReadable(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isStorable)
  return Object.entries(value).every(([key, child]) => isReadable(key) && isStorable(child))
}

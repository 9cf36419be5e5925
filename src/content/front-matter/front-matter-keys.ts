/** The fields that front matter can give an article. */
export type FrontMatterField =
  | 'title'
  | 'slug'
  | 'publishedAt'
  | 'modifiedAt'
  | 'unpublishAt'
  | 'draft'
  | 'summary'
  | 'featuredImage'
  | 'tags'
  | 'topics'
  | 'authors'
  | 'locale'
  | 'translationKey'
  | 'aliases'
  | 'citations'
  | 'canonicalUrl'

/**
 * Under which keys a field is looked for; the first that is there wins, the others stay in `meta`. Upper and lower
 * case, `-` and `_` make no difference (`featuredImage`, `Featured-Image`).
 */
const frontMatterKeys: Readonly<Record<FrontMatterField, readonly [string, ...string[]]>> = {
  title: ['title'],
  slug: ['slug'],
  publishedAt: ['date', 'publishDate'],
  modifiedAt: ['lastmod'],
  unpublishAt: ['expiryDate'],
  draft: ['draft'],
  summary: ['summary', 'description'],
  featuredImage: ['featured_image', 'image', 'cover'],
  tags: ['tags'],
  topics: ['main_topics', 'topics', 'categories'],
  authors: ['authors', 'author'],
  locale: ['locale', 'lang'],
  translationKey: ['translationKey'],
  aliases: ['aliases'],
  citations: ['citations'],
  canonicalUrl: ['canonicalUrl'],
}

/** A key's field, and how many other keys of that field come before it. */
export interface KnownKey {
  field: FrontMatterField
  rank: number
}

const knownKeys = new Map<string, KnownKey>()
for (const [field, keys] of Object.entries(frontMatterKeys)) {
  for (const [rank, key] of keys.entries()) {
    knownKeys.set(comparableKey(key), { field: field as FrontMatterField, rank })
  }
}

/** A key without what makes no difference. */
export function comparableKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '')
}

/** The field that a front matter key gives, or null for a key that goes to `meta`. */
export function fieldOfKey(key: string): KnownKey | null {
  return knownKeys.get(comparableKey(key)) ?? null
}

/** The key under which we write a field. */
export function canonicalKey(field: FrontMatterField): string {
  return frontMatterKeys[field][0]
}

import { getDomainWithoutSuffix } from 'tldts'
import { termSlug } from '../slug.ts'
import type { AuthorName } from './author-name.ts'

const maxWho = 24
const maxLabel = 40

/** What a citation key is made from. */
export interface KeyParts {
  authors: readonly AuthorName[]
  url: string | null
  /** Names to call the work by when neither a person nor an address can: outlet, publisher, title. */
  names: readonly (string | null)[]
  publishedOn: string | null
  /** Tells this item from others by the same author in the same year: the note's label, the article's slug. */
  label: string
  /** What the label is unique in: an article's id. Its last eight letters and digits enter the key. */
  scope?: string
}

/**
 * The key by which a document cites an item, such as `klein2014-rot`: family name or site, year, label. Lower-case
 * letters, digits and hyphens, a letter first, so that BibTeX, biber and RIS take it as it is. It depends on nothing
 * but its parts: the same citation, in the same scope, has the same key in every export.
 */
export function citationKey({ authors, url, names, publishedOn, label, scope }: KeyParts): string {
  const year = publishedOn?.slice(0, 4) ?? ''
  const parts = [
    `${who(authors, url, names)}${year}`,
    asciiSlug(label).slice(0, maxLabel),
    scope === undefined ? '' : scopeTail(scope),
  ]
  const key = parts.map((part) => part.replace(/^-+|-+$/g, '')).filter((part) => part !== '')
  return /^[a-z]/.test(key[0] ?? '') ? key.join('-') : ['ref', ...key].join('-')
}

/**
 * The items with keys that are unique among them: where two have one key, the second gets `-2`, in the list's order.
 */
export function withUniqueKeys<Item extends { id: string }>(items: readonly Item[]): Item[] {
  const taken = new Set<string>()
  const wanted = new Set(items.map((item) => item.id))
  const counts = new Map<string, number>()
  return items.map((item) => {
    let id = item.id
    while (taken.has(id)) {
      const count = (counts.get(item.id) ?? 1) + 1
      counts.set(item.id, count)
      const numbered = `${item.id}-${count}`
      // A key that another item has of its own is that item's.
      if (!wanted.has(numbered)) id = numbered
    }
    taken.add(id)
    return id === item.id ? item : { ...item, id }
  })
}

function who(authors: readonly AuthorName[], url: string | null, names: readonly (string | null)[]): string {
  const [first] = authors
  const person = first !== undefined && 'family' in first ? first.family : null
  const site = url === null ? null : siteName(url)
  const literal = first !== undefined && 'literal' in first ? first.literal : null
  for (const name of [person, site, literal, ...names]) {
    // One by one: a Chinese name loads the pinyin dictionary, and most are not needed.
    const word = oneWord(name)
    if (word !== '') return word
  }
  return 'ref'
}

function siteName(url: string): string | null {
  const name = getDomainWithoutSuffix(url, { allowPrivateDomains: true })
  // doi.org resolves every publisher's addresses: it names none.
  return name === 'doi' ? null : name
}

function oneWord(name: string | null): string {
  return name === null ? '' : asciiSlug(name).replaceAll('-', '').slice(0, maxWho)
}

/** Chinese in pinyin, Latin without accents, other scripts left out. */
function asciiSlug(text: string): string {
  const slug = termSlug(text).replace(/[^a-z0-9-]/g, '')
  // What `termSlug` calls a text without a letter.
  return slug === 'term' && !/term/i.test(text) ? '' : slug.replace(/-{2,}/g, '-')
}

function scopeTail(scope: string): string {
  return scope
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-8)
}

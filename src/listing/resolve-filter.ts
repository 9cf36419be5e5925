import type { Pool } from 'pg'
import { normalizeName } from '#src/content/names.ts'
import type { AnyOf, ArticleFilter } from './article-filter.ts'
import { type FoundTerm, findTerms, type Vocabulary } from './find-terms.ts'
import { formerSlug } from './former-slug.ts'
import { isOfReaders } from './listing-sql.ts'
import { monthOf } from './term-numbers.ts'

/** A source or domain: by its number, and by its key where an article cites too many for numbers. */
export interface CitedTerm {
  readonly term: number
  readonly key: string | number
}

/** A filter's names as numbers of the listing. */
export interface ResolvedTerms {
  /** All of these. */
  readonly all: readonly number[]
  /** One of each of these. */
  readonly groups: readonly (readonly number[])[]
  /** None of these. */
  readonly none: readonly number[]
  /** Those of them that are tags, topics or authors, which may be merged or deleted. */
  readonly vocabulary: readonly number[]
  readonly source: CitedTerm | null
  readonly domain: CitedTerm | null
  /** The slug of each tag, topic and author that is named: `tag/AI` → `ai`. */
  readonly slugs: ReadonlyMap<string, string>
  /** What readers call it: `tag/ai` → `AI`. */
  readonly names: ReadonlyMap<string, string>
  /** Between which months (`monthOf`, both included) everything lies that may match; null: nothing is known. */
  readonly months: { readonly first: number; readonly last: number } | null
  /** About how many articles have the rarest of what all must have, of what readers see; null: nothing is known. */
  readonly rarest: number | null
}

type Kind = Vocabulary | 'locale' | 'domain' | 'source'

/** The spellings under which an alias may be kept: the name's, and that of a slug that a term had. */
const aliasesOf = (names: readonly string[]) =>
  names.flatMap((name) => [normalizeName(name), formerSlug(name)])

const nothing: ResolvedTerms = {
  all: [],
  groups: [],
  none: [],
  vocabulary: [],
  source: null,
  domain: null,
  slugs: new Map(),
  names: new Map(),
  months: null,
  rarest: null,
}

/**
 * What a filter's tags, topics, authors, locales, domains and sources are as numbers; null when one that must be there
 * is unknown: then no article can match. To readers what no public article has is as unknown as what nobody has. One
 * statement, none for a filter that names nothing.
 */
export async function resolveTerms(pool: Pool, filter: ArticleFilter): Promise<ResolvedTerms | null> {
  const { excludedTags, excludedTopics, locale, sourceDomain, source: sourceId } = filter
  const tags = unique(filter.tags.flat())
  const topics = unique(filter.topics.flat())
  const authors = filter.author === null ? [] : [filter.author]
  const single = [locale, sourceDomain, sourceId]
  const names = [tags, topics, authors, excludedTags, excludedTopics]
  if (names.every((list) => list.length === 0) && single.every((name) => name === null)) return nothing
  const both = (list: readonly string[]) => [list, aliasesOf(list)] as const
  const rows = await findTerms(pool, {
    tag: both(tags),
    topic: both(topics),
    author: both(authors),
    locale: [locale],
    domain: [sourceDomain],
    source: [sourceId],
    excludedTag: both(excludedTags),
    excludedTopic: both(excludedTopics),
  })
  const isForReaders = isOfReaders(filter)
  const found = byName(
    rows.filter((row) => !isForReaders || row.is_public),
    { tag: [...tags, ...excludedTags], topic: [...topics, ...excludedTopics], author: authors },
  )
  const numbers = (kind: Kind, list: readonly string[]) =>
    unique(list.flatMap((name) => found.get(`${kind}/${name}`)?.term ?? []))
  const anyOf = (kind: Kind, groups: readonly AnyOf[]) => groups.map((group) => numbers(kind, group))
  const one = (kind: Kind, name: string | null) => (name === null ? [] : [numbers(kind, [name])])
  const named = [
    ...anyOf('tag', filter.tags),
    ...anyOf('topic', filter.topics),
    ...one('author', filter.author),
  ]
  const all = [...named, ...one('locale', locale)]
  const none = [...numbers('tag', excludedTags), ...numbers('topic', excludedTopics)]
  const source = sourceId === null ? null : (found.get(`source/${sourceId}`) ?? null)
  const domain = sourceDomain === null ? null : (found.get(`domain/${sourceDomain}`) ?? null)
  const groups = wantedGroups(filter, found)
  const months = sharedMonths(filter, groups)
  const isHopeless =
    months?.length === 0 ||
    all.some((group) => group.length === 0) ||
    (sourceId !== null && source === null) ||
    (sourceDomain !== null && domain === null)
  if (isHopeless) return null
  return {
    all: unique(all.filter((group) => group.length === 1).flat()),
    groups: all.filter((group) => group.length > 1),
    none,
    vocabulary: unique([...named.flat(), ...none]),
    source: source && { term: source.term, key: source.key },
    domain: domain && { term: domain.term, key: Number(domain.key) },
    slugs: new Map([...found].map(([name, { slug }]) => [name, slug])),
    names: new Map([...found].map(([name, { label }]) => [name, label])),
    months: months === null ? null : { first: Math.min(...months), last: Math.max(...months) },
    rarest: isForReaders ? rarestOf(groups) : null,
  }
}

/** The group that fewest articles have. */
function rarestOf(groups: readonly (readonly FoundTerm[])[]): number | null {
  const counts = groups.map((group) => group.reduce((sum, { count }) => sum + count, 0))
  return counts.length === 0 ? null : Math.min(...counts)
}

/**
 * The months in which articles may have everything that is asked for; null where that is not known, or may include
 * articles without a date. Tags of an event long ago are found there, not by a walk through all that came since.
 */
function sharedMonths(
  { statuses, publishedAfter, publishedBefore }: ArticleFilter,
  groups: readonly (readonly FoundTerm[])[],
): number[] | null {
  if (!statuses.every((status) => status === 'published' || status === 'scheduled')) return null
  // Of what is rare they are not asked.
  const known = groups.filter((group) => group.every(({ months }) => months !== null))
  const [first, ...others] = known.map((group) => new Set(group.flatMap(({ months }) => months ?? [])))
  if (first === undefined) return null
  const from = publishedAfter === null ? Number.NEGATIVE_INFINITY : monthOf(new Date(publishedAfter))
  const to = publishedBefore === null ? Number.POSITIVE_INFINITY : monthOf(new Date(publishedBefore))
  return [...first].filter(
    (month) => month >= from && month <= to && others.every((group) => group.has(month)),
  )
}

/** What articles must have one of, group by group: tags, topics, the author, the locale. */
function wantedGroups(
  { tags, topics, author, locale }: ArticleFilter,
  found: ReadonlyMap<string, FoundTerm>,
): FoundTerm[][] {
  return [
    ...tags.map((names) => names.map((name) => `tag/${name}`)),
    ...topics.map((names) => names.map((name) => `topic/${name}`)),
    ...(author === null ? [] : [[`author/${author}`]]),
    ...(locale === null ? [] : [[`locale/${locale}`]]),
  ].map((names) => names.flatMap((name) => found.get(name) ?? []))
}

/** What was found, by `<kind>/<name as it was asked for>`: a slug before a name or alias, this before a former slug. */
function byName(
  rows: readonly FoundTerm[],
  names: Record<Vocabulary, readonly string[]>,
): Map<string, FoundTerm> {
  const exact = new Map(rows.map((row) => [`${row.kind}/${row.by}/${row.name}`, row]))
  const found = new Map<string, FoundTerm>(
    rows.filter(({ by }) => by === 'slug').map((row) => [`${row.kind}/${row.name}`, row] as const),
  )
  for (const [kind, list] of Object.entries(names)) {
    for (const name of list) {
      const alias = aliasesOf([name]).map((key) => exact.get(`${kind}/alias/${key}`))
      const term = exact.get(`${kind}/slug/${name}`) ?? alias[0] ?? alias[1]
      if (term !== undefined) found.set(`${kind}/${name}`, term)
    }
  }
  return found
}

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)]

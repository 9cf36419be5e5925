import type { Pool } from 'pg'
import { normalizeName } from '#src/content/names.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { AnyOf, ArticleFilter } from './article-filter.ts'
import { termIdByName } from './term-by-name.ts'

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
  readonly source: CitedTerm | null
  readonly domain: CitedTerm | null
  /** The slug of each tag, topic and author that is named: `tag/AI` → `ai`. */
  readonly slugs: ReadonlyMap<string, string>
}

type Kind = 'tag' | 'topic' | 'author' | 'locale' | 'domain' | 'source'

interface FoundTerm {
  kind: Kind
  name: string
  term: number
  key: string
  slug: string
}

const term = (kind: 'tag' | 'topic' | 'author', n: number) => `
  SELECT '${kind}' AS kind, w.name, t.term_id AS term, t.id::text AS key, t.slug
    FROM unnest($${n}::text[], $${n + 1}::text[]) AS w(name, norm)
    JOIN ${kind} t ON t.id = ${termIdByName(kind, 'w.name', 'w.norm')}`

const findTerms = prepared<FoundTerm>(
  'find_listing_terms',
  `${term('tag', 1)} UNION ALL ${term('topic', 3)} UNION ALL ${term('author', 5)}
   UNION ALL SELECT 'locale', tag, term_id, tag, tag FROM locale WHERE tag = $7
   UNION ALL SELECT 'domain', domain, term_id, id::text, domain FROM source_domain WHERE domain = $8
   UNION ALL SELECT 'source', id::text, term_id, id::text, id::text FROM source WHERE id = $9::uuid`,
)

const nothing: ResolvedTerms = { all: [], groups: [], none: [], source: null, domain: null, slugs: new Map() }

/**
 * What a filter's tags, topics, authors, locales, domains and sources are as numbers; null when one that must be there
 * is unknown: then no article can match. One statement, none for a filter that names nothing.
 */
export async function resolveTerms(pool: Pool, filter: ArticleFilter): Promise<ResolvedTerms | null> {
  const tags = [...filter.tags.flat(), ...filter.excludedTags]
  const topics = [...filter.topics.flat(), ...filter.excludedTopics]
  const authors = filter.author === null ? [] : [filter.author]
  const single = [filter.locale, filter.sourceDomain, filter.source]
  if (tags.length + topics.length + authors.length === 0 && single.every((name) => name === null))
    return nothing
  const names = [tags, topics, authors].map(unique)
  const rows = await findTerms(pool, [...names.flatMap((list) => [list, list.map(normalizeName)]), ...single])
  const found = new Map(rows.map((row) => [`${row.kind}/${row.name}`, row]))
  const numbers = (kind: Kind, list: readonly string[]) =>
    unique(list.flatMap((name) => found.get(`${kind}/${name}`)?.term ?? []))
  const anyOf = (kind: Kind, groups: readonly AnyOf[]) => groups.map((group) => numbers(kind, group))
  const one = (kind: Kind, name: string | null) => (name === null ? [] : [numbers(kind, [name])])
  const groups = [
    ...anyOf('tag', filter.tags),
    ...anyOf('topic', filter.topics),
    ...one('author', filter.author),
    ...one('locale', filter.locale),
  ]
  const source = filter.source === null ? null : (found.get(`source/${filter.source}`) ?? null)
  const domain = filter.sourceDomain === null ? null : (found.get(`domain/${filter.sourceDomain}`) ?? null)
  const isHopeless =
    groups.some((group) => group.length === 0) ||
    (filter.source !== null && source === null) ||
    (filter.sourceDomain !== null && domain === null)
  if (isHopeless) return null
  return {
    all: unique(groups.filter((group) => group.length === 1).flat()),
    groups: groups.filter((group) => group.length > 1),
    none: [...numbers('tag', filter.excludedTags), ...numbers('topic', filter.excludedTopics)],
    source: source && { term: source.term, key: source.key },
    domain: domain && { term: domain.term, key: Number(domain.key) },
    slugs: new Map([...found].map(([name, { slug }]) => [name, slug])),
  }
}

const unique = <Item>(items: readonly Item[]): Item[] => [...new Set(items)]

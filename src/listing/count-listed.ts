import type { ArticleFilter } from './article-filter.ts'
import { allOf, areThere, conditionsOf, isOfReaders, values, yearConditions } from './listing-sql.ts'
import type { ResolvedTerms } from './resolve-filter.ts'
import {
  EXPIRED,
  monthOfTerm,
  monthTerm,
  publishedTerm,
  SOURCES_ELSEWHERE,
  statusTerm,
} from './term-numbers.ts'

/** What a list can be counted by. */
export const facetNames = ['topic', 'tag', 'source', 'month'] as const
export type FacetName = (typeof facetNames)[number]

/** How many articles of a list have a value. `slug` is what filters take: a source's is its id, a month's `YYYY-MM`. */
export interface FacetValue {
  readonly slug: string
  /** A source's is its canonical url. */
  readonly name: string
  readonly count: number
}

/** How many articles a list has, and by what. A facet of null has too many to be counted. */
export interface Counts {
  readonly total: number
  readonly facets: Partial<Record<FacetName, FacetValue[] | null>>
  /** False: a merge or deletion has taken away what the filter names; it is to be looked up again. */
  readonly isCurrent: boolean
}

/** The values of a facet that are told: the most frequent ones; of months all. */
const MOST = 100
/** Sources are counted in lists of at most so many articles. */
const COUNTED_SOURCES = 10_000

/** A row of the statement: the total first, with the snapshot that was counted. */
export interface CountRow {
  facet: FacetName | 'total'
  slug: string
  name: string
  count: number
  /** `pg_current_snapshot()`; of the total alone. */
  snapshot: string | null
  /** Whether no merge or deletion has taken away what the filter names; of the total alone. */
  are_terms_there: boolean | null
}

/**
 * The statement that counts a list and its facets, at the moment of the read. What readers see under one term or none
 * is kept counted (`term_count`, with the changes since in `term_delta`) and only corrected by what is scheduled or has
 * expired; other lists are counted live, on the narrow table alone.
 */
export function countStatement({
  filter,
  terms,
  facets,
}: {
  filter: ArticleFilter
  terms: ResolvedTerms
  facets: readonly FacetName[]
}): { text: string; values: unknown[] } {
  const bound = values()
  const kept = isKept(filter, terms, facets)
  const counted = kept
    ? keptCounts(terms.all[0], facets, bound.add)
    : liveCounts(filter, terms, facets, bound)
  const text = `WITH counted AS MATERIALIZED (${counted}),
    total AS MATERIALIZED (${kept ? keptTotal(terms.all[0] ?? publishedTerm) : LIVE_TOTAL})
    SELECT 'total' AS facet, '' AS slug, '' AS name, count::int, pg_current_snapshot()::text AS snapshot,
      ${areThere(terms, bound)} AS are_terms_there FROM total
    ${facets.map((facet) => `UNION ALL (SELECT *, NULL, NULL FROM (${FACETS[facet]}) f)`).join(' ')}`
  return { text, values: bound.list }
}

/** What the rows of that statement say. */
export function countsOf(rows: readonly CountRow[], facets: readonly FacetName[]): Counts {
  const counted = rows.find(({ facet }) => facet === 'total')
  const total = counted?.count ?? 0
  const valuesOf = (name: FacetName): FacetValue[] | null => {
    if (name === 'source' && total > COUNTED_SOURCES) return null
    return rows
      .filter(({ facet }) => facet === name)
      .map(({ slug, name: shown, count }) =>
        name === 'month' ? monthValue(Number(slug), count) : { slug, name: shown, count },
      )
  }
  return {
    total,
    facets: Object.fromEntries(facets.map((name) => [name, valuesOf(name)])),
    isCurrent: counted?.are_terms_there !== false,
  }
}

function monthValue(term: number, count: number): FacetValue {
  const month = monthOfTerm(term) ?? ''
  return { slug: month, name: month, count }
}

/** Kept are counts of what readers see under one term; their facets only where that is all of it. */
function isKept(filter: ArticleFilter, terms: ResolvedTerms, facets: readonly FacetName[]): boolean {
  const { ids, publishedAfter, publishedBefore, updatedAfter } = filter
  const hasRange = publishedAfter !== null || publishedBefore !== null || updatedAfter !== null
  const hasMore =
    terms.groups.length + terms.none.length > 0 || terms.source !== null || terms.domain !== null
  if (!isOfReaders(filter) || hasRange || hasMore || ids !== null) return false
  // Sources that an article cites too many of are in no count.
  return facets.length === 0 ? terms.all.length <= 1 : terms.all.length === 0 && !facets.includes('source')
}

/** The terms of a row, hidden from the GIN index: it would be read for all articles of a term. */
const HIDDEN_TERMS = `(terms || '{}'::int[])`

/** What is published in the database and not to be seen: it is in the counts, and few (`settleExpired`). */
const HIDDEN = `
  SELECT ${HIDDEN_TERMS} AS terms FROM listing
   WHERE published_at > statement_timestamp() AND published_at < 'infinity' AND ${HIDDEN_TERMS} @> ARRAY[${publishedTerm}]
  UNION ALL SELECT ${HIDDEN_TERMS} FROM listing
   WHERE unpublish_at < 'infinity' AND unpublish_at <= statement_timestamp() AND published_at + '0'::interval <= statement_timestamp()
     AND ${HIDDEN_TERMS} @> ARRAY[${publishedTerm}]`

const kept = (term: string) => `(coalesce((SELECT count FROM term_count WHERE term_id = ${term}), 0)
  + coalesce((SELECT sum(delta) FROM term_delta WHERE term_id = ${term}), 0))`

/**
 * The SQL of how many articles readers see under the term whose number is `term` (SQL too): as it is kept, less what
 * is scheduled or has expired.
 */
export const publicCount = (term: string): string => `(
  ${kept(term)} - (SELECT count(*) FROM (${HIDDEN}) hidden WHERE hidden.terms @> ARRAY[${term}]))::int`

function keptCounts(
  term: number | undefined,
  facets: readonly FacetName[],
  add: (value: unknown, type: string) => string,
) {
  const only = facets.length === 0 ? `WHERE term = ${add(term ?? publishedTerm, 'int')}` : ''
  return `SELECT term, sum(n) AS count FROM (
      SELECT term_id AS term, count AS n FROM term_count
      UNION ALL SELECT term_id, delta FROM term_delta
      UNION ALL SELECT unnest(terms), -1 FROM (${HIDDEN}) hidden) changes ${only} GROUP BY term`
}

const keptTotal = (term: number) =>
  `SELECT coalesce(sum(count), 0) AS count FROM counted WHERE term = ${term}`

/** Each article has exactly one status. */
const LIVE_TOTAL = `SELECT coalesce(sum(count), 0) AS count FROM counted WHERE term BETWEEN ${EXPIRED} AND ${statusTerm('draft')}`

function liveCounts(
  filter: ArticleFilter,
  terms: ResolvedTerms,
  facets: readonly FacetName[],
  bound: ReturnType<typeof values>,
): string {
  const conditions = [...allOf(conditionsOf(filter, terms, bound)), ...yearConditions(filter, bound)]
  const ids = filter.ids === null ? [] : [`article_id = ANY(${bound.add(filter.ids, 'uuid[]')})`]
  const from = `FROM listing WHERE ${[...ids, ...conditions].join(' AND ')}`
  if (facets.length === 0) return `SELECT ${publishedTerm} AS term, count(*) AS count ${from}`
  const elsewhere = facets.includes('source')
    ? ` || CASE WHEN terms @> ARRAY[${SOURCES_ELSEWHERE}] THEN ARRAY(SELECT DISTINCT s.term_id FROM citation c
         JOIN source s ON s.id = c.source_id WHERE c.article_id = listing.article_id) ELSE '{}' END`
    : ''
  return `SELECT term, count(*) AS count FROM (SELECT unnest(terms${elsewhere}) AS term ${from}) filed GROUP BY term`
}

const vocabulary = (facet: 'topic' | 'tag', order: string) => `
  SELECT '${facet}', t.slug, t.name, c.count::int FROM counted c JOIN ${facet} t ON t.term_id = c.term
   WHERE c.count > 0 ORDER BY ${order} LIMIT ${MOST}`

const FACETS: Readonly<Record<FacetName, string>> = {
  topic: vocabulary('topic', 'c.count DESC, t.slug'),
  tag: vocabulary('tag', 'c.count DESC, t.slug'),
  source: `SELECT 'source', s.id::text, s.url, c.count::int FROM counted c JOIN source s ON s.term_id = c.term
    WHERE c.count > 0 AND (SELECT count FROM total) <= ${COUNTED_SOURCES} ORDER BY c.count DESC, s.url LIMIT ${MOST}`,
  month: `SELECT 'month', term::text, '', count::int FROM counted WHERE count > 0 AND term < ${monthTerm(0, 0)} ORDER BY term`,
}

import { type ArticleFilter, allButTrash } from './article-filter.ts'
import type { ResolvedTerms } from './resolve-filter.ts'
import {
  beginOfMonth,
  EXPIRED,
  publishedTerm,
  SOURCES_ELSEWHERE,
  statusTerm,
  TRASHED,
  yearTerm,
} from './term-numbers.ts'

/** Collects the values of a statement; `add` gives a value's placeholder. */
export interface Values {
  readonly list: unknown[]
  add(value: unknown, type: string): string
}

/** An empty list of values. */
export function values(): Values {
  const list: unknown[] = []
  return {
    list,
    add(value, type) {
      list.push(value)
      return `$${list.length}::${type}`
    },
  }
}

const NOW = 'statement_timestamp()'

/** Conditions on a row of the listing, as SQL without alias. */
export interface Conditions {
  /** On `terms` alone: what the GIN index can serve. */
  readonly terms: readonly string[]
  /** On its instants, by column. */
  readonly times: readonly TimeCondition[]
  /** On several columns at once. */
  readonly others: readonly string[]
}

/** A bound of an instant: `published_at <= …`. */
export interface TimeCondition {
  readonly column: 'published_at' | 'unpublish_at' | 'updated_at'
  readonly operator: '<' | '<=' | '>' | '>='
  readonly value: string
}

/**
 * The conditions of a filter whose names are resolved. For what readers see they have the same shape whatever is left
 * out of the filter, but for the number of any-groups: one plan serves many lists.
 */
export function conditionsOf(filter: ArticleFilter, terms: ResolvedTerms, bound: Values): Conditions {
  const status = statusConditions(filter)
  const all = [...status.all, ...terms.all]
  const groups = [...status.groups, ...terms.groups, ...citedGroups(terms)]
  return {
    terms: [
      ...(all.length === 0 ? [] : [`terms @> ${bound.add(all, 'int[]')}`]),
      ...groups.map((group) => `terms && ${bound.add(group, 'int[]')}`),
      `NOT terms && ${bound.add(terms.none, 'int[]')}`,
    ],
    times: [...status.times, ...rangeConditions(filter, terms, bound)],
    others: [...status.others, ...citedConditions(terms, bound)],
  }
}

/** Whether a filter is of what readers see now, and of nothing else. */
export const isOfReaders = ({ statuses }: ArticleFilter): boolean =>
  statuses.length === 1 && statuses[0] === 'published'

/** All conditions, for a row that is looked at. */
export const allOf = ({ terms, times, others }: Conditions): string[] => [
  ...terms,
  ...times.map(asSql),
  ...others,
]

/** A bound as SQL. */
export const asSql = ({ column, operator, value }: TimeCondition): string => `${column} ${operator} ${value}`

const isToCome: readonly TimeCondition[] = [
  { column: 'published_at', operator: '>', value: NOW },
  // Drafts have no date.
  { column: 'published_at', operator: '<', value: `'infinity'` },
]

const isNotOver: readonly TimeCondition[] = [{ column: 'unpublish_at', operator: '>', value: NOW }]

interface StatusConditions {
  readonly all: readonly number[]
  readonly groups: readonly (readonly number[])[]
  readonly times: readonly TimeCondition[]
  readonly others: readonly string[]
}

const isLive: readonly TimeCondition[] = [
  { column: 'published_at', operator: '<=', value: NOW },
  { column: 'unpublish_at', operator: '>', value: NOW },
]

/** Scheduled, published and expired are one status in the database, told apart by the clock. */
function statusConditions({ statuses }: ArticleFilter): StatusConditions {
  const has = new Set(statuses)
  const isAny = allButTrash.every((status) => has.has(status))
  const numbers = [
    ...(has.has('draft') ? [statusTerm('draft')] : []),
    ...(has.has('review') ? [statusTerm('review')] : []),
    ...(has.has('scheduled') || has.has('published') ? [publishedTerm] : []),
    ...(isAny ? [EXPIRED] : []),
    ...(has.has('trashed') ? [TRASHED] : []),
  ]
  const only = numbers.length === 1
  const terms = only ? { all: numbers, groups: [] } : { all: [], groups: [numbers] }
  if (isAny || !numbers.includes(publishedTerm)) return { ...terms, times: [], others: [] }
  const times = !has.has('published') ? isToCome : has.has('scheduled') ? isNotOver : isLive
  if (only) return { ...terms, times, others: [] }
  const other = `(NOT terms @> ARRAY[${publishedTerm}] OR (${times.map(asSql).join(' AND ')}))`
  return { ...terms, times: [], others: [other] }
}

function rangeConditions(filter: ArticleFilter, terms: ResolvedTerms, bound: Values): TimeCondition[] {
  const { publishedAfter, publishedBefore, updatedAfter } = filter
  const { months } = terms
  // What lies outside the months in which all terms occur need not be walked through.
  const from = latest(publishedAfter, months && beginOfMonth(months.first)) ?? '-infinity'
  // Readers see nothing without a date; where there may be some, a range of dates leaves them out.
  const isBounded = isOfReaders(filter) || publishedAfter !== null
  const to =
    earliest(publishedBefore, months && beginOfMonth(months.last + 1)) ?? (isBounded ? 'infinity' : null)
  const at = (instant: string) => bound.add(instant, 'timestamptz')
  return [
    { column: 'published_at', operator: '>=', value: at(from) },
    ...(to === null ? [] : [{ column: 'published_at', operator: '<', value: at(to) } as const]),
    ...(updatedAfter === null
      ? []
      : [{ column: 'updated_at', operator: '>=', value: at(updatedAfter) } as const]),
  ]
}

const latest = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : Date.parse(a) > Date.parse(b) ? a : b
const earliest = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : Date.parse(a) < Date.parse(b) ? a : b

/** Each year is a look-up in the index: no more of them. */
const MAX_YEARS = 30

/** A range of dates as its years, where it has both ends: the GIN index knows years, and no dates. */
export function yearConditions({ publishedAfter, publishedBefore }: ArticleFilter, bound: Values): string[] {
  if (publishedAfter === null || publishedBefore === null) return []
  const first = new Date(publishedAfter).getUTCFullYear()
  const count = new Date(publishedBefore).getUTCFullYear() - first + 1
  if (count < 1 || count > MAX_YEARS) return []
  const years = Array.from({ length: count }, (_, n) => yearTerm(first + n))
  return [`terms && ${bound.add(years, 'int[]')}`]
}

const cited = ({ source, domain }: ResolvedTerms) => [source, domain].filter((term) => term !== null)

/** Articles that cite too many sources for the listing have one number for all of them, and are looked at. */
const citedGroups = (terms: ResolvedTerms) => cited(terms).map(({ term }) => [term, SOURCES_ELSEWHERE])

function citedConditions({ source, domain }: ResolvedTerms, bound: Values): string[] {
  const cites = (term: number, link: string) =>
    `(terms @> ARRAY[${bound.add(term, 'int')}] OR EXISTS (
       SELECT FROM citation c JOIN source s ON s.id = c.source_id WHERE c.article_id = listing.article_id AND ${link}))`
  return [
    ...(source === null ? [] : [cites(source.term, `s.id = ${bound.add(source.key, 'uuid')}`)]),
    ...(domain === null ? [] : [cites(domain.term, `s.domain_id = ${bound.add(domain.key, 'int')}`)]),
  ]
}

/** The SQL of whether the tags, topics and authors that a filter names are there still. */
export const areThere = ({ vocabulary }: ResolvedTerms, bound: Values): string => {
  const ids = bound.add(vocabulary, 'int[]')
  const those = ['tag', 'topic', 'author'].map((table) => `SELECT FROM ${table} WHERE term_id = ANY(${ids})`)
  return `(SELECT count(*) FROM (${those.join(' UNION ALL ')}) t) = cardinality(${ids})`
}

import type { Pool, QueryResultRow } from 'pg'
import type { ArticleFilter } from './article-filter.ts'
import { RARE } from './find-terms.ts'
import {
  allOf,
  areThere,
  asSql,
  type Conditions,
  conditionsOf,
  isOfReaders,
  type TimeCondition,
  type Values,
  values,
  yearConditions,
} from './listing-sql.ts'
import { nextChange } from './next-change.ts'
import type { ResolvedTerms } from './resolve-filter.ts'

/** What a list is sorted by; ties by id. */
export interface Sort {
  readonly key: 'publishedAt' | 'updatedAt' | 'createdAt' | 'title'
  readonly descending: boolean
}

/** A row's place in a sorted list: instants as RFC 3339 or `infinity`, titles as their sort key. */
export type Place = readonly [key: string, id: string]

/** A page to be read. */
export interface Walk {
  readonly filter: ArticleFilter
  readonly terms: ResolvedTerms
  readonly sort: Sort
  /** Read on from here, in the direction of `side`; null: from the beginning. */
  readonly from: Place | null
  /** Whether the article at `from` is on the page as well. */
  readonly isInclusive?: boolean
  readonly side: 'after' | 'before'
  readonly count: number
}

/** A statement with its values; `name` is null for shapes that are too rare to be kept prepared. */
export interface ListStatement {
  readonly name: string | null
  readonly text: string
  readonly values: unknown[]
}

/** Rows of the index that are looked at before the GIN index is asked: beyond them the latter is cheaper. */
const WALKED = 8_000

/** A page with html, bodies, citations is cut when it has so much. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024

const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const instants = { type: 'timestamptz', least: '-infinity', most: 'infinity' } as const

const COLUMNS = {
  publishedAt: { ...instants, column: 'published_at', hidden: `published_at + '0'::interval` },
  updatedAt: { ...instants, column: 'updated_at', hidden: `updated_at + '0'::interval` },
  createdAt: { ...instants, column: 'created_at', hidden: `created_at + '0'::interval` },
  title: {
    column: 'title_key',
    type: 'text COLLATE "C"',
    hidden: `(title_key || '')`,
    least: '',
    most: '\u{10FFFF}',
  },
} as const

/**
 * The statement that reads a page of articles, in reading order: `select` is what is wanted of the row `a` of the page,
 * which is an article with its `sort_key` and its place `n` on the page (1 …); all rows are `listed`. It has one row at
 * least, and on the first one `next_change_ms` (until something is published or expires by itself, null: nothing will) and `snapshot`
 * (`pg_current_snapshot()`), with a null id where there is no article. `size` is how many bytes of the article `a` are
 * selected, where that may be many: `is_beyond` are those that make a page too large. `are_terms_there`: whether no
 * merge or deletion has taken away, since they were looked up, what the filter names. `kind` names what `select` gives,
 * null where that varies.
 *
 * A walk of the sort key's index first: a common filter is answered by its first rows. What that does not find is
 * looked up in the GIN index and sorted. In one statement, and for any filter: some
 * 700 buffers at worst to read 20 of 200,000 articles (`npm run test:large`), where a join table took 696,688 to find
 * them.
 */
export function listStatement(
  walk: Walk,
  select: (bound: Values) => string,
  { kind, size = null }: { kind: string | null; size?: string | null },
): ListStatement {
  const bound = values()
  const conditions = conditionsOf(walk.filter, walk.terms, bound)
  const { column } = COLUMNS[walk.sort.key]
  const direction = isDescending(walk) ? 'DESC' : 'ASC'
  const limit = bound.add(walk.count, 'int')
  const found = pageOf(walk)(walk, conditions, limit, bound)
  const isTooLarge = size === null ? 'false' : `sum(size) OVER (ORDER BY n) > ${MAX_PAGE_BYTES} AND n > 1`
  const sizes = size === null ? '' : `, (SELECT ${size} FROM article a WHERE a.id = found.article_id) AS size`
  const text = `WITH ${found}, page AS (
      SELECT article_id, sort_key, n, ${isTooLarge} AS is_beyond FROM (
        SELECT article_id, ${column} AS sort_key,
               row_number() OVER (ORDER BY ${column} ${direction}, article_id ${direction}) AS n${sizes}
          FROM found) numbered), listed AS MATERIALIZED (
      SELECT p.sort_key, p.n, p.is_beyond, a.* FROM page p JOIN article a ON a.id = p.article_id)
    SELECT ${onFirst.map((name) => `CASE WHEN a.n > 1 THEN NULL ELSE change.${name} END AS ${name}`).join(', ')}, ${select(bound)}
      FROM (SELECT ${nextChange} AS next_change_ms, pg_current_snapshot()::text AS snapshot,
                   ${areThere(walk.terms, bound)} AS are_terms_there) change
      LEFT JOIN listed a ON true
     ORDER BY a.n`
  return { name: kind === null ? null : nameOf(walk, kind), text, values: bound.list }
}

/**
 * The name of a statement's shape; null for all but the lists of readers in their usual forms. Each name is kept on each
 * connection for ever, at half a megabyte: whoever may choose shapes freely could fill the memory.
 */
function nameOf(walk: Walk, kind: string): string | null {
  const { filter, terms, sort } = walk
  const isUsual =
    isOfReaders(filter) &&
    filter.ids === null &&
    filter.updatedAfter === null &&
    terms.source === null &&
    terms.domain === null &&
    terms.groups.length <= 1 &&
    yearsOf(walk, values()).length === 0
  if (!isUsual) return null
  const from = walk.from === null ? 'first' : 'next'
  const way = isRare(walk) ? 'rare' : 'any'
  return `${kind}_${way}_${sort.key}_${isDescending(walk) ? 'down' : 'up'}_${from}_${terms.groups.length}`
}

/** Whether so few articles can match that all of them are looked up sooner than a walk would come to the first. */
const isRare = ({ terms: { rarest } }: Walk): boolean => rarest !== null && rarest <= RARE

type PageSql = (walk: Walk, conditions: Conditions, limit: string, bound: Values) => string

const pageOf = (walk: Walk): PageSql =>
  walk.filter.ids !== null ? pageByIds : isRare(walk) ? pageByTerms : pageByIndex

/** Columns of the first row alone. */
const onFirst = ['next_change_ms', 'snapshot', 'are_terms_there']

/** Runs a statement; prepared, where it has a name. */
export async function runListStatement<Row extends QueryResultRow>(
  pool: Pool,
  { name, text, values: list }: ListStatement,
): Promise<Row[]> {
  const statement = name === null ? { text, values: list } : { name, text, values: list }
  return (await pool.query<Row>(statement)).rows
}

/** A range of dates in years, for the GIN index, where the walk is not by date. */
const yearsOf = ({ filter, sort }: Walk, bound: Values): string[] =>
  sort.key === 'publishedAt' ? [] : yearConditions(filter, bound)

const isDescending = ({ sort, side }: Walk): boolean => sort.descending === (side === 'after')

/** By the index of the sort key, and by the GIN index what a walk of it does not find. */
function pageByIndex(walk: Walk, conditions: Conditions, limit: string, bound: Values): string {
  const { column } = COLUMNS[walk.sort.key]
  const direction = isDescending(walk) ? 'DESC' : 'ASC'
  const keys = conditions.times.filter((time) => time.column === column)
  const others = conditions.times.filter((time) => time.column !== column)
  const isAtStart = ({ operator }: TimeCondition) => operator.startsWith('<') === isDescending(walk)
  const starts = keys.filter(isAtStart)
  const ends = keys.filter((time) => !isAtStart(time)).map(asSql)
  const range = [startOf(walk, starts, bound), ...starts.map(hiddenSql), ...ends]
  const order = `ORDER BY ${column} ${direction}, article_id ${direction}`
  return `walked AS MATERIALIZED (
      SELECT article_id, published_at, unpublish_at, updated_at, ${extra(column)} terms FROM listing
       ${where(range)} ${order} LIMIT ${WALKED}),
    hit AS MATERIALIZED (
      SELECT ${column}, article_id FROM walked listing ${where(allOf({ ...conditions, times: others }))} LIMIT ${limit}),
    ${rest(walk, conditions, limit, bound)},
    found AS (
      SELECT * FROM hit WHERE (SELECT count(*) FROM hit) >= ${limit} OR (SELECT count(*) FROM walked) < ${WALKED}
      UNION ALL SELECT * FROM rest)`
}

/**
 * Where the walk begins: at the place, or at the nearest of the bounds on that side. As one comparison, since a btree
 * begins its search at one of several, and not always at the nearest.
 */
function startOf(walk: Walk, bounds: readonly TimeCondition[], bound: Values): string {
  const { column, type, least, most } = COLUMNS[walk.sort.key]
  const isDown = isDescending(walk)
  const [key, id] = walk.from ?? (isDown ? [most, LAST_ID] : [least, FIRST_ID])
  const isIncluded = walk.from === null || walk.isInclusive === true
  const keys = [bound.add(key, type), ...bounds.map(({ value }) => value)]
  const nearest = keys.length === 1 ? keys[0] : `${isDown ? 'least' : 'greatest'}(${keys.join(', ')})`
  return `(${column}, article_id) ${isDown ? '<' : '>'}${isIncluded ? '=' : ''} (${nearest}, ${bound.add(id, 'uuid')})`
}

/** A bound that no index is read by. */
const hiddenSql = ({ column, operator, value }: TimeCondition) =>
  `${column} + '0'::interval ${operator} ${value}`

/**
 * What the walk does not find: of the GIN index, when the walk neither filled the page nor came to the end. The sort
 * key is hidden from the planner, which would walk its index again.
 */
function rest(walk: Walk, conditions: Conditions, limit: string, bound: Values): string {
  const gate = `(SELECT count(*) FROM hit) < ${limit} AND (SELECT count(*) FROM walked) = ${WALKED}`
  return `rest AS (${lookUp(walk, conditions, limit, bound, [gate])})`
}

/** Of the GIN index alone: what is rare is there at once, and sorted in no time. */
const pageByTerms: PageSql = (walk, conditions, limit, bound) =>
  `found AS (${lookUp(walk, conditions, limit, bound, [])})`

/** What meets all conditions, looked at one by one beyond the GIN index. `more`: conditions that come first. */
function lookUp(
  walk: Walk,
  conditions: Conditions,
  limit: string,
  bound: Values,
  more: readonly string[],
): string {
  const { column, hidden } = COLUMNS[walk.sort.key]
  const direction = isDescending(walk) ? 'DESC' : 'ASC'
  // Hidden too: an index on dates would be read for years on end.
  const ends = conditions.times.map(hiddenSql)
  const looked = [
    ...more,
    ...conditions.terms,
    ...yearsOf(walk, bound),
    ...conditions.others,
    ...ends,
    ...beyondPlace(walk, bound),
  ]
  return `
      SELECT ${column}, article_id FROM listing ${where(looked)}
       ORDER BY ${hidden} ${direction}, article_id ${direction} LIMIT ${limit}`
}

const pageByIds: PageSql = (walk, conditions, limit, bound) => {
  const ids = `article_id = ANY(${bound.add(walk.filter.ids, 'uuid[]')})`
  return `found AS (${lookUp(walk, conditions, limit, bound, [ids])})`
}

/** What lies beyond the place where the page begins, read by no index. */
function beyondPlace(walk: Walk, bound: Values): string[] {
  if (walk.from === null) return []
  const { type, hidden } = COLUMNS[walk.sort.key]
  const [key, id] = walk.from
  const operator = `${isDescending(walk) ? '<' : '>'}${walk.isInclusive === true ? '=' : ''}`
  return [`(${hidden}, article_id) ${operator} (${bound.add(key, type)}, ${bound.add(id, 'uuid')})`]
}

const where = (conditions: readonly string[]) =>
  conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
const extra = (column: string) =>
  ['published_at', 'unpublish_at', 'updated_at'].includes(column) ? '' : `${column},`

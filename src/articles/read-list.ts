import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import {
  type ArticleFilter,
  type Counts,
  type FacetName,
  findNextChange,
  listStatement,
  type Place,
  type ResolvedTerms,
  resolveTerms,
  runListStatement,
  type Sort,
  type Values,
} from '#src/listing/index.ts'
import type { CountedPage, Page } from '#src/platform/http/collection.ts'
import { cursorKey, keysetPages, type Position, queriedList } from '#src/platform/http/keyset-cursor.ts'
import { INCLUDED, type Included } from './queries.ts'
import { listSurrogateKeys } from './surrogate-keys.ts'

/** A list of articles, as it is asked for. */
export interface ListRequest {
  readonly filter: ArticleFilter
  /** Absent: the newest first. */
  readonly sort?: Sort
  readonly limit: number
  readonly cursor?: string | undefined
  /** Parts that lists leave out otherwise. */
  readonly include?: ReadonlySet<Included>
  /** Whether it is to be counted. */
  readonly total?: boolean
  readonly facets?: readonly FacetName[]
}

/** One page of articles, of each what was selected. */
export interface ListedArticles<Item> {
  readonly rows: Item[]
  readonly page: CountedPage
  readonly facets?: Counts['facets']
  /** Milliseconds until something is published or expires by itself; null: nothing will. */
  readonly freshForMs: number | null
  /** What a purge at a CDN can name the list by. */
  readonly surrogateKeys: readonly string[]
  /** What readers call the tags, topics and the author of the filter: `tag/ai` → `AI`; those that were found. */
  readonly names: ReadonlyMap<string, string>
}

/** What is read of each article, and what becomes of it. `Name` is what stands for a tag, topic or author. */
export interface Selection<Row extends PlacedRow<Name>, Name, Item> {
  /** Names the statement's shape. */
  readonly kind: string
  /** SQL of columns of the row `a`, `listedNames` among them. Past the most that a page holds `a.is_beyond`: what makes it large is left out. */
  columns(included: readonly Included[], bound: Values): string
  item(row: Row, names: Readonly<Record<string, Name>>): Item
}

/** What each row of a page has, whatever is selected. */
export interface PlacedRow<Name> {
  id: string
  /** On the first row, like the next two. */
  next_change_ms: number | null
  snapshot: string | null
  are_terms_there: boolean | null
  /** As Postgres writes it. */
  sort_key: string
  is_beyond: boolean
  /** On the first row. */
  names: Record<string, Name> | null
  /** Of its tags, topics, authors. */
  term_ids: readonly [readonly string[], readonly string[], readonly string[]]
}

const newestFirst: Sort = { key: 'publishedAt', descending: true }

const Key = z.tuple([
  z.union([cursorKey.instant, z.literal('infinity'), z.literal('-infinity')]),
  cursorKey.id,
])
const TitleKey = z.tuple([cursorKey.text, cursorKey.id])

/**
 * One page of articles. At most two statements, three when it is counted.
 * @throws AppError `invalid_cursor`
 */
export async function readList<Row extends PlacedRow<Name>, Name, Item>(
  deps: Deps,
  request: ListRequest,
  selection: Selection<Row, Name, Item>,
): Promise<ListedArticles<Item>> {
  const { filter, sort = newestFirst, limit } = request
  const pages = keysetPages<Row, Place>(
    queriedList('articles', [filter, sort]),
    sort.key === 'title' ? TitleKey : Key,
    (row) => [sort.key === 'title' ? row.sort_key : instantOf(row.sort_key), row.id],
  )
  const position = pages.position(request.cursor)
  const facets = request.facets ?? []
  const isCounted = request.total === true || facets.length > 0
  const read = await readPage(deps, request, { sort, position, selection })
  if (read === null) {
    const counts = isCounted ? noCounts(facets) : null
    return {
      rows: [],
      ...counted({ limit, next: null, prev: null }, counts, request),
      freshForMs: await findNextChange(deps.pool),
      surrogateKeys: listSurrogateKeys(filter, new Map()),
      names: new Map(),
    }
  }
  const { terms, found, counts } = read
  const names = found[0]?.names ?? {}
  const articles = found.filter(({ id }) => id !== null)
  const end = articles.findIndex((row) => row.is_beyond)
  const { rows, page } =
    end === -1 ? pages.page(articles, limit, position) : pages.page(articles.slice(0, end + 1), end, position)
  return {
    rows: rows.map((row) => selection.item(row, names)),
    ...counted({ ...page, limit }, counts, request),
    freshForMs: found[0]?.next_change_ms ?? null,
    surrogateKeys: listSurrogateKeys(filter, terms.slugs),
    names: terms.names,
  }
}

/** How often what a filter names is looked up again because a merge took it away in between. */
const ATTEMPTS = 3

interface Reading<Row extends PlacedRow<Name>, Name, Item> {
  readonly sort: Sort
  readonly position: Position<Place> | null
  readonly selection: Selection<Row, Name, Item>
}

/** The rows of the page and its counts, by what the filter's names mean at that moment; null: nothing can match. */
async function readPage<Row extends PlacedRow<Name>, Name, Item>(
  deps: Deps,
  { filter, include, limit, total = false, facets = [] }: ListRequest,
  { sort, position, selection }: Reading<Row, Name, Item>,
): Promise<{ terms: ResolvedTerms; found: Row[]; counts: Counts | null } | null> {
  // In one order, whatever the order of asking: a statement more is memory less.
  const included = [...(include ?? [])].sort()
  for (let attempt = 1; ; attempt += 1) {
    const terms = await resolveTerms(deps.pool, filter)
    if (terms === null) return null
    const walk = {
      filter,
      terms,
      sort,
      from: position?.key ?? null,
      side: position?.side ?? 'after',
      count: limit + 1,
    } as const
    const statement = listStatement(
      walk,
      (bound) => `a.sort_key::text AS sort_key, a.is_beyond, ${selection.columns(included, bound)}`,
      included.length === 0
        ? { kind: selection.kind }
        : { kind: null, size: included.map((name) => INCLUDED[name].size).join(' + ') },
    )
    const found = await runListStatement<Row>(deps.pool, statement)
    const [first] = found
    const isCurrent = first?.are_terms_there !== false
    const counts =
      isCurrent && (total || facets.length > 0)
        ? await deps.counter.count(
            { filter, terms, facets },
            {
              snapshot: first?.snapshot ?? '',
              nextChangeMs: first?.next_change_ms ?? null,
            },
          )
        : null
    if ((isCurrent && counts?.isCurrent !== false) || attempt === ATTEMPTS) return { terms, found, counts }
  }
}

const counted = (page: Page, counts: Counts | null, { total, facets }: ListRequest) => ({
  page: counts !== null && total === true ? { ...page, total: counts.total } : page,
  ...(counts !== null && facets !== undefined && facets.length > 0 ? { facets: counts.facets } : {}),
})

const noCounts = (facets: readonly FacetName[]): Counts => ({
  total: 0,
  facets: Object.fromEntries(facets.map((name) => [name, []])),
  isCurrent: true,
})

/** `2025-07-02 04:40:04.12+00` as RFC 3339; `infinity` as it is. Twenty parsed dates a page were for one cursor. */
const instantOf = (text: string): string =>
  text.endsWith('infinity') ? text : new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z')).toISOString()

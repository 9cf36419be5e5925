import fc from 'fast-check'
import { titleSortKey } from '#src/content/sort-key.ts'
import { type Article, instant, locales, spellings } from './listed-newsroom.ts'

/** One parameter of a list, and which articles it leaves in. */
interface Condition {
  /** Conditions of one kind are not asked for twice. */
  readonly kind: string
  /** As it stands in the address. */
  readonly asked: string
  readonly holds: (article: Article) => boolean
}

const listedStatuses = ['draft', 'review', 'scheduled', 'published', 'trashed'] as const
type Status = (typeof listedStatuses)[number] | 'any'

const sorts = ['publishedAt', 'updatedAt', 'createdAt', 'title'].flatMap((key) => [key, `-${key}`])

const facetNames = ['topic', 'tag', 'month', 'source'] as const
/** What a list can be counted by. */
export type FacetName = (typeof facetNames)[number]

/** A list that somebody asks for. */
export interface Query {
  readonly isEditor: boolean
  /** Null: nothing is said. */
  readonly statuses: readonly Status[] | null
  readonly sort: string | null
  readonly conditions: readonly Condition[]
  /** The list is read in about so many pages. */
  readonly parts: number
  readonly facets: readonly FacetName[]
}

/** The filter and the order of a query, as they stand in the address. */
export const asked = ({ statuses, sort, conditions }: Query): string =>
  [
    ...(statuses === null ? [] : [`status=${statuses.join(',')}`]),
    ...(sort === null ? [] : [`sort=${sort}`]),
    ...conditions.map((condition) => condition.asked),
  ].join('&')

/** Random lists of these articles, of all that lists can be asked for. */
export function queryOf(all: readonly Article[]): fc.Arbitrary<Query> {
  const statuses = fc.oneof(
    fc.constant(null),
    fc.constantFrom<Status[][]>(['any'], ['any', 'trashed'], ['published', 'scheduled'], ['published']),
    fc.subarray<Status>([...listedStatuses], { minLength: 1 }),
  )
  return fc
    .record({
      isEditor: fc.boolean(),
      statuses,
      sort: fc.option(fc.constantFrom(...sorts)),
      conditions: fc.uniqueArray(conditionOf(all), { selector: ({ kind }) => kind, maxLength: 4 }),
      parts: fc.integer({ min: 1, max: 6 }),
      facets: fc.subarray([...facetNames]),
    })
    .map((query) => {
      const allowed = { ...query, statuses: query.isEditor ? query.statuses : null }
      const shown = () =>
        `${query.isEditor ? 'editor' : 'reader'}: ?${asked(allowed)} in ${query.parts} parts`
      return { ...allowed, [fc.toStringMethod]: shown }
    })
}

function conditionOf(all: readonly Article[]): fc.Arbitrary<Condition> {
  const sources = all.flatMap(sourcesOf)
  const dates = all.map(({ publishedAt }) => publishedAt).filter((at) => at !== null)
  const at = fc.oneof(instant, fc.constantFrom(...dates))
  const ids = fc.subarray(
    all.map(({ id }) => id),
    { minLength: 1, maxLength: 20 },
  )
  return fc.oneof(
    anyOfTerms('tag', 'tags', 0),
    anyOfTerms('tag', 'tags', 1),
    anyOfTerms('topic', 'topics', 0),
    anyOfTerms('topic', 'topics', 1),
    noneOfTerms('excludeTag', 'tag', 'tags'),
    noneOfTerms('excludeTopic', 'topic', 'topics'),
    fc
      .constantFrom(...Object.entries(spellings.author))
      .map(([name, term]) => condition('author', name, has('authors', [term]))),
    fc.constantFrom(...locales).map((name) => condition('locale', name, ({ locale }) => locale === name)),
    fc
      .constantFrom('site0.com', 'site1.com', 'example.com', 'secret.com', 'nobody.com')
      .map((name) =>
        condition('sourceDomain', name, (a) => sourcesOf(a).some(({ domain }) => domain === name)),
      ),
    fc
      .constantFrom(...sources)
      .map(({ id }) => condition('source', id, (a) => sourcesOf(a).some((source) => source.id === id))),
    at.map((from) => condition('publishedAfter', from, ({ publishedAt }) => time(publishedAt) >= time(from))),
    at.map((to) => condition('publishedBefore', to, ({ publishedAt }) => time(publishedAt) < time(to))),
    fc
      .constantFrom(...all.map(({ updatedAt }) => updatedAt))
      .map((from) => condition('updatedAfter', from, ({ updatedAt }) => time(updatedAt) >= time(from))),
    ids.map((list) => ({
      ...condition('id', '', ({ id }) => list.includes(id)),
      asked: `id=${list.join(',')}`,
    })),
  )
}

const condition = (kind: string, value: string, holds: Condition['holds']): Condition => ({
  kind,
  asked: `${kind}=${encodeURIComponent(value)}`,
  holds,
})

/** One of these names; `n` tells the groups of one list apart, all of which must hold. */
const anyOfTerms = (
  parameter: 'tag' | 'topic',
  field: 'tags' | 'topics',
  n: number,
): fc.Arbitrary<Condition> =>
  someNames(parameter).map((names) => ({
    kind: `${parameter} ${n}`,
    asked: `${parameter}=${names.map(([name]) => encodeURIComponent(name)).join(',')}`,
    holds: has(
      field,
      names.map(([, term]) => term),
    ),
  }))

const noneOfTerms = (
  parameter: string,
  kind: 'tag' | 'topic',
  field: 'tags' | 'topics',
): fc.Arbitrary<Condition> =>
  someNames(kind).map((names) => ({
    kind: parameter,
    asked: `${parameter}=${names.map(([name]) => encodeURIComponent(name)).join(',')}`,
    holds: (article) =>
      !has(
        field,
        names.map(([, term]) => term),
      )(article),
  }))

const someNames = (kind: 'tag' | 'topic') =>
  fc.subarray<[string, string | null]>(Object.entries(spellings[kind]), { minLength: 1, maxLength: 3 })

const has =
  (field: 'tags' | 'topics' | 'authors', names: readonly (string | null)[]): Condition['holds'] =>
  (article) =>
    article[field].some(({ name }) => names.includes(name))

/** What has no date is neither before nor after another. */
const time = (at: string | null): number => (at === null ? Number.NaN : Date.parse(at))

/** The distinct sources of an article. */
export const sourcesOf = ({ citations }: Article) => [
  ...new Map(citations.flatMap(({ source }) => (source === null ? [] : [[source.id, source]]))).values(),
]

/** What readers see now. */
export const isPublic = (article: Article): boolean => statusOf(article) === 'published'

function statusOf({ status, publishedAt, unpublishAt, trashedAt }: Article): Status | 'expired' {
  const now = Date.now()
  if (trashedAt !== null) return 'trashed'
  if (status === 'draft' || status === 'review') return status
  if (unpublishAt !== null && Date.parse(unpublishAt) <= now) return 'expired'
  return time(publishedAt) > now ? 'scheduled' : 'published'
}

/** The list that a query asks for: a filter and a sort of all articles, as the documentation of the API has them. */
export function plainList(all: readonly Article[], query: Query): Article[] {
  const statuses = query.statuses ?? ['published']
  const isOfDrafts = statuses.some((status) => status !== 'published')
  const sort = query.sort ?? (isOfDrafts ? '-updatedAt' : '-publishedAt')
  const key = sort.replace('-', '')
  const list = all
    .filter((article) => isListed(article, statuses) && query.conditions.every(({ holds }) => holds(article)))
    .map((article) => ({ article, place: Buffer.from(`${sortKey(article, key)}\0${article.id}`) }))
    .sort((a, b) => Buffer.compare(a.place, b.place))
    .map(({ article }) => article)
  return sort.startsWith('-') ? list.toReversed() : list
}

/** `any` is all but the trash, and the same as the four that it stands for; it alone has what has expired. */
function isListed(article: Article, statuses: readonly Status[]): boolean {
  const status = statusOf(article)
  const isAny =
    statuses.includes('any') || listedStatuses.every((each) => each === 'trashed' || statuses.includes(each))
  if (status === 'trashed') return statuses.includes(status)
  return isAny || statuses.some((each) => each === status)
}

function sortKey(article: Article, key: string): string {
  if (key === 'title') return titleSortKey(article.title)
  if (key === 'updatedAt') return article.updatedAt
  // What has no date comes after all dates.
  return key === 'createdAt' ? article.createdAt : (article.publishedAt ?? '~')
}

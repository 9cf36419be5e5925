import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listArticles } from '#src/articles/index.ts'
import { type ArticleFilter, publicArticles, type Sort } from '#src/listing/index.ts'
import { landmarks, tagNames, topicNames } from '../../scripts/generate/vocabulary.ts'
import { type Explained, explaining, type PlanMode } from './explain.ts'
import { type LargeDatabase, largePlan, openLargeDatabase } from './large-database.ts'

/** A list, and which page of it. */
interface Combination {
  readonly name: string
  readonly filter: Partial<ArticleFilter>
  readonly sort?: Sort
  readonly limit?: number
  readonly mayEdit?: boolean
  /** The last page but one, not the first. */
  readonly isDeep?: boolean
  /** Leaves less than 0.1 % of all articles, by excluding: may cost the narrow table once, and its walk. */
  readonly excludesNearlyAll?: boolean
}

const tags = tagNames(largePlan.seed)
const tag = (rank: number) => tags[rank] ?? ''
const [topic, secondTopic, midTopic = ''] = topicNames
const only = (...names: string[]) => names.map((name) => [name])
const by = (key: Sort['key'], descending: boolean): Sort => ({ key, descending })
const newest = by('publishedAt', true)
const keys = ['publishedAt', 'updatedAt', 'createdAt', 'title'] as const
const everyStatus = ['draft', 'review', 'scheduled', 'published', 'trashed'] as const
const [rareTopic, otherRareTopic] = landmarks.rareTopics
const { earlyTag, lateTag, tagWithoutSecondTopic } = landmarks

/** What the filters below need of the database. */
interface Known {
  readonly ids: readonly string[]
  readonly popularSource: string
  readonly rareSource: string
  readonly popularDomain: string
  readonly rareDomain: string
  readonly popularAuthor: string
  readonly rareAuthor: string
}

const sorted: Combination[] = keys.flatMap((key) =>
  [true, false].flatMap((descending) => {
    const sort = by(key, descending)
    const name = `everything by ${descending ? '-' : ''}${key}`
    return [
      { name, filter: {}, sort },
      { name: `${name}, last page`, filter: {}, sort, isDeep: true },
    ]
  }),
)

const filtered = (known: Known): Combination[] => [
  { name: '1 article', filter: {}, limit: 1 },
  { name: '100 articles', filter: {}, limit: 100 },
  { name: 'most used tag', filter: { tags: only(tag(0)) } },
  { name: 'most used tag, last page', filter: { tags: only(tag(0)) }, isDeep: true },
  { name: 'most used tag by title', filter: { tags: only(tag(0)) }, sort: by('title', false) },
  { name: 'tag of rank 60', filter: { tags: only(tag(60)) } },
  { name: 'tag of rank 60, last page', filter: { tags: only(tag(60)) }, isDeep: true },
  { name: 'tag of rank 60, oldest first', filter: { tags: only(tag(60)) }, sort: by('publishedAt', false) },
  { name: 'tag of rank 300', filter: { tags: only(tag(300)) } },
  { name: 'tag of rank 300 by -updatedAt', filter: { tags: only(tag(300)) }, sort: by('updatedAt', true) },
  { name: 'rare tag', filter: { tags: only(tag(1_900)) } },
  { name: 'rare tag, last page', filter: { tags: only(tag(1_900)) }, isDeep: true },
  { name: 'rare tag by title', filter: { tags: only(tag(1_900)) }, sort: by('title', true) },
  { name: 'common topic', filter: { topics: only(topic) } },
  { name: 'common topic, last page', filter: { topics: only(topic) }, isDeep: true },
  { name: 'rare tag and common topic', filter: { tags: only(tag(1_900)), topics: only(topic) } },
  { name: 'rank 300 and common topic', filter: { tags: only(tag(300)), topics: only(topic) } },
  { name: 'two common topics that never meet', filter: { topics: only(topic, secondTopic) } },
  {
    name: 'common tag and common topic that never meet',
    filter: { tags: only(tag(tagWithoutSecondTopic)), topics: only(secondTopic) },
  },
  { name: 'two rare topics that never meet', filter: { topics: only(rareTopic, otherRareTopic) } },
  { name: 'early tag', filter: { tags: only(earlyTag) } },
  { name: 'early tag, last page', filter: { tags: only(earlyTag) }, isDeep: true },
  { name: 'early tag and rare topic', filter: { tags: only(earlyTag), topics: only(midTopic) } },
  { name: 'late tag', filter: { tags: only(lateTag) } },
  { name: 'late tag, last page', filter: { tags: only(lateTag) }, isDeep: true },
  { name: 'late tag, oldest first', filter: { tags: only(lateTag) }, sort: by('publishedAt', false) },
  { name: 'early tag and late tag', filter: { tags: only(earlyTag, lateTag) } },
  { name: 'all of ten tags', filter: { tags: only(...tags.slice(0, 10)) } },
  { name: 'any of ten tags', filter: { tags: [tags.slice(0, 10)] } },
  { name: 'any of ten rare tags', filter: { tags: [tags.slice(1_800, 1_810)] } },
  {
    name: 'any of two and any of two',
    filter: {
      tags: [
        [tag(0), tag(1)],
        [tag(500), tag(600)],
      ],
    },
  },
  { name: 'any of two topics and a tag', filter: { topics: [[topic, secondTopic]], tags: only(tag(40)) } },
  { name: 'without the most used tag', filter: { excludedTags: [tag(0)] } },
  { name: 'without the most used tag, last page', filter: { excludedTags: [tag(0)] }, isDeep: true },
  { name: 'without the common topic', filter: { excludedTopics: [topic] } },
  { name: 'rare tag without common topic', filter: { tags: only(tag(1_900)), excludedTopics: [topic] } },
  { name: 'without 100 tags', filter: { excludedTags: tags.slice(0, 100) } },
  {
    name: 'without all topics',
    filter: { excludedTopics: topicNames },
    excludesNearlyAll: true,
  },
  {
    name: 'a tag without the topics it occurs in',
    filter: { tags: only(tag(0)), excludedTopics: topicNames },
    excludesNearlyAll: true,
  },
  { name: '100 ids', filter: { ids: known.ids }, limit: 100 },
  { name: '100 ids with a topic', filter: { ids: known.ids, topics: only(topic) }, limit: 100 },
  { name: 'popular source', filter: { source: known.popularSource } },
  { name: 'rare source', filter: { source: known.rareSource } },
  { name: 'rare source and common topic', filter: { source: known.rareSource, topics: only(topic) } },
  { name: 'popular domain', filter: { sourceDomain: known.popularDomain } },
  { name: 'popular domain, last page', filter: { sourceDomain: known.popularDomain }, isDeep: true },
  { name: 'rare domain', filter: { sourceDomain: known.rareDomain } },
  { name: 'author of most', filter: { author: known.popularAuthor } },
  { name: 'author of few', filter: { author: known.rareAuthor } },
  { name: 'English', filter: { locale: 'en' } },
  { name: 'English, rare tag', filter: { locale: 'en', tags: only(tag(1_900)) } },
  {
    name: 'a day',
    filter: { publishedAfter: '2020-05-01T00:00:00Z', publishedBefore: '2020-05-02T00:00:00Z' },
  },
  {
    name: 'rare tag in a month',
    filter: {
      tags: only(tag(1_900)),
      publishedAfter: '2020-05-01T00:00:00Z',
      publishedBefore: '2020-06-01T00:00:00Z',
    },
  },
  {
    name: 'tag of rank 300 in five years',
    filter: {
      tags: only(tag(300)),
      publishedAfter: '2017-01-01T00:00:00Z',
      publishedBefore: '2022-01-01T00:00:00Z',
    },
  },
  { name: 'before 2017', filter: { publishedBefore: '2017-01-01T00:00:00Z' } },
  { name: 'late tag before 2024', filter: { tags: only(lateTag), publishedBefore: '2024-01-01T00:00:00Z' } },
  { name: 'since 2025', filter: { publishedAfter: '2025-01-01T00:00:00Z' } },
  { name: 'early tag since 2025', filter: { tags: only(earlyTag), publishedAfter: '2025-01-01T00:00:00Z' } },
  { name: 'updated since 2025-12', filter: { updatedAfter: '2025-12-01T00:00:00Z' } },
  {
    name: 'updated since 2025-12, common topic',
    filter: { updatedAfter: '2025-12-01T00:00:00Z', topics: only(topic) },
  },
  {
    name: 'drafts by -updatedAt',
    filter: { statuses: ['draft'] },
    sort: by('updatedAt', true),
    mayEdit: true,
  },
  { name: 'in review', filter: { statuses: ['review'] }, sort: by('updatedAt', true), mayEdit: true },
  { name: 'scheduled', filter: { statuses: ['scheduled'] }, mayEdit: true },
  { name: 'any status, rare tag', filter: { statuses: everyStatus, tags: only(tag(1_900)) }, mayEdit: true },
  {
    name: 'everything at once',
    filter: {
      tags: [
        [tag(0), tag(3)],
        [tag(20), tag(300)],
      ],
      topics: only(topic),
      excludedTags: [tag(7)],
      excludedTopics: [midTopic],
      author: known.popularAuthor,
      locale: 'zh-CN',
      sourceDomain: known.popularDomain,
      publishedAfter: '2017-01-01T00:00:00Z',
      publishedBefore: '2025-01-01T00:00:00Z',
    },
  },
]

let large: LargeDatabase
let combinations: Combination[]
beforeAll(async () => {
  large = await openLargeDatabase()
  combinations = [...sorted, ...filtered(await whatIsThere())]
}, 1_800_000)
afterAll(() => large.close(), 60_000)

async function whatIsThere(): Promise<Known> {
  const values = async (sql: string) =>
    (await large.deps.pool.query<{ value: string }>({ text: sql, values: [] })).rows.map(({ value }) => value)
  const one = async (sql: string) => (await values(sql))[0] ?? ''
  const counted = (kind: string, order: string) =>
    `SELECT t.${kind} AS value FROM term_count c JOIN ${kind === 'domain' ? 'source_domain' : 'author'} t USING (term_id) ORDER BY c.count ${order}, 1 LIMIT 1`
  const source = (order: string) =>
    `SELECT s.id::text AS value FROM term_count c JOIN source s USING (term_id) ORDER BY c.count ${order}, 1 LIMIT 1`
  return {
    ids: await values(
      `SELECT id::text AS value FROM article WHERE abs(hashtext(id::text)) % 1500 = 0 ORDER BY id LIMIT 100`,
    ),
    popularSource: await one(source('DESC')),
    rareSource: await one(source('ASC')),
    popularDomain: await one(counted('domain', 'DESC')),
    rareDomain: await one(counted('domain', 'ASC')),
    popularAuthor: await one(counted('name', 'DESC')),
    rareAuthor: await one(counted('name', 'ASC')),
  }
}

interface Measured {
  readonly combination: Combination
  readonly rows: number
  readonly buffers: number
  readonly scanned: readonly string[]
  readonly statements: number
}

async function measure(combination: Combination, mode: PlanMode): Promise<Measured> {
  const { filter, sort = newest, limit = 20, mayEdit = false } = combination
  const asked = { filter: { ...publicArticles, ...filter }, sort, limit, viewer: { mayEdit } }
  const cursor = combination.isDeep === true ? await lastPage(asked) : undefined
  const { deps, take } = explaining(large.deps, mode)
  const { rows } = await listArticles(deps, cursor === undefined ? asked : { ...asked, cursor })
  const statements: Explained[] = take()
  return {
    combination,
    rows: rows.length,
    buffers: statements.reduce((sum, { buffers }) => sum + buffers, 0),
    scanned: statements.flatMap(({ scanned }) => scanned),
    statements: statements.length,
  }
}

type Asked = Parameters<typeof listArticles>[1] & { sort: Sort }

/**
 * The cursor of the page before the last: the place that a walk from the other end reaches after two pages, in a
 * cursor of this list. (To walk there would take a minute.)
 */
async function lastPage(asked: Asked): Promise<string | undefined> {
  const { sort, limit } = asked
  const first = (await listArticles(large.deps, asked)).page.next
  const backwards = await listArticles(large.deps, {
    ...asked,
    sort: { ...sort, descending: !sort.descending },
    limit: 2 * limit + 1,
  })
  if (first === null || backwards.page.next === null) return undefined
  const [name] = decoded(first)
  const [, , place] = decoded(backwards.page.next)
  return Buffer.from(JSON.stringify([name, 'after', place])).toString('base64url')
}

const decoded = (cursor: string): unknown[] => JSON.parse(Buffer.from(cursor, 'base64url').toString())

/** 40 a row, and what finding the first row may cost. */
const bound = ({ limit = 20 }: Combination) => Math.max(800, 40 * limit)

const modes = ['force_custom_plan', 'force_generic_plan'] as const
describe.each(modes)('lists of 200,000 articles, %s', (mode) => {
  let measured: Measured[]
  let heap: number
  beforeAll(async () => {
    measured = []
    for (const combination of combinations) measured.push(await measure(combination, mode))
    const { rows } = await large.deps.pool.query<{ pages: number }>({
      text: `SELECT (pg_relation_size('listing') / 8192)::int AS pages`,
      values: [],
    })
    heap = rows[0]?.pages ?? 0
    console.log(table(mode, measured))
  }, 1_800_000)

  test('are at least forty', () => {
    expect(measured.length).toBeGreaterThanOrEqual(40)
    expect(measured.filter(({ combination }) => combination.isDeep).every(({ rows }) => rows > 0)).toBe(true)
  })

  test('touch at most 40 buffers a row, or 800', () => {
    const over = measured.filter(({ combination, buffers }) => {
      return combination.excludesNearlyAll !== true && buffers > bound(combination)
    })
    expect(over.map(({ combination, buffers }) => `${combination.name}: ${buffers}`)).toEqual([])
  })

  test('touch the narrow table once at most where nearly everything is excluded', () => {
    const excluding = measured.filter(({ combination }) => combination.excludesNearlyAll)
    expect(excluding.map(({ rows }) => rows)).toEqual(excluding.map(() => 0))
    for (const { combination, buffers } of excluding) expect(buffers).toBeLessThan(heap + bound(combination))
  })

  test('never read an article table from end to end', () => {
    const scans = measured.filter(({ combination, scanned }) => {
      return (
        combination.excludesNearlyAll !== true &&
        scanned.some((name) => name === 'article' || name === 'listing')
      )
    })
    expect(scans.map(({ combination }) => combination.name)).toEqual([])
  })

  test('cost at their end at most half as much again as at their beginning', () => {
    const whole = measured.filter(({ combination: { name } }) =>
      /^(everything|most used tag|common topic)/.test(name),
    )
    for (const deep of whole.filter(({ combination }) => combination.isDeep)) {
      const first = whole.find(({ combination: { name } }) => `${name}, last page` === deep.combination.name)
      expect(deep.buffers / (first?.buffers ?? 0), deep.combination.name).toBeLessThanOrEqual(1.5)
    }
  })
})

function table(mode: string, measured: readonly Measured[]): string {
  const lines = measured.map(({ combination, rows, buffers, statements, scanned }) => {
    const marks = [
      combination.excludesNearlyAll ? 'exempt' : '',
      ...scanned.map((name) => `scans ${name}`),
    ].join(' ')
    return `${combination.name.padEnd(48)} ${String(rows).padStart(4)} ${String(statements).padStart(4)} ${String(buffers).padStart(8)} ${marks}`
  })
  return [`${mode}\n${'list'.padEnd(48)} rows stmt  buffers`, ...lines].join('\n')
}

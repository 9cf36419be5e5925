import type { ClientConfig } from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { rebuildArticles } from '#src/articles/index.ts'
import { startApi, type TestApi } from '#tests/support/test-api.ts'
import { articleTables } from '../../scripts/generate/article-rows.ts'
import { generate } from '../../scripts/generate/generate.ts'
import type { Plan } from '../../scripts/generate/plan-article.ts'
import { landmarks } from '../../scripts/generate/vocabulary.ts'

const plan: Plan = { articles: 300, seed: 1, size: '2k', drafts: 10, until: Date.UTC(2026, 0, 1) }
const tables = [
  'tag',
  'tag_alias',
  'topic',
  'topic_alias',
  'author',
  'author_alias',
  'source_domain',
  'source',
  'locale',
]

const api = await startApi()
await generate(await databaseOf(api), plan, { timeZone: 'UTC' })

async function databaseOf(from: TestApi): Promise<ClientConfig> {
  const { template: _template, ...server } = inject('admin')
  const [row] = await from.rows<{ database: string }>('SELECT current_database() AS database')
  return { ...server, database: row?.database ?? '' }
}

/** All rows of all tables, each as JSON, in an order of their own. Terms of a listing are a set. */
async function everything(from: TestApi): Promise<Map<string, string[]>> {
  const all = new Map<string, string[]>()
  for (const table of [...articleTables, ...tables]) {
    const rows = await from.rows<{ row: string }>(
      table === 'listing'
        ? `SELECT (to_jsonb(l) || jsonb_build_object('terms', ARRAY(SELECT unnest(terms) ORDER BY 1)))::text AS row FROM listing l ORDER BY 1`
        : `SELECT to_jsonb(t)::text AS row FROM "${table}" t ORDER BY 1`,
    )
    all.set(
      table,
      rows.map(({ row }) => row),
    )
  }
  const counts = await from.rows<{ row: string }>(
    `SELECT concat(term_id, ': ', sum(n)) AS row
       FROM (SELECT term_id, count AS n FROM term_count UNION ALL SELECT term_id, delta FROM term_delta) c
      GROUP BY term_id HAVING sum(n) <> 0 ORDER BY term_id`,
  )
  const months = await from.rows<{ row: string }>(
    `SELECT concat(term_id, ': ', month) AS row FROM term_month ORDER BY term_id, month`,
  )
  all.set(
    'term_month',
    months.map(({ row }) => row),
  )
  return all.set(
    'term_count',
    counts.map(({ row }) => row),
  )
}

/** As `masthead rebuild` does it, for all articles after an id. */
async function deriveAgain(of: TestApi, after: string | null): Promise<void> {
  for await (const { problem } of rebuildArticles(of.deps, after)) expect(problem).toBeNull()
}

test('the same seed gives the same rows, another one others', async () => {
  const again = await startApi()
  await generate(await databaseOf(again), plan, { timeZone: 'UTC' })
  expect(await everything(again)).toEqual(await everything(api))
  const other = await startApi()
  await generate(await databaseOf(other), { ...plan, articles: 20, seed: 2 }, { timeZone: 'UTC' })
  const titles = async (from: TestApi) => await from.rows('SELECT title FROM article ORDER BY id LIMIT 20')
  expect(await titles(other)).not.toEqual(await titles(api))
})

test('what is written is what the application derives from the same documents', async () => {
  const before = await everything(api)
  const ids = await api.rows<{ id: string }>('SELECT id FROM article ORDER BY id')
  await deriveAgain(api, ids.at(-101)?.id ?? null)
  expect(await everything(api)).toEqual(before)
})

test('large bodies too, in another time zone, beside what is there', async () => {
  const siteTimeZone = 'Asia/Shanghai'
  const other = await startApi({ siteTimeZone })
  await generate(await databaseOf(other), { ...plan, articles: 20 }, { timeZone: siteTimeZone })
  const large: Plan = { ...plan, articles: 10, seed: 2, size: '16k' }
  await expect(generate(await databaseOf(other), large, { timeZone: siteTimeZone })).rejects.toThrow(
    'already',
  )
  await generate(await databaseOf(other), large, { timeZone: siteTimeZone, add: true })
  const before = await everything(other)
  await deriveAgain(other, null)
  expect(await everything(other)).toEqual(before)
  const [longest] = await other.rows<{ bytes: number }>(
    'SELECT max(octet_length(body)) AS bytes FROM revision',
  )
  expect(longest?.bytes).toBeGreaterThan(12_000)
  await other.create({
    title: 'Written afterwards',
    tags: ['Never used before'],
    body: 'A.[^1]\n\n[^1]: [B](https://new.example.net/b)',
  })
})

describe('readers and editors get', () => {
  test('lists, newest first, of what is published', async () => {
    const { data } = (await api.reader.get('/v1/articles?limit=100').expect(200)).body
    expect(data).toHaveLength(100)
    const dates = data.map(({ publishedAt }: { publishedAt: string }) => publishedAt)
    expect(dates).toEqual(dates.toSorted().reverse())
    expect(dates[0] < '2026').toBe(true)
  })

  test('each article, with notes and citations that agree', async () => {
    const { data } = (await api.reader.get('/v1/articles?limit=30').expect(200)).body
    for (const { id, citationCount } of data) {
      const { html, citations } = (await api.reader.get(`/v1/articles/${id}`).expect(200)).body
      expect(citations).toHaveLength(citationCount)
      expect(html.match(/<li id="fn-/g) ?? []).toHaveLength(citationCount)
    }
  })
})

describe('the articles are as unequal as in life', () => {
  const count = async (sql: string) =>
    (await api.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`))[0]?.n ?? 0

  test('some are drafts, scheduled, ended, in the trash, translated', async () => {
    expect(await count(`article WHERE status = 'published'`)).toBeGreaterThan(250)
    expect(await count(`article WHERE status = 'draft'`)).toBeGreaterThan(5)
    expect(await count(`article WHERE published_at > now()`)).toBe(1)
    expect(await count(`article a JOIN article b USING (translation_key) WHERE a.locale < b.locale`)).toBe(6)
  })

  test('two common topics never meet', async () => {
    const withTopic = (name: string) =>
      `SELECT article_id FROM article_topic JOIN topic t ON t.id = topic_id WHERE t.name = '${name}'`
    const { commonTopic, secondTopic } = landmarks
    expect(await count(`(${withTopic(commonTopic)}) x`)).toBeGreaterThan(100)
    expect(await count(`(${withTopic(secondTopic)}) x`)).toBeGreaterThan(40)
    expect(await count(`(${withTopic(commonTopic)} INTERSECT ${withTopic(secondTopic)}) x`)).toBe(0)
  })
})

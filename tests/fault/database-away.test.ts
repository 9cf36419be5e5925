import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabaseProxy } from '#tests/support/database-proxy.ts'
import { startApi } from '#tests/support/test-api.ts'

const proxy = await openDatabaseProxy()
const api = await startApi({}, (server) => ({ ...server, host: '127.0.0.1', port: proxy.port, ssl: false }))
afterAll(() => proxy.cut())
const { slug } = await api.create({ title: 'Before the outage', status: 'published' })

describe('while the database is away', () => {
  beforeEach(async () => {
    await proxy.cut()
    return () => proxy.mend()
  })

  test('503 with Retry-After, for reads, writes and keys', async () => {
    for (const request of [
      () => api.reader.get(`/v1/articles/${slug}`),
      () => api.reader.get('/v1/articles'),
      () => api.reader.get('/v1/tags'),
      () => api.admin.get(`/v1/articles/${slug}`),
      () => api.admin.post('/v1/articles').send({ title: 'During the outage' }),
    ]) {
      const { status, headers, body } = await request()
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'database_unavailable' })
      expect(headers['retry-after']).toBe('1')
      expect(headers['cache-control']).toContain('no-store')
    }
  })

  test('/readyz says so, /livez does not mind', async () => {
    const { body } = await api.reader.get('/readyz').expect(503)
    expect(body).toMatchObject({ code: 'unavailable', checks: { database: 'unreachable' } })
    await api.reader.get('/livez').expect(200)
  })

  test('what needs no database still answers', async () => {
    await api.reader.get('/openapi.json').expect(200)
    await api.reader.get('/problems/database_unavailable').expect(200)
    await api.reader.get('/nowhere').expect(404)
  })
})

test('service resumes by itself when it returns', async () => {
  await proxy.cut()
  await api.reader.get(`/v1/articles/${slug}`).expect(503)
  await proxy.mend()
  await api.reader.get(`/v1/articles/${slug}`).expect(200)
  await api.reader.get('/readyz').expect(200)
  expect(await api.create({ title: 'After the outage' })).toMatchObject({ slug: 'after-the-outage' })
})

test('a connection that breaks in the middle of transactions leaves nothing half-written', async () => {
  const before = await counts()
  const writes = Array.from({ length: 20 }, (_, n) =>
    api.admin.post('/v1/articles').send({
      title: `Cut ${n}`,
      tags: [`cut tag ${n}`],
      body: `Fact.[^1]\n\n[^1]: [S](https://cut.example.org/${n})\n`,
    }),
  ).map((request) => request.then(({ status }) => status))
  setTimeout(() => proxy.cut(), 20)
  const statuses = await Promise.all(writes)
  await proxy.mend()
  expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([])
  const created = statuses.filter((status) => status === 201).length
  const after = await counts()
  expect(after.articles - before.articles).toBeGreaterThanOrEqual(created)
  expect(after.incomplete).toBe(0)
})

async function counts() {
  const [row] = await api.rows<{ articles: number; incomplete: number }>(`
    SELECT count(*)::int AS articles, count(*) FILTER (WHERE a.title LIKE 'Cut %' AND (r.number IS NULL
        OR NOT EXISTS (SELECT FROM article_tag t WHERE t.article_id = a.id)
        OR (SELECT count(*) FROM citation c WHERE c.article_id = a.id) <> a.citation_count))::int AS incomplete
      FROM article a LEFT JOIN revision r ON r.article_id = a.id AND r.number = a.revision`)
  if (row === undefined) throw new Error('no counts')
  return row
}

import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
await api.create({ title: 'Public', status: 'published', tags: ['Known'], body: 'Text.' })

const headersOf = async (query: string) => {
  const { headers, body } = await api.reader.get(`/v1/articles?${query}`).expect(200)
  const kept = ['etag', 'surrogate-key', 'cdn-cache-control', 'cache-control', 'link']
  return [body.data, body.page, ...kept.map((name) => headers[name])]
}

describe('a list tells nothing of', () => {
  test('names that only drafts have: it is as that of names which nobody has', async () => {
    const before = await headersOf('tag=Merger%20with%20X&total=true')
    const unknown = await headersOf('locale=de')
    await api.create({ title: 'Draft', tags: ['Merger with X'], authors: ['Ghost'], locale: 'de' })
    const later = { status: 'published', publishedAt: '2999-01-01T00:00:00Z' }
    await api.create({ title: 'Later', ...later, tags: ['Merger with X'], locale: 'de' })
    const after = await headersOf('tag=Merger%20with%20X&total=true')
    // But for the time to the scheduled one, which is nobody's secret more than the clock's.
    expect(after).toEqual(before)
    expect(await headersOf('locale=de')).toEqual(unknown)
  })

  test('the end that a draft has, or an article in the trash', async () => {
    const soon = new Date(Date.now() + 20_000).toISOString()
    await api.create({ title: 'Draft with an end', unpublishAt: soon })
    const { id } = await api.create({ title: 'Trashed', status: 'published', unpublishAt: soon })
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    const { headers } = await api.reader.get('/v1/articles').expect(200)
    expect(headers['cdn-cache-control']).toContain('max-age=60')
  })
})

describe('every answer that an expiry changes says until when it holds', () => {
  test.each([
    '/v1/articles',
    '/v1/articles/ends',
    '/v1/articles/ends/related',
    '/v1/articles/ends/neighbors',
    '/v1/articles/ends/citations',
    '/v1/articles/before',
    '/v1/citations',
    '/v1/sources',
    '/v1/source-domains',
    '/v1/tags',
    '/v1/tags/brief',
    '/v1/topics',
    '/v1/authors',
    '/v1/resolve?path=/ends',
    '/feeds/rss.xml',
    '/sitemap.xml',
  ])('%s', async (path) => {
    if (
      (await api.rows(`SELECT FROM article WHERE slug = 'ends' AND unpublish_at IS NOT NULL`)).length === 0
    ) {
      const body = 'Text.[^1]\n\n[^1]: [A](https://a.example/b)'
      const until = new Date(Date.now() + 30_000).toISOString()
      await api.create({
        title: 'E',
        slug: 'before',
        status: 'published',
        unpublishAt: until,
        tags: ['Brief'],
        body,
      })
      await api.admin.patch('/v1/articles/before').send({ slug: 'ends' }).expect(200)
    }
    const { headers } = await api.reader.get(path)
    const seconds = Number(/max-age=(\d+)/.exec(headers['cdn-cache-control'] ?? '')?.[1])
    expect(seconds).toBeLessThanOrEqual(30)
    expect(headers['cdn-cache-control']).not.toMatch(/stale-if-error=[1-9]/)
  })
})

describe('statuses add up', () => {
  test('what has expired is in the list of everything, and in no other', async () => {
    const { id } = await api.create({
      title: 'Over',
      status: 'published',
      publishedAt: '2020-01-01T00:00:00Z',
      tags: ['Over'],
    })
    await api.rows(`UPDATE article SET unpublish_at = now() - interval '1 s' WHERE id = $1`, [id])
    await api.rows(`UPDATE listing SET unpublish_at = now() - interval '1 s' WHERE article_id = $1`, [id])
    const count = async (status: string) => {
      const { body } = await api.admin.get(`/v1/articles?tag=over&total=true&status=${status}`).expect(200)
      expect(body.data).toHaveLength(body.page.total)
      return body.page.total
    }
    const counts = async () =>
      Promise.all(['published', 'scheduled', 'published,scheduled', 'draft', 'trashed', 'any'].map(count))
    expect(await counts()).toEqual([0, 0, 0, 0, 0, 1])
    await api.admin.patch(`/v1/articles/${id}`).send({ summary: 'Still over.' }).expect(200)
    expect(await counts()).toEqual([0, 0, 0, 0, 0, 1])
    expect((await api.reader.get('/v1/articles?tag=over&total=true')).body.page.total).toBe(0)
  })

  test('a range of dates leaves out what has none', async () => {
    await api.create({ title: 'Undated', tags: ['Undated'] })
    const { body } = await api.admin
      .get('/v1/articles?status=draft&tag=undated&publishedAfter=2000-01-01T00:00:00Z&total=true')
      .expect(200)
    expect(body).toMatchObject({ data: [], page: { total: 0 } })
    const all = await api.admin.get('/v1/articles?status=draft&tag=undated&sort=-publishedAt').expect(200)
    expect(all.body.data).toHaveLength(1)
  })

  test.each(['publishedAfter', 'publishedBefore', 'updatedAfter'])(
    '%s takes every offset of RFC 3339',
    async (name) => {
      await api.reader.get(`/v1/articles?${name}=2020-01-01T00:00:00%2B23:59`).expect(200)
      await api.reader.get(`/v1/articles?${name}=0001-01-01T00:00:00-23:59`).expect(200)
    },
  )
})

test('whatever lists are asked for, few statements are kept prepared', async () => {
  const includes = ['', 'include=html', 'include=html,body', 'include=body,html', 'include=toc,citations']
  for (let n = 0; n < 200; n += 1) {
    const groups = Array.from({ length: n % 12 }, (_, i) => `tag=known,t${i}`)
    const ranges = n % 3 === 0 ? ['publishedAfter=2000-01-01T00:00:00Z'] : []
    const sort = ['-publishedAt', 'title', 'updatedAt', '-createdAt'][n % 4]
    const query = [
      `sort=${sort}`,
      includes[n % 5],
      ...groups,
      ...ranges,
      n % 7 === 0 ? 'updatedAfter=2000-01-01T00:00:00Z' : '',
    ]
    await api.reader.get(`/v1/articles?${query.filter(Boolean).join('&')}`).expect(200)
  }
  const client = await api.deps.pool.connect()
  const { rows } = await client.query(`SELECT name FROM pg_prepared_statements WHERE name LIKE 'list\\_%'`)
  client.release()
  expect(rows.length).toBeLessThanOrEqual(40)
})

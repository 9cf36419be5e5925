import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
await api.create({ title: 'One', status: 'published', tags: ['算力', 'Meta'], topics: ['产业'] })
await api.create({ title: 'Two', status: 'published', tags: ['Meta', 'OpenAI'], topics: ['产业', '芯片'] })
await api.create({ title: 'Draft', tags: ['Meta', 'Secret project'], topics: ['Hidden'] })

describe('GET /v1/tags', () => {
  test('200: the tags of published articles, with their number', async () => {
    const { body } = await api.reader.get('/v1/tags').expect(200)
    expect(body.data).toEqual([
      { slug: 'meta', name: 'Meta', description: null, articleCount: 2 },
      { slug: 'openai', name: 'OpenAI', description: null, articleCount: 1 },
      { slug: 'suan-li', name: '算力', description: null, articleCount: 1 },
    ])
    expect(body.page).toEqual({ limit: 20, next: null, prev: null })
  })

  test('200: with a key, those of drafts as well', async () => {
    const { body } = await api.admin.get('/v1/tags').expect(200)
    expect(body.data).toContainEqual({ slug: 'meta', name: 'Meta', description: null, articleCount: 3 })
    expect(body.data.map(({ slug }: { slug: string }) => slug)).toContain('secret-project')
  })

  test('200: pages, forward and back', async () => {
    const first = await api.reader.get('/v1/tags?limit=2').expect(200)
    expect(first.headers.link).toContain('rel="next"')
    const second = await api.reader.get(`/v1/tags?limit=2&cursor=${first.body.page.next}`).expect(200)
    expect(second.body.data).toMatchObject([{ slug: 'suan-li' }])
    const back = await api.reader.get(`/v1/tags?limit=2&cursor=${second.body.page.prev}`).expect(200)
    expect(back.body.data).toEqual(first.body.data)
  })

  test('304 while nothing changes, 400 for a cursor of the other list', async () => {
    const { headers } = await api.reader.get('/v1/tags')
    await api.reader
      .get('/v1/tags')
      .set('if-none-match', headers.etag ?? '')
      .expect(304)
    const topics = await api.reader.get('/v1/topics?limit=1')
    await api.reader.get(`/v1/tags?cursor=${topics.body.page.next}`).expect(400)
  })
})

test('400: a forged cursor, in every list', async () => {
  const id = '01a20983-0000-7000-8000-000000000000'
  const forged: Record<string, unknown[]> = {
    '/v1/tags': ['tags', 'after', [2 ** 53 - 1, 'a']],
    '/v1/tags?limit=2': ['tags', 'after', [0, 'a\0']],
    '/v1/topics': ['topics', 'after', [-(2 ** 40), 'a']],
    '/v1/sources': [JSON.stringify(['sources', null, null]), 'after', [2 ** 40, id]],
    '/v1/source-domains': [JSON.stringify(['source-domains', null]), 'after', 'a\0'],
    '/v1/citations': [
      JSON.stringify(['citations', null, null, null]),
      'after',
      ['2025-01-01T00:00:00Z', id, 2 ** 40],
    ],
  }
  for (const [path, cursor] of Object.entries(forged)) {
    const text = Buffer.from(JSON.stringify(cursor)).toString('base64url')
    await api.reader.get(`${path}${path.includes('?') ? '&' : '?'}cursor=${text}`).expect(400)
  }
})

describe('GET /v1/topics', () => {
  test('200: the topics of published articles, in the order of the navigation', async () => {
    await api.rows("UPDATE topic SET position = 1 WHERE name = '产业'")
    const { body } = await api.reader.get('/v1/topics').expect(200)
    expect(body.data).toEqual([
      { slug: 'xin-pian', name: '芯片', description: null, articleCount: 1, position: 0 },
      { slug: 'chan-ye', name: '产业', description: null, articleCount: 2, position: 1 },
    ])
  })
})

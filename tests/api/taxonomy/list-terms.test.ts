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
      { slug: 'meta', name: 'Meta', aliases: [], description: null, articleCount: 2 },
      { slug: 'openai', name: 'OpenAI', aliases: [], description: null, articleCount: 1 },
      { slug: 'suan-li', name: '算力', aliases: [], description: null, articleCount: 1 },
    ])
    expect(body.page).toEqual({ limit: 20, next: null, prev: null })
  })

  test('200: with a key, those of drafts as well', async () => {
    const { body } = await api.admin.get('/v1/tags').expect(200)
    expect(body.data).toContainEqual({
      slug: 'meta',
      name: 'Meta',
      aliases: [],
      description: null,
      articleCount: 3,
    })
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

  test('200: with ?q=, those of which a name or alias begins so, in any case', async () => {
    await api.admin
      .patch('/v1/tags/openai')
      .send({ aliases: ['Ｏpen AI', '开放人工智能'] })
      .expect(200)
    const slugs = async (q: string) => {
      const { body } = await api.reader.get('/v1/tags').query({ q }).expect(200)
      return body.data.map(({ slug }: { slug: string }) => slug)
    }
    expect(await slugs('o')).toEqual(['openai'])
    expect(await slugs('OPEN A')).toEqual(['openai'])
    expect(await slugs('开放')).toEqual(['openai'])
    expect(await slugs('算')).toEqual(['suan-li'])
    expect(await slugs('secret')).toEqual([])
    expect(await slugs('SLUG')).toEqual([])
    await api.admin.patch('/v1/tags/openai').send({ aliases: null }).expect(200)
  })

  test('400: a cursor of another ?q=', async () => {
    const { body } = await api.admin.get('/v1/tags?q=m&limit=1').expect(200)
    expect(body.page.next).toBeNull()
    const first = await api.admin.get('/v1/tags?limit=1').expect(200)
    await api.admin.get(`/v1/tags?q=m&cursor=${first.body.page.next}`).expect(400)
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
      { slug: 'xin-pian', name: '芯片', aliases: [], description: null, articleCount: 1, position: 0 },
      { slug: 'chan-ye', name: '产业', aliases: [], description: null, articleCount: 2, position: 1 },
    ])
  })
})

describe('GET /v1/authors', () => {
  test('200: the authors of published articles, with what is said of them', async () => {
    await api.create({ title: 'Three', status: 'published', authors: ['林岚', 'Ada'] })
    await api.create({ title: 'Four', authors: ['Ada', 'Anonymous source'] })
    await api.admin
      .patch('/v1/authors/ada')
      .send({ bio: 'Counts.', url: 'https://example.org/ada' })
      .expect(200)
    const { body } = await api.reader.get('/v1/authors').expect(200)
    expect(body.data).toEqual([
      {
        slug: 'ada',
        name: 'Ada',
        aliases: [],
        articleCount: 1,
        bio: 'Counts.',
        image: null,
        url: 'https://example.org/ada',
      },
      { slug: 'lin-lan', name: '林岚', aliases: [], articleCount: 1, bio: null, image: null, url: null },
    ])
    const all = await api.admin.get('/v1/authors?limit=1').expect(200)
    expect(all.body.data).toMatchObject([{ slug: 'ada', articleCount: 2 }])
  })
})

describe('GET /v1/{tags,topics,authors}/:slug', () => {
  test('200: by slug', async () => {
    const { body } = await api.reader.get('/v1/topics/chan-ye').expect(200)
    expect(body).toMatchObject({ slug: 'chan-ye', name: '产业', articleCount: 2 })
  })

  test('301: by name or alias, however it is written', async () => {
    await api.admin
      .patch('/v1/tags/meta')
      .send({ aliases: ['Facebook'] })
      .expect(200)
    for (const name of ['META', 'facebook', 'Ｆacebook', ' Facebook']) {
      const { headers } = await api.reader.get(`/v1/tags/${encodeURIComponent(name)}`).expect(301)
      expect(headers.location).toBe('/v1/tags/meta')
    }
    const { headers } = await api.reader.get(`/v1/topics/${encodeURIComponent('产业')}`).expect(301)
    expect(headers.location).toBe('/v1/topics/chan-ye')
  })

  test('404: the same for what is not there and for what only drafts have', async () => {
    const hidden = await api.reader.get('/v1/tags/secret-project').expect(404)
    const absent = await api.reader.get('/v1/tags/nothing').expect(404)
    expect({ ...hidden.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
    await api.reader.get('/v1/tags/Secret%20project').expect(404)
    await api.admin.get('/v1/tags/secret-project').expect(200)
    await api.admin.get('/v1/tags/Secret%20project').expect(301)
    await api.reader.get('/v1/tags/x%00').expect(400)
  })
})

import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ cdn: { maxAge: 90, staleWhileRevalidate: 20, staleIfError: 600 } })
const CDN_HEADERS = ['cdn-cache-control', 'surrogate-control', 'surrogate-key']
const story = await api.create({
  title: 'Cached',
  status: 'published',
  tags: ['AI', '硅谷'],
  topics: ['City'],
  authors: ['Li Hua'],
})
const url = `/v1/articles/${story.id}`

const cdnHeadersOf = (headers: Record<string, unknown>) => CDN_HEADERS.filter((name) => name in headers)

describe('what everybody may read', () => {
  test.each([url, `${url}?format=markdown`, '/v1/articles', '/v1/tags', '/v1/topics'])(
    '%s: browsers ask each time, CDNs keep it as configured',
    async (address) => {
      const { headers } = await api.reader.get(address).expect(200)
      expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
      const times = 'max-age=90, stale-while-revalidate=20, stale-if-error=600'
      expect(headers['cdn-cache-control']).toBe(times)
      expect(headers['surrogate-control']).toBe(times)
    },
  )

  test('varies by Accept, Accept-Encoding and Authorization', async () => {
    for (const address of [url, '/v1/articles', '/v1/articles/none', '/v1/articles?limit=0']) {
      const { headers } = await api.reader.get(address)
      expect(headers.vary).toBe('Accept, Accept-Encoding, Authorization')
    }
  })
})

describe('a type got by Accept', () => {
  test('is private, with its own address, and nothing for CDNs', async () => {
    for (const type of ['text/markdown', 'application/x-bibtex']) {
      const { headers } = await api.reader.get(url).set('accept', type).expect(200)
      expect(headers['cache-control']).toBe('private, max-age=0')
      expect(headers['content-location']).toContain('?format=')
      expect(cdnHeadersOf(headers)).toEqual([])
    }
  })

  test('and so is its 304', async () => {
    const { headers } = await api.reader.get(url).set('accept', 'text/markdown').expect(200)
    const again = await api.reader
      .get(url)
      .set({ accept: 'text/markdown', 'if-none-match': headers.etag ?? '' })
      .expect(304)
    expect(again.headers['cache-control']).toBe('private, max-age=0')
    expect(cdnHeadersOf(again.headers)).toEqual([])
  })
})

describe('what is not there', () => {
  test('a 404 is kept by CDNs for five seconds', async () => {
    for (const address of ['/v1/articles/none', '/v1/nothing']) {
      const { headers } = await api.reader.get(address).expect(404)
      expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
      expect(headers['cdn-cache-control']).toBe('max-age=5')
      expect(headers['surrogate-control']).toBe('max-age=5')
    }
  })

  test('a 410 too', async () => {
    const { id } = await api.create({ title: 'Withdrawn', status: 'published' })
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    const { headers } = await api.reader.get(`/v1/articles/${id}`).expect(410)
    expect(headers['cdn-cache-control']).toBe('max-age=5')
  })

  test('other refusals are kept by nobody', async () => {
    const answers = await Promise.all([
      api.reader.get('/v1/articles?limit=0').expect(400),
      api.reader.get(url).set('authorization', 'Bearer nonsense').expect(401),
      api.reader.put('/v1/tags').expect(405),
      api.reader.get(url).set('accept', 'image/png').expect(406),
    ])
    for (const { headers } of answers) {
      expect(headers['cache-control']).toContain('no-store')
      expect(cdnHeadersOf(headers)).toEqual([])
    }
  })
})

describe('answers to a key', () => {
  test.each([url, '/v1/articles', '/v1/tags', `${url}?format=ris`, '/v1/articles/none', '/v1/citations'])(
    '%s: private, no-store',
    async (address) => {
      for (const accept of ['application/json', '*/*']) {
        const { headers } = await api.admin.get(address).set('accept', accept)
        expect(headers['cache-control']).toBe('private, no-store')
        expect(cdnHeadersOf(headers)).toEqual([])
      }
    },
  )

  test('also in a type got by Accept', async () => {
    for (const address of [url, '/v1/citations']) {
      const { headers } = await api.admin.get(address).set('accept', 'application/x-bibtex').expect(200)
      expect(headers['cache-control']).toBe('private, no-store')
    }
  })

  test('and to a write', async () => {
    const { headers } = await api.admin.patch(url).send({ summary: 'New.' }).expect(200)
    expect(headers['cache-control']).toBe('private, no-store')
  })

  test('but a reader’s key, which reads as anybody does', async () => {
    const secret = 'r'.repeat(43)
    await api.rows(
      `INSERT INTO api_key (id, name, role, secret_hash) VALUES ($1, 'site', 'reader', sha256($2::bytea))`,
      ['testreader1', secret],
    )
    const key = { authorization: `Bearer mh_testreader1_${secret}` }
    const { headers } = await api.reader.get(url).set(key).expect(200)
    const anonymous = await api.reader.get(url).expect(200)
    for (const name of ['cache-control', 'etag', ...CDN_HEADERS])
      expect(headers[name]).toBe(anonymous.headers[name])
  })
})

describe('Surrogate-Key', () => {
  test('of an article: its own, its tags’, topics’ and authors’', async () => {
    const { headers } = await api.reader.get(url).expect(200)
    const keys = String(headers['surrogate-key']).split(' ')
    expect(keys).toHaveLength(5)
    expect(keys).toEqual(expect.arrayContaining(['t:ai', 'o:city', 'u:li-hua']))
    expect(keys.filter((key) => key.startsWith('a:'))).toEqual([expect.stringMatching(/^a:[\w-]{22}$/)])
  })

  test('of a list: articles, and its filters’', async () => {
    const all = await api.reader.get('/v1/articles').expect(200)
    expect(all.headers['surrogate-key']).toBe('articles list')
  })

  test('is at most 2 KB of ASCII', async () => {
    const { id } = await api.create({
      title: 'Much filed',
      status: 'published',
      tags: Array.from({ length: 100 }, (_, n) => `a rather long tag for this article ${n}`),
    })
    const { headers } = await api.reader.get(`/v1/articles/${id}`).expect(200)
    expect(headers['surrogate-key']).toMatch(/^[\x21-\x7e ]{1,2048}$/)
  })
})

import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'
import { rawRequest } from './raw-request.ts'

const api = await startApi()
const { id } = await api.create({ title: 'Asked for', body: 'Text. '.repeat(300), status: 'published' })
const url = `${api.url}/v1/articles/${id}`
const GETS = [
  `/v1/articles/${id}`,
  '/v1/articles',
  '/v1/tags',
  '/v1/topics',
  '/v1/sources',
  '/openapi.json',
  '/livez',
]

const problemOf = (answer: { body: Buffer }) => JSON.parse(answer.body.toString())

describe('HEAD', () => {
  test.each(GETS)('%s: the headers of GET, no body', async (path) => {
    for (const coding of ['identity', 'br']) {
      const headers = { 'accept-encoding': coding }
      const get = await rawRequest(api.url + path, { headers })
      const head = await rawRequest(api.url + path, { method: 'HEAD', headers })
      expect(head.status).toBe(200)
      expect(head.body).toHaveLength(0)
      const compared = [
        'content-length',
        'etag',
        'content-encoding',
        'content-type',
        'cache-control',
        'vary',
      ] as const
      for (const name of compared) expect(head.headers[name], name).toBe(get.headers[name])
    }
  })

  test('of what is not there is a 404 without a body', async () => {
    const head = await rawRequest(`${api.url}/v1/articles/none`, { method: 'HEAD' })
    expect(head.status).toBe(404)
    expect(head.body).toHaveLength(0)
  })
})

describe('OPTIONS', () => {
  test('names the methods and the types that they take', async () => {
    const { status, headers } = await rawRequest(url, { method: 'OPTIONS' })
    expect(status).toBe(204)
    expect(headers.allow).toBe('DELETE, GET, HEAD, OPTIONS, PATCH, PUT')
    expect(headers['accept-patch']).toContain('application/merge-patch+json')
  })
})

describe('405', () => {
  test.each([
    ['POST', `/v1/articles/${id}`],
    ['DELETE', '/v1/articles'],
    ['PUT', '/v1/sources'],
    ['POST', '/openapi.json'],
  ])('%s %s: Allow has what is possible', async (method, path) => {
    const answer = await rawRequest(api.url + path, { method })
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toContain('GET, HEAD, OPTIONS')
    expect(problemOf(answer).detail).toContain(answer.headers.allow)
  })
})

describe('406', () => {
  test.each(['*/*;q=0', 'nonsense', 'image/png', 'application/json;q=0', '/', ';;;', 'text/'])(
    'Accept: %s gets the list of types',
    async (accept) => {
      for (const path of [`/v1/articles/${id}`, '/v1/articles']) {
        const answer = await rawRequest(api.url + path, { headers: { accept: `${accept}, image/webp` } })
        expect(answer.status).toBe(406)
        expect(problemOf(answer).acceptable).toContain('application/json')
        expect(problemOf(answer).detail).toContain('application/json')
      }
    },
  )

  test('is a problem in JSON all the same', async () => {
    const { headers } = await rawRequest(url, { headers: { accept: 'image/png' } })
    expect(headers['content-type']).toContain('application/problem+json')
  })

  test('is no answer to an Accept that is empty or absent', async () => {
    expect((await rawRequest(url, { headers: { accept: '' } })).status).toBe(200)
    expect((await rawRequest(url)).status).toBe(200)
  })

  test('nor to one that ?format= overrules', async () => {
    const answer = await rawRequest(`${url}?format=json`, { headers: { accept: '*/*;q=0' } })
    expect(answer.status).toBe(200)
  })
})

describe('Content-Language', () => {
  test('is the article’s', async () => {
    const { slug } = await api.create({
      title: 'Deutsch',
      slug: 'auf-deutsch',
      locale: 'de',
      status: 'published',
    })
    const { headers } = await rawRequest(`${api.url}/v1/articles/${slug}`)
    expect(headers['content-language']).toBe('de')
  })
})

describe('an address', () => {
  test.each([`/v1/articles?cursor=${'x'.repeat(16_384)}`, `/v1/articles/${'x'.repeat(16_384)}`])(
    'of 16 KB is a 414 in words: %.20s…',
    async (path) => {
      const answer = await rawRequest(api.url + path)
      expect(answer.status).toBe(414)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(problemOf(answer)).toMatchObject({
        code: 'url_too_long',
        detail: expect.stringContaining('8 KiB'),
      })
    },
  )

  test('of a slug of 200 Chinese characters is none', async () => {
    const answer = await rawRequest(`${api.url}/v1/articles/${encodeURIComponent('硅'.repeat(200))}`)
    expect(answer.status).toBe(404)
  })

  test.each([
    ['/v1/articles/%zz', '%zz'],
    ['/v1/articles/a%', '%'],
    ['/v1/articles?cursor=%zz', '%zz'],
    ['/v1/articles?cursor=%e7%a1', '%e7%a1'],
    ['/v1/articles?%ff=1', '%ff'],
  ])('%s can’t be decoded: a 400 that shows where', async (path, part) => {
    const answer = await rawRequest(api.url + path)
    expect(answer.status).toBe(400)
    expect(problemOf(answer).detail).toContain(`"${part}"`)
  })

  test.each(['/v1/articles/a%00b', '/v1/articles?cursor=a%00b', '/v1/articles/a%00b?locale=de'])(
    '%s has a NUL: a 400 that says so',
    async (path) => {
      const answer = await rawRequest(api.url + path)
      expect(answer.status).toBe(400)
      const [first] = problemOf(answer).errors
      expect(first).toMatchObject({ code: 'nul_character', message: expect.stringContaining('NUL') })
    },
  )

  test('with a parameter repeated where one is allowed is a 400 that names it', async () => {
    for (const [query, name] of [
      ['limit=1&limit=2', 'limit'],
      ['cursor=a&cursor=b', 'cursor'],
    ]) {
      const answer = await rawRequest(`${api.url}/v1/articles?${query}`)
      expect(answer.status).toBe(400)
      expect(problemOf(answer).errors).toEqual([expect.objectContaining({ in: 'query', path: name })])
    }
  })
})

describe('headers', () => {
  test('of more than 16 KB are a 431 in words', async () => {
    const answer = await rawRequest(url, { headers: { 'x-large': 'x'.repeat(17_000) } })
    expect(answer.status).toBe(431)
    expect(problemOf(answer)).toMatchObject({
      code: 'headers_too_large',
      detail: expect.stringContaining('16 KiB'),
    })
  })

  test('of 12 KB are read', async () => {
    const answer = await rawRequest(url, { headers: { cookie: 'x'.repeat(12_000) } })
    expect(answer.status).toBe(200)
  })
})

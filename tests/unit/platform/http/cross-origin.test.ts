import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#src/platform/http/app.ts'
import { smallApp } from './small-app.ts'

const origin = 'https://reader.example'
let open: App
let listed: App

beforeAll(async () => {
  open = await smallApp()
  listed = await smallApp({ corsOrigins: ['https://desk.example', 'https://reader.example'] })
})
afterAll(() => Promise.all([open.close(), listed.close()]))

const preflight = (app: App, method: string, from = origin) =>
  app.inject({
    method: 'OPTIONS',
    url: '/v1/stories',
    headers: { origin: from, 'access-control-request-method': method },
  })

describe('for every origin', () => {
  test('public GETs may be read, with the headers that clients need', async () => {
    const { headers } = await open.inject({ url: '/v1/stories', headers: { origin } })
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-expose-headers']).toBe(
      'ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, Idempotent-Replayed',
    )
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
  })

  test('refusals too: a page must see why', async () => {
    const { headers } = await open.inject({ url: '/v1/nothing', headers: { origin } })
    expect(headers['access-control-allow-origin']).toBe('*')
  })

  test.each([
    ['an address that can’t be decoded', '/v1/stories/%zz', 400],
    ['a query that can’t be decoded', '/v1/stories?cursor=%zz', 400],
    ['an empty name', '/v1/stories/', 404],
    ['an address that is too long', `/v1/stories?cursor=${'x'.repeat(9_000)}`, 414],
    ['a name that is too long', `/v1/stories/${'x'.repeat(3_000)}`, 414],
  ])('refused before routing, %s: a page must see why too', async (_name, url, status) => {
    const { statusCode, headers } = await open.inject({ url, headers: { origin } })
    expect(statusCode).toBe(status)
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['access-control-expose-headers']).toContain('X-Request-Id')
    const toListed = await listed.inject({ url, headers: { origin } })
    expect(toListed.headers['access-control-allow-origin']).toBe(origin)
    const toElse = await listed.inject({ url, headers: { origin: 'https://else.example' } })
    expect(toElse.headers).not.toHaveProperty('access-control-allow-origin')
    expect(toElse.headers.vary).toContain('Origin')
  })

  test('a preflight allows reading, with a key or a validator, and no writing', async () => {
    const { statusCode, headers } = await preflight(open, 'POST')
    expect(statusCode).toBe(204)
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD')
    expect(headers['access-control-allow-headers']).toContain('Authorization')
    expect(headers['access-control-allow-headers']).toContain('If-None-Match')
  })
})

describe('for a list of origins', () => {
  test('one of them may read and write', async () => {
    const { headers } = await preflight(listed, 'POST')
    expect(headers['access-control-allow-origin']).toBe(origin)
    expect(headers['access-control-allow-methods']).toBe('GET, HEAD, POST, PUT, PATCH, DELETE')
    expect(headers.vary).toContain('Origin')
  })

  test('another is not answered to', async () => {
    const { headers } = await listed.inject({
      url: '/v1/stories',
      headers: { origin: 'https://else.example' },
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(headers.vary).toContain('Origin')
  })
})

describe('OPTIONS that is no preflight', () => {
  test('names the methods, and the types of those that take a body', async () => {
    const { statusCode, headers } = await open.inject({ method: 'OPTIONS', url: '/v1/stories' })
    expect(statusCode).toBe(204)
    expect(headers.allow).toBe('GET, HEAD, OPTIONS, POST')
    expect(headers['accept-post']).toBe('application/json, text/markdown')
    const patched = await open.inject({ method: 'OPTIONS', url: '/v1/stories/one' })
    expect(patched.headers['accept-patch']).toBe('application/merge-patch+json')
  })

  test('is a 404 where nothing is', async () => {
    const answer = await open.inject({ method: 'OPTIONS', url: '/v1/nothing' })
    expect(answer.statusCode).toBe(404)
    expect(answer.json().code).toBe('route_not_found')
  })
})

describe('what every answer carries', () => {
  test('HEAD gives the headers of GET and no body', async () => {
    const head = await open.inject({ method: 'HEAD', url: '/v1/stories' })
    const get = await open.inject('/v1/stories')
    expect(head.statusCode).toBe(200)
    expect(head.body).toBe('')
    expect(head.headers['content-length']).toBe(get.headers['content-length'])
  })

  test('headers for browsers, and none that breaks plain http on an address', async () => {
    const { headers } = await open.inject('/v1/stories')
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    expect(headers).not.toHaveProperty('strict-transport-security')
    expect(headers).not.toHaveProperty('cross-origin-opener-policy')
    expect(headers).not.toHaveProperty('origin-agent-cluster')
  })

  test('a request id: the caller’s when it is safe', async () => {
    const given = 'trace-2026_11-23'
    const answer = await open.inject({ url: '/v1/stories', headers: { 'x-request-id': given } })
    expect(answer.headers['x-request-id']).toBe(given)
  })

  test.each(['short', 'x'.repeat(65), 'eight chars', 'line\tbreak', '<script>alert(1)</script>'])(
    'a request id of our own in place of %j',
    async (given) => {
      const answer = await open.inject({ url: '/v1/stories', headers: { 'x-request-id': given } })
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
    },
  )
})

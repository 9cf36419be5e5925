import { describe, expect, test } from 'vitest'
import { buildApp } from '#src/app.ts'
import { createLimits } from '#src/limits/index.ts'
import { startApi } from '#tests/support/test-api.ts'
import { rawRequest } from './raw-request.ts'

const api = await startApi()
const story = await api.create({
  title: 'Hardened',
  slug: 'hardened',
  status: 'published',
  body: 'Text.[^1]\n\n[^1]: [A source](https://source.example/1)\n',
})

describe('a page of ours', () => {
  test.each([
    ['the documentation', '/docs/', {}],
    ['a problem', '/problems/rate_limited', { accept: 'text/html' }],
    ['the list of problems', '/problems', {}],
    ['an article', '/v1/articles/hardened?format=html', {}],
  ])('%s allows nothing inline that it does not know', async (_name, path, headers) => {
    const answer = await rawRequest(api.url + path, { headers })
    expect(answer.headers['content-type']).toContain('text/html')
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none'/)
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|unsafe-hashes|\*|https?:(?=[ ;]).*script-src/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' })
  })

  test('that is none, but data, loads nothing at all', async () => {
    for (const path of [
      '/v1/articles',
      '/v1/articles/hardened',
      '/v1/articles/none',
      '/openapi.json',
      '/livez',
    ]) {
      const { headers } = await rawRequest(api.url + path)
      expect(headers['content-security-policy'], path).toBe("default-src 'none';frame-ancestors 'none'")
      expect(headers['x-content-type-options'], path).toBe('nosniff')
    }
  })
})

describe('CORS', () => {
  test.each(['GET', 'OPTIONS'])('for every origin, %s is without credentials', async (method) => {
    const { headers } = await rawRequest(`${api.url}/v1/articles`, {
      method,
      headers: { origin: 'https://a.example', 'access-control-request-method': 'GET' },
    })
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
  })
})

describe('an answer', () => {
  test.each([
    '/v1/articles',
    '/v1/articles/none',
    '/v1/articles?limit=x',
    '/v1/articles/%zz',
    '/nowhere',
    '/livez',
    '/docs/',
  ])('names no software and no version: %s', async (path) => {
    const { headers, body } = await rawRequest(api.url + path)
    for (const name of ['server', 'x-powered-by', 'via', 'x-aspnet-version'])
      expect(headers).not.toHaveProperty(name)
    const text = path === '/docs/' ? '' : body.toString()
    expect(text).not.toMatch(/fastify|postgres|prisma|node_modules|\bat .*:\d+:\d+/i)
  })

  test('to what goes wrong inside says nothing of it', async () => {
    const broken = await buildApp({
      ...api.deps,
      limits: createLimits({ reads: null, writes: null, failedKeys: null }),
      pool: brokenPool(),
    })
    const answer = await broken.inject('/v1/articles')
    await broken.close()
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toMatch(/secret|stack|\.ts|at /)
    expect(answer.json()).toMatchObject({ code: 'internal', requestId: answer.headers['x-request-id'] })
  })
})

/** A pool that fails in a way that nobody foresaw. */
function brokenPool(): typeof api.deps.pool {
  return new Proxy(api.deps.pool, {
    get(pool, name) {
      if (name === 'query' || name === 'connect')
        return async () => {
          throw new Error('the secret of the database')
        }
      return Reflect.get(pool, name)
    },
  })
}

describe('names of JavaScript’s own', () => {
  const pristine = () => {
    expect(Object.prototype).not.toHaveProperty('polluted')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  }

  test.each([
    ['__proto__', '{"title":"P","__proto__":{"polluted":true}}'],
    ['__proto__, escaped', '{"title":"P","\\u005f_proto__":{"polluted":true}}'],
    ['__proto__, deep', '{"title":"P","meta":{"a":{"__proto__":{"polluted":true}}}}'],
    ['constructor', '{"title":"P","constructor":{"prototype":{"polluted":true}}}'],
    ['constructor, deep', '{"title":"P","meta":{"a":{"constructor":{"prototype":{"polluted":true}}}}}'],
  ])('in a body are refused or inert: %s', async (_name, body) => {
    for (const send of [
      api.admin.post('/v1/articles').set('content-type', 'application/json'),
      api.admin.patch(`/v1/articles/${story.id}`).set('content-type', 'application/merge-patch+json'),
      api.admin.post('/v1/redirects').set('content-type', 'application/json'),
    ]) {
      const { status } = await send.send(body)
      expect([200, 201, 400, 422]).toContain(status)
      pristine()
    }
  })

  test.each([
    [
      'yaml',
      '---\ntitle: P\n__proto__:\n  polluted: true\nconstructor:\n  prototype:\n    polluted: true\n---\nx\n',
    ],
    ['yaml, merged', '---\ntitle: P\na: &a\n  __proto__: { polluted: true }\nb:\n  <<: *a\n---\nx\n'],
    [
      'toml',
      '+++\ntitle = "P"\n[__proto__]\npolluted = true\n[constructor.prototype]\npolluted = true\n+++\nx\n',
    ],
    [
      'toml, dotted',
      '+++\ntitle = "P"\n__proto__.polluted = true\nconstructor.prototype.polluted = true\n+++\nx\n',
    ],
    [
      'json',
      '---json\n{"title":"P","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}\n---\nx\n',
    ],
  ])('in front matter are refused or inert: %s', async (_name, document) => {
    for (const path of ['/v1/articles', '/v1/render']) {
      const { status, text } = await api.admin.post(path).set('content-type', 'text/markdown').send(document)
      expect([200, 201, 400, 422]).toContain(status)
      const { meta } = status === 200 ? JSON.parse(text).article : JSON.parse(text)
      expect(JSON.stringify(meta ?? {})).not.toContain('__proto__')
    }
    pristine()
  })

  test.each([
    '__proto__=1',
    '__proto__[polluted]=1',
    'constructor.prototype.polluted=1',
    'constructor[prototype][polluted]=1',
    'toString=1',
    'tag=__proto__&tag=constructor',
    'fields=__proto__',
    'sort=constructor',
  ])('in a query are refused or inert: %s', async (query) => {
    const { status } = await api.reader.get(`/v1/articles?${query}`)
    expect([200, 400]).toContain(status)
    pristine()
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'as a slug or a code are not found: %s',
    async (name) => {
      for (const path of ['/v1/articles', '/v1/tags', '/problems']) {
        const { status } = await api.reader.get(`${path}/${name}`)
        expect([400, 404]).toContain(status)
      }
    },
  )
})

describe('X-Request-Id', () => {
  test.each(['trace-0001', 'A1b2_C3d4-E5f6', 'x'.repeat(64)])('%s is taken over', async (id) => {
    const { headers } = await rawRequest(`${api.url}/v1/articles`, { headers: { 'x-request-id': id } })
    expect(headers['x-request-id']).toBe(id)
  })

  test.each([
    'short',
    'x'.repeat(65),
    'with blank 01',
    '<script>alert(1)</script>',
    '{"msg":"forged"}',
    '../../etc/passwd',
    'a;b=c;d=e;',
  ])('%s is replaced by one of ours', async (id) => {
    const { headers } = await rawRequest(`${api.url}/v1/articles`, { headers: { 'x-request-id': id } })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/)
  })
})

import { describe, expect, test } from 'vitest'
import { statementsOf } from '#tests/support/statements.ts'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'
import { limitedApp, statusesOf } from './limited-app.ts'

const api = await startApi()
const story = await api.create({ title: 'Read', body: 'Text.', status: 'published' })

describe('RATE_LIMIT_READS', () => {
  test('is per address: a bucket for each, refilled at its rate', async () => {
    const { send, clock } = await limitedApp(api, { reads: '2/s,5' })
    expect(await statusesOf(8, () => send())).toEqual({ 200: 5, 429: 3 })
    expect(await statusesOf(1, () => send({ from: '198.51.100.2' }))).toEqual({ 200: 1 })
    clock.ms += 1_000
    expect(await statusesOf(8, () => send())).toEqual({ 200: 2, 429: 6 })
  })

  test('counts an IPv6 customer as one, and IPv4 as itself on an IPv6 socket', async () => {
    const { send } = await limitedApp(api, { reads: '1/s,4' })
    const six = (n: number) => send({ from: `2001:db8:0:7::${n + 1}` })
    expect(await statusesOf(6, six)).toEqual({ 200: 4, 429: 2 })
    expect((await send({ from: '2001:db8:0:8::1' })).status).toBe(200)
    expect(await statusesOf(3, () => send({ from: '::ffff:203.0.113.7' }))).toEqual({ 200: 3 })
    expect(await statusesOf(3, () => send({ from: '203.0.113.7' }))).toEqual({ 200: 1, 429: 2 })
  })

  test('is paid for by all reads, whatever comes of them', async () => {
    const { send, clock } = await limitedApp(api, { reads: '1/s,1' })
    for (const url of [
      '/v1/articles',
      `/v1/articles/${story.id}`,
      '/v1/articles/none',
      '/v1/articles?limit=0',
      '/v1/tags',
      '/feeds/rss.xml',
      '/sitemap.xml',
    ]) {
      clock.ms += 1_000
      expect((await send({ url })).status, url).not.toBe(429)
      expect((await send({ url })).status, url).toBe(429)
      expect((await send({ url, method: 'HEAD' })).status, url).toBe(429)
    }
  })

  test('is not paid for by probes, docs, preflights and what no route has', async () => {
    const { send, limits } = await limitedApp(api, { reads: '1/h,1', writes: '1/h,1' })
    await send()
    for (const url of ['/livez', '/readyz', '/docs/', '/openapi.json', '/problems', '/problems/rate_limited'])
      expect(await statusesOf(3, () => send({ url })), url).toEqual({ 200: 3 })
    expect(await statusesOf(3, () => send({ url: '/metrics', key: ADMIN_KEY }))).toEqual({ 200: 3 })
    expect(await statusesOf(3, () => send({ url: '/nowhere' }))).toEqual({ 404: 3 })
    expect(await statusesOf(3, () => send({ method: 'OPTIONS' }))).toEqual({ 204: 3 })
    const preflight = { origin: 'https://a.example', 'access-control-request-method': 'GET' }
    expect(await statusesOf(3, () => send({ method: 'OPTIONS', headers: preflight }))).toEqual({ 204: 3 })
    expect(limits.size).toBe(1)
  })

  test('is the key’s own with a key, from wherever it comes', async () => {
    const { send } = await limitedApp(api, { reads: '1/s,3' })
    expect(await statusesOf(4, () => send())).toEqual({ 200: 3, 429: 1 })
    const roaming = (n: number) => send({ key: ADMIN_KEY, from: `203.0.113.${n}` })
    expect(await statusesOf(5, roaming)).toEqual({ 200: 3, 429: 2 })
    expect((await send({ from: '203.0.113.1' })).status).toBe(200)
  })

  test('anonymous writes are a 401, and count as reads of the address', async () => {
    const { send } = await limitedApp(api, { reads: '1/s,3' })
    const write = () => send({ method: 'POST', payload: { title: 'x' } })
    expect(await statusesOf(5, write)).toEqual({ 401: 3, 429: 2 })
    expect((await send()).status).toBe(429)
  })

  test('off is off', async () => {
    const { send, limits } = await limitedApp(api, {})
    const { headers } = await send({ url: '/v1/articles?limit=0' })
    expect(await statusesOf(50, () => send())).toEqual({ 200: 50 })
    expect(headers).not.toHaveProperty('ratelimit')
    expect(limits.size).toBe(0)
  })
})

describe('a 429', () => {
  test('says which limit it is, how long to wait, and what is allowed', async () => {
    const { send, clock } = await limitedApp(api, { reads: '2/min,3' })
    await statusesOf(3, () => send())
    clock.ms += 500
    const refused = await send()
    expect(refused.status).toBe(429)
    expect(refused.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'retry-after': '30',
      'ratelimit-policy': '"reads";q=3;w=90',
      ratelimit: '"reads";r=0;t=90',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    })
    expect(refused.json()).toMatchObject({
      code: 'rate_limited',
      limit: 'reads',
      detail:
        'Too many reads from this address or with this key: 2 a minute, 3 at once, are allowed. Try again in 30 seconds.',
    })
  })

  test('waits at least a second, and whoever waits as it says comes through', async () => {
    const { send, clock } = await limitedApp(api, { reads: '100/s,1' })
    await send()
    const { headers } = await send()
    expect(headers['retry-after']).toBe('1')
    clock.ms += 1_000 * Number(headers['retry-after'])
    expect((await send()).status).toBe(200)
  })

  test('costs no statement, and no body is read', async () => {
    const { send } = await limitedApp(api, { reads: '1/h', writes: '1/h' })
    await send()
    await send({ key: ADMIN_KEY, method: 'POST', payload: { title: 'Written' } })
    const body = { headers: { 'content-type': 'application/json' }, payload: '{"broken' }
    const statements = await statementsOf(async () => {
      expect((await send()).status).toBe(429)
      expect((await send({ method: 'POST', ...body })).status).toBe(429)
      expect((await send({ key: ADMIN_KEY, method: 'POST', ...body })).status).toBe(429)
    })
    // Keys are watched, and refusals written down, now and then and not for a request.
    expect(statements.filter((statement) => !/version|audit/.test(statement))).toEqual([])
  })
})

describe('RateLimit and RateLimit-Policy', () => {
  test('are on answers that no cache keeps', async () => {
    const { send } = await limitedApp(api, { reads: '200/s,2000' })
    const withKey = await send({ key: ADMIN_KEY })
    expect(withKey.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'ratelimit-policy': '"reads";q=2000;w=10',
      ratelimit: '"reads";r=1999;t=1',
    })
    const refused = await send({ url: '/v1/articles?limit=0' })
    expect(refused.headers).toMatchObject({ ratelimit: '"reads";r=1999;t=1' })
  })

  test('are never on those that caches may keep: they would hand one reader’s numbers to others', async () => {
    const { send } = await limitedApp(api, { reads: '200/s,2000' })
    for (const url of ['/v1/articles', `/v1/articles/${story.id}`, '/v1/articles/none', '/feeds/atom.xml']) {
      const { headers } = await send({ url })
      expect(headers['cache-control'], url).toContain('public')
      expect(headers, url).not.toHaveProperty('ratelimit')
      expect(headers, url).not.toHaveProperty('ratelimit-policy')
    }
  })
})

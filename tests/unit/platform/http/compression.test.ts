import { text } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#src/platform/http/app.ts'
import { codedStream, preferredCoding } from '#src/platform/http/compression.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { sendStream } from '#src/platform/http/send-stream.ts'
import { smallApp } from './small-app.ts'

describe('Accept-Encoding', () => {
  test.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0.5, gzip;q=1', 'gzip'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['identity, gzip;q=0.5', 'identity'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0', 'identity'],
    ['*;q=0', 'identity'],
    ['x-nonsense', 'identity'],
  ])('%j prefers %s', (header, coding) => {
    expect(preferredCoding(header)).toBe(coding)
  })
})

const large = { text: '硅谷AI大战 '.repeat(200) }
const huge = { text: '硅谷AI大战 '.repeat(20_000) }
const small = { text: 'short' }
const stream = { started: 0, ended: 0 }
const lastModified = new Date('2025-07-02T08:00:00.500Z')

async function* feed() {
  stream.started += 1
  try {
    for (let n = 0; n < 20_000; n += 1) yield `<item>${n} 硅谷</item>\n`
  } finally {
    stream.ended += 1
  }
}

async function* broken() {
  yield 'a'.repeat(100_000)
  throw new Error('the database went away')
}

let app: App
beforeAll(async () => {
  app = await smallApp()
  app.get('/large', async (request, reply) => sendJson(request, reply, large, { revision: 3 }))
  app.get('/huge', async (request, reply) => sendJson(request, reply, huge))
  app.get('/small', async (request, reply) => sendJson(request, reply, small))
  app.get('/feed', async (request, reply) =>
    sendStream(request, reply, {
      contentType: 'text/plain; charset=utf-8',
      tag: '"v1"',
      lastModified,
      write: feed,
    }),
  )
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url, headers })

describe('a representation', () => {
  test.each(['/large', '/huge'])('%s comes under the coding that is liked', async (url) => {
    const plain = await get(url)
    const br = await get(url, { 'accept-encoding': 'gzip, br' })
    const gzip = await get(url, { 'accept-encoding': 'gzip' })
    expect(plain.headers).not.toHaveProperty('content-encoding')
    expect(br.headers['content-encoding']).toBe('br')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(brotliDecompressSync(br.rawPayload).equals(plain.rawPayload)).toBe(true)
    expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true)
    expect(br.headers['content-length']).toBe(String(br.rawPayload.length))
    expect(br.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
  })

  test('a small one comes as it is, under the tag of identity', async () => {
    const plain = await get('/small')
    const asked = await get('/small', { 'accept-encoding': 'br' })
    expect(asked.headers).not.toHaveProperty('content-encoding')
    expect(asked.headers.etag).toBe(plain.headers.etag)
  })

  test('has a strong tag for each coding, with the coding at its end', async () => {
    const plain = String((await get('/large')).headers.etag)
    const br = String((await get('/large', { 'accept-encoding': 'br' })).headers.etag)
    const gzip = String((await get('/large', { 'accept-encoding': 'gzip' })).headers.etag)
    expect(plain).toMatch(/^"3-[\w-]{22}"$/)
    expect(br).toBe(plain.replace(/"$/, '-br"'))
    expect(gzip).toBe(plain.replace(/"$/, '-gzip"'))
  })

  test('a 304 has the tag of the coding, and neither coding nor body', async () => {
    const { headers } = await get('/large', { 'accept-encoding': 'br' })
    const again = await get('/large', { 'accept-encoding': 'br', 'if-none-match': String(headers.etag) })
    expect(again.statusCode).toBe(304)
    expect(again.headers.etag).toBe(headers.etag)
    expect(again.headers).not.toHaveProperty('content-encoding')
    expect(again.body).toBe('')
  })

  test('HEAD has the headers of GET under the same coding', async () => {
    const accepted = { 'accept-encoding': 'gzip' }
    const full = await get('/large', accepted)
    const head = await get('/large', accepted, 'HEAD')
    expect(head.body).toBe('')
    for (const name of [
      'etag',
      'content-length',
      'content-encoding',
      'content-type',
      'vary',
      'cache-control',
    ])
      expect(head.headers[name], name).toBe(full.headers[name])
  })

  test('a problem is never under a coding that was chosen for another answer', async () => {
    const { headers } = await get('/v1/stories/none', { 'accept-encoding': 'br' })
    expect(headers).not.toHaveProperty('content-encoding')
  })
})

describe('a stream', () => {
  test.each(['identity', 'br', 'gzip'] as const)('is the same text under %s', async (coding) => {
    const coded = await get('/feed', { 'accept-encoding': coding })
    const bytes = coded.rawPayload
    const decoded = { identity: bytes, br: bytes, gzip: bytes }
    if (coding === 'br') decoded.br = brotliDecompressSync(bytes)
    if (coding === 'gzip') decoded.gzip = gunzipSync(bytes)
    expect(decoded[coding].toString()).toMatch(/^<item>0 硅谷<\/item>\n.*<item>19999 硅谷<\/item>\n$/s)
    expect(coded.headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding)
    expect(coded.headers.etag).toBe(coding === 'identity' ? '"v1"' : `"v1-${coding}"`)
  })

  test('is not begun for HEAD, nor for a 304', async () => {
    const begun = stream.started
    const head = await get('/feed', {}, 'HEAD')
    expect(head.statusCode).toBe(200)
    expect(head.headers.etag).toBe('"v1"')
    expect((await get('/feed', { 'if-none-match': 'W/"v1"' })).statusCode).toBe(304)
    expect(stream.started).toBe(begun)
  })

  test.each([
    ['the same second', { 'if-modified-since': 'Wed, 02 Jul 2025 08:00:00 GMT' }, 304],
    ['an earlier one', { 'if-modified-since': 'Wed, 02 Jul 2025 07:59:59 GMT' }, 200],
    ['no date at all', { 'if-modified-since': 'yesterday' }, 200],
    [
      'a tag of another version beside it',
      { 'if-modified-since': 'Wed, 02 Jul 2025 08:00:00 GMT', 'if-none-match': '"v0"' },
      200,
    ],
  ])('If-Modified-Since with %s', async (_name, headers, status) => {
    expect((await get('/feed', headers, 'HEAD')).statusCode).toBe(status)
  })

  test('ends what writes it when the client goes away', async () => {
    const before = stream.ended
    const abort = new AbortController()
    const { port } = app.server.address() as { port: number }
    const answer = await fetch(`http://127.0.0.1:${port}/feed`, { signal: abort.signal })
    await answer.body?.getReader().read()
    abort.abort()
    await expect.poll(() => stream.ended).toBeGreaterThan(before)
  })

  test.each(['identity', 'br', 'gzip'] as const)('fails under %s when its text does', async (coding) => {
    await expect(text(codedStream(broken(), coding))).rejects.toThrow('the database went away')
  })
})

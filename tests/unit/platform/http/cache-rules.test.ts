import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#src/platform/http/app.ts'
import { linkPages, sendPage } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { smallApp } from './small-app.ts'

const ASK_EACH_TIME = 'public, max-age=0, must-revalidate'
const USUAL = 'max-age=60, stale-while-revalidate=30, stale-if-error=3600'

let app: App
beforeAll(async () => {
  app = await smallApp({ corsOrigins: ['https://desk.example'] })
  app.get('/said', async (request, reply) =>
    sendJson(request, reply, {}, { surrogateKeys: ['articles', 't:ai'] }),
  )
  app.get('/soon', async (request, reply) =>
    sendJson(request, reply, {}, { freshForMs: 12_500, surrogateKeys: [] }),
  )
  app.get('/unsaid', async () => ({}))
  app.get('/moved', async (_request, reply) => reply.redirect('/said', 301))
  app.get('/elsewhere', async (_request, reply) => reply.redirect('/said', 302))
  app.get('/own-rule', async (request, reply) => {
    reply.header('cache-control', 'private, no-store')
    return sendJson(request, reply, {}, { surrogateKeys: ['secret'] })
  })
  app.get('/paged', async (request, reply) => {
    const page = { limit: 20, next: 'bmV4dA', prev: 'cHJldg' }
    return sendPage(request, reply, [], page)
  })
  app.get('/last', async (request, reply) => {
    linkPages(reply, request.url, { limit: 20, next: null, prev: null })
    return {}
  })
})
afterAll(() => app.close())

const headersOf = async (url: string, headers: Record<string, string> = {}) =>
  (await app.inject({ url, headers })).headers

describe('CDNs get leave', () => {
  test('for what was sent as a representation, with its keys', async () => {
    expect(await headersOf('/said')).toMatchObject({
      'cache-control': ASK_EACH_TIME,
      'cdn-cache-control': USUAL,
      'surrogate-control': USUAL,
      'surrogate-key': 'articles t:ai',
    })
  })

  test('until the next known change', async () => {
    const headers = await headersOf('/soon')
    expect(headers['cdn-cache-control']).toBe('max-age=12, must-revalidate')
    expect(headers['surrogate-control']).toBe('max-age=12, must-revalidate')
    expect(headers['cache-control']).toBe(ASK_EACH_TIME)
    expect(headers).not.toHaveProperty('surrogate-key')
  })

  test('for a permanent redirect', async () => {
    const headers = await headersOf('/moved')
    expect(headers['cache-control']).toBe(ASK_EACH_TIME)
    expect(headers['cdn-cache-control']).toBe(USUAL)
  })

  test.each(['/unsaid', '/elsewhere', '/own-rule'])('but not for %s', async (url) => {
    const headers = await headersOf(url)
    for (const name of ['cdn-cache-control', 'surrogate-control', 'surrogate-key'])
      expect(headers).not.toHaveProperty(name)
  })

  test('nor for anything that is asked for with a key', async () => {
    for (const url of ['/said', '/moved', '/nothing']) {
      const headers = await headersOf(url, { authorization: 'Bearer some' })
      expect(headers['cache-control']).toBe('private, no-store')
      expect(headers).not.toHaveProperty('cdn-cache-control')
      expect(headers).not.toHaveProperty('surrogate-key')
    }
  })
})

describe('Vary', () => {
  test('has Origin where CORS is a list, and each name once', async () => {
    expect((await headersOf('/said')).vary).toBe('Accept, Accept-Encoding, Authorization, Origin')
  })
})

describe('Link', () => {
  test('leads to the neighbours, everything else in the address as it was written', async () => {
    const { link } = await headersOf('/paged?tag=a,b&tag=c%2Cd&cursor=old&limit=5')
    expect(link).toBe(
      '</paged?tag=a,b&tag=c%2Cd&limit=5&cursor=bmV4dA>; rel="next", </paged?tag=a,b&tag=c%2Cd&limit=5&cursor=cHJldg>; rel="prev"',
    )
  })

  test('can’t be ended by what stands in the address', async () => {
    const { link } = await headersOf('/paged?tag=a%3E%22;b&%63ursor=old')
    expect(link).toBe(
      '</paged?tag=a%3E%22;b&cursor=bmV4dA>; rel="next", </paged?tag=a%3E%22;b&cursor=cHJldg>; rel="prev"',
    )
  })

  test('is left out where there is no neighbour', async () => {
    expect(await headersOf('/last')).not.toHaveProperty('link')
  })
})

import { connect } from 'node:net'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createOverloadGuard } from '#src/limits/index.ts'
import { type App, createHttpApp } from '#src/platform/http/app.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const few = { reads: { usually: 2, crowded: 2 }, writes: { usually: 1, crowded: 1 } }

/** An application whose answers wait until they are let go: two reads and one write may be under way. */
async function busyApp() {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const guard = createOverloadGuard({ log, origins: '*' }, few)
  const app = await createHttpApp({
    log,
    trustProxy: false,
    corsOrigins: '*',
    openapi: { serverUrl: 'http://127.0.0.1:3000', version: '1.2.3', tags: [] },
    first: guard.refuse,
  })
  let waiting: (() => void)[] = []
  const begun: string[] = []
  const answer = async (name: string) => {
    begun.push(name)
    await new Promise<void>((resolve) => waiting.push(resolve))
    return { name }
  }
  app.get('/livez', { config: { isProbe: true } }, async () => ({ status: 'ok' }))
  await app.register(async (scope: App) => {
    guard.count(scope)
    scope.get('/probe', { config: { isProbe: true } }, async () => ({ status: 'ok' }))
    scope.get('/v1/read', async () => answer('read'))
    scope.get('/v1/fails', async () => {
      await answer('fails')
      throw new Error('on the way')
    })
    scope.post('/v1/write', async () => answer('write'))
  })
  onTestFinished(async () => {
    release()
    await app.close()
  })
  const release = () => {
    for (const done of waiting) done()
    waiting = []
  }
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const ask = (path: string, init?: RequestInit) => fetch(address + path, init)
  /** Sends requests and waits until so many of them work. */
  const begin = async (count: number, url: string, method: 'GET' | 'POST' = 'GET') => {
    const before = begun.length
    const answered = Promise.all(Array.from({ length: count }, () => ask(url, { method })))
    await expect.poll(() => begun.length).toBe(before + count)
    return { answered }
  }
  return { address, ask, begin, begun, lines, release }
}

describe('when more is under way than can be answered in time', () => {
  test('further requests are a 503 at once, with Retry-After, in words, and begin nothing', async () => {
    const { ask, begin, begun } = await busyApp()
    await begin(2, '/v1/read')
    const headers = { origin: 'https://a.example', 'x-request-id': 'trace-0001' }
    const refused = await ask('/v1/read', { headers })
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({
      type: '/problems/overloaded',
      status: 503,
      code: 'overloaded',
      requestId: 'trace-0001',
    })
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '1',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'x-request-id': 'trace-0001',
    })
    expect(begun).toHaveLength(2)
  })

  test('probes are answered', async () => {
    const { ask, begin } = await busyApp()
    await begin(2, '/v1/read')
    for (const url of ['/livez', '/probe']) expect((await ask(url)).status).toBe(200)
  })

  test('of reads, writes are let in, and the other way round', async () => {
    const { ask, begin } = await busyApp()
    await begin(2, '/v1/read')
    await begin(1, '/v1/write', 'POST')
    expect((await ask('/v1/write', { method: 'POST' })).status).toBe(503)
  })

  test('the log says so, once in a while', async () => {
    const { ask, begin, lines } = await busyApp()
    await begin(2, '/v1/read')
    for (let n = 0; n < 5; n += 1) await ask('/v1/read')
    expect(lines.filter(({ msg }) => msg === 'overloaded')).toHaveLength(1)
  })
})

test('when they are done, however they end, others are let in', async () => {
  const { ask, begin, release } = await busyApp()
  for (const url of ['/v1/read', '/v1/fails', '/v1/fails', '/v1/read']) {
    const { answered } = await begin(2, url)
    expect((await ask('/v1/read')).status).toBe(503)
    release()
    await answered
  }
})

test('a body that does not arrive is nothing under way', async () => {
  const { address, begin, begun } = await busyApp()
  const { port, hostname } = new URL(address)
  const sockets = Array.from({ length: 5 }, () => connect(Number(port), hostname))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  for (const socket of sockets)
    socket.write(
      'POST /v1/write HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    )
  await expect.poll(() => sockets.every(({ bytesWritten }) => bytesWritten > 0)).toBe(true)
  await begin(1, '/v1/write', 'POST')
  expect(begun).toEqual(['write'])
})

test('a crowd that comes at once on an idle server is let in', async () => {
  const { slug } = await api.create({ title: 'Wanted by all', status: 'published' })
  const reads = Array.from({ length: 100 }, () =>
    api.reader.get(`/v1/articles/${slug}`).then(({ body }) => body.code),
  )
  const writes = Array.from({ length: 60 }, (_, n) =>
    api.admin
      .post('/v1/articles')
      .send({ title: `Crowd ${n}` })
      .then(({ body }) => body.code),
  )
  const codes = await Promise.all([...reads, ...writes])
  expect(codes.filter((code) => code === 'overloaded')).toEqual([])
})

test('what is refused for another reason takes nobody’s room', async () => {
  const wrong = Array.from({ length: 200 }, () =>
    api.reader.get('/v1/articles').set('authorization', `Bearer mh_nobody000001_${'n'.repeat(43)}`),
  )
  expect(new Set((await Promise.all(wrong)).map(({ status }) => status))).toEqual(new Set([401]))
  const reads = Array.from({ length: 100 }, () => api.reader.get('/v1/articles?limit=1'))
  expect(new Set((await Promise.all(reads)).map(({ status }) => status))).toEqual(new Set([200]))
})

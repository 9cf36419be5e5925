import { connect } from 'node:net'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { buildApp } from '#src/app.ts'
import { ADMIN_KEY, requestsWith, startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const withHeader = (authorization: string) =>
  api.reader.get('/v1/articles').set('authorization', authorization)
const secret = 's'.repeat(43)

/** The answer to a request as it is written, since clients would not send it. */
function raw(...headers: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = ['GET /v1/articles HTTP/1.1', 'host: localhost', ...headers, 'connection: close', '', '']
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(lines.join('\r\n')))
    let answer = ''
    socket.on('data', (data) => {
      answer += data.toString()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('200', () => {
  test.each(['Bearer', 'bearer', 'BEARER'])(
    'the scheme may be written "%s" (RFC 9110 §11.1)',
    async (scheme) => {
      await withHeader(`${scheme} ${ADMIN_KEY}`).expect(200)
    },
  )
})

describe('401', () => {
  test('revoked, expired, unknown, malformed: one answer, but for the request’s id', async () => {
    const revoked = await api.withKey('viewer')
    await api.admin.delete(`/v1/api-keys/${revoked.id}`).expect(204)
    const expired = await api.withKey('viewer')
    await api.rows(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1`, [expired.id])
    await api.deps.keys.reload()
    const wrong = [
      `Bearer ${revoked.key}`,
      `Bearer ${expired.key}`,
      `Bearer mh_unknown001_${secret}`,
      `Bearer ${ADMIN_KEY.slice(0, -1)}x`,
      `Bearer ${ADMIN_KEY}x`,
      'Bearer mh_',
      'Bearer nonsense',
      'Bearer',
      `Bearer ${ADMIN_KEY} ${ADMIN_KEY}`,
      `Bearer ${ADMIN_KEY}, ${ADMIN_KEY}`,
      `Basic ${Buffer.from(`admin:${ADMIN_KEY}`).toString('base64')}`,
      ADMIN_KEY,
      `Bearer ${'k'.repeat(8_192)}`,
      `Bearer mh_testadmin1_${'k'.repeat(8_192)}`,
    ]
    const answers = await Promise.all(
      wrong.map((header) => withHeader(header).set('x-request-id', 'the-same-request')),
    )
    const [first] = answers
    expect(first?.headers['www-authenticate']).toBe('Bearer realm="masthead", error="invalid_token"')
    for (const [index, { status, text, headers }] of answers.entries()) {
      expect([status, text], wrong[index]?.slice(0, 60)).toEqual([401, first?.text])
      expect(headers['www-authenticate']).toBe(first?.headers['www-authenticate'])
    }
  })

  test('comes before what is sent is looked at, and before anything is looked up', async () => {
    await api.reader
      .post('/v1/articles')
      .set('authorization', 'Bearer nonsense')
      .set('content-type', 'application/json')
      .send('{ not json')
      .expect(401)
    await api.reader.patch('/v1/articles/no-such-article').send({ title: 1 }).expect(401)
  })

  test('also where anybody may read; but what has no address is a 404', async () => {
    for (const path of ['/v1/articles', '/v1/me', '/feeds/rss.xml', '/sitemap.xml', '/robots.txt'])
      expect((await api.reader.get(path).set('authorization', 'Bearer nonsense')).status, path).toBe(401)
    await api.reader.get('/v1/nothing').set('authorization', 'Bearer nonsense').expect(404)
  })
})

describe('400', () => {
  test('two Authorization headers, even with the same key: which one is meant, nobody can say', async () => {
    const answer = await raw(`Authorization: Bearer ${ADMIN_KEY}`, `authorization: Bearer ${ADMIN_KEY}`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('stands more than once')
    expect(answer).not.toContain(ADMIN_KEY)
  })

  test('a key with NUL', async () => {
    expect(await raw(`Authorization: Bearer ${ADMIN_KEY}\0`)).toMatch(/^HTTP\/1\.1 400 /)
  })
})

interface Operation {
  requestBody?: {
    content: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>
  }
}

/** Every operation with a path that has an address, and the body that the document gives for an example. */
function operationsOf(document: { paths: Record<string, Record<string, Operation>> }) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => {
      const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
      return {
        method: method.toUpperCase() as 'GET',
        path: path
          .replace('{id}', '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11')
          .replace('{file}', '2025-07.xml')
          .replaceAll(/\{\w+\}/g, 'x'),
        body:
          type === undefined
            ? null
            : { type, value: media?.example ?? Object.values(media?.examples ?? {})[0]?.value },
      }
    }),
  )
}

describe('a key in the address', () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const logged = buildApp({ ...api.deps, log })
  afterAll(async () => await (await logged).close())

  test.each(['key', 'api_key', 'apiKey', 'access_token', 'token'])(
    'as ?%s= is refused by every operation, and not logged',
    async (name) => {
      const app = await logged
      for (const { method, path, body } of operationsOf(
        JSON.parse((await app.inject('/openapi.json')).body),
      )) {
        const response = await app.inject({
          method,
          url: `${path}?${name}=${ADMIN_KEY}`,
          headers: { authorization: `Bearer ${ADMIN_KEY}`, ...(body && { 'content-type': body.type }) },
          ...(body && { payload: typeof body.value === 'string' ? body.value : JSON.stringify(body.value) }),
        })
        expect([response.statusCode, response.json().code], `${method} ${path}`).toEqual([
          400,
          'invalid_parameters',
        ])
      }
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.filter((line) => line.includes(ADMIN_KEY.slice(-43)))).toEqual([])
    },
  )
})

test('what a role may not do, its key may not do for a moment longer than it has the role', async () => {
  const { id, key } = await api.withKey('admin')
  await api.admin.patch(`/v1/api-keys/${id}`).send({ role: 'viewer' }).expect(200)
  await requestsWith(api.url, key).get('/v1/api-keys').expect(403)
})

test('a key that is revoked while its request arrives writes nothing', async () => {
  const editor = await api.withKey('editor')
  const story = await api.create({ title: 'As it was', status: 'published' })
  const body = JSON.stringify({ title: 'Defaced' })
  const answer = await new Promise<string>((resolve, reject) => {
    const head = [
      `PATCH /v1/articles/${story.id} HTTP/1.1`,
      'host: localhost',
      `authorization: Bearer ${editor.key}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      'connection: close',
    ]
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', async () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 5)}`)
      await api.admin.get('/v1/me').expect(200) // it has been looked at by then
      await api.admin.delete(`/v1/api-keys/${editor.id}`).expect(204)
      socket.write(body.slice(5))
    })
    let text = ''
    socket.on('data', (data) => {
      text += data.toString()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  expect((await api.reader.get(`/v1/articles/${story.id}`)).body.title).toBe('As it was')
})

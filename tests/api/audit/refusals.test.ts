import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { buildApp } from '#src/app.ts'
import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'
import { statementsOf } from '#tests/support/statements.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ trustProxy: 1 })

interface Refused {
  action: string
  status: number
  count: number
  actor: { id: string; name: string } | null
  address: string | null
  requestId: string | null
}

/** A key with a role. */
async function aKey(role: ApiKeyRole) {
  const [id, secret] = [randomUUID().replaceAll('-', '').slice(0, 12), 's'.repeat(43)]
  await api.deps.pool.query('INSERT INTO api_key (id, name, role, secret_hash) VALUES ($1, $2, $3, $4)', [
    id,
    `The ${role}`,
    role,
    createHash('sha256').update(secret).digest(),
  ])
  return { id, bearer: `Bearer mh_${id}_${secret}` }
}

/** What was refused at an address, which is a test's own. */
const refusedAt = async (address: string): Promise<Refused[]> =>
  (await api.admin.get('/v1/audit').query({ address, outcome: 'refused', limit: '100' }).expect(200)).body
    .data
/** The same, when it has come: an answer is counted when it is sent, which may be after it is read. */
const awaitRefusals = (address: string) => expect.poll(() => refusedAt(address), { interval: 10 })

let addresses = 0
const anAddress = () => {
  addresses += 1
  return `2001:db8::${addresses.toString(16)}`
}

describe('what is refused', () => {
  test('is in the audit: a key that is none, a write without a key, a role that is too small', async () => {
    const address = anAddress()
    const viewer = await aKey('viewer')
    const from = { 'x-forwarded-for': address }
    const wrong = `Bearer mh_${viewer.id}_${'x'.repeat(43)}`
    const requestId = randomUUID()
    await api.reader
      .get('/v1/articles')
      .set({ ...from, authorization: wrong })
      .expect(401)
    await api.reader.post('/v1/articles').set(from).send({ title: 'x' }).expect(401)
    await api.reader
      .post('/v1/articles')
      .set({ ...from, authorization: viewer.bearer, 'x-request-id': requestId })
      .send({ title: 'x' })
      .expect(403)
    await awaitRefusals(address).toMatchObject([
      {
        action: 'createArticle',
        status: 403,
        count: 1,
        actor: { id: viewer.id, name: 'The viewer' },
        article: null,
        subject: null,
        reason: null,
        requestId,
      },
      { action: 'createArticle', status: 401, count: 1, actor: null },
      { action: 'listArticles', status: 401, count: 1, actor: null },
    ])
  })

  test('is in the audit too where the answer does not tell: what a role neither may do nor sees', async () => {
    const address = anAddress()
    const { id, bearer } = await aKey('reader')
    const draft = await api.create({ title: `Draft ${randomUUID()}` })
    const from = { 'x-forwarded-for': address, authorization: bearer }
    await api.reader.patch(`/v1/articles/${draft.id}`).set(from).send({ title: 'x' }).expect(404)
    await api.reader.get(`/v1/articles/${draft.id}`).set(from).expect(404)
    await awaitRefusals(address).toMatchObject([{ action: 'patchArticle', status: 404, actor: { id } }])
  })

  test('never has a key that is not good, nor any secret', async () => {
    const address = anAddress()
    const secret = 'Z'.repeat(43)
    for (const key of [`mh_NotAKeyId123_${secret}`, `Basic ${secret}`, secret]) {
      await api.reader
        .get('/v1/articles')
        .set({ 'x-forwarded-for': address, authorization: `Bearer ${key}` })
        .expect(401)
    }
    await awaitRefusals(address).toMatchObject([{ status: 401, count: 3 }])
    const rows = await api.rows('SELECT e::text AS text FROM audit_entry e')
    expect(rows.filter(({ text }) => /ZZZZ|NotAKeyId/.test(text))).toEqual([])
  })

  test('counts as one entry when it is alike', async () => {
    const address = anAddress()
    const again = () =>
      api.reader.post('/v1/articles').set('x-forwarded-for', address).send({ title: 'x' }).expect(401)
    await Promise.all(Array.from({ length: 50 }, again))
    await expect
      .poll(async () => (await refusedAt(address)).reduce((sum, { count }) => sum + count, 0), {
        interval: 10,
      })
      .toBe(50)
    const entries = await refusedAt(address)
    expect(entries.length).toBeLessThan(5)
    expect(new Set(entries.map(({ action, status, actor }) => `${action} ${status} ${actor}`)).size).toBe(1)
  })

  test('from a thousand addresses is some hundred entries, and the rest without an address', async () => {
    const before = (await api.rows(`SELECT id FROM audit_entry WHERE outcome = 'refused'`)).length
    const knock = (n: number) =>
      api.reader
        .delete('/v1/tags/crowd')
        .set('x-forwarded-for', `10.1.${n >> 8}.${n & 255}`)
        .expect(401)
    for (let n = 0; n < 1_000; n += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, i) => knock(n + i)))
    }
    const crowd = () =>
      api.rows<{ address: string | null; count: number }>(
        `SELECT address, count FROM audit_entry WHERE action = 'deleteTag' AND outcome = 'refused'`,
      )
    await expect
      .poll(
        async () => {
          await refusedAt('10.1.0.1')
          return (await crowd()).reduce((sum, { count }) => sum + count, 0)
        },
        { interval: 10 },
      )
      .toBe(1_000)
    const entries = await crowd()
    const after = (await api.rows(`SELECT id FROM audit_entry WHERE outcome = 'refused'`)).length
    expect(after - before).toBe(entries.length)
    // An interval that ends meanwhile gives another hundred.
    expect(entries.length).toBeLessThan(500)
    expect(entries.some(({ address }) => address === null)).toBe(true)
  })

  test('is not what is missing, in the way, out of date or wrong', async () => {
    const address = anAddress()
    const from = { 'x-forwarded-for': address }
    const { id, slug } = await api.create({ title: `Story ${randomUUID()}` })
    await api.reader.get('/v1/articles/nothing').set(from).expect(404)
    await api.reader.get(`/v1/articles/${id}`).set(from).expect(404)
    await api.reader.get('/v1/redirects').set(from).expect(401)
    await api.admin.post('/v1/articles').set(from).send({ title: 'x', slug }).expect(409)
    await api.admin
      .patch(`/v1/articles/${id}`)
      .set({ ...from, 'if-match': '"9-x"' })
      .send({})
      .expect(412)
    await api.admin.post('/v1/articles').set(from).send({ titel: 'x' }).expect(422)
    await api.reader.post('/v1/articles').set(from).send({ title: 'x' }).expect(401)
    await awaitRefusals(address).toHaveLength(1)
  })

  test('costs the refused request no statement', async () => {
    const from = { 'x-forwarded-for': anAddress() }
    const statements = await statementsOf(() =>
      api.reader.post('/v1/articles').set(from).send({ title: 'x' }).expect(401),
    )
    expect(statements.filter((statement) => statement.includes('audit_entry'))).toEqual([])
  })

  test('is written by itself, without anybody who reads the audit', async () => {
    const address = anAddress()
    await api.reader.post('/v1/articles').set('x-forwarded-for', address).send({ title: 'x' }).expect(401)
    const written = () => api.rows('SELECT id FROM audit_entry WHERE address = $1', [address])
    await expect.poll(written, { timeout: 20_000, interval: 100 }).toHaveLength(1)
  })
})

describe('at the end', () => {
  /** Another node on the same database. */
  async function refusedBy(deps: typeof api.deps, address: string) {
    const node = await buildApp(deps)
    const { statusCode } = await node.inject({
      method: 'POST',
      url: '/v1/articles',
      remoteAddress: address,
      headers: { 'content-type': 'application/json' },
      body: '{"title":"x"}',
    })
    expect(statusCode).toBe(401)
    await node.close()
  }

  test('what is still counted is written', async () => {
    const address = anAddress()
    await refusedBy({ ...api.deps, config: { ...api.deps.config, trustProxy: false } }, address)
    expect(await refusedAt(address)).toHaveLength(1)
  })

  test('a database that is away neither fails the request nor keeps the process', async () => {
    const pool = Object.create(api.deps.pool, {
      query: { value: () => Promise.reject(new Error('Connection terminated')) },
    })
    await refusedBy({ ...api.deps, pool }, anAddress())
  })
})

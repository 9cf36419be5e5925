import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

const latestOf = async (article: string) =>
  (await api.admin.get('/v1/audit').query({ article }).expect(200)).body.data[0]
async function anEntry() {
  const { id } = await api.create({ title: `Story ${randomUUID()}` })
  await api.admin.patch(`/v1/articles/${id}?reason=secret`).send({ summary: 'x' }).expect(200)
  return await latestOf(id)
}
const erase = (id: string, body: object) => api.admin.post(`/v1/audit/${id}/erase`).send(body)

describe('an entry', () => {
  test('can’t be changed, removed or emptied away by SQL', async () => {
    const entry = await anEntry()
    const count = async () => (await api.rows('SELECT count(*) FROM audit_entry'))[0]?.count
    const before = await count()
    for (const statement of [
      `UPDATE audit_entry SET reason = 'other' WHERE id = '${entry.id}'`,
      `UPDATE audit_entry SET id = id`,
      `DELETE FROM audit_entry WHERE id = '${entry.id}'`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
      'TRUNCATE audit_entry CASCADE',
      `MERGE INTO audit_entry USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE`,
      `INSERT INTO audit_entry (id, action) VALUES ('${entry.id}', 'x') ON CONFLICT (id) DO UPDATE SET reason = 'x'`,
    ]) {
      await expect(api.deps.pool.query(statement), statement).rejects.toThrow('The audit is written once')
    }
    expect(await count()).toBe(before)
    expect((await api.admin.get(`/v1/audit/${entry.id}`).expect(200)).body).toEqual(entry)
  })

  test('has no other method than to be read', async () => {
    const entry = await anEntry()
    for (const method of ['put', 'patch', 'delete'] as const) {
      await api.admin[method](`/v1/audit/${entry.id}`).expect(405)
      await api.admin[method]('/v1/audit').expect(405)
    }
  })

  test('outlives its article and its key', async () => {
    const entry = await anEntry()
    await api.deps.pool.query('DELETE FROM article WHERE id = $1', [entry.article.id])
    expect(await latestOf(entry.article.id)).toEqual(entry)
  })
})

describe('POST /v1/audit/{id}/erase', () => {
  test('200: leaves what was done, to what and when; nobody who did it', async () => {
    const entry = await anEntry()
    const { body } = await erase(entry.id, { reason: 'Art. 17 GDPR' }).expect(200)
    expect(body).toEqual({
      ...entry,
      actor: null,
      address: null,
      requestId: null,
      reason: 'Art. 17 GDPR',
      erasedAt: expect.stringMatching(/^20\d\d-.*Z$/),
    })
    expect((await api.admin.get(`/v1/audit/${entry.id}`).expect(200)).body).toEqual(body)
    const rows = await api.rows('SELECT e::text AS text FROM audit_entry e WHERE id = $1', [entry.id])
    expect(rows[0]?.text).not.toMatch(/secret|127\.0\.0\.1|testadmin/)
  })

  test('is an entry of its own, and once done changes nothing', async () => {
    const { id } = await anEntry()
    const erasures = async () =>
      (await api.admin.get('/v1/audit').query({ action: 'audit.erased' }).expect(200)).body.data.filter(
        ({ subject }: { subject: { id: string } }) => subject.id === id,
      )
    const [first, second] = await Promise.all([
      erase(id, { reason: 'one' }).expect(200),
      erase(id, { reason: 'other' }).expect(200),
    ])
    expect(second.body).toEqual(first.body)
    expect(await erasures()).toMatchObject([{ reason: first.body.reason, address: '127.0.0.1' }])
  })

  test('erases one entry: the next statement of the transaction can change none', async () => {
    const [one, other] = [await anEntry(), await anEntry()]
    const client = await api.deps.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT erase_audit_entry($1, $2)', [one.id, 'why'])
      await expect(
        client.query('UPDATE audit_entry SET reason = NULL WHERE id = ANY($1)', [[one.id, other.id]]),
      ).rejects.toThrow('The audit is written once')
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  })

  test('401, 404, 422', async () => {
    const { id } = await anEntry()
    await api.reader.post(`/v1/audit/${id}/erase`).send({ reason: 'x' }).expect(401)
    await erase(randomUUID(), { reason: 'x' }).expect(404)
    for (const body of [{}, { reason: '' }, { reason: null }, { reason: 'x\0' }, { reason: 'x', id: 'y' }]) {
      await erase(id, body).expect(422)
    }
    expect((await api.admin.get(`/v1/audit/${id}`).expect(200)).body.erasedAt).toBeNull()
  })
})

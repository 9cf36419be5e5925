import { describe, expect, test, vi } from 'vitest'
import { createKeyRing } from '#src/auth/index.ts'
import { statementsOf } from '#tests/support/statements.ts'
import { requestsWith, startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const other = await api.anotherNode()
const statusOn = async (node: { url: string }, key: string) =>
  (await requestsWith(node.url, key).get('/v1/me')).status
/** Changes of other nodes are promised within a second; a busy machine may oversleep. */
const soon = { timeout: 3_000, interval: 20 }

describe('a key', () => {
  test('that is known costs no query', async () => {
    const { key } = await api.withKey('viewer')
    const me = requestsWith(api.url, key).get('/v1/me')
    expect(await statementsOf(async () => expect((await me).status).toBe(200))).toEqual([])
  })

  test('that another node made is good here at once, by one query', async () => {
    const { key } = await other.withKey('viewer')
    const statements = await statementsOf(async () => expect(await statusOn(api, key)).toBe(200))
    expect(statements.filter((name) => name !== 'find_api_keys').length).toBeLessThanOrEqual(1)
  })

  test('that is unknown costs one query each time, and none is remembered', async () => {
    const wrong = `mh_nobodyhas1_${'x'.repeat(43)}`
    for (const _ of [1, 2])
      expect(await statementsOf(async () => expect(await statusOn(api, wrong)).toBe(401))).toEqual([
        'find_api_key',
      ])
  })

  test('with another’s secret costs as much', async () => {
    const { key } = await api.withKey('viewer')
    const wrong = `${key.slice(0, -43)}${'x'.repeat(43)}`
    expect(await statementsOf(() => statusOn(api, wrong))).toEqual(['find_api_key'])
  })
})

describe('within a second it holds on other nodes', () => {
  test('that a key was revoked', async () => {
    const { id, key } = await api.withKey('viewer')
    expect(await statusOn(other, key)).toBe(200)
    await api.admin.delete(`/v1/api-keys/${id}`).expect(204)
    await vi.waitFor(async () => expect(await statusOn(other, key)).toBe(401), soon)
  })

  test('that it has another role', async () => {
    const { id, key } = await api.withKey('editor')
    const redirects = () => requestsWith(other.url, key).get('/v1/redirects')
    expect((await redirects()).status).toBe(200)
    await api.admin.patch(`/v1/api-keys/${id}`).send({ role: 'viewer' }).expect(200)
    await vi.waitFor(async () => expect((await redirects()).status).toBe(403), soon)
  })

  test('that it was changed in the database, past the API', async () => {
    const { id, key } = await api.withKey('viewer')
    expect(await statusOn(api, key)).toBe(200)
    await api.rows(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1`, [id])
    await vi.waitFor(async () => expect(await statusOn(api, key)).toBe(401), soon)
  })

  test('that it was rotated: the new one at once', async () => {
    const { id, key } = await api.withKey('viewer')
    expect(await statusOn(other, key)).toBe(200)
    const { body } = await api.admin.post(`/v1/api-keys/${id}/rotate`).send({ graceSeconds: 0 }).expect(200)
    expect(await statusOn(other, body.key)).toBe(200)
    await vi.waitFor(async () => expect(await statusOn(other, key)).toBe(401), soon)
  })
})

describe('a key that expires', () => {
  test('is good until then, by the database’s clock, and not after', async () => {
    const { key } = await api.withKey('viewer', { expiresAt: new Date(Date.now() + 1_500).toISOString() })
    expect(await statusOn(api, key)).toBe(200)
    await vi.waitFor(async () => expect(await statusOn(api, key)).toBe(401), soon)
  })
})

describe('what memory may not be trusted with', () => {
  const { pool, probe, log } = api.deps
  const partsOf = (key: string) => ({ id: key.slice(3, -44), secret: key.slice(-43) })
  const nothing = () => {}

  test('who does not follow changes asks each time', async () => {
    const { key } = await api.withKey('viewer')
    const ring = createKeyRing(pool, probe, log)
    for (const _ of [1, 2]) {
      const asked = await statementsOf(async () => {
        expect(await ring.identify(partsOf(key), nothing)).toMatchObject({ role: 'viewer' })
      })
      expect(asked).toEqual(['find_api_key'])
    }
    await ring.close()
  })

  test('what was read before a change is not stored after it', async () => {
    const { id, key } = await api.withKey('viewer')
    // A read that takes as long as we like: its answer is from before the change.
    let answer: (() => void) | undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    let isHeld = false
    const slow = new Proxy(pool, {
      get(target, name) {
        const member = Reflect.get(target, name)
        if (name !== 'query') return typeof member === 'function' ? member.bind(target) : member
        return async (query: { name?: string }) => {
          const result = await target.query(query as never)
          if (query.name === 'find_api_key' && isHeld) await held
          return result
        }
      },
    })
    const ring = createKeyRing(slow, probe, log)
    ring.watch()
    isHeld = true
    const early = ring.identify({ ...partsOf(key), secret: 'x'.repeat(43) }, nothing)
    await vi.waitFor(() => expect(early).toBeInstanceOf(Promise))
    await api.rows('UPDATE api_key SET revoked_at = now() WHERE id = $1', [id])
    await ring.reload()
    isHeld = false
    answer?.()
    expect(await early).toBeNull()
    expect(await ring.identify(partsOf(key), nothing)).toBeNull()
    await ring.close()
  })

  test('a storm of wrong keys does not lock out who was good', async () => {
    const { key } = await api.withKey('viewer')
    const ring = createKeyRing(pool, probe, log)
    const refuse = () => {
      throw new Error('too many')
    }
    await expect(ring.identify(partsOf(key), refuse)).rejects.toThrow('too many')
    await ring.identify(partsOf(key), nothing)
    expect(await ring.identify(partsOf(key), refuse)).toMatchObject({ role: 'viewer' })
    await ring.close()
  })
})

describe('last use', () => {
  const lastUse = async (id: string) => (await api.admin.get(`/v1/api-keys/${id}`)).body.lastUsedAt

  test('is written a moment later, off the request’s path', async () => {
    const { id, key } = await api.withKey('viewer')
    expect(await lastUse(id)).toBeNull()
    expect(await statementsOf(() => statusOn(api, key))).toEqual([])
    await vi.waitFor(async () => expect(await lastUse(id)).not.toBeNull(), soon)
  })

  test('is no change of the key, and written once a minute at most', async () => {
    const { id, key } = await api.withKey('viewer')
    await statusOn(api, key)
    await vi.waitFor(async () => expect(await lastUse(id)).not.toBeNull(), soon)
    const first = await lastUse(id)
    const version = await api.rows('SELECT version FROM key_version')
    const ring = createKeyRing(api.deps.pool, api.deps.probe, api.deps.log)
    await ring.identify({ id, secret: key.slice(-43) }, () => {})
    await ring.close() // which writes what is noted
    expect(await lastUse(id)).toBe(first)
    await api.rows(`UPDATE api_key SET last_used_at = now() - interval '61 seconds' WHERE id = $1`, [id])
    const another = createKeyRing(api.deps.pool, api.deps.probe, api.deps.log)
    await another.identify({ id, secret: key.slice(-43) }, () => {})
    await another.close()
    expect(Date.parse(await lastUse(id))).toBeGreaterThanOrEqual(Date.parse(first))
    expect(await api.rows('SELECT version FROM key_version')).toEqual(version)
  })
})

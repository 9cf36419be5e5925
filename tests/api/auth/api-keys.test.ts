import { describe, expect, test } from 'vitest'
import { requestsWith, startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const whoIs = async (key: string) => (await requestsWith(api.url, key).get('/v1/me')).status
const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
const codesOf = (response: { body: { errors: { path: string; code: string }[] } }) =>
  response.body.errors.map(({ path, code }) => `${path} ${code}`)

describe('POST /v1/api-keys', () => {
  test('201: shows the key this once, to no cache, and it is valid at once', async () => {
    const created = await api.admin
      .post('/v1/api-keys')
      .send({ name: ' Website ', role: 'viewer' })
      .expect(201)
    const { id, key, createdAt, ...rest } = created.body
    expect(key).toMatch(new RegExp(`^mh_${id}_[A-Za-z0-9]{43}$`))
    expect(rest).toEqual({
      name: 'Website',
      role: 'viewer',
      expiresAt: null,
      locales: null,
      topics: null,
      lastUsedAt: null,
      createdBy: 'testadmin1',
      previousValidUntil: null,
    })
    expect(created.headers).toMatchObject({
      location: `/v1/api-keys/${id}`,
      'cache-control': 'private, no-store',
    })
    expect(await whoIs(key)).toBe(200)
    const read = await api.admin.get(created.headers.location ?? '').expect(200)
    expect(read.body).toMatchObject({ id, createdAt })
    expect(read.text).not.toContain(key.slice(-43))
  })

  test('keeps of the secret only its SHA-256', async () => {
    const { id, key } = await api.withKey('viewer')
    const [row] = await api.rows<{ is_hash: boolean; text: string }>(
      'SELECT secret_hash = sha256($2) AS is_hash, api_key::text AS text FROM api_key WHERE id = $1',
      [id, Buffer.from(key.slice(-43))],
    )
    expect(row?.is_hash).toBe(true)
    expect(row?.text).not.toContain(key.slice(-43))
  })

  test('201: limits name locales canonically, and topics by slug or any of their names', async () => {
    await api.admin
      .post('/v1/topics')
      .send({ name: 'Climate', aliases: ['气候'] })
      .expect(201)
    await api.admin.post('/v1/topics').send({ name: 'Energy' }).expect(201)
    const limits = { locales: ['zh-cn', 'en', 'zh-CN'], topics: ['气候', { slug: 'energy' }, 'CLIMATE'] }
    const { id } = await api.withKey('author', limits)
    const { body } = await api.admin.get(`/v1/api-keys/${id}`).expect(200)
    expect(body.locales).toEqual(['zh-CN', 'en'])
    expect(body.topics).toEqual([
      { slug: 'climate', name: 'Climate' },
      { slug: 'energy', name: 'Energy' },
    ])
  })

  test.each([
    [{ role: 'author' }, ['/name required']],
    [{ name: '\u200b', role: 'author' }, ['/name invalid_value']],
    [{ name: 'A', role: 'publisher' }, ['/role invalid_value']],
    [{ name: 'A', role: 'author', expires: '2027-01-01T00:00:00Z' }, ['/expires unknown_field']],
    [{ name: 'A', role: 'author', expiresAt: secondsFromNow(-1) }, ['/expiresAt not_in_the_future']],
    [{ name: 'A', role: 'author', expiresAt: '2027-01-01T00:00:00' }, ['/expiresAt invalid_format']],
    [{ name: 'A', role: 'author', topics: ['nobody knows it'] }, ['/topics/0 unknown_topic']],
    [{ name: 'A', role: 'author', topics: [{ slug: 'nor-that' }] }, ['/topics/0 unknown_topic']],
    [{ name: 'A', role: 'author', locales: ['not a locale'] }, ['/locales/0 invalid_value']],
    [{ name: 'A', role: 'author', locales: [], topics: [] }, ['/locales empty_limit', '/topics empty_limit']],
    [{ name: 'A', role: 'viewer', locales: ['en'] }, ['/locales limit_not_for_role']],
    [{ name: 'A', role: 'admin', locales: ['en'] }, ['/locales limit_not_for_role']],
  ])('422: %j', async (input, codes) => {
    expect(codesOf(await api.admin.post('/v1/api-keys').send(input).expect(422))).toEqual(codes)
  })
})

describe('GET /v1/api-keys', () => {
  test('200: pages, the newest first, by role', async () => {
    const made: string[] = []
    for (const name of ['one', 'two', 'three']) made.push((await api.withKey('reader', { name })).id)
    const first = await api.admin.get('/v1/api-keys?role=reader&limit=2').expect(200)
    const next = `/v1/api-keys?role=reader&limit=2&cursor=${first.body.page.next}`
    const second = await api.admin.get(next).expect(200)
    const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id)
    expect([...idsOf(first.body), ...idsOf(second.body)]).toEqual(made.toReversed())
    const back = await api.admin.get(`/v1/api-keys?role=reader&limit=2&cursor=${second.body.page.prev}`)
    expect(idsOf(back.body)).toEqual(idsOf(first.body))
    await api.admin.get(next.replace('role=reader', 'role=viewer')).expect(400)
  })
})

describe('PATCH /v1/api-keys/:id', () => {
  test('200: a change holds when it is answered', async () => {
    const { id, requests } = await api.withKey('viewer')
    expect((await requests.get('/v1/redirects')).status).toBe(403)
    const { body } = await api.admin
      .patch(`/v1/api-keys/${id}`)
      .send({ role: 'editor', name: 'Desk' })
      .expect(200)
    expect(body).toMatchObject({ id, role: 'editor', name: 'Desk' })
    expect((await requests.get('/v1/redirects')).status).toBe(200)
  })

  test('200: null takes expiry and limits away; what is left out stays', async () => {
    const expiresAt = secondsFromNow(3_600)
    const { id } = await api.withKey('author', { expiresAt, locales: ['en'] })
    const patch = (body: object) => api.admin.patch(`/v1/api-keys/${id}`).send(body).expect(200)
    expect((await patch({ name: 'Other' })).body).toMatchObject({ expiresAt, locales: ['en'] })
    expect((await patch({ expiresAt: null, locales: null })).body).toMatchObject({
      expiresAt: null,
      locales: null,
    })
  })

  test('what changes nothing is no change for other nodes', async () => {
    const { id } = await api.withKey('author', { locales: ['en'] })
    const version = () => api.rows('SELECT version FROM key_version')
    const before = await version()
    await api.admin
      .patch(`/v1/api-keys/${id}`)
      .send({ role: 'author', locales: ['en'] })
      .expect(200)
    expect(await version()).toEqual(before)
  })

  test('422: a role that has no limits keeps none in silence', async () => {
    const { id } = await api.withKey('author', { locales: ['en'] })
    const refused = await api.admin.patch(`/v1/api-keys/${id}`).send({ role: 'admin' }).expect(422)
    expect(codesOf(refused)).toEqual(['/locales limit_not_for_role'])
  })

  test('422: an expiry that has passed', async () => {
    const { id } = await api.withKey('author')
    const refused = await api.admin
      .patch(`/v1/api-keys/${id}`)
      .send({ expiresAt: secondsFromNow(-1) })
      .expect(422)
    expect(codesOf(refused)).toEqual(['/expiresAt not_in_the_future'])
  })
})

describe('topics that are merged', () => {
  test('take the keys along that may write under them alone', async () => {
    for (const name of ['Stays', 'Goes']) await api.admin.post('/v1/topics').send({ name }).expect(201)
    const one = await api.withKey('author', { topics: ['Goes'] })
    const both = await api.withKey('author', { topics: ['Goes', 'Stays'] })
    const other = await api.withKey('author')
    await api.admin.post('/v1/topics/goes/merge').send({ into: 'stays' }).expect(200)
    const topicsOf = async (id: string) => (await api.admin.get(`/v1/api-keys/${id}`)).body.topics
    const stays = [{ slug: 'stays', name: 'Stays' }]
    expect([await topicsOf(one.id), await topicsOf(both.id), await topicsOf(other.id)]).toEqual([
      stays,
      stays,
      null,
    ])
  })
})

describe('DELETE /v1/api-keys/:id', () => {
  test('204: at once it is a key no more, and nowhere to be seen; its row stays', async () => {
    const { id, key } = await api.withKey('editor')
    await api.admin.delete(`/v1/api-keys/${id}`).expect(204)
    expect(await whoIs(key)).toBe(401)
    await api.admin.get(`/v1/api-keys/${id}`).expect(404)
    await api.admin.patch(`/v1/api-keys/${id}`).send({ name: 'Back' }).expect(404)
    await api.admin.post(`/v1/api-keys/${id}/rotate`).expect(404)
    await api.admin.delete(`/v1/api-keys/${id}`).expect(404)
    const { body } = await api.admin.get('/v1/api-keys?limit=100&role=editor').expect(200)
    expect(body.data.map((one: { id: string }) => one.id)).not.toContain(id)
    expect(await api.rows('SELECT id FROM api_key WHERE id = $1', [id])).toEqual([{ id }])
  })
})

describe('POST /v1/api-keys/:id/rotate', () => {
  test('200: the new key and, for a while, the one before', async () => {
    const { id, key } = await api.withKey('viewer')
    const { body } = await api.admin.post(`/v1/api-keys/${id}/rotate`).send({ graceSeconds: 60 }).expect(200)
    expect(body.key).toMatch(new RegExp(`^mh_${id}_`))
    expect([await whoIs(key), await whoIs(body.key)]).toEqual([200, 200])
    expect(Date.parse(body.previousValidUntil)).toBeGreaterThan(Date.now())
    await api.rows(`UPDATE api_key SET previous_until = now() - interval '1 second' WHERE id = $1`, [id])
    await api.deps.keys.reload()
    expect([await whoIs(key), await whoIs(body.key)]).toEqual([401, 200])
    expect((await api.admin.get(`/v1/api-keys/${id}`)).body.previousValidUntil).toBeNull()
  })

  test('200: left out, the grace is a day; with 0 there is none', async () => {
    const { id, key } = await api.withKey('viewer')
    const first = await api.admin.post(`/v1/api-keys/${id}/rotate`).expect(200)
    const hours = (Date.parse(first.body.previousValidUntil) - Date.now()) / 3_600_000
    expect(Math.round(hours)).toBe(24)
    const second = await api.admin.post(`/v1/api-keys/${id}/rotate`).send({ graceSeconds: 0 }).expect(200)
    expect(second.body.previousValidUntil).toBeNull()
    expect([await whoIs(key), await whoIs(first.body.key), await whoIs(second.body.key)]).toEqual([
      401, 401, 200,
    ])
  })

  test.each([-1, 604_801, 1.5, '60'])('422: a grace of %j', async (graceSeconds) => {
    const { id } = await api.withKey('viewer')
    await api.admin.post(`/v1/api-keys/${id}/rotate`).send({ graceSeconds }).expect(422)
  })
})

describe('409 last_admin_key', () => {
  const lone = startApi()
  const lastAdmin = '/v1/api-keys/testadmin1'

  test('it can neither be revoked, nor get another role, nor an expiry; but another name', async () => {
    const { admin, withKey } = await lone
    await withKey('admin', { expiresAt: secondsFromNow(3_600) }) // one that ends does not count
    const refusals = [
      await admin.delete(lastAdmin),
      await admin.patch(lastAdmin).send({ role: 'editor' }),
      await admin.patch(lastAdmin).send({ expiresAt: secondsFromNow(3_600) }),
    ]
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 3 }, () => [409, 'last_admin_key']),
    )
    await admin.patch(lastAdmin).send({ name: 'The one' }).expect(200)
  })

  test('of two that end each other at once one wins', async () => {
    const { admin, withKey, rows } = await lone
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = await Promise.all([withKey('admin'), withKey('admin')])
      await rows(`UPDATE api_key SET expires_at = now() + interval '1 hour' WHERE id = 'testadmin1'`)
      const statuses = await Promise.all([
        one.requests.delete(`/v1/api-keys/${two.id}`).then(({ status }) => status),
        two.requests
          .patch(`/v1/api-keys/${one.id}`)
          .send({ role: 'viewer' })
          .then(({ status }) => status),
      ])
      expect(statuses.filter((status) => status < 300)).toHaveLength(1)
      const lasting = `SELECT id FROM api_key
        WHERE role = 'admin' AND revoked_at IS NULL AND expires_at IS NULL`
      expect(await rows(lasting)).toHaveLength(1)
      await rows(`UPDATE api_key SET expires_at = NULL WHERE id = 'testadmin1'`)
      await rows(`UPDATE api_key SET revoked_at = now() WHERE id <> 'testadmin1' AND revoked_at IS NULL`)
      await admin.get('/v1/me').expect(200)
    }
  })
})

describe('403', () => {
  test.each(['reader', 'viewer', 'author', 'editor'] as const)(
    'a key with the role "%s" sees none',
    async (role) => {
      const { id, requests } = await api.withKey(role)
      for (const path of ['/v1/api-keys', `/v1/api-keys/${id}`, '/v1/api-keys/nothing'])
        expect((await requests.get(path)).status, path).toBe(403)
      await requests.post('/v1/api-keys').send({ name: 'Mine', role: 'admin' }).expect(403)
      await requests.patch(`/v1/api-keys/${id}`).send({ role: 'admin' }).expect(403)
    },
  )
})

import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'

const api = await startApi({ trustProxy: 1 })

interface Entry {
  id: string
  timestamp: string
  action: string
  article: { id: string } | null
  address: string | null
}
type Query = Record<string, string>

const page = async (query: Query) => (await api.admin.get('/v1/audit').query(query).expect(200)).body
const audit = async (query: Query): Promise<Entry[]> => (await page({ limit: '100', ...query })).data
const refused = async (query: Query) =>
  (await api.admin.get('/v1/audit').query(query).expect(400)).body.errors[0]

/** An article that was changed from an address, and published. */
async function aStory(address = '198.51.100.1') {
  const { id } = await api.create({ title: `Story ${randomUUID()}` })
  const at = `/v1/articles/${id}`
  await api.admin.patch(at).set('x-forwarded-for', address).send({ title: 'Changed' }).expect(200)
  await api.admin.post(`${at}/publish`).expect(200)
  return id
}

describe('GET /v1/audit', () => {
  test('200: the newest first, for admins alone and for no cache', async () => {
    const id = await aStory()
    const { headers, body } = await api.admin.get('/v1/audit').query({ article: id }).expect(200)
    expect(headers['cache-control']).toBe('private, no-store')
    expect(body.data.map(({ action }: Entry) => action)).toEqual([
      'article.published',
      'article.updated',
      'article.created',
    ])
    expect(body.data).toEqual(body.data.toSorted((a: Entry, b: Entry) => (a.id < b.id ? 1 : -1)))
    const [first] = body.data
    expect((await api.admin.get(`/v1/audit/${first.id}`).expect(200)).body).toEqual(first)
    await api.reader.get('/v1/audit').expect(401)
    await api.reader.get(`/v1/audit/${first.id}`).expect(401)
  })

  test('filters by each of its parameters, and by several', async () => {
    const address = '2001:db8::7'
    const id = await aStory(address)
    await aStory()
    const requestId = randomUUID()
    await api.admin.delete(`/v1/articles/${id}`).set('x-request-id', requestId).expect(204)
    const actions = async (query: Query) => (await audit(query)).map(({ action }) => action)

    expect(await actions({ article: id, action: 'article.updated' })).toEqual(['article.updated'])
    expect(await actions({ article: id, action: 'article.*' })).toHaveLength(4)
    expect(await actions({ article: id, action: 'tag.*' })).toEqual([])
    expect(await actions({ address })).toEqual(['article.updated'])
    expect(await actions({ address: '2001:DB8::7' })).toEqual(['article.updated'])
    expect(await actions({ requestId })).toEqual(['article.trashed'])
    expect(await actions({ article: id, outcome: 'done' })).toHaveLength(4)
    expect(await actions({ article: id, outcome: 'refused' })).toEqual([])
    const actor = ADMIN_KEY.split('_')[1] ?? ''
    expect(await actions({ article: id, actor })).toHaveLength(4)
    expect(await actions({ article: id, actor: 'nobody' })).toEqual([])
    expect(await actions({ action: 'patchArticle' })).toEqual([])
  })

  test('filters by time: from an instant on, and before one', async () => {
    const id = await aStory()
    const [last, middle, first] = await audit({ article: id })
    const at = middle?.timestamp ?? ''
    // Two of them may have been written in one millisecond.
    const expected = (matches: (timestamp: string) => boolean) =>
      [last, middle, first].filter((entry) => matches(entry?.timestamp ?? ''))
    expect(await audit({ article: id, after: at })).toEqual(expected((timestamp) => timestamp >= at))
    expect(await audit({ article: id, before: at })).toEqual(expected((timestamp) => timestamp < at))
    expect(await audit({ article: id, after: '2099-01-01T00:00:00Z' })).toEqual([])
    expect(await audit({ article: id, before: '1971-01-01T00:00:00Z' })).toEqual([])
    expect(
      await audit({ article: id, after: '0001-01-01T00:00:00Z', before: '9999-12-31T00:00:00Z' }),
    ).toEqual([last, middle, first])
  })

  test('pages walk to the end and back, each entry once, while others are written', async () => {
    const wanted = (await Promise.all(Array.from({ length: 4 }, () => aStory('203.0.113.9')))).sort()
    const query: Query = { address: '203.0.113.9', action: 'article.*', limit: '1' }
    const seen: Entry[] = []
    let { data, page: place } = await page(query)
    seen.push(...data)
    while (place.next !== null) {
      await aStory('203.0.113.9')
      ;({ data, page: place } = await page({ ...query, cursor: place.next }))
      seen.push(...data)
    }
    expect(seen.map(({ article }) => article?.id).sort()).toEqual(wanted)
    const back: Entry[] = []
    while (back.length < seen.length - 1) {
      ;({ data, page: place } = await page({ ...query, cursor: place.prev }))
      back.push(...data)
    }
    expect(back.reverse()).toEqual(seen.slice(0, -1))
  })

  test('400: what it can’t be asked for', async () => {
    expect(await refused({ action: 'article.publishd' })).toMatchObject({
      path: 'action',
      message: 'No action is called "article.publishd". Did you mean "article.published"?',
    })
    for (const action of ['nothing.*', '*', 'article.', 'Article.created', "x' OR true", 'article.%']) {
      expect(await refused({ action })).toMatchObject({ path: 'action' })
    }
    expect(await refused({ address: 'here' })).toMatchObject({ path: 'address' })
    expect(await refused({ article: 'story' })).toMatchObject({ path: 'article' })
    expect(await refused({ outcome: 'good' })).toMatchObject({ path: 'outcome' })
    expect(await refused({ after: '2025-01-01' })).toMatchObject({ path: 'after' })
    expect(await refused({ actors: 'x' })).toMatchObject({ path: 'actors' })
    expect(await refused({ cursor: 'x' })).toMatchObject({ path: 'cursor' })
    await aStory()
    const { page: place } = await page({ limit: '1' })
    expect(await refused({ limit: '1', action: 'article.*', cursor: place.next })).toMatchObject({
      path: 'cursor',
    })
  })

  test('404: no such entry', async () => {
    await api.admin.get(`/v1/audit/${randomUUID()}`).expect(404)
    await api.admin.get('/v1/audit/first').expect(400)
  })
})

describe('the address', () => {
  test('is the one that the trusted proxy names', async () => {
    const id = await aStory('192.0.2.7, 198.51.100.99')
    expect((await audit({ article: id, action: 'article.updated' }))[0]?.address).toBe('198.51.100.99')
  })

  test('is null when the proxy names none, and the same for IPv4 over IPv6', async () => {
    for (const [given, kept] of [
      ['unknown', null],
      ['<script>', null],
      ['::ffff:198.51.100.20', '198.51.100.20'],
    ]) {
      const id = await aStory(given ?? '')
      expect((await audit({ article: id, action: 'article.updated' }))[0]?.address).toBe(kept)
    }
  })
})

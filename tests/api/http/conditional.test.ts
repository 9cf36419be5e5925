import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'
import { rawRequest } from './raw-request.ts'

const api = await startApi()
const body = 'A sentence that is worth compressing when it is said often. '.repeat(60)
const { id } = await api.create({ title: 'Conditional', body, status: 'published' })
const url = `${api.url}/v1/articles/${id}`

describe('ETag', () => {
  test('is "<revision>-<hash of the representation>", with a suffix per content coding', async () => {
    const identity = await rawRequest(url)
    const br = await rawRequest(url, { headers: { 'accept-encoding': 'br' } })
    const gzip = await rawRequest(url, { headers: { 'accept-encoding': 'gzip' } })
    const tag = identity.headers.etag ?? ''
    expect(tag).toMatch(/^"1-[\w-]{22}"$/)
    expect(br.headers.etag).toBe(tag.replace(/"$/, '-br"'))
    expect(gzip.headers.etag).toBe(tag.replace(/"$/, '-gzip"'))
    expect(br.headers['content-encoding']).toBe('br')
    expect(gzip.headers['content-encoding']).toBe('gzip')
  })

  test('of a list is the hash alone', async () => {
    const { headers } = await rawRequest(`${api.url}/v1/articles`)
    expect(headers.etag).toMatch(/^"[\w-]{22}"$/)
  })
})

describe('If-None-Match', () => {
  test('compares weakly: a 304 without a body, with the headers that a cache must have', async () => {
    const { headers } = await rawRequest(url, { headers: { 'accept-encoding': 'br' } })
    for (const listed of [headers.etag ?? '', `W/${headers.etag}`, `"a,b", ${headers.etag}`, '*']) {
      const again = await rawRequest(url, { headers: { 'accept-encoding': 'br', 'if-none-match': listed } })
      expect(again.status).toBe(304)
      expect(again.body).toHaveLength(0)
      for (const name of ['etag', 'cache-control', 'cdn-cache-control', 'surrogate-key', 'vary'] as const)
        expect(again.headers[name], name).toBe(headers[name])
    }
  })

  test('compares all of the tag: that of another coding is another', async () => {
    const { headers } = await rawRequest(url, { headers: { 'accept-encoding': 'br' } })
    const other = await rawRequest(url, {
      headers: { 'accept-encoding': 'gzip', 'if-none-match': headers.etag ?? '' },
    })
    expect(other.status).toBe(200)
  })

  test('works for HEAD', async () => {
    const { headers } = await rawRequest(url)
    const head = await rawRequest(url, { method: 'HEAD', headers: { 'if-none-match': headers.etag ?? '' } })
    expect(head.status).toBe(304)
  })
})

describe('a write', () => {
  test('answers with the tag that this client’s next GET has', async () => {
    for (const coding of ['identity', 'gzip']) {
      const headers = { 'accept-encoding': coding }
      const made = await api.admin
        .post('/v1/articles')
        .set(headers)
        .send({ title: 'Written', body })
        .expect(201)
      const address = made.headers.location ?? ''
      const etag = made.headers.etag ?? ''
      await api.admin
        .get(address)
        .set({ ...headers, 'if-none-match': etag })
        .expect(304)
      const changed = await api.admin
        .patch(address)
        .set({ ...headers, 'if-match': etag })
        .send({ summary: 's' })
      expect(changed.status).toBe(200)
      const read = await api.admin.get(address).set(headers).expect(200)
      expect(read.headers.etag).toBe(changed.headers.etag)
      expect(read.body).toEqual(changed.body)
    }
  })
})

describe('If-Match', () => {
  test('takes the tag of any coding, weak or in a list, and compares the revision alone', async () => {
    const story = await api.create({ title: 'Matched', body })
    const address = `/v1/articles/${story.id}`
    const read = await api.admin.get(address).set('accept-encoding', 'gzip').expect(200)
    expect(read.headers.etag).toMatch(/-gzip"$/)
    await api.admin
      .patch(address)
      .set('if-match', read.headers.etag ?? '')
      .send({ summary: 'one' })
      .expect(200)
    await api.admin.patch(address).set('if-match', 'W/"2-whatever-br"').send({ summary: 'two' }).expect(200)
    await api.admin.patch(address).set('if-match', '"1-x", "3-y"').send({ summary: 'three' }).expect(200)
    await api.admin.patch(address).set('if-match', '*').send({ summary: 'four' }).expect(200)
  })

  test('else a 412 with the current ETag', async () => {
    const story = await api.create({ title: 'Not matched', body })
    const address = `/v1/articles/${story.id}`
    const refused = await api.admin
      .patch(address)
      .set('if-match', '"7-x"')
      .send({ summary: 'no' })
      .expect(412)
    expect(refused.headers.etag).toMatch(/^"1-/)
    await api.admin
      .patch(address)
      .set('if-match', refused.headers.etag ?? '')
      .send({ summary: 'yes' })
      .expect(200)
  })
})

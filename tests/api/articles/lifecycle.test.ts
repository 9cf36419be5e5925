import { describe, expect, test } from 'vitest'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const act = (id: string, action: string, body?: object) => {
  const request = api.admin.post(`/v1/articles/${id}/${action}`)
  return body === undefined ? request : request.send(body)
}

describe('POST /v1/articles/:ref/publish', () => {
  test('200: readers see it at once, and its revision is public from then on', async () => {
    const { id, slug } = await api.create({ title: 'To be published' })
    await api.reader.get(`/v1/articles/${slug}`).expect(404)
    const { body, headers } = await act(id, 'publish').expect(200)
    expect(body).toMatchObject({ status: 'published', revision: 1, firstPublishedAt: body.publishedAt })
    expect(headers.etag).toMatch(/^"1-/)
    await api.reader.get(`/v1/articles/${slug}`).expect(200)
    const [row] = await api.rows(
      'SELECT public_from IS NOT NULL AS seen FROM revision WHERE article_id = $1',
      [id],
    )
    expect(row).toEqual({ seen: true })
  })

  test('200: a type without a body is no body', async () => {
    const { id } = await api.create({ title: 'Published with a type' })
    const response = await fetch(`${api.url}/v1/articles/${id}/publish`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      body: '',
    })
    expect(response.status).toBe(200)
    expect(JSON.parse(await response.text()).status).toBe('published')
  })

  test('200: at an instant to come, and at another one instead', async () => {
    const { id } = await api.create({ title: 'To be scheduled' })
    const first = await act(id, 'publish', { publishAt: '2999-01-01T00:00:00Z' }).expect(200)
    expect(first.body).toMatchObject({ status: 'scheduled', publishedAt: '2999-01-01T00:00:00.000Z' })
    const second = await act(id, 'publish', { publishAt: '2998-01-01T08:00:00+08:00' }).expect(200)
    expect(second.body).toMatchObject({ status: 'scheduled', firstPublishedAt: '2998-01-01T00:00:00.000Z' })
    await api.reader.get(`/v1/articles/${id}`).expect(404)
    const now = await act(id, 'publish').expect(200)
    expect(now.body.status).toBe('published')
    await api.reader.get(`/v1/articles/${id}`).expect(200)
  })

  test('200: keeps the date of a draft that has one', async () => {
    const { id } = await api.create({ title: 'From the archive', publishedAt: '2019-05-01T00:00:00Z' })
    const { body } = await act(id, 'publish').expect(200)
    expect(body.publishedAt).toBe('2019-05-01T00:00:00.000Z')
  })

  test('200: what has expired is public again, for ever', async () => {
    const { id } = await api.create({
      title: 'Expired and back',
      status: 'published',
      publishedAt: '2020-01-01T00:00:00Z',
      unpublishAt: '2020-02-01T00:00:00Z',
    })
    await api.reader.get(`/v1/articles/${id}`).expect(404)
    const { body } = await act(id, 'publish').expect(200)
    expect(body).toMatchObject({ status: 'published', unpublishAt: null })
    await api.reader.get(`/v1/articles/${id}`).expect(200)
    await act(id, 'publish', { unpublishAt: '2020-03-01T00:00:00Z' }).expect(422)
  })

  test('a revision is public from when readers see it, and never when it was replaced before', async () => {
    const seen = (id: string) =>
      api.rows('SELECT number, public_from::text AS "from" FROM revision WHERE article_id = $1 ORDER BY 1', [
        id,
      ])
    const planned = await api.create({
      title: 'Planned',
      status: 'published',
      publishedAt: '2099-01-01T00:00:00Z',
    })
    await api.admin.patch(`/v1/articles/${planned.id}`).send({ summary: 'Replaced in time' }).expect(200)
    expect(await seen(planned.id)).toEqual([
      { number: 1, from: null },
      { number: 2, from: '2099-01-01 00:00:00+00' },
    ])
    const expired = await api.create({
      title: 'Over',
      status: 'published',
      publishedAt: '2020-01-01T00:00:00Z',
      unpublishAt: '2020-02-01T00:00:00Z',
    })
    await api.admin.patch(`/v1/articles/${expired.id}`).send({ summary: 'Nobody sees this' }).expect(200)
    expect((await seen(expired.id))[1]).toEqual({ number: 2, from: null })
  })

  test('200: what is published already stays as it is', async () => {
    const { id } = await api.create({ title: 'Published twice', status: 'published' })
    const before = await api.admin.get(`/v1/articles/${id}`)
    const { body } = await act(id, 'publish').expect(200)
    expect(body).toEqual(before.body)
  })

  test('422: an end before the beginning', async () => {
    const { id } = await api.create({ title: 'Ends early' })
    const { body } = await act(id, 'publish', {
      publishAt: '2999-01-02T00:00:00Z',
      unpublishAt: '2999-01-01T00:00:00Z',
    }).expect(422)
    expect(body.errors).toMatchObject([{ path: '/unpublishAt' }])
  })

  test('401, 404, 422 for what is no instant', async () => {
    const { id } = await api.create({ title: 'Refused' })
    await api.reader.post(`/v1/articles/${id}/publish`).expect(401)
    await act('no-such-article', 'publish').expect(404)
    for (const publishAt of [
      'tomorrow',
      '0000-01-01T00:00:00Z',
      '0001-01-01T00:00:00+08:00',
      '9999-12-31T23:59:59-12:00',
    ]) {
      await act(id, 'publish', { publishAt }).expect(422)
    }
    await act(id, 'publish', { at: '2999-01-01T00:00:00Z' }).expect(422)
  })
})

describe('POST /v1/articles/:ref/unpublish', () => {
  test('200: withdraws what is public, and a draft stays a draft', async () => {
    const { id } = await api.create({ title: 'Withdrawn', status: 'published' })
    const { body } = await act(id, 'unpublish').expect(200)
    expect(body.status).toBe('draft')
    await api.reader.get(`/v1/articles/${id}`).expect(404)
    const again = await act(id, 'unpublish').expect(200)
    expect(again.body).toEqual(body)
  })

  test('200: cancels a schedule, as if it had never been', async () => {
    const { id } = await api.create({
      title: 'Cancelled',
      status: 'published',
      publishedAt: '2999-01-01T00:00:00Z',
    })
    const { body } = await act(id, 'unpublish').expect(200)
    expect(body).toMatchObject({ status: 'draft', firstPublishedAt: null })
  })
})

describe('DELETE /v1/articles/:ref', () => {
  test('204: a 410 at once for what had been public, by id and by slug', async () => {
    const { id, slug } = await api.create({ title: 'Deleted', status: 'published' })
    await api.admin.delete(`/v1/articles/${slug}`).expect(204)
    for (const ref of [id, slug]) {
      const { body } = await api.reader.get(`/v1/articles/${ref}`).expect(410)
      expect(body.code).toBe('gone')
    }
    const { body } = await api.admin.get(`/v1/articles/${id}`).expect(200)
    expect(body.trashedAt).not.toBeNull()
    const markdown = api.admin.put(`/v1/articles/${id}`).set('content-type', 'text/markdown').send('# T')
    for (const request of [
      api.admin.delete(`/v1/articles/${id}`),
      api.admin.patch(`/v1/articles/${id}`).send({ summary: 'x' }),
      markdown,
      act(id, 'publish'),
      act(id, 'unpublish'),
    ]) {
      const { body } = await request.expect(409)
      expect(body).toMatchObject({ code: 'invalid_transition', possible: ['restore'] })
      expect(body.detail).toContain('in the trash')
    }
  })

  test('204: a 404 for what had never been public', async () => {
    const draft = await api.create({ title: 'Deleted draft' })
    const scheduled = await api.create({
      title: 'Deleted plan',
      status: 'published',
      publishedAt: '2999-01-01T00:00:00Z',
    })
    for (const { id } of [draft, scheduled]) {
      await api.admin.delete(`/v1/articles/${id}`).expect(204)
      await api.reader.get(`/v1/articles/${id}`).expect(404)
    }
  })

  test('410 whatever draft has the slug since: it must not show', async () => {
    const { id } = await api.create({ title: 'Withdrawn', slug: 'withdrawn-slug', status: 'published' })
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    await api.reader.get('/v1/articles/withdrawn-slug').expect(410)
    await api.create({ title: 'Secret draft', slug: 'withdrawn-slug' })
    await api.create({ title: 'Secret draft in German', slug: 'withdrawn-slug', locale: 'de' })
    await api.reader.get('/v1/articles/withdrawn-slug').expect(410)
  })

  test('204: the slug is free', async () => {
    const { id } = await api.create({ title: 'First of the name', slug: 'one-name' })
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    const second = await api.create({ title: 'Second of the name', slug: 'one-name', status: 'published' })
    const { body } = await api.reader.get('/v1/articles/one-name').expect(200)
    expect(body.id).toBe(second.id)
  })
})

describe('POST /v1/articles/:ref/restore', () => {
  test('200: as a draft, with everything it had', async () => {
    const { id } = await api.create({
      title: 'Restored',
      status: 'published',
      tags: ['kept'],
      body: 'A.[^1]\n\n[^1]: [S](https://example.org/s)',
    })
    const before = (await api.admin.get(`/v1/articles/${id}`)).body
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    const { body } = await act(id, 'restore').expect(200)
    const { status, trashedAt, updatedAt, ...rest } = body
    expect({ status, trashedAt }).toEqual({ status: 'draft', trashedAt: null })
    expect(before).toMatchObject(rest)
    expect(updatedAt > before.updatedAt).toBe(true)
  })

  test('409: not in the trash, with what is possible', async () => {
    const { id } = await api.create({ title: 'Never deleted' })
    const { body } = await act(id, 'restore').expect(409)
    expect(body).toMatchObject({ code: 'invalid_transition', possible: expect.arrayContaining(['trash']) })
  })

  test('409: the slug was taken meanwhile, by whom', async () => {
    const { id } = await api.create({ title: 'Old holder', slug: 'contested' })
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    const holder = await api.create({ title: 'New holder', slug: 'contested' })
    const { body } = await act(id, 'restore').expect(409)
    expect(body).toMatchObject({ code: 'slug_taken', holder: { id: holder.id } })
  })
})

describe('If-Match', () => {
  test('412 with the present ETag on every transition, and nothing changes', async () => {
    const { id } = await api.create({ title: 'Guarded' })
    const { headers } = await api.admin.get(`/v1/articles/${id}`)
    for (const action of ['publish', 'unpublish', 'restore']) {
      const { body, headers: answer } = await act(id, action).set('if-match', '"7-x"').expect(412)
      expect(body).toMatchObject({ code: 'precondition_failed', revision: 1 })
      expect(answer.etag).toBe(headers.etag)
    }
    await api.admin.delete(`/v1/articles/${id}`).set('if-match', '"7-x"').expect(412)
    expect((await api.admin.get(`/v1/articles/${id}`)).headers.etag).toBe(headers.etag)
  })

  test('takes lists, `*`, weak tags and other representations of the revision', async () => {
    for (const header of ['*', '"1-other"', 'W/"1-x-br"', '"7-a", "1-b"']) {
      const { id } = await api.create({ title: 'Matched' })
      await act(id, 'publish').set('if-match', header).expect(200)
    }
  })
})

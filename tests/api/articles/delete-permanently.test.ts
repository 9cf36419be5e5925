import { describe, expect, test } from 'vitest'
import { changingNothing } from '#tests/support/database-state.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ articleUrlPattern: '/{year}/{slug}' })
const [editor, author] = await Promise.all([api.withKey('editor'), api.withKey('author')])

let made = 0
function create(input: object = {}) {
  made += 1
  return api.create({ title: `Story ${made}`, slug: `story-${made}`, body: 'Text.', ...input })
}
const published = { status: 'published', publishedAt: '2024-05-06T07:08:09Z' }
const destroy = (ref: string) => api.admin.delete(`/v1/articles/${ref}?permanent=true`)

describe('DELETE /v1/articles/{ref}?permanent=true', () => {
  test('takes the article with everything that is its own', async () => {
    const cited = { body: 'A.[^1]\n\n[^1]: [Report](https://example.org/report)' }
    const { id } = await create({ ...published, ...cited, tags: ['A'], topics: ['B'], authors: ['C'] })
    await api.admin.patch(`/v1/articles/${id}`).send({ slug: 'story-renamed' }).expect(200)
    await api.admin.post('/v1/redirects').send({ from: '/old/path', to: id }).expect(201)
    await destroy(id).expect(204)
    for (const table of [
      'revision',
      'citation',
      'listing',
      'article_tag',
      'article_topic',
      'article_author',
      'redirect',
    ])
      expect(await api.rows(`SELECT FROM ${table} WHERE article_id = $1`, [id]), table).toEqual([])
    expect(await api.rows('SELECT FROM article WHERE id = $1', [id])).toEqual([])
  })

  test('leaves an entry in the audit, and the entries of before', async () => {
    const { id } = await create()
    await api.admin.patch(`/v1/articles/${id}`).send({ title: 'Second' }).expect(200)
    await api.admin.delete(`/v1/articles/${id}?permanent=true&reason=By%20court%20order`).expect(204)
    const { body } = await api.admin.get(`/v1/audit?article=${id}`).expect(200)
    expect(body.data.map(({ action }: { action: string }) => action)).toEqual([
      'article.deleted',
      'article.updated',
      'article.created',
    ])
    expect(body.data[0]).toMatchObject({ article: { id, before: 2, after: null }, reason: 'By court order' })
  })

  test('works in the trash too, by id and by slug', async () => {
    const [one, other] = await Promise.all([create(), create()])
    for (const { id } of [one, other]) await api.admin.delete(`/v1/articles/${id}`).expect(204)
    await destroy(one.id).expect(204)
    await destroy(other.slug).expect(204)
    await destroy(one.id).expect(404)
    await api.admin.post(`/v1/articles/${other.id}/restore`).expect(404)
  })

  test('without it, or with false, it goes to the trash', async () => {
    const { id } = await create()
    await api.admin.delete(`/v1/articles/${id}?permanent=false`).expect(204)
    await api.admin.post(`/v1/articles/${id}/restore`).expect(200)
  })

  test('counts nothing of it any more', async () => {
    const terms = { tags: ['Counted tag'], topics: ['Counted topic'], authors: ['Counted author'] }
    const [gone, trashed, kept, draft] = await Promise.all([
      create({ ...published, ...terms }),
      create({ ...published, ...terms }),
      create({ ...published, ...terms }),
      create(terms),
    ])
    await api.admin.delete(`/v1/articles/${trashed.id}`).expect(204)
    for (const { id } of [gone, trashed, draft]) await destroy(id).expect(204)
    for (const path of ['tags/counted-tag', 'topics/counted-topic', 'authors/counted-author']) {
      expect((await api.reader.get(`/v1/${path}`).expect(200)).body.articleCount, path).toBe(1)
      expect((await api.admin.get(`/v1/${path}`).expect(200)).body.articleCount, path).toBe(1)
    }
    const { body } = await api.reader.get('/v1/articles?tag=counted-tag&total=true&facets=topic').expect(200)
    expect(body).toMatchObject({
      data: [{ id: kept.id }],
      page: { total: 1 },
      facets: { topic: [{ count: 1 }] },
    })
    await destroy(kept.id).expect(204)
    await api.reader.get('/v1/tags/counted-tag').expect(404)
  })

  test('keeps to If-Match', async () => {
    const { id } = await create()
    await changingNothing(api, () => destroy(id).set('if-match', '"7-x"').expect(412))
    await destroy(id).set('if-match', '"1-x"').expect(204)
  })
})

describe('403, and nothing changes', () => {
  test.each([
    ['an editor', editor],
    ['an author', author],
  ])('%s', async (_who, { requests }) => {
    const { body: own } = await requests.post('/v1/articles').send({ title: 'Own' }).expect(201)
    await changingNothing(api, async () => {
      const { body } = await requests.delete(`/v1/articles/${own.id}?permanent=true`).expect(403)
      expect(body.code).toBe('forbidden')
      await requests.delete('/v1/articles/not-there?permanent=true').expect(404)
    })
  })
})

describe('what had been public is gone, not unknown', () => {
  const gone = async (path: string) => {
    const { body } = await api.reader.get(path).redirects(0).expect(410)
    expect(body.code).toBe('gone')
  }

  test('by its id and its slug', async () => {
    const { id, slug } = await create(published)
    await destroy(id).expect(204)
    for (const ref of [id, slug, `${slug}?locale=zh-CN`]) await gone(`/v1/articles/${ref}`)
    await gone(`/v1/articles/${slug}/related`)
    await api.reader.get(`/v1/articles/${slug}?locale=en`).expect(404)
  })

  test('by the slugs that it had, and by its paths', async () => {
    const { id, slug } = await create(published)
    await api.admin
      .patch(`/v1/articles/${id}`)
      .send({ slug: `${slug}-renamed` })
      .expect(200)
    await destroy(id).expect(204)
    await gone(`/v1/articles/${slug}`)
    await gone(`/v1/articles/${slug}-renamed`)
    await gone(`/v1/resolve?path=/2024/${slug}`)
    await gone(`/v1/resolve?path=/2024/${slug}-renamed.html`)
    await api.reader.get(`/v1/resolve?path=/2023/${slug}`).expect(404)
  })

  test('taken back or trashed before, too', async () => {
    const [unpublished, trashed] = await Promise.all([create(published), create(published)])
    await api.admin.post(`/v1/articles/${unpublished.id}/unpublish`).expect(200)
    await api.admin.delete(`/v1/articles/${trashed.id}`).expect(204)
    for (const { id } of [unpublished, trashed]) {
      await destroy(id).expect(204)
      await gone(`/v1/articles/${id}`)
    }
  })

  test('the same to a key', async () => {
    const { id } = await create(published)
    await destroy(id).expect(204)
    await editor.requests.get(`/v1/articles/${id}`).expect(410)
  })

  test('with the words of what is in the trash', async () => {
    const [deleted, trashed] = await Promise.all([create(published), create(published)])
    await destroy(deleted.id).expect(204)
    await api.admin.delete(`/v1/articles/${trashed.id}`).expect(204)
    const answer = (slug: string) =>
      api.reader.get(`/v1/articles/${slug}`).set('x-request-id', 'the-same-request').expect(410)
    expect((await answer(deleted.slug)).text).toBe((await answer(trashed.slug)).text)
  })
})

describe('what never was public is a 404', () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  test.each([
    ['a draft', {}],
    ['a draft with a date in the past', { publishedAt: '2024-05-06T07:08:09Z' }],
    ['one that was scheduled', { status: 'published', publishedAt: tomorrow }],
  ])('%s', async (_what, input) => {
    const { id, slug } = await create(input)
    await destroy(id).expect(204)
    await api.reader.get(`/v1/articles/${id}`).expect(404)
    await api.reader.get(`/v1/articles/${slug}`).expect(404)
    expect(await api.rows('SELECT FROM deleted_article WHERE id = $1', [id])).toEqual([])
  })
})

describe('the slug is free', () => {
  test('for another article, which readers then get', async () => {
    const { id, slug } = await create(published)
    await destroy(id).expect(204)
    const next = await create({ ...published, slug })
    const { body } = await api.reader.get(`/v1/articles/${slug}`).expect(200)
    expect(body.id).toBe(next.id)
    await api.reader.get(`/v1/resolve?path=/2024/${slug}`).expect(200)
    await api.reader.get(`/v1/articles/${id}`).expect(410)
  })

  test('a draft that has it does not show', async () => {
    const { id, slug } = await create(published)
    await destroy(id).expect(204)
    await create({ slug })
    await api.reader.get(`/v1/articles/${slug}`).expect(410)
    await editor.requests.get(`/v1/articles/${slug}`).expect(200)
  })

  test('for a made slug, and for one that a PUT creates', async () => {
    const { id, slug } = await create({ ...published, title: 'Twice told', slug: 'twice-told' })
    await destroy(id).expect(204)
    expect((await api.create({ title: 'Twice told' })).slug).toBe(slug)
    const other = await create(published)
    await destroy(other.id).expect(204)
    await api.admin
      .put(`/v1/articles/${other.slug}`)
      .set('content-type', 'text/markdown')
      .send('# Again')
      .expect(201)
  })
})

describe('while others write', () => {
  test('each of them comes before it, or finds nothing', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id } = await create(published)
      const patch = (title: string) => editor.requests.patch(`/v1/articles/${id}`).send({ title })
      const [deleted, ...others] = await Promise.all([
        destroy(id),
        patch('One'),
        editor.requests.post('/v1/redirects').send({ from: `/racing/${id}`, to: id }),
        patch('Two'),
        editor.requests.delete(`/v1/articles/${id}`),
      ])
      expect(deleted.status).toBe(204)
      for (const { status } of others) expect([200, 201, 204, 404, 409, 422]).toContain(status)
      expect(await api.rows('SELECT FROM article WHERE id = $1', [id])).toEqual([])
      await api.reader.get(`/v1/articles/${id}`).expect(410)
    }
  })

  test('of two that delete it, one does', async () => {
    const { id } = await create(published)
    const answers = await Promise.all([destroy(id), destroy(id), destroy(id)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404])
  })
})

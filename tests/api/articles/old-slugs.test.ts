import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const published = (slug: string, fields: Record<string, unknown> = {}) =>
  api.create({
    title: slug,
    slug,
    status: 'published',
    body: 'Text.[^1]\n\n[^1]: [A](https://a.example/)',
    ...fields,
  })

describe('the old slug of an article', () => {
  test('leads to its present one for good, with the query kept', async () => {
    await published('first')
    await api.admin.patch('/v1/articles/first').send({ slug: 'second' }).expect(200)
    await api.admin.patch('/v1/articles/second').send({ slug: '第三' }).expect(200)
    for (const old of ['first', 'second']) {
      for (const rest of ['', '/citations', '/neighbors', '/related']) {
        const { headers } = await api.reader.get(`/v1/articles/${old}${rest}?locale=zh-CN`).expect(301)
        expect(headers.location).toBe(`/v1/articles/${encodeURIComponent('第三')}${rest}?locale=zh-CN`)
        await api.reader.get(headers.location ?? '').expect(200)
      }
      const { headers } = await api.reader.head(`/v1/articles/${old}?fields=id,title`).expect(301)
      expect(headers.location).toBe(`/v1/articles/${encodeURIComponent('第三')}?fields=id,title`)
    }
  })

  test('is told of nobody who may not see the article', async () => {
    await published('hidden')
    await api.admin.patch('/v1/articles/hidden').send({ slug: 'still-hidden' }).expect(200)
    await api.admin.post('/v1/articles/still-hidden/unpublish').expect(200)
    const { body } = await api.reader.get('/v1/articles/hidden').expect(404)
    const other = await api.reader.get('/v1/articles/no-such-article').expect(404)
    expect({ ...body, requestId: '' }).toEqual({ ...other.body, requestId: '' })
    await api.admin.get('/v1/articles/hidden').expect(301)
  })

  test('of a draft that nobody saw is forgotten', async () => {
    await api.create({ title: 'Draft', slug: 'draft-one' })
    await api.admin.patch('/v1/articles/draft-one').send({ slug: 'draft-two' }).expect(200)
    await api.admin.get('/v1/articles/draft-one').expect(404)
  })

  test('belongs to an article that takes it, and made slugs keep off it', async () => {
    await published('taken')
    await api.admin.patch('/v1/articles/taken').send({ slug: 'given-up' }).expect(200)
    const made = await api.create({ title: 'Taken', status: 'published' })
    expect(made.slug).toBe('taken-2')
    const { id } = await published('taken')
    const { body } = await api.reader.get('/v1/articles/taken').expect(200)
    expect(body.id).toBe(id)
  })

  test('goes back to the article that had it', async () => {
    await published('there')
    await api.admin.patch('/v1/articles/there').send({ slug: 'and' }).expect(200)
    await api.admin.patch('/v1/articles/and').send({ slug: 'there' }).expect(200)
    await api.reader.get('/v1/articles/there').expect(200)
    const { headers } = await api.reader.get('/v1/articles/and').expect(301)
    expect(headers.location).toBe('/v1/articles/there')
  })

  test('in its locale', async () => {
    await published('both', { locale: 'en' })
    await published('both', { locale: 'fr' })
    await api.admin.patch('/v1/articles/both?locale=en').send({ slug: 'english' }).expect(200)
    await api.reader.get('/v1/articles/both?locale=en').expect(301)
    await api.reader.get('/v1/articles/both?locale=fr').expect(200)
    await api.reader.get('/v1/articles/both').expect(200)
  })
})

describe('the old slug of an article in several locales', () => {
  test('leads to it in its locale, never to another story and never to itself', async () => {
    const { id } = await published('en-old', { locale: 'en' })
    await published('shared', { locale: 'zh-CN' })
    await api.admin.patch(`/v1/articles/${id}`).send({ slug: 'shared' }).expect(200)
    const first = await api.reader.get('/v1/articles/en-old?fields=id').expect(301)
    expect(first.headers.location).toBe('/v1/articles/shared?fields=id&locale=en')
    expect((await api.reader.get(first.headers.location ?? '').expect(200)).body).toEqual({ id })
    await api.admin.patch(`/v1/articles/${id}`).send({ locale: 'fr' }).expect(200)
    for (const old of ['shared?locale=en', 'en-old?locale=en']) {
      const { headers } = await api.reader.get(`/v1/articles/${old}`).expect(301)
      expect(headers.location).toBe('/v1/articles/shared?locale=fr')
      expect((await api.reader.get(headers.location ?? '').expect(200)).body.id).toBe(id)
    }
  })

  test('goes on leading there when a draft takes it, and ends when that is published', async () => {
    await published('live')
    await api.admin.patch('/v1/articles/live').send({ slug: 'live-now' }).expect(200)
    const { id } = await api.create({ title: 'Draft', slug: 'live' })
    const { headers } = await api.reader.get('/v1/articles/live').expect(301)
    expect(headers.location).toBe('/v1/articles/live-now')
    expect(headers['surrogate-key']).toMatch(/^a:/)
    await api.admin.post(`/v1/articles/${id}/publish`).expect(200)
    expect((await api.reader.get('/v1/articles/live').expect(200)).body.id).toBe(id)
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    await api.reader.get('/v1/articles/live').expect(410)
  })
})

describe('the aliases of a document', () => {
  const resolve = (path: string) => api.reader.get(`/v1/resolve?path=${encodeURIComponent(path)}`)

  test('lead to its article, as long as they are there', async () => {
    const document = (aliases: string) =>
      `---\ntitle: Moved\nslug: moved\ndraft: false\naliases: [${aliases}]\n---\nText.\n`
    const send = (method: 'post' | 'put', path: string, text: string) =>
      api.admin[method](path).set('content-type', 'text/markdown').send(text)
    const { body } = await send('post', '/v1/articles', document('/2019/old.html, /another/')).expect(201)
    for (const path of ['/2019/old.html', '/another', '/another/']) {
      expect((await resolve(path).expect(200)).body).toMatchObject({ article: { id: body.id } })
    }
    await send('put', '/v1/articles/moved', document('/another')).expect(200)
    await resolve('/2019/old.html').expect(404)
    await resolve('/another').expect(200)
  })

  test('that a draft has too lead to the public article', async () => {
    const document = (title: string, draft: boolean) =>
      `---\ntitle: ${title}\ndraft: ${draft}\naliases: [/legacy/path]\n---\nText.\n`
    const send = (text: string) =>
      api.admin.post('/v1/articles').set('content-type', 'text/markdown').send(text)
    await send(document('First', true)).expect(201)
    await resolve('/legacy/path').expect(404)
    const { body } = await send(document('Second', false)).expect(201)
    await send(document('Third', false)).expect(201)
    expect((await resolve('/legacy/path').expect(200)).body).toMatchObject({ article: { id: body.id } })
  })
})

import { describe, expect, test } from 'vitest'
import { transaction } from '#src/platform/db/transaction.ts'
import { findOldSlug, forgetRedirects, rememberSlug, saveAliases } from '#src/redirects/index.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ siteUrl: 'https://news.example.org', siteLocale: 'en' })
const story = await api.create({ title: 'Story', status: 'published', locale: 'en' })
const draft = await api.create({ title: 'Secret draft', locale: 'en' })

const resolved = async (path: string, who = api.reader) =>
  (await who.get('/v1/resolve').query({ path }).expect(200)).body
const redirect = async (from: string, to: string) =>
  (await api.admin.post('/v1/redirects').send({ from, to }).expect(201)).body

const link = { id: story.id, slug: 'story', locale: 'en', url: 'https://news.example.org/story' }
const itself = { type: 'article', status: 200, to: link.url, article: link }
const moved = { ...itself, status: 301 }

describe('POST /v1/redirects', () => {
  test('201: to a path, to an address elsewhere', async () => {
    const { body, headers } = await api.admin
      .post('/v1/redirects')
      .send({ from: '/2019/%E6%97%A7/', to: '/topics/x/?page=2#top' })
      .expect(201)
    expect(body).toMatchObject({
      from: '/2019/旧',
      to: '/topics/x/?page=2#top',
      article: null,
      origin: 'manual',
    })
    expect(headers.location).toBe(`/v1/redirects/${body.id}`)
    expect((await api.admin.get(headers.location ?? '').expect(200)).body).toEqual(body)
    expect(await redirect('/elsewhere', 'https://other.example.com/a b')).toMatchObject({
      to: 'https://other.example.com/a%20b',
    })
  })

  test('201: to an article, by its id, its path or its address', async () => {
    for (const [n, to] of [story.id, '/story', '/story/', '/story.html', link.url].entries()) {
      expect(await redirect(`/to-article/${n}`, to)).toMatchObject({ to: link.url, article: link })
    }
  })

  test('409: a path that has a redirect, however it is written', async () => {
    const { id } = await redirect('/taken/path', '/somewhere')
    for (const from of [
      '/taken/path',
      '/taken//path/',
      '/taken/%70ath',
      'https://news.example.org/taken/path',
    ]) {
      const { body } = await api.admin.post('/v1/redirects').send({ from, to: '/other' }).expect(409)
      expect(body).toMatchObject({
        code: 'redirect_taken',
        holder: { id, from: '/taken/path', to: '/somewhere' },
      })
    }
  })

  test('422: to itself, and ways that come back', async () => {
    await redirect('/circle/1', '/circle/2/')
    await redirect('/circle/2', '/circle/3.html')
    for (const [from, to] of [
      ['/circle/0', '/circle/0'],
      ['/circle/0', '/circle/0.html'],
      ['/circle/0.html', 'https://news.example.org/circle/0/'],
      ['/circle/3', '/circle/1'],
      ['/circle/3.html', '/circle/2'],
    ]) {
      const { body } = await api.admin.post('/v1/redirects').send({ from, to }).expect(422)
      expect(body.errors).toMatchObject([{ path: '/to', code: 'redirect_loop' }])
    }
  })

  test('409: from where readers find an article; not from where they don’t', async () => {
    for (const from of ['/story', '/story.html', 'https://news.example.org/story/']) {
      for (const to of ['/elsewhere', story.id]) {
        const { body } = await api.admin.post('/v1/redirects').send({ from, to }).expect(409)
        expect(body).toMatchObject({ code: 'path_taken', holder: link })
      }
    }
    await api.create({ title: 'Unseen so far', locale: 'en' })
    await redirect('/unseen-so-far', '/elsewhere')
    const { id } = await redirect('/becomes-one', '/on-the-way')
    await api.create({ title: 'Becomes one', status: 'published', locale: 'en' })
    const back = { from: '/on-the-way', to: '/becomes-one' }
    const { body } = await api.admin.post('/v1/redirects').send(back).expect(422)
    expect(body.errors).toMatchObject([{ path: '/to', code: 'redirect_loop' }])
    await api.admin.delete(`/v1/redirects/${id}`).expect(204)
    await api.admin.post('/v1/redirects').send(back).expect(201)
  })

  test('of two that would lead to each other, made at once, one is', async () => {
    const post = (from: string, to: string) => api.admin.post('/v1/redirects').send({ from, to })
    const answers = await Promise.all([post('/ping', '/pong'), post('/pong', '/ping')])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
  })

  test('401, 422', async () => {
    await api.reader.post('/v1/redirects').send({ from: '/a', to: '/b' }).expect(401)
    for (const [from, path] of [
      ['a', '/from'],
      ['/a?b=1', '/from'],
      ['/a#b', '/from'],
      ['/a%00', '/from'],
      ['https://elsewhere.example.com/a', '/from'],
      [`/${'é'.repeat(1_500)}`, '/from'],
      ['', '/from'],
    ]) {
      const { body } = await api.admin.post('/v1/redirects').send({ from, to: '/b' }).expect(422)
      expect(body.errors[0]).toMatchObject({ in: 'body', path })
    }
    for (const to of [
      'javascript:alert(1)',
      'ftp://example.org/x',
      'https://user:password@example.org/',
      '01a20983-0000-7000-8000-000000000000',
      '//evil.example.com/x',
      'story',
    ]) {
      const { body } = await api.admin.post('/v1/redirects').send({ from: '/from', to }).expect(422)
      expect(body.errors[0]).toMatchObject({ in: 'body', path: '/to' })
    }
    await api.admin.post('/v1/redirects').send({ from: '/a' }).expect(422)
  })
})

describe('GET /v1/redirects, DELETE /v1/redirects/:id', () => {
  test('200: the newest first, page by page', async () => {
    const one = await redirect('/list/1', '/x')
    const two = await redirect('/list/2', '/x')
    const first = await api.admin.get('/v1/redirects?limit=1').expect(200)
    expect(first.body.data).toEqual([two])
    const second = await api.admin.get(`/v1/redirects?limit=1&cursor=${first.body.page.next}`).expect(200)
    expect(second.body.data).toEqual([one])
    const back = await api.admin.get(`/v1/redirects?limit=1&cursor=${second.body.page.prev}`).expect(200)
    expect(back.body.data).toEqual([two])
    await api.reader.get('/v1/redirects').expect(401)
  })

  test('204: it leads nowhere any more; 404 then, 400 for what is no id', async () => {
    const { id } = await redirect('/short-lived', '/x')
    await resolved('/short-lived')
    await api.reader.delete(`/v1/redirects/${id}`).expect(401)
    await api.admin.delete(`/v1/redirects/${id}`).expect(204)
    await api.reader.get('/v1/resolve?path=/short-lived').expect(404)
    await api.admin.delete(`/v1/redirects/${id}`).expect(404)
    await api.admin.get(`/v1/redirects/${id}`).expect(404)
    await api.admin.delete('/v1/redirects/nonsense').expect(400)
  })
})

describe('GET /v1/resolve', () => {
  test('200: the article that has the path', async () => {
    for (const path of [
      '/story',
      'story',
      '/story/',
      '/story?utm=x',
      '/st%6Fry',
      'https://news.example.org/story',
    ]) {
      expect(await resolved(path)).toEqual(itself)
    }
    for (const path of ['/story.html', '/story/index.html']) expect(await resolved(path)).toEqual(moved)
  })

  test('200: redirects, with and without .html, followed to their end', async () => {
    await redirect('/old/2019/a.html', '/old/2020/a')
    await redirect('/old/2020/a', '/old/2021/a/')
    await redirect('/old/2021/a', 'https://archive.example.org/a')
    for (const path of [
      '/old/2019/a.html',
      '/old/2019/a',
      '/old/2019/a/',
      '/old/2020/a.html',
      '/old/2021/a',
    ]) {
      expect(await resolved(path)).toEqual({
        type: 'redirect',
        status: 301,
        to: 'https://archive.example.org/a',
      })
    }
    await redirect('/old/to-story', '/old/to-story-2')
    await redirect('/old/to-story-2', story.id)
    expect(await resolved('/old/to-story')).toEqual(moved)
    await redirect('/旧/文章.html', '/新')
    expect(await resolved('/%E6%97%A7/文章')).toMatchObject({
      to: 'https://news.example.org/%E6%96%B0',
    })
  })

  test('200: a path that has become an article’s is the article', async () => {
    await redirect('/before-it-was', '/came-later')
    expect(await resolved('/before-it-was')).toMatchObject({
      type: 'redirect',
      to: 'https://news.example.org/came-later',
    })
    const { id } = await api.create({ title: 'Came later', status: 'published', locale: 'en' })
    expect(await resolved('/before-it-was')).toMatchObject({ type: 'article', status: 301, article: { id } })
  })

  test('200: an article goes before a redirect from its path', async () => {
    await redirect('/winner', '/loser')
    const { id } = await api.create({ title: 'Winner', status: 'published', locale: 'en' })
    expect(await resolved('/winner')).toMatchObject({ type: 'article', status: 200, article: { id } })
  })

  test('404: what is not there, is elsewhere, or may not be seen', async () => {
    await redirect('/to-the-draft', draft.id)
    const absent = await api.reader.get('/v1/resolve?path=/nothing').expect(404)
    for (const path of [
      '/to-the-draft',
      '/secret-draft',
      'https://other.example.com/story',
      'mailto:story',
      '/a%00b',
      '/%ff',
      `/${'x'.repeat(3_000)}`,
    ]) {
      const { body } = await api.reader.get('/v1/resolve').query({ path }).expect(404)
      expect({ ...body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
    }
    expect(await resolved('/to-the-draft', api.admin)).toMatchObject({ article: { id: draft.id } })
    expect(await resolved('/secret-draft', api.admin)).toMatchObject({ status: 200 })
  })

  test('200: redirects are addresses too, queries and all', async () => {
    await redirect('/2019/old.html', '/topics/海/?page=2#top')
    const to = 'https://news.example.org/topics/%E6%B5%B7/?page=2#top'
    expect(await resolved('2019/old.html')).toEqual({ type: 'redirect', status: 301, to })
  })

  test('410: what was public and is in the trash, and what led there; not what never was', async () => {
    const { id } = await api.create({
      title: 'Withdrawn',
      slug: 's-33',
      status: 'published',
      locale: 'en',
    })
    await redirect('/old/s-33', id)
    await api.admin.patch(`/v1/articles/${id}`).send({ slug: 's-34' }).expect(200)
    const { id: never } = await api.create({ title: 'Never public', locale: 'en' })
    await redirect('/old/never', never)
    for (const one of [id, never]) await api.admin.delete(`/v1/articles/${one}`).expect(204)
    for (const path of ['/s-33', '/s-34', 's-34.html', '/old/s-33']) {
      const { body } = await api.reader.get('/v1/resolve').query({ path }).expect(410)
      expect(body.code).toBe('gone')
    }
    for (const path of ['/never-public', '/old/never']) {
      await api.reader.get('/v1/resolve').query({ path }).expect(404)
    }
  })

  test('304; 400 without a path', async () => {
    const { headers } = await api.reader.get('/v1/resolve?path=/story').expect(200)
    await api.reader
      .get('/v1/resolve?path=/story')
      .set('if-none-match', headers.etag ?? '')
      .expect(304)
    await api.reader.get('/v1/resolve').expect(400)
    await api.reader.get('/v1/resolve?path=').expect(400)
  })
})

describe('a slug that an article had', () => {
  const { pool, db } = api.deps
  const remember = (articleId: string, slug: string) =>
    transaction(db, (tx) => rememberSlug(tx, { articleId, locale: 'en', slug }))

  test('leads to the article, until another article takes it', async () => {
    await remember(story.id, 'first-title')
    await remember(story.id, 'first-title')
    expect(await resolved('/first-title/')).toEqual(moved)
    const asked = ['first-title', null, 'en', false]
    expect(await findOldSlug(pool, asked)).toMatchObject([{ id: story.id, locale: 'en', slug: 'story' }])
    expect(await findOldSlug(pool, ['first-title', 'zh-CN', 'en', false])).toEqual([])
    const { body } = await api.admin.get('/v1/redirects?limit=1').expect(200)
    expect(body.data).toMatchObject([{ from: '/first-title', to: link.url, origin: 'slug', article: link }])
    await transaction(db, (tx) => forgetRedirects(tx, { locale: 'en', slug: 'first-title' }))
    await api.reader.get('/v1/resolve?path=/first-title').expect(404)
  })

  test('does not show a draft', async () => {
    await remember(draft.id, 'old-secret')
    await api.reader.get('/v1/resolve?path=/old-secret').expect(404)
    expect(await findOldSlug(pool, ['old-secret', null, 'en', false])).toEqual([])
    expect(await findOldSlug(pool, ['old-secret', null, 'en', true])).toHaveLength(1)
  })
})

describe('the aliases of a document', () => {
  const save = (id: string, aliases: string[]) =>
    transaction(api.deps.db, (tx) => saveAliases(tx, id, aliases, api.deps.config.siteUrl))

  test('lead to its article, and are replaced as a whole; who came first keeps a path', async () => {
    const other = await api.create({ title: 'Other', status: 'published', locale: 'en' })
    await save(story.id, [
      '/posts/1/',
      'posts/2.html',
      'https://news.example.org/posts/3',
      'https://x.org/4',
      '/%00',
    ])
    await save(other.id, ['/posts/1', '/posts/5'])
    for (const path of ['/posts/1', '/posts/2', '/posts/3']) expect(await resolved(path)).toEqual(moved)
    await save(story.id, ['/posts/3', '/posts/4'])
    await api.reader.get('/v1/resolve?path=/posts/1').expect(404)
    for (const path of ['/posts/3', '/posts/4']) expect(await resolved(path)).toEqual(moved)
    await save(other.id, ['/posts/1', '/posts/5'])
    expect(await resolved('/posts/1')).toMatchObject({ article: { id: other.id } })
    const manual = await redirect('/posts/manual', story.id)
    await save(story.id, [])
    expect(await resolved('/posts/manual')).toEqual(moved)
    expect(manual.origin).toBe('manual')
  })
})

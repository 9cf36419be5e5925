import { describe, expect, test } from 'vitest'
import { changingNothing } from '#tests/support/database-state.ts'
import { type KeyHolder, startApi } from '#tests/support/test-api.ts'

const api = await startApi()
for (const name of ['Chips', 'Power', 'Politics'])
  await api.admin.post('/v1/topics').send({ name }).expect(201)

const [english, chips, both, englishAuthor] = await Promise.all([
  api.withKey('editor', { locales: ['en', 'de'] }),
  api.withKey('editor', { topics: ['Chips', 'Power'] }),
  api.withKey('editor', { locales: ['en'], topics: ['Chips'] }),
  api.withKey('author', { locales: ['en'] }),
])

let made = 0
const numbered = (input: object) => {
  made += 1
  return { title: `Story ${made}`, slug: `story-${made}`, body: 'Text.', ...input }
}
const create = (input: object) => api.create(numbered(input))
const post = ({ requests }: KeyHolder, input: object) => requests.post('/v1/articles').send(numbered(input))
const put = ({ requests }: KeyHolder, ref: string, text: string) =>
  requests.put(`/v1/articles/${ref}`).set('content-type', 'text/markdown').send(text)

describe('a key that is limited to locales', () => {
  test('writes there as its role may', async () => {
    const { body } = await post(english, { locale: 'en', topics: ['Anything'] }).expect(201)
    await english.requests.patch(`/v1/articles/${body.id}`).send({ locale: 'de' }).expect(200)
    await english.requests.post(`/v1/articles/${body.id}/publish`).expect(200)
    await english.requests.delete(`/v1/articles/${body.id}`).expect(204)
    await english.requests.post(`/v1/articles/${body.id}/restore`).expect(200)
  })

  test('does not create elsewhere, whether the locale is said or the site’s', async () => {
    await changingNothing(api, async () => {
      const { body } = await post(english, { locale: 'fr', topics: ['Never'] }).expect(403)
      expect(body).toMatchObject({
        code: 'forbidden',
        detail: 'This key is limited to articles in "en", "de", and "fr" is another locale.',
      })
      await post(english, {}).expect(403)
      await put(english, 'put-elsewhere?locale=fr', '# Text').expect(403)
      await put(english, 'put-elsewhere', '---\nlocale: fr\n---\n# Text').expect(403)
    })
  })

  test('takes no article there from elsewhere, and none away', async () => {
    const [theirs, ours] = await Promise.all([create({ locale: 'fr' }), create({ locale: 'en' })])
    await changingNothing(api, async () => {
      await english.requests.patch(`/v1/articles/${theirs.id}`).send({ locale: 'en' }).expect(403)
      await english.requests.patch(`/v1/articles/${ours.id}`).send({ locale: 'fr' }).expect(403)
      await put(english, ours.id, '---\ntitle: Ours\nlocale: fr\n---\n').expect(403)
    })
  })

  test('of an author, own drafts alone', async () => {
    const { body } = await post(englishAuthor, { locale: 'en' }).expect(201)
    await englishAuthor.requests.patch(`/v1/articles/${body.id}`).send({ title: 'Own' }).expect(200)
    await api.admin.patch(`/v1/articles/${body.id}`).send({ locale: 'fr' }).expect(200)
    await changingNothing(api, () =>
      englishAuthor.requests.patch(`/v1/articles/${body.id}`).send({ title: 'Moved' }).expect(403),
    )
  })
})

describe('a key that is limited to topics', () => {
  test('writes under them, by any of their names', async () => {
    await api.admin
      .patch('/v1/topics/chips')
      .send({ aliases: ['Semiconductors'] })
      .expect(200)
    const { body } = await post(chips, { topics: ['semiconductors', { slug: 'power' }] }).expect(201)
    await chips.requests
      .patch(`/v1/articles/${body.id}`)
      .send({ topics: ['Power'] })
      .expect(200)
    await put(chips, body.id, '---\ntitle: Put\ntopics: [Chips]\n---\n').expect(200)
  })

  test.each([
    ['another', ['Politics'], 'This key is limited to certain topics, and "Politics" is none of them.'],
    ['others beside its own', ['Chips', 'Politics', 'New'], '"Politics", "New" are none of them.'],
    ['none', [], 'the article must be under at least one of them'],
  ])('does not create under %s', async (_what, topics, words) => {
    await changingNothing(api, async () => {
      const { body } = await post(chips, { topics }).expect(403)
      expect(body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining(words) })
      await put(chips, 'put-under', `---\ntitle: X\ntopics: [${topics}]\n---\n`).expect(403)
    })
  })

  test('takes no article there from elsewhere, and none away', async () => {
    const [theirs, ours] = await Promise.all([
      create({ topics: ['Politics'] }),
      create({ topics: ['Chips'] }),
    ])
    await changingNothing(api, async () => {
      await chips.requests
        .patch(`/v1/articles/${theirs.id}`)
        .send({ topics: ['Chips'] })
        .expect(403)
      await chips.requests
        .patch(`/v1/articles/${ours.id}`)
        .send({ topics: ['Chips', 'Politics'] })
        .expect(403)
      await chips.requests.patch(`/v1/articles/${ours.id}`).send({ topics: null }).expect(403)
      await put(chips, ours.id, '---\ntitle: X\n---\n').expect(403)
    })
  })

  test('keeps them when they are renamed', async () => {
    const { body } = await api.admin.post('/v1/topics').send({ name: 'Old name' }).expect(201)
    const key = await api.withKey('editor', { topics: [{ slug: body.slug }] })
    await api.admin.patch('/v1/topics/old-name').send({ name: 'New name', slug: 'new-name' }).expect(200)
    await post(key, { topics: ['New name'] }).expect(201)
    await post(key, { topics: ['Old name'] }).expect(201)
  })

  test('has the other one too when its topic becomes a part of it, at once', async () => {
    for (const name of ['Small', 'Large']) await api.admin.post('/v1/topics').send({ name }).expect(201)
    const key = await api.withKey('editor', { topics: ['Small'] })
    const own = await post(key, { topics: ['Small'] }).expect(201)
    await post(key, { topics: ['Large'] }).expect(403)
    await api.admin.post('/v1/topics/small/merge').send({ into: 'large' }).expect(200)
    await key.requests.patch(`/v1/articles/${own.body.id}`).send({ title: 'Merged' }).expect(200)
    await post(key, { topics: ['Large'] }).expect(201)
    await post(key, { topics: ['Small'] }).expect(201)
  })

  test('has nothing left when its topics are deleted', async () => {
    await api.admin.post('/v1/topics').send({ name: 'Short-lived' }).expect(201)
    const key = await api.withKey('editor', { topics: ['Short-lived'] })
    await api.admin.delete('/v1/topics/short-lived').expect(204)
    await changingNothing(api, () => post(key, { topics: ['Short-lived'] }).expect(403))
    await changingNothing(api, () => post(key, {}).expect(403))
  })
})

test('a key that is limited to both keeps to both', async () => {
  await post(both, { locale: 'en', topics: ['Chips'] }).expect(201)
  await changingNothing(api, async () => {
    await post(both, { locale: 'de', topics: ['Chips'] }).expect(403)
    await post(both, { locale: 'en', topics: ['Power'] }).expect(403)
  })
})

describe('outside its limits a key', () => {
  test('changes no life either', async () => {
    const draft = await create({ locale: 'fr', topics: ['Politics'] })
    const published = await create({ locale: 'fr', topics: ['Politics'], status: 'published' })
    const trashed = await create({ locale: 'fr', topics: ['Politics'] })
    await api.admin.delete(`/v1/articles/${trashed.id}`).expect(204)
    await changingNothing(api, async () => {
      for (const { requests } of [english, chips, both]) {
        await requests.post(`/v1/articles/${draft.id}/publish`).expect(403)
        await requests.post(`/v1/articles/${published.id}/publish`).expect(403)
        await requests.post(`/v1/articles/${published.id}/unpublish`).expect(403)
        await requests.post(`/v1/articles/${draft.id}/unpublish`).expect(403)
        await requests.post(`/v1/articles/${trashed.id}/restore`).expect(403)
        await requests.delete(`/v1/articles/${draft.id}`).expect(403)
        await requests.delete(`/v1/articles/${draft.id}?permanent=true`).expect(403)
      }
    })
  })

  test('reads what its role reads', async () => {
    const draft = await create({ locale: 'fr' })
    await english.requests.get(`/v1/articles/${draft.id}`).expect(200)
    await english.requests.get('/v1/redirects').expect(200)
    await english.requests.post('/v1/render').set('content-type', 'text/markdown').send('# Any').expect(200)
  })

  test('gets a 404 for what is not there', async () => {
    await english.requests.patch('/v1/articles/not-there').send({ title: 'X' }).expect(404)
    await english.requests.patch('/v1/tags/not-there').send({ name: 'X' }).expect(404)
  })
})

describe('what all articles share, no limited key changes', () => {
  const source = { url: 'https://shared.example.org/report' }
  test.each([
    ['a new tag', () => english.requests.post('/v1/tags').send({ name: 'New' })],
    ['a topic', () => chips.requests.patch('/v1/topics/chips').send({ name: 'Mine' })],
    ['a merge', () => chips.requests.post('/v1/topics/politics/merge').send({ into: 'chips' })],
    ['a deletion', () => english.requests.delete('/v1/topics/politics?force=true')],
    ['a domain', () => english.requests.patch('/v1/source-domains/example.org').send({ tier: 'primary' })],
    ['a redirect', () => english.requests.post('/v1/redirects').send({ from: '/a', to: '/b' })],
  ])('%s', async (_what, call) => {
    if (_what === 'a domain')
      await create({ status: 'published', body: `A.[^1]\n\n[^1]: [R](${source.url})` })
    await changingNothing(api, async () => {
      const { body } = await call().expect(403)
      expect(body).toMatchObject({
        code: 'forbidden',
        detail: expect.stringMatching(/^This key is limited to /),
      })
    })
  })

  test('and says so of itself', async () => {
    const { body } = await english.requests.get('/v1/me').expect(200)
    expect(body.permissions).toContain('article.publish')
    expect(body.permissions).not.toContain('taxonomy.edit')
  })
})

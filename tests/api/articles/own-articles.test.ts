import { describe, expect, test } from 'vitest'
import { changingNothing } from '#tests/support/database-state.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const [author, colleague, editor] = await Promise.all([
  api.withKey('author'),
  api.withKey('author'),
  api.withKey('editor'),
])
type Requests = typeof author.requests

const ONLY_OWN = /only its own articles, and only while they are not published/
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString()

let made = 0
/** A draft that a key has created. */
async function draftBy({ requests }: { requests: Requests }, input: object = {}) {
  made += 1
  const slug = `draft-${made}`
  const { body } = await requests
    .post('/v1/articles')
    .send({ title: `Draft ${made}`, slug, body: 'Text.', ...input })
    .expect(201)
  return body as { id: string; slug: string; status: string; createdBy: string; revision: number }
}

const document = (title: string) => `---\ntitle: ${title}\ntags: [Never made]\n---\nText.\n`
const put = (requests: Requests, ref: string, text: string) =>
  requests.put(`/v1/articles/${ref}`).set('content-type', 'text/markdown').send(text)

const draft = await draftBy(colleague)
const imported = await draftBy(editor)
await api.rows('UPDATE article SET created_by = NULL WHERE id = $1', [imported.id])
const published = await draftBy(author)
await editor.requests.post(`/v1/articles/${published.id}/publish`).expect(200)
const scheduled = await draftBy(author)
await editor.requests.post(`/v1/articles/${scheduled.id}/publish`).send({ publishAt: TOMORROW }).expect(200)

describe('an author', () => {
  test('creates articles, which are its own', async () => {
    const article = await draftBy(author)
    expect(article).toMatchObject({ status: 'draft', createdBy: author.id })
  })

  test('creates by PUT on a slug that is free', async () => {
    const { body } = await put(author.requests, 'put-by-an-author', '# Put').expect(201)
    expect(body).toMatchObject({ status: 'draft', createdBy: author.id })
    await put(author.requests, 'put-by-an-author', '# Put again').expect(200)
  })

  test('changes and trashes its own drafts', async () => {
    const { id } = await draftBy(author)
    await author.requests.patch(`/v1/articles/${id}`).send({ title: 'Better' }).expect(200)
    await put(author.requests, id, '# Best').expect(200)
    await author.requests.delete(`/v1/articles/${id}`).expect(204)
    await author.requests.patch(`/v1/articles/${id}`).send({ title: 'Late' }).expect(409)
  })

  test('changes them again once they are taken back', async () => {
    const { id } = await draftBy(author)
    await editor.requests.post(`/v1/articles/${id}/publish`).expect(200)
    await author.requests.patch(`/v1/articles/${id}`).send({ title: 'Not now' }).expect(403)
    await editor.requests.post(`/v1/articles/${id}/unpublish`).expect(200)
    await author.requests.patch(`/v1/articles/${id}`).send({ title: 'Now' }).expect(200)
  })

  test('goes on doing so after its key was rotated', async () => {
    const writer = await api.withKey('author')
    const { id } = await draftBy(writer)
    const { body } = await api.admin.post(`/v1/api-keys/${writer.id}/rotate`).expect(200)
    await api.reader
      .patch(`/v1/articles/${id}`)
      .set('authorization', `Bearer ${body.key}`)
      .send({ title: 'By the new secret' })
      .expect(200)
  })

  test('may date a draft, which publishes nothing', async () => {
    expect(await draftBy(author, { publishedAt: '2024-05-06T07:08:09Z' })).toMatchObject({ status: 'draft' })
  })

  describe.each([
    ['another’s draft', draft.id],
    ['a draft that nobody’s key has made', imported.id],
    ['its own, published', published.id],
    ['its own, scheduled', scheduled.id],
    ['by its slug', draft.slug],
  ])('is refused with 403: %s', (_what, ref) => {
    test.each([
      ['PATCH', () => author.requests.patch(`/v1/articles/${ref}`).send({ title: 'Mine', topics: ['Mine'] })],
      ['PATCH that changes nothing', () => author.requests.patch(`/v1/articles/${ref}`).send({})],
      ['PUT', () => put(author.requests, ref, document('Mine'))],
      [
        'PATCH with an old ETag',
        () => author.requests.patch(`/v1/articles/${ref}`).set('if-match', '"99-x"').send({}),
      ],
      ['DELETE', () => author.requests.delete(`/v1/articles/${ref}`)],
    ])('%s', async (_call, call) => {
      await changingNothing(api, async () => {
        const { body } = await call().expect(403)
        expect(body).toMatchObject({ code: 'forbidden', detail: expect.stringMatching(ONLY_OWN) })
      })
    })
  })

  test.each(['publish', 'unpublish', 'restore'])('may not %s its own', async (transition) => {
    const own = await draftBy(author)
    await changingNothing(api, () => author.requests.post(`/v1/articles/${own.id}/${transition}`).expect(403))
  })

  test('gets a 404 for what is not there, and not a 403', async () => {
    const nothing = '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11'
    await author.requests.patch(`/v1/articles/${nothing}`).send({ title: 'X' }).expect(404)
    await author.requests.delete('/v1/articles/not-there').expect(404)
    await put(author.requests, nothing, '# X').expect(404)
  })

  test('of two with one slug that are PUT at once, one is created and the other is another’s', async () => {
    const answers = await Promise.all([
      put(author.requests, 'wanted-by-both', '# Mine'),
      put(colleague.requests, 'wanted-by-both', '# No, mine'),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403])
  })
})

describe('an author who would publish is refused with 403, and nothing is written', () => {
  const past = 'date: 2024-01-01\n'
  const post = (text: string) =>
    author.requests.post('/v1/articles').set('content-type', 'text/markdown').send(text)

  test.each([
    [
      'POST of status: published',
      () => author.requests.post('/v1/articles').send({ title: 'X', topics: ['Never'], status: 'published' }),
    ],
    [
      'POST to be published later',
      () =>
        author.requests.post('/v1/articles').send({ title: 'X', status: 'published', publishedAt: TOMORROW }),
    ],
    [
      'POST of a document with draft: false',
      () => post(`---\ntitle: X\ntags: [Never]\n${past}draft: false\n---\nText.`),
    ],
    ['POST of a TOML document', () => post(`+++\ntitle = "X"\ndraft = false\n+++\nText.`)],
    ['PUT that creates', () => put(author.requests, 'never-made', `---\ntitle: X\ndraft: false\n---\nText.`)],
  ])('%s', async (_what, call) => {
    await changingNothing(api, async () => {
      const { body } = await call().expect(403)
      expect(body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('may not publish') })
    })
  })

  test('but a document without draft: is a draft, whatever its date', async () => {
    const { body } = await post(`---\ntitle: Dated\n${past}---\nText.`).expect(201)
    expect(body.status).toBe('draft')
  })

  test('and draft: false in the next revision of its draft is no transition', async () => {
    const { id } = await draftBy(author)
    const { body } = await put(author.requests, id, '---\ntitle: X\ndraft: false\n---\nText.').expect(200)
    expect(body.status).toBe('draft')
  })
})

describe('when an editor publishes while an author writes', () => {
  test('no edit of the author is in what was published before it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id } = await draftBy(author, { title: 'Before' })
      const [published, patched] = await Promise.all([
        editor.requests.post(`/v1/articles/${id}/publish`),
        author.requests.patch(`/v1/articles/${id}`).send({ title: 'After' }),
      ])
      expect(published.status).toBe(200)
      const isFirst = patched.status === 200
      if (!isFirst) expect(patched.status).toBe(403)
      const { body } = await api.reader.get(`/v1/articles/${id}`).expect(200)
      expect(body).toMatchObject(isFirst ? { title: 'After', revision: 2 } : { title: 'Before', revision: 1 })
      const actions = await api.rows<{ action: string }>(
        `SELECT action FROM audit_entry WHERE article_id = $1 ORDER BY id`,
        [id],
      )
      expect(actions.map(({ action }) => action).at(-1)).toBe('article.published')
    }
  })

  test('on another node either', async () => {
    const other = await api.anotherNode()
    for (let round = 0; round < 4; round += 1) {
      const { id } = await draftBy(author, { title: 'Before' })
      const [published, patched] = await Promise.all([
        other.admin.post(`/v1/articles/${id}/publish`),
        author.requests.patch(`/v1/articles/${id}`).send({ title: 'After' }),
      ])
      expect(published.status).toBe(200)
      const title = patched.status === 200 ? 'After' : 'Before'
      expect((await api.reader.get(`/v1/articles/${id}`)).body.title).toBe(title)
      expect([200, 403]).toContain(patched.status)
    }
  })
})

describe('topics that authors name first', () => {
  const statusOf = async (name: string) =>
    (await api.rows<{ status: string }>('SELECT status FROM topic WHERE name = $1', [name]))[0]?.status

  test('are proposed, while tags are active at once', async () => {
    await draftBy(author, { topics: ['Proposed one'], tags: ['Active tag'] })
    expect(await statusOf('Proposed one')).toBe('proposed')
    expect(await api.rows('SELECT status FROM tag WHERE name = $1', ['Active tag'])).toEqual([
      { status: 'active' },
    ])
    const { body } = await editor.requests.get('/v1/topics/proposed-one').expect(200)
    expect(body.status).toBe('proposed')
    await api.reader.get('/v1/topics/proposed-one').expect(404)
  })

  test('in a PATCH and a PUT too', async () => {
    const { id } = await draftBy(author)
    await author.requests
      .patch(`/v1/articles/${id}`)
      .send({ topics: ['By patch'] })
      .expect(200)
    await put(author.requests, id, '---\ntitle: X\ntopics: [By put]\n---\n').expect(200)
    expect([await statusOf('By patch'), await statusOf('By put')]).toEqual(['proposed', 'proposed'])
  })

  test('editors’ are active', async () => {
    await draftBy(editor, { topics: ['By an editor'] })
    expect(await statusOf('By an editor')).toBe('active')
  })

  test('become active when an editor publishes an article that has them', async () => {
    const { id } = await draftBy(author, { topics: ['Published one'] })
    await editor.requests.post(`/v1/articles/${id}/publish`).expect(200)
    expect(await statusOf('Published one')).toBe('active')
    const { body } = await api.reader.get('/v1/topics/published-one').expect(200)
    expect(body).toMatchObject({ articleCount: 1 })
    expect(body).not.toHaveProperty('status')
  })

  test('and when an editor gives them to an article that is published, or to a new one', async () => {
    await draftBy(author, { topics: ['Given one', 'New one'] })
    const { id } = await draftBy(editor, { status: 'published' })
    await editor.requests
      .patch(`/v1/articles/${id}`)
      .send({ topics: ['Given one'] })
      .expect(200)
    await draftBy(editor, { status: 'published', topics: ['New one'] })
    expect([await statusOf('Given one'), await statusOf('New one')]).toEqual(['active', 'active'])
  })

  test('but not when an editor gives them to a draft', async () => {
    await draftBy(author, { topics: ['Still proposed'] })
    await draftBy(editor, { topics: ['Still proposed'] })
    expect(await statusOf('Still proposed')).toBe('proposed')
  })

  test('and when an active one is merged into them', async () => {
    await draftBy(author, { topics: ['Merged into'] })
    await draftBy(editor, { topics: ['Merged away'], status: 'published' })
    await editor.requests.post('/v1/topics/merged-away/merge').send({ into: 'merged-into' }).expect(200)
    expect(await statusOf('Merged into')).toBe('active')
  })

  test('and by PATCH; nothing makes them proposed again', async () => {
    await draftBy(author, { topics: ['Taken in'] })
    await author.requests.patch('/v1/topics/taken-in').send({ status: 'active' }).expect(403)
    const { body } = await editor.requests.patch('/v1/topics/taken-in').send({ status: 'active' }).expect(200)
    expect(body.status).toBe('active')
    await editor.requests.patch('/v1/topics/taken-in').send({ status: 'proposed' }).expect(422)
    const entries = await api.rows(
      `SELECT action FROM audit_entry WHERE subject = 'taken-in' AND outcome = 'done'`,
    )
    expect(entries).toEqual([{ action: 'topic.updated' }])
  })

  test('no topic of a public article is a proposed one', async () => {
    const rows = await api.rows(`
      SELECT t.name FROM topic t JOIN article_topic l ON l.topic_id = t.id JOIN article a ON a.id = l.article_id
       WHERE t.status = 'proposed' AND a.status = 'published' AND a.trashed_at IS NULL`)
    expect(rows).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { rebuild } from '#src/rebuild/index.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

interface Links {
  tags: { slug: string; name: string }[]
}

const slugsOf = async (id: string) =>
  ((await api.admin.get(`/v1/articles/${id}`).expect(200)).body as Links).tags.map(({ slug }) => slug)

/** What the database says of an article's tags, in each of the places where it does. */
async function filed(id: string) {
  const [row] = await api.rows(
    `SELECT a.tag_ids AS ids, a.revision,
            ARRAY(SELECT tag_id FROM article_tag WHERE article_id = a.id ORDER BY position) AS links,
            ARRAY(SELECT position FROM article_tag WHERE article_id = a.id ORDER BY position) AS positions,
            ARRAY(SELECT t.id FROM listing l JOIN tag t ON t.term_id = ANY(l.terms)
                   WHERE l.article_id = a.id ORDER BY array_position(a.tag_ids, t.id)) AS listed
       FROM article a WHERE a.id = $1`,
    [id],
  )
  return row
}

/** How many published articles have a tag, as it is kept. */
const keptCount = async (slug: string) => {
  const [row] = await api.rows<{ n: number }>(
    `SELECT (coalesce((SELECT count FROM term_count c WHERE c.term_id = t.term_id), 0)
           + coalesce((SELECT sum(delta) FROM term_delta d WHERE d.term_id = t.term_id), 0))::int AS n
       FROM tag t WHERE t.slug = $1`,
    [slug],
  )
  return row?.n
}

describe('POST /v1/tags, /v1/topics, /v1/authors', () => {
  test('201: with a slug made of the name, and aliases that are it from then on', async () => {
    const { body, headers } = await api.admin
      .post('/v1/tags')
      .send({ name: '人工智能', aliases: ['AI', 'A.I.', 'ai'], description: 'Machines.' })
      .expect(201)
    expect(body).toEqual({
      slug: 'ren-gong-zhi-neng',
      name: '人工智能',
      aliases: ['A.I.', 'AI'],
      articleCount: 0,
      description: 'Machines.',
    })
    expect(headers.location).toBe('/v1/tags/ren-gong-zhi-neng')
    const article = await api.create({ title: 'On machines', tags: ['ＡＩ', '人工智能'] })
    expect(await slugsOf(article.id)).toEqual(['ren-gong-zhi-neng'])
    await api.reader.get('/v1/tags/ren-gong-zhi-neng').expect(404)
  })

  test('201: topics have a place, authors a bio, picture and page', async () => {
    const topic = await api.admin
      .post('/v1/topics')
      .send({ name: 'World', slug: 'w', position: 7 })
      .expect(201)
    expect(topic.body).toMatchObject({ slug: 'w', position: 7 })
    const author = await api.admin
      .post('/v1/authors')
      .send({ name: 'Zoë', bio: 'Writes.', image: '/zoe.jpg', url: 'https://example.org/zoe' })
      .expect(201)
    expect(author.body).toMatchObject({ slug: 'zoe', bio: 'Writes.', image: '/zoe.jpg' })
  })

  test('409: a name, alias or slug that another has, and whose it is', async () => {
    await api.admin
      .post('/v1/tags')
      .send({ name: 'Taken', aliases: ['Occupied'] })
      .expect(201)
    const holder = { slug: 'taken', name: 'Taken' }
    for (const body of [
      { name: 'TAKEN' },
      { name: 'occupied' },
      { name: 'New one', aliases: ['Occupied'] },
    ]) {
      const answer = await api.admin.post('/v1/tags').send(body).expect(409)
      expect(answer.body).toMatchObject({ code: 'name_taken', holder })
    }
    const answer = await api.admin.post('/v1/tags').send({ name: 'Another', slug: 'taken' }).expect(409)
    expect(answer.body).toMatchObject({ code: 'slug_taken', holder })
    await api.admin.get('/v1/tags/Another').expect(404)
    await api.admin.post('/v1/topics').send({ name: 'Taken' }).expect(201)
  })

  test('401, 422', async () => {
    await api.reader.post('/v1/tags').send({ name: 'x' }).expect(401)
    for (const body of [
      {},
      { name: '' },
      { name: ' ' },
      { name: null },
      { name: 'x', slug: 'No Slug' },
      { name: 'x', slug: 'bulk' },
      { name: 'x', position: 1 },
      { name: 'x', aliases: [1] },
    ]) {
      await api.admin.post('/v1/tags').send(body).expect(422)
    }
    for (const body of [{ image: 'javascript:x' }, { image: '//x.org/y' }, { url: 'javascript:alert(1)' }]) {
      await api.admin
        .post('/v1/authors')
        .send({ name: 'Eve', ...body })
        .expect(422)
    }
    const { body } = await api.admin.post('/v1/tags').send({ name: 'x', alias: [] }).expect(422)
    expect(body.detail).toContain('"aliases"')
  })

  test('of 20 who make the same name at once, one does', async () => {
    const names = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? 'Rush hour' : 'RUSH  HOUR'))
    const answers = await Promise.all(names.map((name) => api.admin.post('/v1/tags').send({ name })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)])
    const writers = Array.from({ length: 10 }, (_, n) =>
      api.create({ title: `Jam ${n}`, tags: ['Gridlock'] }),
    )
    const makers = Array.from({ length: 10 }, () => api.admin.post('/v1/tags').send({ name: 'Gridlock' }))
    await Promise.all(writers)
    const made = (await Promise.all(makers)).map(({ status }) => status)
    expect(made.filter((status) => status === 201).length).toBeLessThanOrEqual(1)
    expect((await api.admin.get('/v1/tags/gridlock').expect(200)).body.articleCount).toBe(10)
  })
})

describe('PATCH /v1/tags/:slug', () => {
  test('200: a new name shows in articles at once; the old one is an alias', async () => {
    const article = await api.create({ title: 'Old', status: 'published', tags: ['Twitter'] })
    const { body } = await api.admin.patch('/v1/tags/twitter').send({ name: 'X' }).expect(200)
    expect(body).toMatchObject({ slug: 'twitter', name: 'X', aliases: ['Twitter'] })
    const read = await api.reader.get(`/v1/articles/${article.id}`).expect(200)
    expect(read.body).toMatchObject({ tags: [{ slug: 'twitter', name: 'X' }], revision: 1 })
    const next = await api.create({ title: 'New', tags: ['TWITTER', 'x'] })
    expect(await slugsOf(next.id)).toEqual(['twitter'])
  })

  test('200: another spelling of the same name', async () => {
    await api.admin.post('/v1/tags').send({ name: 'github' }).expect(201)
    const { body } = await api.admin.patch('/v1/tags/github').send({ name: 'GitHub' }).expect(200)
    expect(body).toMatchObject({ name: 'GitHub', aliases: [] })
  })

  test('200: a new slug; all earlier ones lead to it, and no new tag gets them', async () => {
    await api.create({ title: 'Slugs', status: 'published', tags: ['Sea Level'] })
    await api.admin.patch('/v1/tags/sea-level').send({ slug: 'sea-levels' }).expect(200)
    await api.admin.patch('/v1/tags/sea-levels').send({ slug: 'oceans' }).expect(200)
    for (const slug of ['sea-level', 'sea-levels']) {
      const { headers } = await api.reader.get(`/v1/tags/${slug}`).expect(301)
      expect(headers.location).toBe('/v1/tags/oceans')
    }
    const { body } = await api.admin.post('/v1/tags').send({ name: 'Sea-level' }).expect(201)
    expect(body.slug).toBe('sea-level-2')
    // Aliases are names: replacing them leaves the slugs.
    const patched = await api.admin
      .patch('/v1/tags/oceans')
      .send({ aliases: ['The seas'] })
      .expect(200)
    expect(patched.body.aliases).toEqual(['The seas'])
    await api.reader.get('/v1/tags/sea-levels').expect(301)
    await api.admin.patch('/v1/tags/oceans').send({ slug: 'sea-levels' }).expect(200)
    await api.reader.get('/v1/tags/sea-levels').expect(200)
    await api.reader.get('/v1/tags/oceans').expect(301)
  })

  test('200: a slug that is given takes it from who had it before', async () => {
    await api.admin.post('/v1/tags').send({ name: 'Former' }).expect(201)
    await api.admin.patch('/v1/tags/former').send({ slug: 'later' }).expect(200)
    await api.admin.post('/v1/tags').send({ name: 'Somebody else', slug: 'former' }).expect(201)
    expect((await api.admin.get('/v1/tags/former').expect(200)).body.name).toBe('Somebody else')
  })

  test('200: aliases are replaced whole, null removes; nothing is changed by nothing', async () => {
    await api.admin
      .post('/v1/tags')
      .send({ name: 'Nasa', aliases: ['A', 'B'] })
      .expect(201)
    const send = async (change: object) =>
      (await api.admin.patch('/v1/tags/nasa').type('application/merge-patch+json').send(change).expect(200))
        .body
    expect(await send({ aliases: ['b', 'C', 'NASA'] })).toMatchObject({ name: 'Nasa', aliases: ['b', 'C'] })
    expect(await send({ description: 'Space.' })).toMatchObject({
      description: 'Space.',
      aliases: ['b', 'C'],
    })
    expect(await send({})).toMatchObject({ description: 'Space.', aliases: ['b', 'C'] })
    expect(await send({ aliases: null, description: null })).toMatchObject({ description: null, aliases: [] })
    expect((await api.admin.post('/v1/tags').send({ name: 'C' }).expect(201)).body.slug).toBe('c')
  })

  test('409: an alias that documents spell, drafts and the trash included; a delete by force then holds', async () => {
    await api.admin
      .post('/v1/tags')
      .send({ name: 'Robotics', aliases: ['机器人', 'Robots'] })
      .expect(201)
    await api.admin.post('/v1/tags').send({ name: 'Automata' }).expect(201)
    const { id } = await api.create({ title: 'Rob', tags: ['机器人', 'Automata'] })
    const { id: trashed } = await api.create({ title: 'Rob in the trash', tags: ['机器人', 'Kept'] })
    await api.admin.delete(`/v1/articles/${trashed}`).expect(204)
    const patch = (change: object) => api.admin.patch('/v1/tags/robotics').send(change)
    const { body } = await patch({ name: 'Machines', aliases: [] }).expect(409)
    expect(body).toMatchObject({ code: 'alias_in_use', aliases: [{ name: '机器人', articleCount: 2 }] })
    expect((await api.admin.get('/v1/tags/robotics')).body).toMatchObject({
      name: 'Robotics',
      aliases: ['Robots', '机器人'],
    })
    expect((await patch({ name: 'Machines', aliases: ['机器人'] }).expect(200)).body).toMatchObject({
      aliases: ['Robotics', '机器人'],
    })
    await api.admin.post('/v1/tags/robotics/merge').send({ into: 'automata' }).expect(200)
    await api.admin.delete('/v1/tags/automata?force=true').expect(204)
    for (const one of [id, trashed]) {
      const { text } = await api.admin.get(`/v1/articles/${one}?format=markdown`).expect(200)
      expect(text).not.toContain('机器人')
      expect(text).toContain('title: Rob')
    }
    expect((await rebuild(api.deps, { restart: true })).failed).toEqual([])
    expect(await slugsOf(id)).toEqual([])
    await api.admin.get('/v1/tags/automata').expect(404)
  })

  test('200: an alias that documents spelled goes when none does any more', async () => {
    await api.admin
      .post('/v1/tags')
      .send({ name: 'Ships', aliases: ['Vessels'] })
      .expect(201)
    const { id } = await api.create({ title: 'Quay', tags: ['VESSELS'] })
    await api.admin.patch('/v1/tags/ships').send({ aliases: null }).expect(409)
    const { text } = await api.admin.get(`/v1/articles/${id}?format=markdown`).expect(200)
    await api.admin
      .put(`/v1/articles/${id}`)
      .type('text/markdown')
      .send(text.replace('VESSELS', 'ships'))
      .expect(200)
    const { body } = await api.admin.patch('/v1/tags/ships').send({ aliases: null }).expect(200)
    expect(body.aliases).toEqual([])
  })

  test('401, 404, 409, 422; nothing is half-written', async () => {
    await api.admin
      .post('/v1/tags')
      .send({ name: 'Half', aliases: ['Demi'] })
      .expect(201)
    await api.admin.post('/v1/tags').send({ name: 'Whole' }).expect(201)
    await api.reader.patch('/v1/tags/half').send({ name: 'x' }).expect(401)
    await api.admin.patch('/v1/tags/none').send({ name: 'x' }).expect(404)
    const change = { aliases: ['Moitié', 'whole'], description: 'x' }
    const { body } = await api.admin.patch('/v1/tags/half').send(change).expect(409)
    expect(body).toMatchObject({ code: 'name_taken', holder: { slug: 'whole', name: 'Whole' } })
    await api.admin.patch('/v1/tags/half').send({ name: 'Moitié', slug: 'whole' }).expect(409)
    await api.admin.patch('/v1/tags/half').send({ name: null }).expect(422)
    await api.admin.patch('/v1/tags/half').send({ slug: 'A B' }).expect(422)
    const half = await api.admin.get('/v1/tags/half').expect(200)
    expect(half.body).toMatchObject({ name: 'Half', aliases: ['Demi'], description: null })
  })
})

describe('POST /v1/tags/:slug/merge', () => {
  test('200: articles have the target in its place, once; documents stay as they are', async () => {
    const only = await api.create({ title: 'Only', status: 'published', tags: ['First', 'LLM', 'Last'] })
    const both = await api.create({
      title: 'Both',
      status: 'published',
      tags: ['LLM', 'First', 'Language model', 'Last'],
    })
    const draft = await api.create({ title: 'Draft', tags: ['Language model', 'LLM'] })
    const document = async (id: string) =>
      (await api.admin.get(`/v1/articles/${id}?format=markdown`).expect(200)).text
    const before = await document(both.id)
    const { body } = await api.admin.post('/v1/tags/llm/merge').send({ into: 'language-model' }).expect(200)
    expect(body).toMatchObject({ slug: 'language-model', aliases: ['LLM'], articleCount: 3 })
    expect(await slugsOf(only.id)).toEqual(['first', 'language-model', 'last'])
    expect(await slugsOf(both.id)).toEqual(['language-model', 'first', 'last'])
    expect(await slugsOf(draft.id)).toEqual(['language-model'])
    expect(await document(both.id)).toBe(before)
    expect(await keptCount('language-model')).toBe(2)
    const { headers } = await api.reader.get('/v1/tags/llm').expect(301)
    expect(headers.location).toBe('/v1/tags/language-model')
    const listed = await api.reader.get('/v1/articles?tag=LLM').expect(200)
    expect(listed.body.data).toHaveLength(2)

    const states = await Promise.all([only, both, draft].map(({ id }) => filed(id)))
    for (const state of states) {
      expect(state?.links).toEqual(state?.ids)
      expect(state?.listed).toEqual(state?.ids)
      expect(state?.positions).toEqual(state?.ids.map((_: string, n: number) => n))
    }
    expect((await rebuild(api.deps, { restart: true })).failed).toEqual([])
    expect(await Promise.all([only, both, draft].map(({ id }) => filed(id)))).toEqual(states)
  })

  test('200: aliases and former slugs go along; merges of merges too', async () => {
    await api.admin
      .post('/v1/tags')
      .send({ name: 'M1', aliases: ['M one'] })
      .expect(201)
    await api.admin.post('/v1/tags').send({ name: 'M2' }).expect(201)
    await api.admin.post('/v1/tags').send({ name: 'M3' }).expect(201)
    await api.admin.post('/v1/tags/m1/merge').send({ into: 'm2' }).expect(200)
    const { body } = await api.admin.post('/v1/tags/m2/merge').send({ into: 'm3' }).expect(200)
    expect(body.aliases).toEqual(['M one', 'M1', 'M2'])
    for (const name of ['m1', 'm2', 'M%20ONE']) {
      expect((await api.admin.get(`/v1/tags/${name}`).expect(301)).headers.location).toBe('/v1/tags/m3')
    }
  })

  test('401, 404, 422: into itself, into nothing', async () => {
    await api.admin.post('/v1/tags').send({ name: 'Self' }).expect(201)
    await api.reader.post('/v1/tags/self/merge').send({ into: 'self' }).expect(401)
    await api.admin.post('/v1/tags/none/merge').send({ into: 'self' }).expect(404)
    const itself = await api.admin.post('/v1/tags/self/merge').send({ into: 'self' }).expect(422)
    expect(itself.body.errors).toMatchObject([{ path: '/into', code: 'same_term' }])
    const unknown = await api.admin.post('/v1/tags/self/merge').send({ into: 'none' }).expect(422)
    expect(unknown.body.errors).toMatchObject([{ path: '/into', code: 'unknown_slug' }])
    await api.admin.post('/v1/tags/self/merge').send({}).expect(422)
  })

  test('while 20 writers tag with both spellings: nothing is lost, nothing has the old one', async () => {
    await api.admin.post('/v1/tags').send({ name: 'Old way' }).expect(201)
    await api.admin.post('/v1/tags').send({ name: 'New way' }).expect(201)
    const write = async (n: number) => {
      const tags = [['Old way'], ['New way'], ['Old way', 'New way'], ['New way', 'Other', 'Old way']][n % 4]
      const article = await api.create({ title: `Way ${n}`, status: 'published', tags })
      await api.admin
        .patch(`/v1/articles/${article.id}`)
        .send({ tags: ['Old way', `Own ${n}`] })
        .expect(200)
      return article.id
    }
    const writers = Array.from({ length: 20 }, (_, n) => write(n))
    const merging = api.admin.post('/v1/tags/old-way/merge').send({ into: 'new-way' })
    const [ids, merged] = await Promise.all([Promise.all(writers), merging])
    expect(merged.status).toBe(200)
    for (const [n, id] of ids.entries()) expect(await slugsOf(id)).toEqual(['new-way', `own-${n}`])
    expect(await keptCount('new-way')).toBe(20)
    for (const state of await Promise.all(ids.map(filed))) {
      expect(state?.links).toEqual(state?.ids)
      expect(state?.listed).toEqual(state?.ids)
    }
  })

  test('two in opposite directions at once: one is done', async () => {
    await api.create({ title: 'Left', tags: ['Left'] })
    const right = await api.create({ title: 'Right', tags: ['Right', 'Left'] })
    const answers = await Promise.all([
      api.admin.post('/v1/tags/left/merge').send({ into: 'right' }),
      api.admin.post('/v1/tags/right/merge').send({ into: 'left' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect(await slugsOf(right.id)).toHaveLength(1)
  })
})

describe('DELETE /v1/tags/:slug', () => {
  test('204: one that no article has', async () => {
    await api.admin
      .post('/v1/tags')
      .send({ name: 'Unused', aliases: ['Idle'] })
      .expect(201)
    await api.reader.delete('/v1/tags/unused').expect(401)
    await api.admin.delete('/v1/tags/unused').expect(204)
    await api.admin.delete('/v1/tags/unused').expect(404)
    await api.admin.get('/v1/tags/Idle').expect(404)
  })

  test('409: one that articles have, drafts and the trash included', async () => {
    await api.create({ title: 'One', tags: ['Used'] })
    const { id } = await api.create({ title: 'Two', tags: ['Used'] })
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    const { body } = await api.admin.delete('/v1/tags/used').expect(409)
    expect(body).toMatchObject({ code: 'term_in_use', articleCount: 2 })
  })

  test('204 with force: each document names it no more, in a revision; other lines stay', async () => {
    const text =
      '---\ntitle: Forced   # a comment\ntags: [Kept, doomed, "DOOMED thing"]\nextra: 1\n---\n\nBody.\n'
    const { body: article } = await api.admin
      .post('/v1/articles')
      .type('text/markdown')
      .send(text)
      .expect(201)
    await api.create({ title: 'Other', status: 'published', tags: ['Doomed'] })
    await api.admin.patch('/v1/tags/doomed').send({ aliases: [] }).expect(200)
    await api.admin.post('/v1/tags/doomed-thing/merge').send({ into: 'doomed' }).expect(200)
    const { id: trashed } = await api.create({ title: 'Trashed', tags: ['Doomed', 'Kept'] })
    await api.admin.delete(`/v1/articles/${trashed}`).expect(204)
    await api.admin.delete('/v1/tags/doomed?force=true&reason=Obsolete').expect(204)
    const markdown = await api.admin.get(`/v1/articles/${article.id}?format=markdown`).expect(200)
    expect(markdown.text).toBe(text.replace('[Kept, doomed, "DOOMED thing"]', '[Kept]'))
    expect(await slugsOf(article.id)).toEqual(['kept'])
    const [revision] = await api.rows(
      'SELECT reason, actor_name FROM revision WHERE article_id = $1 AND number = 2',
      [article.id],
    )
    expect(revision).toEqual({ reason: 'Obsolete', actor_name: 'Bootstrap admin' })
    const state = await filed(trashed)
    expect(state?.links).toEqual(state?.ids)
    expect(state?.listed).toEqual(state?.ids)
    await api.admin.get('/v1/tags/doomed').expect(404)
    await api.admin.get('/v1/tags/doomed-thing').expect(404)
  })
})

describe.each([
  ['topics', 'topic'],
  ['authors', 'author'],
])('%s are managed as tags are', (many, one) => {
  const linked = async (id: string) => {
    const [row] = await api.rows(
      `SELECT a.${one}_ids AS ids,
              ARRAY(SELECT ${one}_id FROM article_${one} WHERE article_id = a.id ORDER BY position) AS links,
              ARRAY(SELECT t.id FROM listing l JOIN ${one} t ON t.term_id = ANY(l.terms)
                     WHERE l.article_id = a.id ORDER BY array_position(a.${one}_ids, t.id)) AS listed
         FROM article a WHERE a.id = $1`,
      [id],
    )
    return row
  }

  test('renamed, merged, deleted', async () => {
    const name = (text: string) => `${text} of ${many}`
    const { id } = await api.create({ title: name('All'), [many]: [name('Zero'), name('One'), name('Two')] })
    await api.admin
      .patch(`/v1/${many}/one-of-${many}`)
      .send({ name: name('Uno'), slug: `uno-${one}` })
      .expect(200)
    await api.admin
      .post(`/v1/${many}/uno-${one}/merge`)
      .send({ into: `two-of-${many}` })
      .expect(200)
    const merged = await api.admin.get(`/v1/${many}/one-of-${many}`).expect(301)
    expect(merged.headers.location).toBe(`/v1/${many}/two-of-${many}`)
    const before = await linked(id)
    expect(before?.ids).toHaveLength(2)
    expect(before?.links).toEqual(before?.ids)
    expect(before?.listed).toEqual(before?.ids)
    await api.admin.delete(`/v1/${many}/two-of-${many}`).expect(409)
    await api.admin.delete(`/v1/${many}/two-of-${many}?force=true`).expect(204)
    const { body } = await api.admin.get(`/v1/articles/${id}`).expect(200)
    expect(body).toMatchObject({ revision: 2, [many]: [{ name: name('Zero') }] })
    const after = await linked(id)
    expect(after?.links).toEqual(after?.ids)
    expect(after?.listed).toEqual(after?.ids)
  })
})

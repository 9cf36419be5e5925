import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const patch = (id: string, body: object) => api.admin.patch(`/v1/articles/${id}`).send(body)
const document = async (id: string) =>
  (await api.admin.get(`/v1/articles/${id}?format=markdown`).expect(200)).text
const fromMarkdown = async (text: string) =>
  (await api.admin.post('/v1/articles').set('content-type', 'text/markdown').send(text).expect(201)).body

describe('PATCH /v1/articles/:ref', () => {
  describe('200', () => {
    test('changes only the lines of the keys that changed', async () => {
      const { id } = await fromMarkdown(
        '---\n# the desk’s note\ntitle:   "Odd spacing"   # keep\nmain_topics: [ A , B ]\nunknown: {deep: 1}\nsummary: Before\n---\n\nText.',
      )
      const { body } = await patch(id, { summary: 'After: "all"' }).expect(200)
      expect(body).toMatchObject({ summary: 'After: "all"', revision: 2, title: 'Odd spacing' })
      const after = (await document(id)).split('\n')
      expect(after.filter((line) => !line.startsWith('summary:'))).toEqual(
        '---\n# the desk’s note\ntitle:   "Odd spacing"   # keep\nmain_topics: [ A , B ]\nunknown: {deep: 1}\n---\n\nText.'.split(
          '\n',
        ),
      )
    })

    test('what was read, sent back whole, changes nothing and makes nothing explicit', async () => {
      for (const file of [
        'silicon-valley-ai-war',
        'half-the-footnotes-were-gone',
        'old-phones-listening-for-floods',
        'the-keepers-last-log',
      ]) {
        const { id } = await fromMarkdown(readFileSync(`seeds/${file}.md`, 'utf8'))
        const before = await api.admin.get(`/v1/articles/${id}`).expect(200)
        const { body, headers } = await patch(id, before.body).expect(200)
        expect(body).toEqual(before.body)
        expect(headers.etag).toBe(before.headers.etag)
        expect(await document(id)).toBe(readFileSync(`seeds/${file}.md`, 'utf8'))
        await api.admin.delete(`/v1/articles/${id}`).expect(204)
      }
    })

    test('TOML is written anew in its own language, and the answer says that comments are in the older revision', async () => {
      const { id } = await fromMarkdown('+++\n# the desk’s note\ntitle = "TOML"\n+++\nText\n')
      const { body, headers } = await patch(id, { summary: 'New' }).expect(200)
      expect(body.findings).toMatchObject([{ rule: 'front-matter-rewritten' }])
      expect(await document(id)).toMatch(/^\+\+\+\n/)
      const read = await api.admin.get(`/v1/articles/${id}`).expect(200)
      expect(read.body).not.toHaveProperty('findings')
      expect(read.headers.etag).toBe(headers.etag)
    })

    test('a title that is read from a heading stays there when it is sent back', async () => {
      const { id } = await fromMarkdown('# From the heading\n\nText.\n')
      await patch(id, { title: 'From the heading' }).expect(200)
      expect(await document(id)).toBe('# From the heading\n\nText.\n')
    })

    test('null removes, lists are replaced whole, meta and image are merged', async () => {
      const { id } = await api.create({
        title: 'Merged',
        summary: 'Goes',
        tags: ['a', 'b'],
        meta: { series: 'x', deep: { one: 1, two: 2 } },
        featuredImage: { url: 'a.jpg', alt: 'A' },
      })
      const { body } = await patch(id, {
        summary: null,
        tags: ['b', 'c'],
        meta: { series: null, deep: { two: 3 } },
        featuredImage: { caption: 'New' },
      }).expect(200)
      expect(body).toMatchObject({
        summary: null,
        tags: [{ name: 'b' }, { name: 'c' }],
        meta: { deep: { one: 1, two: 3 } },
        featuredImage: { url: 'a.jpg', alt: 'A', caption: 'New' },
      })
      expect(body.meta).not.toHaveProperty('series')
    })

    test('the body, with its citations; explicit fields survive', async () => {
      const { id } = await api.create({
        title: 'Cited',
        body: 'One.[^1]\n\n[^1]: [A](https://example.org/a)\n',
        citations: [{ label: '1', publisher: 'By hand' }],
      })
      const { body } = await patch(id, {
        body: 'One.[^1] Two.[^2]\n\n[^1]: [B](https://example.org/b)\n[^2]: [C](https://example.org/c)\n',
      }).expect(200)
      expect(body.citations).toMatchObject([
        { label: '1', title: 'B', publisher: 'By hand', explicit: ['publisher'] },
        { label: '2', title: 'C' },
      ])
    })

    test('slug, locale and date are columns, and follow in the document that speaks of them', async () => {
      const { id } = await api.create({ title: 'Renamed', slug: 'old-name', status: 'published' })
      const { body } = await patch(id, { slug: 'new-name', publishedAt: '2024-01-01T00:00:00Z' }).expect(200)
      expect(body).toMatchObject({
        slug: 'new-name',
        publishedAt: '2024-01-01T00:00:00.000Z',
        status: 'published',
      })
      expect(await document(id)).toContain('slug: new-name')
      await api.reader.get('/v1/articles/new-name').expect(200)
      await api.reader.get('/v1/articles/old-name').expect(301)
    })

    test('a date that is corrected in a draft does not change when readers first saw it', async () => {
      const { id } = await api.create({ title: 'Withdrawn once', status: 'published' })
      const { body } = await api.admin.post(`/v1/articles/${id}/unpublish`).expect(200)
      const patched = await patch(id, { publishedAt: '2001-01-01T00:00:00Z' }).expect(200)
      expect(patched.body).toMatchObject({
        publishedAt: '2001-01-01T00:00:00.000Z',
        firstPublishedAt: body.firstPublishedAt,
      })
    })

    test('a locale is kept in its canonical form', async () => {
      const { id } = await api.create({ title: 'Canonical', slug: 'canonical-locale' })
      const { body } = await patch(id, { locale: 'ZH-hans-cn' }).expect(200)
      expect(body.locale).toBe('zh-Hans-CN')
      await api.admin.get('/v1/articles/canonical-locale?locale=zh-hans-CN').expect(200)
    })

    test('large patches at once keep no reader waiting: nothing is locked while they are rendered', async () => {
      const { slug } = await api.create({ title: 'Read meanwhile', status: 'published' })
      const body = `# Large\n\n${'一段不短的文字。'.repeat(12_000)}`
      const articles = await Promise.all(
        Array.from({ length: 12 }, (_, n) => api.create({ title: `Large ${n}` })),
      )
      let done = false
      const writes = Promise.all(
        articles.map(({ id }) => patch(id, { body }).then(({ status }) => status)),
      ).finally(() => {
        done = true
      })
      const reads: number[] = []
      while (!done) reads.push((await api.reader.get(`/v1/articles/${slug}`)).status)
      expect(new Set(await writes)).toEqual(new Set([200]))
      expect(new Set(reads)).toEqual(new Set([200]))
    })

    test('as application/merge-patch+json too', async () => {
      const { id } = await api.create({ title: 'Typed' })
      await api.admin
        .patch(`/v1/articles/${id}`)
        .set('content-type', 'application/merge-patch+json')
        .send('{"title":"Typed again"}')
        .expect(200)
    })

    test('a hundred at once are a hundred revisions, none lost', async () => {
      const { id } = await api.create({ title: 'Busy', meta: {} })
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) => patch(id, { meta: { [`key${n}`]: n } })),
      )
      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200))
      const { body } = await api.admin.get(`/v1/articles/${id}`)
      expect(body.revision).toBe(101)
      expect(Object.keys(body.meta)).toHaveLength(100)
    })
  })

  describe('412', () => {
    test('of a hundred with one ETag exactly one wins', async () => {
      const { id } = await api.create({ title: 'Contended' })
      const { headers } = await api.admin.get(`/v1/articles/${id}`)
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          patch(id, { summary: `${n}` }).set('if-match', headers.etag ?? ''),
        ),
      )
      const statuses = answers.map(({ status }) => status).sort()
      expect(statuses).toEqual([200, ...Array(99).fill(412)])
      const refused = answers.find(({ status }) => status === 412)
      expect(refused?.body).toMatchObject({ code: 'precondition_failed', revision: 2 })
      expect(refused?.headers.etag).toMatch(/^"2-/)
    })
  })

  describe('409', () => {
    test('a slug that is taken names the holder', async () => {
      const holder = await api.create({ title: 'Holder', slug: 'held-slug' })
      const { id } = await api.create({ title: 'Wants it' })
      const { body } = await patch(id, { slug: 'held-slug' }).expect(409)
      expect(body).toMatchObject({ code: 'slug_taken', holder: { id: holder.id } })
      expect((await api.admin.get(`/v1/articles/${id}`)).body.revision).toBe(1)
    })
  })

  describe('422', () => {
    const wrong: Record<string, [object, string, string?]> = {
      'title null': [{ title: null }, '/title'],
      'body null': [{ body: null }, '/body'],
      'slug null': [{ slug: null }, '/slug'],
      'another id': [{ id: '01a20983-0000-7000-8000-000000000000' }, '/id', 'read_only_field'],
      'another revision': [{ revision: 9 }, '/revision', 'read_only_field'],
      'another status': [{ status: 'published' }, '/status', 'read_only_field'],
      'another html': [{ html: '<p>x</p>' }, '/html', 'read_only_field'],
      'an unknown field': [{ sumary: 'x' }, '/sumary', 'unknown_field'],
      'an image without url': [{ featuredImage: { alt: 'x' } }, '/featuredImage/url'],
      'meta that is a field': [{ meta: { slug: 'x' } }, '/meta/slug'],
      'an end before the beginning': [
        { publishedAt: '2025-01-02T00:00:00Z', unpublishAt: '2025-01-01T00:00:00Z' },
        '/unpublishAt',
      ],
    }
    for (const [name, [body, path, code]] of Object.entries(wrong)) {
      test(`${name}: names the field, and nothing changes`, async () => {
        const { id } = await api.create({ title: 'Refused patch' })
        const before = await document(id)
        const answer = await patch(id, body).expect(422)
        expect(answer.body.errors).toContainEqual(
          expect.objectContaining({ path, ...(code === undefined ? {} : { code }) }),
        )
        expect(await document(id)).toBe(before)
        await api.admin.delete(`/v1/articles/${id}`)
      })
    }

    test('a published article without a date', async () => {
      const { id } = await api.create({ title: 'Dated', status: 'published' })
      const { body } = await patch(id, { publishedAt: null }).expect(422)
      expect(body.errors).toMatchObject([{ path: '/publishedAt' }])
    })
  })

  test('400, 401, 404, 415 with Accept-Patch', async () => {
    const { id } = await api.create({ title: 'Other refusals' })
    await api.admin.patch(`/v1/articles/${id}`).set('content-type', 'application/json').send('{').expect(400)
    await api.reader.patch(`/v1/articles/${id}`).send({ title: 'x' }).expect(401)
    await patch('no-such-article', { title: 'x' }).expect(404)
    const { headers } = await api.admin
      .patch(`/v1/articles/${id}`)
      .set('content-type', 'text/markdown')
      .send('x')
      .expect(415)
    expect(headers['accept-patch']).toContain('application/merge-patch+json')
  })
})

describe('PUT /v1/articles/:ref', () => {
  const put = (ref: string, text: string) =>
    api.admin.put(`/v1/articles/${ref}`).set('content-type', 'text/markdown').send(text)

  test('200: the bytes that GET gave change nothing', async () => {
    for (const text of [
      '---\r\ntitle: CRLF\r\n---\r\n\r\nText.\r\n',
      '---\ntitle: No newline\n---\nText',
      '+++\ntitle = "TOML"\n+++\nText\n',
      '{\n  "title": "JSON"\n}\nText\n',
      '# Only a heading\n',
    ]) {
      const { id } = await fromMarkdown(text)
      const before = await api.admin.get(`/v1/articles/${id}`)
      const { body } = await put(id, await document(id)).expect(200)
      expect(body).toEqual(before.body)
      expect(await document(id)).toBe(text)
    }
  })

  test('200: another document is the next revision, and what its front matter newly says is done', async () => {
    const { id } = await fromMarkdown('---\ntitle: A\nslug: put-a\ndate: 2020-01-01\ndraft: false\n---\nText')
    const { body } = await put(
      id,
      '---\ntitle: B\nslug: put-b\ndate: 2020-01-02\ndraft: true\n---\nOther',
    ).expect(200)
    expect(body).toMatchObject({
      title: 'B',
      slug: 'put-b',
      revision: 2,
      publishedAt: '2020-01-02T00:00:00.000Z',
      status: 'published',
    })
  })

  test('201: on a slug that is free it creates; the address decides the slug', async () => {
    const { body, headers } = await put(
      'pushed-by-ci',
      '---\ntitle: Pushed\nslug: elsewhere\n---\nText',
    ).expect(201)
    expect(body.slug).toBe('pushed-by-ci')
    expect(headers.location).toBe(`/v1/articles/${body.id}`)
    await put('pushed-by-ci', '---\ntitle: Pushed\nslug: elsewhere\n---\nText').expect(200)
    expect((await api.admin.get('/v1/articles/pushed-by-ci')).body.revision).toBe(1)
  })

  test('200: without a locale anywhere it is put where GET finds it', async () => {
    await api.admin
      .put('/v1/articles/twin?locale=en')
      .set('content-type', 'text/markdown')
      .send('# Twin')
      .expect(201)
    const { text } = await api.admin.get('/v1/articles/twin?format=markdown').expect(200)
    const { body } = await put('twin', text).expect(200)
    expect(body).toMatchObject({ locale: 'en', revision: 1 })
    await api.admin
      .put('/v1/articles/twin?locale=EN')
      .set('content-type', 'text/markdown')
      .send('# Twin')
      .expect(200)
  })

  test('400, 401, 404, 412, 422', async () => {
    await put('Not-A-Slug', '# T').expect(400)
    await api.reader.put('/v1/articles/x').set('content-type', 'text/markdown').send('# T').expect(401)
    await put('01a20983-0000-7000-8000-000000000000', '# T').expect(404)
    await put('nobody-here', '# T').set('if-match', '*').expect(412)
    await put('no-title', 'Text').expect(422)
    const { id } = await api.create({ title: 'Guarded put' })
    await put(id, '# Other').set('if-match', '"9-x"').expect(412)
    await put(id, '# Other').set('if-match', '"1-x"').expect(200)
  })
})

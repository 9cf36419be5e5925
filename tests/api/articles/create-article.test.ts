import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const post = (body: object) => api.admin.post('/v1/articles').send(body)
const postMarkdown = (text: string | Buffer, query = '') =>
  api.admin
    .post(`/v1/articles${query}`)
    .set('content-type', 'text/markdown')
    .send(text as string)
const count = async () => {
  const [row] = await api.rows<{ n: number }>(
    'SELECT (SELECT count(*) FROM article)::int + (SELECT count(*) FROM revision)::int + (SELECT count(*) FROM tag)::int AS n',
  )
  return row?.n
}

describe('POST /v1/articles', () => {
  describe('201 from JSON', () => {
    test('gives the article, its address and its entity tag', async () => {
      const { status, headers, body } = await post({
        title: '港口大桥获批',
        summary: '历时九年。',
        body: '议会以31票赞成通过。[^1]\n\n## 引用\n[^1]: [会议纪要](https://example.org/minutes)\n',
        tags: ['港口', '交通'],
        topics: ['城市'],
        authors: ['李娜'],
        meta: { series: '大桥' },
      })
      expect(status).toBe(201)
      expect(headers.location).toBe(`/v1/articles/${body.id}`)
      expect(headers.etag).toMatch(/^"1-[\w-]{22}(-gzip)?"$/)
      expect(headers['cache-control']).toBe('private, no-store')
      expect(body).toMatchObject({
        slug: 'gang-kou-da-qiao-huo-pi',
        locale: 'zh-CN',
        status: 'draft',
        title: '港口大桥获批',
        revision: 1,
        publishedAt: null,
        tags: [{ name: '港口' }, { name: '交通' }],
        topics: [{ name: '城市' }],
        authors: [{ name: '李娜' }],
        meta: { series: '大桥' },
        createdBy: 'testadmin1',
      })
      expect(body.citations).toMatchObject([
        {
          label: '1',
          ordinal: 1,
          title: '会议纪要',
          url: 'https://example.org/minutes',
          source: { domain: 'example.org' },
        },
      ])
      const read = await api.admin.get(headers.location ?? '').expect(200)
      expect(read.body).toEqual(body)
      expect(read.headers.etag).toBe(headers.etag)
    })

    test('keeps a document that carries title, slug, locale, draft and date', async () => {
      const article = await api.create({
        title: 'Bridge: "opened"',
        status: 'published',
        body: 'Text.',
        locale: 'en',
      })
      const { text } = await api.admin.get(`/v1/articles/${article.id}?format=markdown`).expect(200)
      expect(text).toContain('slug: bridge-opened\n')
      expect(text).toContain('draft: false\n')
      expect(text).toContain('locale: en\n')
      expect(text).toMatch(/^date: ["']?\d{4}-\d\d-\d\dT/m)
      expect(text.endsWith('Text.')).toBe(true)
    })

    test('publishes at once with the status "published"', async () => {
      const article = await api.create({ title: 'Published at once', status: 'published' })
      const { body } = await api.reader.get(`/v1/articles/${article.slug}`).expect(200)
      expect(body).toMatchObject({ status: 'published', publishedAt: body.firstPublishedAt })
      expect(Date.parse(body.publishedAt)).toBeLessThanOrEqual(Date.now() + 60_000)
    })

    test('schedules with a publishedAt that is to come', async () => {
      const article = await api.create({
        title: 'Tomorrow',
        status: 'published',
        publishedAt: '2999-01-01T08:00:00+08:00',
      })
      expect(article).toMatchObject({ status: 'scheduled', publishedAt: '2999-01-01T00:00:00.000Z' })
      await api.reader.get(`/v1/articles/${article.id}`).expect(404)
    })

    test('takes the first level-1 heading for a title, and does not show it twice', async () => {
      const article = await api.create({ body: '# From the heading\n\nText.' })
      expect(article).toMatchObject({ title: 'From the heading', body: '# From the heading\n\nText.' })
      expect(article).toMatchObject({ html: expect.not.stringContaining('<h1') })
    })

    test('takes an article without a body', async () => {
      expect(await api.create({ title: 'Nothing to say yet' })).toMatchObject({
        body: '',
        html: '',
        wordCount: 0,
      })
    })

    test('sees one tag in spellings that differ in case, width and blanks', async () => {
      const first = await api.create({ title: 'Spellings 1', tags: ['Open AI', 'ＧＰＴ'] })
      const second = await api.create({ title: 'Spellings 2', tags: [' open  ai ', 'gpt', 'GPT'] })
      expect((second as { tags?: unknown }).tags).toEqual((first as { tags?: unknown }).tags)
    })

    test('finds a tag by its slug', async () => {
      await api.create({ title: 'Tagged', tags: ['Tagged by name'] })
      const article = await api.create({ title: 'Tagged again', tags: [{ slug: 'tagged-by-name' }] })
      expect(article).toMatchObject({ tags: [{ slug: 'tagged-by-name', name: 'Tagged by name' }] })
    })

    test('keeps explicit citations, with and without a footnote', async () => {
      const article = await api.create({
        title: 'Explicit',
        body: 'A fact.[^a]\n\n[^a]: [Read from the note](https://example.org/a)\n',
        citations: [
          { label: 'a', publisher: 'Set by hand', publishedOn: '2024-05' },
          { label: 'book', title: 'A book', isbn: '9783161484100', type: 'book' },
        ],
      })
      expect(article).toMatchObject({
        citations: [
          {
            label: 'a',
            ordinal: 1,
            title: 'Read from the note',
            publisher: 'Set by hand',
            publishedOn: '2024-05',
            explicit: expect.arrayContaining(['publisher', 'publishedOn']),
          },
          {
            label: 'book',
            ordinal: null,
            title: 'A book',
            isbn: '9783161484100',
            type: 'book',
            source: null,
          },
        ],
      })
    })
  })

  describe('201 from Markdown', () => {
    test('stores the document byte for byte', async () => {
      const document =
        '\uFEFF---\r\n# a comment\r\ntitle:   "Odd"\r\ndraft: false\r\n---\r\n\r\nText.\r\n\r\nNo newline at the end'
      const { body } = await postMarkdown(document).expect(201)
      expect(body).toMatchObject({ title: 'Odd', status: 'published', slug: 'odd' })
      const { text } = await api.admin
        .get(`/v1/articles/${body.id}`)
        .set('accept', 'text/markdown')
        .expect(200)
      expect(text.replace(/^\uFEFF/, '')).toBe(document.replace(/^\uFEFF/, ''))
      const [row] = await api.rows<{ document: string }>(
        'SELECT front_matter || body AS document FROM revision WHERE article_id = $1',
        [body.id],
      )
      expect(row?.document).toBe(document)
    })

    test('takes the slug of the query before that of the front matter', async () => {
      const { body } = await postMarkdown(
        '---\ntitle: T\nslug: from-document\n---\nText',
        '?slug=from-query',
      ).expect(201)
      expect(body.slug).toBe('from-query')
    })

    test('is a draft when the front matter does not say otherwise, whatever its date', async () => {
      const { body } = await postMarkdown('---\ntitle: T\ndate: 2020-01-01\n---\nText').expect(201)
      expect(body).toMatchObject({ status: 'draft', publishedAt: '2020-01-01T00:00:00.000Z' })
    })

    test('keeps the reason with the revision', async () => {
      const { body } = await postMarkdown('# Reasoned', '?reason=first%20version').expect(201)
      const [row] = await api.rows<{ reason: string }>(
        'SELECT reason, actor_id FROM revision WHERE article_id = $1',
        [body.id],
      )
      expect(row).toEqual({ reason: 'first version', actor_id: 'testadmin1' })
    })
  })

  describe('400', () => {
    test('malformed JSON, with line and column', async () => {
      const { body, headers } = await api.admin
        .post('/v1/articles')
        .set('content-type', 'application/json')
        .send('{"title": "a",\n  "body" "b"}')
        .expect(400)
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(body).toMatchObject({ code: 'invalid_json', errors: [{ in: 'body', line: 2 }] })
    })

    test('an empty body', async () => {
      const { body } = await api.admin
        .post('/v1/articles')
        .set('content-type', 'application/json')
        .expect(400)
      expect(body.code).toBe('empty_body')
    })

    test('bytes that are not UTF-8, in JSON and in Markdown', async () => {
      const bytes = Buffer.concat([Buffer.from('# Ti'), Buffer.from([0xff]), Buffer.from('tle')])
      expect((await postMarkdown(bytes).expect(400)).body).toMatchObject({
        code: 'invalid_encoding',
        errors: [{ line: 1, column: 5 }],
      })
      const json = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])
      const { body } = await api.admin
        .post('/v1/articles')
        .set('content-type', 'application/json')
        .serialize((value) => value as never)
        .send(json as never)
      expect(body).toMatchObject({ status: 400, code: 'invalid_encoding' })
    })

    const unreadable = {
      'front matter that is not YAML': ['---\ndraft: true\ntitle: Foo: bar\n---\nText', 3],
      'a key twice': ['---\ntitle: A\ndraft: true\ntitle: B\n---\nText', 4],
      'front matter in JavaScript': ['---js\nmodule.exports = { title: process.exit(1) }\n---\nText', 1],
      'an alias bomb': [`---\na: &a [x,x,x,x,x,x,x,x,x]\n${bomb()}title: B\n---\nText`, undefined],
    } as const
    for (const [name, [document, line]] of Object.entries(unreadable)) {
      test(`${name}: says where`, async () => {
        const before = await count()
        const { body, status } = await postMarkdown(document)
        expect({ status, code: body.code }).toEqual({ status: 400, code: 'unreadable_document' })
        if (line !== undefined) expect(body.errors[0].line).toBe(line)
        expect(body.errors[0].message.length).toBeGreaterThan(20)
        expect(await count()).toBe(before)
      })
    }

    test('an unknown parameter, with the nearest name', async () => {
      const { body } = await postMarkdown('# T', '?slgu=x').expect(400)
      expect(body.errors).toMatchObject([
        { in: 'query', path: 'slgu', message: expect.stringContaining('"slug"') },
      ])
    })
  })

  describe('401', () => {
    for (const [name, header] of Object.entries({
      'no key': undefined,
      'a wrong secret': `Bearer mh_testadmin1_${'x'.repeat(43)}`,
      'an unknown key': `Bearer mh_nobody0000_${'k'.repeat(43)}`,
      'no key at all': 'Bearer nonsense',
      'another scheme': 'Basic dTpw',
    })) {
      test(name, async () => {
        const request = api.reader.post('/v1/articles').send({ title: 'T' })
        const { status, headers, body } = await (header === undefined
          ? request
          : request.set('authorization', header))
        expect(status).toBe(401)
        expect(headers['www-authenticate']).toMatch(/^Bearer/)
        expect(body.code).toBe('unauthorized')
      })
    }

    test('a bad key is refused on public addresses too', async () => {
      await api.reader.get('/v1/articles').set('authorization', 'Bearer nonsense').expect(401)
    })
  })

  describe('409 slug_taken', () => {
    test('names the holder', async () => {
      const holder = await api.create({ title: 'Holder', slug: 'held' })
      const before = await count()
      const { body } = await post({ title: 'Late', slug: 'held' }).expect(409)
      expect(body).toMatchObject({
        code: 'slug_taken',
        holder: { id: holder.id, slug: 'held', title: 'Holder' },
      })
      expect(await count()).toBe(before)
    })
  })

  describe('413, 415', () => {
    test('a body of 9 MB', async () => {
      const { body } = await postMarkdown(`# T\n\n${'x'.repeat(9_000_000)}`).expect(413)
      expect(body.code).toBe('body_too_large')
    })

    test('another content type', async () => {
      const { body, headers } = await api.admin
        .post('/v1/articles')
        .set('content-type', 'text/plain')
        .send('hello')
        .expect(415)
      expect(body.code).toBe('unsupported_media_type')
      expect(headers['accept-post']).toContain('text/markdown')
    })
  })

  describe('422', () => {
    const wrong: Record<string, [object, string, RegExp]> = {
      'wrong types': [{ title: 1 }, '/title', /string/i],
      'an unknown field, with the nearest name': [{ title: 'T', sumary: 'x' }, '/sumary', /"summary"/],
      'no title anywhere': [{ body: 'Text without a heading.' }, '/title', /title/],
      'a slug with capitals': [{ title: 'T', slug: 'Not-A-Slug' }, '/slug', /lower/i],
      'a slug like an id': [{ title: 'T', slug: '01a20983-3313-7fe5-ac7f-76ea7de6fc83' }, '/slug', /./],
      'a reserved slug': [{ title: 'T', slug: 'search' }, '/slug', /./],
      'a NUL character': [{ title: 'T', body: 'a\0b' }, '/body', /U\+0000/],
      'half a surrogate pair': [{ title: 'T', body: '\ud83d' }, '/body', /surrogate/],
      'a date that is none': [{ title: 'T', publishedAt: '2015-02-30T00:00:00Z' }, '/publishedAt', /./],
      'an instant without offset': [{ title: 'T', publishedAt: '2015-02-20T00:00:00' }, '/publishedAt', /./],
      'ten thousand tags': [
        { title: 'T', tags: Array.from({ length: 10_000 }, (_, n) => `t${n}`) },
        '/tags',
        /100/,
      ],
      'a tag that is no name': [{ title: 'T', tags: ['ok', 7] }, '/tags/1', /string/i],
      'a slug of a tag that no one has': [
        { title: 'T', tags: [{ slug: 'no-such-tag' }] },
        '/tags/0/slug',
        /no-such-tag/,
      ],
      'a citation with a date that is none': [
        { title: 'T', citations: [{ label: '1', publishedOn: '2025-02-30' }] },
        '/citations/0/publishedOn',
        /./,
      ],
      'a key of meta that is a field of its own': [{ title: 'T', meta: { slug: 'x' } }, '/meta/slug', /slug/],
      'a label twice': [
        { title: 'T', citations: [{ label: 'a' }, { label: 'a' }] },
        '/citations/1/label',
        /twice/,
      ],
      'an end before the beginning': [
        { title: 'T', publishedAt: '2025-01-02T00:00:00Z', unpublishAt: '2025-01-01T00:00:00Z' },
        '/unpublishAt',
        /later/,
      ],
      'a status that is none': [{ title: 'T', status: 'publish' }, '/status', /./],
    }
    for (const [name, [input, path, message]] of Object.entries(wrong)) {
      test(`${name}: names the field`, async () => {
        const before = await count()
        const { body } = await post(input).expect(422)
        expect(body.errors).toContainEqual(
          expect.objectContaining({ in: 'body', path, message: expect.stringMatching(message) }),
        )
        expect(await count()).toBe(before)
      })
    }

    for (const number of ['1e999', '12345678901234567890', '-9007199254740993']) {
      test(`the number ${number}, which would change in silence`, async () => {
        const { body } = await api.admin
          .post('/v1/articles')
          .set('content-type', 'application/json')
          .send(`{"title":"T","meta":{"n":${number}}}`)
          .expect(422)
        expect(body.errors).toMatchObject([{ path: '/meta/n', code: 'unsafe_number' }])
      })
    }

    test('a document with a date that is none: says the line', async () => {
      const { body } = await postMarkdown('---\ntitle: T\ndate: 2015-02-30\n---\nText').expect(422)
      expect(body).toMatchObject({ code: 'invalid_document', errors: [{ line: 3 }] })
    })

    test('a document without a title', async () => {
      const { body } = await postMarkdown('Text without a heading.').expect(422)
      expect(body.errors[0].code).toBe('title_missing')
    })

    test('a document with a NUL character', async () => {
      const { body } = await postMarkdown('# T\n\na\0b').expect(422)
      expect(body).toMatchObject({ code: 'invalid_document', errors: [{ line: 3, column: 2 }] })
    })

    test('a document with ten thousand tags', async () => {
      const tags = Array.from({ length: 10_000 }, (_, n) => `t${n}`).join(', ')
      const { body } = await postMarkdown(`---\ntitle: T\ntags: [${tags}]\n---\nText`).expect(422)
      expect(body.errors[0].message).toContain('100')
    })
  })
})

/** Nine anchors, each nine times the one before: 3.4 billion strings when followed. */
function bomb(): string {
  return 'bcdefghi'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]\n`)
    .join('')
}

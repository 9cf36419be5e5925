import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({
  publicMeta: ['series'],
  siteUrl: 'https://news.example',
  articleUrlPattern: '/{locale}/{year}/{month}/{slug}',
})

describe('GET /v1/articles/:ref', () => {
  describe('200', () => {
    test('by id and by slug, the same article', async () => {
      const { id, slug } = await api.create({ title: 'By both', status: 'published' })
      const byId = await api.reader.get(`/v1/articles/${id}`).expect(200)
      const bySlug = await api.reader.get(`/v1/articles/${slug}`).expect(200)
      expect(bySlug.body).toEqual(byId.body)
    })

    test('shows readers nothing of what concerns editors alone', async () => {
      const { id } = await api.create({
        title: 'Public and internal',
        status: 'published',
        meta: { series: 'bridge', internalNote: 'call the lawyer' },
      })
      const { body, text } = await api.reader.get(`/v1/articles/${id}`).expect(200)
      expect(body.meta).toEqual({ series: 'bridge' })
      for (const field of ['createdBy', 'pending', 'trashedAt', 'needsAttention'])
        expect(body).not.toHaveProperty(field)
      expect(text).not.toContain('lawyer')
      const markdown = await api.reader.get(`/v1/articles/${id}?format=markdown`).expect(200)
      expect(markdown.text).toContain('title: Public and internal')
      expect(markdown.text).not.toContain('lawyer')
    })

    test('has links by configuration, never by the Host header', async () => {
      const { id } = await api.create({
        title: 'Links',
        slug: '桥-1',
        status: 'published',
        publishedAt: '2025-07-02T00:00:00Z',
      })
      const { body } = await api.reader.get(`/v1/articles/${id}`).set('host', 'evil.example').expect(200)
      expect(body.links).toEqual({
        self: `http://127.0.0.1:3000/v1/articles/${id}`,
        markdown: `http://127.0.0.1:3000/v1/articles/${id}?format=markdown`,
        canonical: 'https://news.example/zh-CN/2025/07/%E6%A1%A5-1',
      })
    })

    test('by slug in the locale that is asked for, else in the site’s, else the oldest', async () => {
      await api.create({
        title: 'Deutsch',
        slug: 'wechsel',
        locale: 'de',
        status: 'published',
        translationKey: 'w',
      })
      await api.create({
        title: 'Français',
        slug: 'wechsel',
        locale: 'fr',
        status: 'published',
        translationKey: 'w',
      })
      const oldest = await api.reader.get('/v1/articles/wechsel').expect(200)
      expect(oldest.body).toMatchObject({ locale: 'de', translations: [{ locale: 'fr', slug: 'wechsel' }] })
      expect(oldest.headers['content-language']).toBe('de')
      const asked = await api.reader.get('/v1/articles/wechsel?locale=fr').expect(200)
      expect(asked.body.title).toBe('Français')
      await api.create({ title: '中文', slug: 'wechsel', status: 'published' })
      const site = await api.reader.get('/v1/articles/wechsel').expect(200)
      expect(site.body.title).toBe('中文')
    })

    test('does not name translations that readers may not see', async () => {
      const { id } = await api.create({
        title: 'Seen',
        locale: 'en',
        translationKey: 'secret',
        status: 'published',
      })
      await api.create({ title: 'Draft', locale: 'de', translationKey: 'secret' })
      expect((await api.reader.get(`/v1/articles/${id}`)).body.translations).toEqual([])
      expect((await api.admin.get(`/v1/articles/${id}`)).body.translations).toHaveLength(1)
    })

    test('as Markdown by Accept: private, and says its own address', async () => {
      const { id } = await api.create({ title: 'Negotiated', body: 'Text.', status: 'published' })
      const { headers, text } = await api.reader
        .get(`/v1/articles/${id}`)
        .set('accept', 'text/markdown')
        .expect(200)
      expect(headers['content-type']).toBe('text/markdown; charset=utf-8')
      expect(headers['cache-control']).toBe('private, max-age=0')
      expect(headers['content-location']).toBe(`/v1/articles/${id}?format=markdown`)
      expect(text).toContain('Text.')
      const json = await api.reader.get(`/v1/articles/${id}`).expect(200)
      expect(json.headers['cache-control']).toBe('public, max-age=0, must-revalidate')
      expect(json.headers.vary).toContain('Accept')
    })

    test('the type that the client likes most, however it writes its weights', async () => {
      const { id } = await api.create({ title: 'Weights', status: 'published' })
      for (const [accept, type] of [
        ['text/markdown; q=0.1, application/json', 'application/json; charset=utf-8'],
        ['application/json; q=0, text/markdown', 'text/markdown; charset=utf-8'],
        ['text/markdown;q=0.9, application/json; charset=utf-8; q=0.2', 'text/markdown; charset=utf-8'],
        ['text/*, application/json;q=0.5', 'text/markdown; charset=utf-8'],
        ['*/*', 'application/json; charset=utf-8'],
      ] as const) {
        const { headers } = await api.reader.get(`/v1/articles/${id}`).set('accept', accept).expect(200)
        expect(headers['content-type']).toBe(type)
      }
    })

    test('HEAD is GET without the body', async () => {
      const { id } = await api.create({ title: 'Head', status: 'published' })
      const get = await api.reader.get(`/v1/articles/${id}`)
      const head = await api.reader.head(`/v1/articles/${id}`).expect(200)
      expect(head.headers.etag).toBe(get.headers.etag)
      expect(head.headers['content-length']).toBe(get.headers['content-length'])
      expect(head.text ?? '').toBe('')
    })
  })

  describe('304', () => {
    test('for its entity tag, weak, in a list, or any', async () => {
      const { id } = await api.create({ title: 'Conditional', status: 'published' })
      const { headers } = await api.reader.get(`/v1/articles/${id}`)
      const etag = headers.etag ?? ''
      for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const answer = await api.reader.get(`/v1/articles/${id}`).set('if-none-match', header).expect(304)
        expect(answer.headers.etag).toBe(etag)
        expect(answer.text).toBe('')
      }
      await api.reader.get(`/v1/articles/${id}`).set('if-none-match', '"1-something"').expect(200)
    })

    test('JSON and Markdown have tags of their own', async () => {
      const { id } = await api.create({ title: 'Two tags', status: 'published' })
      const json = await api.reader.get(`/v1/articles/${id}`)
      const markdown = await api.reader.get(`/v1/articles/${id}?format=markdown`)
      expect(markdown.headers.etag).not.toBe(json.headers.etag)
    })
  })

  describe('404', () => {
    test('the same for what is not there and for a draft', async () => {
      const { id, slug } = await api.create({ title: 'Only a draft' })
      const answers = await Promise.all(
        [id, slug, 'no-such-article', '01a20983-0000-7000-8000-000000000000'].map((ref) =>
          api.reader.get(`/v1/articles/${ref}`).expect(404),
        ),
      )
      const problems = answers.map(({ body }) => ({ ...body, requestId: '' }))
      expect(new Set(problems.map((problem) => JSON.stringify(problem))).size).toBe(1)
      await api.admin.get(`/v1/articles/${slug}`).expect(200)
    })

    test('after its unpublishAt', async () => {
      const { id } = await api.create({
        title: 'Expired',
        status: 'published',
        publishedAt: '2020-01-01T00:00:00Z',
        unpublishAt: '2020-02-01T00:00:00Z',
      })
      await api.reader.get(`/v1/articles/${id}`).expect(404)
    })
  })

  describe('400, 405, 406', () => {
    test('parameters that are wrong', async () => {
      for (const query of ['format=pdf', 'locale=not_a_tag!', 'locale=en&locale=de', 'formt=json']) {
        const { body } = await api.reader.get(`/v1/articles/x?${query}`).expect(400)
        expect(body.code).toBe('invalid_parameters')
      }
    })

    test('an address that can’t be decoded, or holds a NUL', async () => {
      await api.reader.get('/v1/articles/%zz').expect(400)
      await api.reader.get('/v1/articles/a%00b').expect(400)
    })

    test('a method that the address does not have', async () => {
      const { body, headers } = await api.reader.post('/v1/articles/x').expect(405)
      expect(body.code).toBe('method_not_allowed')
      expect(headers.allow).toContain('GET')
    })

    test('a type that there is not', async () => {
      const { body } = await api.reader.get('/v1/articles/x').set('accept', 'application/pdf').expect(406)
      expect(body.code).toBe('not_acceptable')
    })
  })
})

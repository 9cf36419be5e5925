import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const render = (text: string) => api.admin.post('/v1/render').set('content-type', 'text/markdown').send(text)
const rules = (body: { findings: { rule: string; line: number }[] }) =>
  body.findings.map(({ rule, line }) => `${rule}:${line}`)

describe('POST /v1/render', () => {
  test('200: the whole article, and nothing is stored', async () => {
    await api.create({
      title: 'Known',
      tags: ['Open AI'],
      body: 'A.[^1]\n\n[^1]: [S](https://example.org/known)',
    })
    const document =
      '---\ntitle: Preview\nslug: preview\ntags: [open ai, new tag]\n---\n\n## One\n\nFact.[^1] Other.[^2]\n\n[^1]: [S](https://example.org/known)\n[^2]: [T](https://example.org/new)\n'
    const { body } = await render(document).expect(200)
    expect(body.article).toMatchObject({
      title: 'Preview',
      slug: 'preview',
      locale: 'zh-CN',
      tags: [
        { slug: 'open-ai', name: 'Open AI' },
        { slug: 'new-tag', name: 'new tag' },
      ],
      toc: [{ level: 2, id: 'one', text: 'One' }],
      citations: [
        { label: '1', source: { id: expect.any(String), domain: 'example.org', tier: 'unknown' } },
        { label: '2', source: { id: null, url: 'https://example.org/new' } },
      ],
    })
    expect(body).toMatchObject({ findings: [], errorCount: 0, warningCount: 0 })
    await api.admin.get('/v1/articles/preview').expect(404)
    const [row] = await api.rows(`SELECT count(*)::int AS tags FROM tag WHERE slug = 'new-tag'`)
    expect(row).toEqual({ tags: 0 })
  })

  test('200: gives what POST would give', async () => {
    const document =
      '---\ntitle: Same\n---\n\n正文**加粗**。[^a]\n\n## 引用\n[^a]: 36氪. [标题](https://36kr.com/p/1)（2025/7/2）\n'
    const { body } = await render(document).expect(200)
    const created = await api.admin
      .post('/v1/articles')
      .set('content-type', 'text/markdown')
      .send(document)
      .expect(201)
    for (const field of ['html', 'toc', 'excerpt', 'wordCount', 'body'] as const) {
      expect(body.article[field]).toEqual(created.body[field])
    }
    const withoutIds = (citations: { source: object }[]) =>
      citations.map((one) => ({ ...one, source: { ...one.source, id: '' } }))
    expect(withoutIds(body.article.citations)).toEqual(withoutIds(created.body.citations))
  })

  test('200: findings with line and column, counted', async () => {
    const document = [
      '---', // 1
      'draft: true',
      '---',
      'A fact without its note.[^none]', // 4
      '<script>alert(1)</script>', // 5
      '',
      '[^unused]: Nobody refers to this.', // 7
      '[^unused]: A second of the name.',
      '',
      '{{< unknown >}}', // 10
    ].join('\n')
    const { body } = await render(document).expect(200)
    expect(body.article.title).toBeNull()
    const found = rules(body)
    expect(found.some((rule) => rule.startsWith('title-missing'))).toBe(true)
    for (const line of [4, 5, 7, 8, 10]) expect(found.some((rule) => rule.endsWith(`:${line}`))).toBe(true)
    expect(body.errorCount + body.warningCount).toBe(body.findings.length)
    expect(body.article.html).not.toContain('<script')
  })

  test('400, 401, 415, 422', async () => {
    await render('---\ntitle: [\n---\n').expect(400)
    await render('---\ntitle: T\ndate: 2015-02-30\n---\n').expect(422)
    await api.reader.post('/v1/render').set('content-type', 'text/markdown').send('# T').expect(401)
    await api.admin.post('/v1/render').send({ body: 'x' }).expect(415)
  })
})

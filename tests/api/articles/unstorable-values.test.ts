import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

/** Each becomes four letters when names are compared (NFKC). */
const longTag = '\u3300'.repeat(200)

const postMarkdown = (document: string) =>
  api.admin.post('/v1/articles').set('content-type', 'text/markdown').send(document)

describe('values that no index or column can hold', () => {
  test('a tag that unfolds to more than 2,000 bytes is a 422 that names it', async () => {
    const fields = { title: 'Tags', tags: ['short', longTag] }
    const { body: json } = await api.admin.post('/v1/articles').send(fields).expect(422)
    expect(json.errors).toMatchObject([{ path: '/tags/1', code: 'invalid_value' }])
    const { body } = await postMarkdown(`---\ntitle: T\ntags: [short, ${longTag}]\n---\n`).expect(422)
    expect(body.errors).toMatchObject([{ line: 3, code: 'invalid_value' }])
  })

  test.each(['date', 'lastmod', 'expiryDate'])('%s outside the years 1 to 9999 is a 422', async (key) => {
    for (const value of ['0001-01-01T00:00:00+08:00', '9999-12-31T23:59:59-12:00']) {
      const { body } = await postMarkdown(`---\ntitle: T\n${key}: ${value}\n---\n`).expect(422)
      expect(body.errors).toMatchObject([{ line: 3, code: 'invalid_date' }])
    }
  })

  test('an address whose host is longer than names can be is cited, and has no source', async () => {
    for (const host of ['q'.repeat(4_000), '中'.repeat(3_000)]) {
      const { body } = await postMarkdown(
        `---\ntitle: Host ${host.length}\n---\nx[^1]\n\n[^1]: [t](https://${host}.com)\n`,
      ).expect(201)
      expect(body.citations).toMatchObject([{ label: '1', source: null }])
    }
  })
})

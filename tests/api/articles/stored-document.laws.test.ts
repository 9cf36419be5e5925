import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'
import { articleFields, featuredImage } from '../../unit/content/article-arbitraries.ts'

const api = await startApi()
const elsewhere = await startApi()

const piece = fc.oneof(
  fc.constantFrom(
    ...['\uFEFF', '\r\n', '\r', '\n', '---', '+++', '...', 'title: x', 'a: [1, 2] # c', '\t', '  ', '# H'],
    ...['[^1]: n', 'x[^1]', '\u2028', '\uFFFE', '\u0085', '\u0008', '\u{10FFFF}', '```', ' \n', '>'],
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
)
const document = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.constantFrom('---\ntitle: T\n---\n', '---\r\ntitle: "T" # c\r\n---\r\n', '# T\n'),
    fc.array(piece, { maxLength: 12 }),
  )
  .map(([mark, head, pieces]) => mark + head + pieces.join(''))

const key = { authorization: `Bearer ${ADMIN_KEY}` }
const send = (url: string, method: string, text: string) =>
  fetch(url, { method, headers: { ...key, 'content-type': 'text/markdown' }, body: text })
const json = async (response: Response) => JSON.parse(await response.text())
const bytesOf = async (url: string) => Buffer.from(await (await fetch(url, { headers: key })).arrayBuffer())

test('a document that is stored comes back byte for byte, and put back changes nothing', async () => {
  let stored = 0
  await fc.assert(
    fc.asyncProperty(document, async (text) => {
      const created = await send(`${api.url}/v1/articles`, 'POST', text)
      const { id } = await json(created)
      expect(created.status).toBeLessThan(500)
      if (created.status !== 201) return
      stored += 1
      const address = `${api.url}/v1/articles/${id}`
      expect(await bytesOf(`${address}?format=markdown`)).toEqual(Buffer.from(text))
      if (stored % 10 > 0) return
      const put = await send(address, 'PUT', text)
      expect([put.status, (await json(put)).revision]).toEqual([200, 1])
    }),
    { numRuns: 1_000, endOnFailure: true },
  )
  expect(stored).toBeGreaterThan(500)
}, 180_000)

test('importing the document of a JSON POST elsewhere gives the same article', async () => {
  const input = fc
    .tuple(articleFields, fc.option(featuredImage, { nil: null }), fc.boolean())
    .map(
      ([{ draft: _, aliases: __, slug: ___, unpublishAt: ____, title, ...fields }, image, isPublished]) => ({
        ...fields,
        title: title ?? 'T',
        featuredImage: image,
        status: isPublished ? 'published' : 'draft',
      }),
    )
  await fc.assert(
    fc.asyncProperty(input, async (fields) => {
      const created = await api.admin.post('/v1/articles').send(fields)
      // Words that no article takes are refused by both roads.
      expect(created.status).toBeLessThan(500)
      if (created.status !== 201) return
      const { id, slug } = created.body
      const text = (await bytesOf(`${api.url}/v1/articles/${id}?format=markdown`)).toString()
      const imported = await json(await send(`${elsewhere.url}/v1/articles/${slug}`, 'PUT', text))
      expect(said(imported)).toEqual(said(created.body))
    }),
    { numRuns: 200, endOnFailure: true },
  )
}, 120_000)

/** What an article says: all but what its record is. */
function said(article: Record<string, unknown>) {
  const { id, links, createdAt, updatedAt, createdBy, firstPublishedAt, translations, ...rest } = article
  const citations = (rest.citations as { source: object | null }[]).map(({ source, ...citation }) => ({
    ...citation,
    source: source && { ...source, id: null },
  }))
  // Terms are named by whoever spelled them first.
  const { tags, topics, authors, ...others } = rest
  return { ...others, citations }
}

import { expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ publicMeta: ['description', 'kicker'] })
const publish = async (text: string) =>
  (await api.admin.post('/v1/articles').set('content-type', 'text/markdown').send(text).expect(201)).body
const asReader = async (id: string) =>
  (await api.reader.get(`/v1/articles/${id}?format=markdown`).expect(200)).text

test('a public key that lost to another of its field stays out: it would be read as the field', async () => {
  const { id } = await publish(
    '---\ntitle: T\ndraft: false\nsummary: Said\ndescription: Lost\nkicker: K\n---\nx',
  )
  const text = await asReader(id)
  expect(text).toContain('kicker: K')
  expect(text).not.toContain('Lost')
})

test('gives readers the same citations as JSON', async () => {
  const { id, citations } = await publish(
    [
      '---\ntitle: Cited\ndraft: false\ncitations:',
      '- {label: remark, text: A remark.}',
      '- {label: talk, title: Talk, text: In its own words.}',
      '- {label: made, title: Made, publisher: Press}',
      '- {label: noted, text: Of no use, publisher: By hand}',
      '- {label: unused, type: null}',
      '---\nx[^noted]\n\n[^noted]: [N](https://example.org/n)\n[^unused]: [U](https://example.org/u)\n',
    ].join('\n'),
  )
  const text = await asReader(id)
  expect(text).not.toContain('Of no use')
  const { body } = await api.admin
    .post('/v1/render')
    .set('content-type', 'text/markdown')
    .send(text)
    .expect(200)
  const withoutId = (given: { source: object | null }[]) =>
    given.map(({ source, ...rest }) => ({ ...rest, source: source && { ...source, id: null } }))
  expect(withoutId(body.article.citations)).toEqual(withoutId(citations))
})

import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const [reader, viewer] = await Promise.all([api.withKey('reader'), api.withKey('viewer')])
const draft = await api.create({ title: 'Not yet', body: 'Text.', tags: ['Unseen tag'], slug: 'not-yet' })
const story = await api.create({
  title: 'Out',
  body: 'Text.',
  tags: ['Seen tag'],
  slug: 'out',
  status: 'published',
})
const withdrawn = await api.create({ title: 'Was', body: 'Text.', slug: 'was', status: 'published' })
await api.admin.delete(`/v1/articles/${withdrawn.id}`).expect(204)
const moved = await api.create({ title: 'Moved', body: 'Text.', slug: 'before', status: 'published' })
await api.admin.patch(`/v1/articles/${moved.id}`).send({ slug: 'after' }).expect(200)

type Call = readonly [method: 'patch' | 'put' | 'post' | 'delete', path: string, body?: string | object]

/** What is done to one article or tag, with bodies that would be taken. */
const onArticles: Record<string, (ref: string) => Call> = {
  PATCH: (ref: string) => ['patch', `/v1/articles/${ref}`, { title: 'Other' }],
  PUT: (ref: string) => ['put', `/v1/articles/${ref}`, '# Other'],
  DELETE: (ref: string) => ['delete', `/v1/articles/${ref}`],
  publish: (ref: string) => ['post', `/v1/articles/${ref}/publish`, {}],
  unpublish: (ref: string) => ['post', `/v1/articles/${ref}/unpublish`],
  restore: (ref: string) => ['post', `/v1/articles/${ref}/restore`],
}
const onTags: Record<string, (slug: string) => Call> = {
  PATCH: (slug: string) => ['patch', `/v1/tags/${slug}`, { name: 'Other' }],
  merge: (slug: string) => ['post', `/v1/tags/${slug}/merge`, { into: 'seen-tag' }],
  DELETE: (slug: string) => ['delete', `/v1/tags/${slug}`],
}

async function status(
  { requests }: Pick<typeof reader, 'requests'>,
  [method, path, body]: Call,
): Promise<number> {
  const request = requests[method](path).redirects(0)
  if (typeof body === 'string') request.set('content-type', 'text/markdown')
  return (await request.send(body)).status
}

describe.each(Object.entries(onArticles))('%s of an article, with a role that may not', (_name, call) => {
  test.each([
    ['a draft', draft.id, 404, 403],
    ['a draft, by its slug', 'not-yet', 404, 403],
    ['a public one', story.id, 403, 403],
    ['one that was withdrawn', withdrawn.id, 410, 403],
    ['nothing', '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11', 404, 404],
    ['nothing, by a slug', 'nothing', 404, 404],
    ['a slug that it had', 'before', 404, 404],
  ])('%s', async (_what, ref, ofReader, ofViewer) => {
    expect(await status(reader, call(ref))).toBe(ofReader)
    expect(await status(viewer, call(ref))).toBe(ofViewer)
  })

  test('without a key it is a 401, whatever is there', async () => {
    for (const ref of [draft.id, story.id, 'nothing'])
      expect(await status({ requests: api.reader as never }, call(ref)), ref).toBe(401)
  })
})

describe.each(Object.entries(onTags))('%s of a tag, with a role that may not', (_name, call) => {
  test.each([
    ['one that only drafts have', 'unseen-tag', 404, 403],
    ['one of public articles', 'seen-tag', 403, 403],
    ['nothing', 'no-such-tag', 404, 404],
  ])('%s', async (_what, slug, ofReader, ofViewer) => {
    expect(await status(reader, call(slug))).toBe(ofReader)
    expect(await status(viewer, call(slug))).toBe(ofViewer)
  })
})

test('what can’t be seen is refused with the words for what is not there', async () => {
  const refused = (ref: string) =>
    reader.requests
      .patch(`/v1/articles/${ref}`)
      .set('x-request-id', 'the-same-request')
      .send({ title: 'Other' })
  const [hidden, missing] = await Promise.all([refused(draft.id), refused('nothing')])
  expect(hidden.text).toBe(missing.text)
})

test('a wrong address is told before what its role may not do, and no body is read', async () => {
  await viewer.requests.patch(`/v1/articles/${draft.id}?locale=nonsense-locale-x`).expect(400)
  await viewer.requests.patch('/v1/articles/a%00b').expect(400)
  await viewer.requests
    .patch(`/v1/articles/${draft.id}`)
    .set('content-type', 'application/json')
    .send('{ not json')
    .expect(403)
})

test('nothing of it changed anything', async () => {
  const unchanged = await api.rows(`SELECT slug, revision, status FROM article WHERE id = $1`, [draft.id])
  expect(unchanged).toEqual([{ slug: 'not-yet', revision: 1, status: 'draft' }])
})

import { expect, test } from 'vitest'
import { statementsOf } from '#tests/support/statements.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

const story = (n: number) => ({
  title: `Budget ${n}`,
  status: 'published',
  tags: Array.from({ length: 10 }, (_, i) => `budget ${i}`),
  topics: ['City'],
  body: Array.from({ length: 20 }, (_, i) => `Fact.[^${i}]\n\n[^${i}]: [S](https://example.org/${i})`).join(
    '\n\n',
  ),
})

test('one article is one statement, by id and by slug', async () => {
  const { id, slug } = await api.create(story(1))
  expect(await statementsOf(() => api.reader.get(`/v1/articles/${id}`).expect(200))).toHaveLength(1)
  expect(await statementsOf(() => api.reader.get(`/v1/articles/${slug}`).expect(200))).toHaveLength(1)
})

test('each of its representations is one statement too', async () => {
  const { slug } = await api.create({ ...story(1), title: 'Budget of all formats' })
  for (const format of ['markdown', 'html', 'jsonld', 'csl-json', 'bibtex', 'ris']) {
    const path = `/v1/articles/${slug}?format=${format}`
    expect(await statementsOf(() => api.reader.get(path).expect(200))).toHaveLength(1)
  }
})

test('a list is one statement, two when it is filtered by names, and one more when it is counted', async () => {
  await api.create(story(4))
  const filters =
    'tag=budget%201&topic=city&sourceDomain=example.org&locale=zh-CN&publishedAfter=2000-01-01T00:00:00Z'
  const list = (query: string) => statementsOf(() => api.reader.get(`/v1/articles?${query}`).expect(200))
  expect(await list('include=body,html,toc,citations&sort=title')).toHaveLength(1)
  expect(await list(filters)).toHaveLength(2)
  expect(await list(`${filters}&total=true&facets=tag,topic,source,month`)).toHaveLength(3)
  // What was counted is known as long as nobody writes, in the other databases of the test server too.
  const again = () => list(`${filters}&total=true&facets=tag,topic,source,month`)
  await expect.poll(async () => (await again()).length, { timeout: 20_000, interval: 5 }).toBe(2)
  expect(await statementsOf(() => api.reader.get(`/v1/citations?${filters}`).expect(200))).toHaveLength(2)
})

test('what has to do with an article, and its neighbours', async () => {
  const { slug } = await api.create(story(5))
  const at = (path: string) => statementsOf(() => api.reader.get(`/v1/articles/${slug}/${path}`).expect(200))
  expect(await at('related')).toHaveLength(3)
  expect(await at('neighbors')).toHaveLength(5)
})

test('lists of terms and sources are two', async () => {
  for (const path of ['/v1/tags', '/v1/topics', '/v1/authors', '/v1/sources']) {
    expect(await statementsOf(() => api.reader.get(path).expect(200))).toHaveLength(2)
  }
})

test('a POST is at most 16 statements, however many tags and citations it has', async () => {
  await api.create(story(2))
  const known = await statementsOf(() => api.create(story(3)))
  expect(known.length).toBeLessThanOrEqual(16)
  expect(known.filter((statement) => /^(COMMIT|ROLLBACK)/.test(statement))).toEqual(['COMMIT'])
})

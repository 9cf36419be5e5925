import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { documentExample, inputExample } from '#src/articles/examples/documents.ts'
import { importFolder, seedsFolder } from '#src/transfer/index.ts'
import { startApi } from '#tests/support/test-api.ts'

// The examples of the documentation are answers that this server gave. UPDATE_EXAMPLES=1 writes them anew.
const api = await startApi()
await importFolder(api.deps, seedsFolder)
const created = await api.admin.post('/v1/articles').send(inputExample).expect(201)
const article = `/v1/articles/${created.body.id}`
const redirect = await api.admin
  .post('/v1/redirects')
  .send({ from: '/2019/old.html', to: '/silicon-valley-ai-war' })
  .expect(201)
const audit = await api.admin.get('/v1/audit?limit=3').expect(200)
const [entry] = audit.body.data

const answers: Record<string, () => Promise<unknown>> = {
  'src/audit/examples/audit-entries.json': async () => audit.body,
  'src/audit/examples/audit-entry.json': async () => entry,
  'src/audit/examples/erased-entry.json': async () =>
    (await api.admin.post(`/v1/audit/${entry.id}/erase`).send({ reason: 'Art. 17 GDPR, request 2025-114' }))
      .body,
  'src/articles/examples/created-article.json': async () => created.body,
  'src/articles/examples/article.json': async () => (await api.reader.get(article)).body,
  'src/articles/examples/article-markdown.json': async () =>
    (await api.reader.get(`${article}?format=markdown`)).text,
  'src/articles/examples/article-page.json': async () =>
    (await api.reader.get(`${article}?format=html`)).text,
  'src/articles/examples/article-json-ld.json': async () =>
    (await api.reader.get(`${article}?format=jsonld`)).body,
  'src/articles/examples/article-list.json': async () => (await api.reader.get('/v1/articles?limit=2')).body,
  'src/articles/examples/neighbors.json': async () => (await api.reader.get(`${article}/neighbors`)).body,
  'src/articles/examples/related.json': async () => (await api.reader.get(`${article}/related?limit=1`)).body,
  'src/articles/examples/rendered.json': async () =>
    (await api.admin.post('/v1/render').set('content-type', 'text/markdown').send(documentExample)).body,
  'src/citations/examples/csl-json.json': async () => (await exported('csl-json')).body,
  'src/citations/examples/bibtex.json': async () => (await exported('bibtex')).text,
  'src/citations/examples/ris.json': async () => (await exported('ris')).text,
  'src/sources/examples/sources.json': async () => (await api.reader.get('/v1/sources?limit=2')).body,
  'src/sources/examples/source.json': async () => {
    const [citation] = created.body.citations
    return (await api.reader.get(`/v1/sources/${citation.source.id}`)).body
  },
  'src/sources/examples/source-domains.json': async () =>
    (await api.reader.get('/v1/source-domains?limit=2')).body,
  'src/sources/examples/citations.json': async () => (await api.reader.get('/v1/citations?limit=2')).body,
  'src/sources/examples/article-citations.json': async () =>
    (await api.reader.get(`${article}/citations`)).body,
  'src/feeds/examples/rss.json': () => textAt(`/feeds/rss.xml?${aFewArticles}`),
  'src/feeds/examples/atom.json': () => textAt(`/feeds/atom.xml?${aFewArticles}`),
  'src/feeds/examples/json-feed.json': async () =>
    JSON.parse(await textAt(`/feeds/feed.json?${aFewArticles}`)),
  'src/feeds/examples/sitemap.json': () => textAt('/sitemap.xml'),
  'src/feeds/examples/sitemap-part.json': () => textAt('/sitemaps/2025-07.xml'),
  'src/feeds/examples/sitemap-news.json': () => textAt('/sitemap-news.xml'),
  'src/redirects/examples/redirect.json': async () => redirect.body,
  'src/redirects/examples/redirects.json': async () => (await api.admin.get('/v1/redirects?limit=2')).body,
  'src/redirects/examples/resolved-article.json': async () =>
    (await api.reader.get('/v1/resolve?path=/2019/old')).body,
  'src/taxonomy/examples/author.json': async () => (await api.reader.get('/v1/authors/li-na')).body,
  'src/taxonomy/examples/authors.json': async () => (await api.reader.get('/v1/authors?limit=3')).body,
  'src/taxonomy/examples/tag.json': async () => (await api.reader.get('/v1/tags/openai')).body,
  'src/taxonomy/examples/topic.json': async () => (await api.reader.get('/v1/topics?limit=1')).body.data[0],
  'src/taxonomy/examples/tags.json': async () => (await api.reader.get('/v1/tags?limit=3')).body,
  'src/taxonomy/examples/topics.json': async () => (await api.reader.get('/v1/topics?limit=3')).body,
}

const aFewArticles = 'tag=harbour'

/** An answer of a type that supertest does not read as text. */
const textAt = async (path: string) => (await fetch(api.url + path)).text()

/** Binary to supertest by their types: read as text. */
function exported(format: string) {
  return api.reader
    .get(`${article}/citations?format=${format}`)
    .buffer(true)
    .parse((response, done) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => done(null, format === 'csl-json' ? JSON.parse(text) : text))
    })
    .then(({ body }) => ({ body, text: body }))
}

for (const [file, answer] of Object.entries(answers)) {
  test(`${file} is what the server answers`, async () => {
    const actual = await answer()
    if (process.env.UPDATE_EXAMPLES === '1') writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`)
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    expect(timeless(kept)).toEqual(timeless(actual))
  })
}

test('the document of the example says what the JSON of the example says', async () => {
  const { body } = await api.admin
    .post('/v1/articles?slug=as-document')
    .set('content-type', 'text/markdown')
    .send(documentExample)
    .expect(201)
  const fields = [
    'title',
    'summary',
    'locale',
    'status',
    'tags',
    'topics',
    'authors',
    'html',
    'citations',
  ] as const
  for (const field of fields) expect(body[field]).toEqual(created.body[field])
})

/** Without what differs from run to run: ids, cursors and the moment of writing. */
function timeless(value: unknown): unknown {
  const text = JSON.stringify(value, (key, member) =>
    (key === 'next' || key === 'prev') && typeof member === 'string' ? 'cursor' : member,
  )
  return JSON.parse(
    text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
      .replaceAll(/(<time [^>]*>)[^<]*/g, '$1')
      .replaceAll(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 2\d{3} \d\d:\d\d:\d\d GMT/g, 'date')
      .replaceAll(/sitemaps\/2\d{3}-\d\d/g, 'sitemaps/month')
      .replaceAll(/2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'instant'),
  )
}

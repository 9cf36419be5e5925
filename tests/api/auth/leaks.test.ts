import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RECOUNT } from '#src/listing/index.ts'
import { startApi } from '#tests/support/test-api.ts'

/**
 * Readers must not learn anything of what they may not see. Every public address is asked before and after fifty drafts
 * were written, and whatever the drafts alone have is asked for beside what never was.
 */
const api = await startApi({ publicMeta: ['series'] })
const { key } = await api.withKey('reader')

const cited = (url: string) => `Text.[^1]\n\n[^1]: [A report](${url})（2025/7/1）`
const stories: { id: string; slug: string }[] = []
for (const [n, locale] of ['zh-CN', 'en', 'zh-CN', 'en', 'zh-CN'].entries()) {
  stories.push(
    await api.create({
      title: `Story ${n}`,
      slug: `story-${n}`,
      locale,
      status: 'published',
      publishedAt: `2025-07-0${n + 1}T00:00:00Z`,
      body: cited(`https://www.example.org/report-${n % 2}`),
      tags: ['AI', `Tag ${n % 3}`],
      topics: [n % 2 === 0 ? 'World' : 'City'],
      authors: ['Ann'],
      translationKey: n < 2 ? 'one' : null,
      meta: { series: 'a', secret: 'b' },
    }),
  )
}
const [first] = stories
const withdrawn = await api.create({ title: 'Withdrawn', slug: 'withdrawn', status: 'published' })
await api.admin.delete(`/v1/articles/${withdrawn.id}`).expect(204)
await api.admin.patch('/v1/articles/story-2').send({ slug: 'story-two' }).expect(200)
await api.admin.post('/v1/redirects').send({ from: '/old', to: '/story-1' }).expect(201)
const [source] = await api.rows<{ id: string }>(`SELECT id FROM source WHERE url LIKE '%report-0'`)

const lists = [
  '',
  'total=true&facets=tag,topic,source,month',
  'tag=ai&total=true&facets=tag,topic,source,month',
  'tag=Tag%201',
  'topic=world,city&excludeTag=tag-2&total=true',
  'author=ann&total=true',
  'locale=en&total=true',
  `source=${source?.id}&total=true`,
  'sourceDomain=example.org&total=true',
  'sort=title',
  'sort=-updatedAt&limit=2',
  'updatedAfter=2020-01-01T00:00:00Z&total=true',
  'publishedAfter=2025-07-02T00:00:00Z&include=body,html,toc,citations',
  `id=${first?.id}`,
  'fields=id,title,meta,translations',
  'tag=secret-1&total=true&facets=tag',
  'locale=ja&total=true',
  'sourceDomain=drafts.example&total=true',
  'status=published&total=true',
]
const formats = [
  '',
  '?format=html',
  '?format=markdown',
  '?format=jsonld',
  '?format=csl-json',
  '?format=bibtex',
  '?format=ris',
]

/** By operation, so that none is forgotten. */
const addresses: Record<string, string[]> = {
  listArticles: lists.map((query) => `/v1/articles?${query}`),
  getArticle: [
    ...formats.map((format) => `/v1/articles/${first?.id}${format}`),
    '/v1/articles/story-1',
    '/v1/articles/story-1?locale=en',
    '/v1/articles/story-2',
    '/v1/articles/withdrawn',
    '/v1/articles/nothing',
  ],
  listNeighbors: ['/v1/articles/story-0/neighbors', '/v1/articles/story-4/neighbors'],
  listRelatedArticles: ['/v1/articles/story-0/related', '/v1/articles/story-1/related?limit=20'],
  listArticleCitations: ['', '?format=bibtex'].map((format) => `/v1/articles/story-0/citations${format}`),
  listCitations: ['/v1/citations', '/v1/citations?sourceDomain=example.org', '/v1/citations?tag=ai'],
  listSources: ['/v1/sources', '/v1/sources?sort=-citations&limit=1', '/v1/sources?domain=drafts.example'],
  getSource: [`/v1/sources/${source?.id}`],
  listSourceDomains: ['/v1/source-domains'],
  listTags: ['/v1/tags', '/v1/tags?q=s', '/v1/tags?limit=1'],
  getTag: ['/v1/tags/ai', '/v1/tags/tag-1', '/v1/tags/secret-1'],
  listTopics: ['/v1/topics', '/v1/topics?q=s'],
  getTopic: ['/v1/topics/world', '/v1/topics/secret-topic'],
  listAuthors: ['/v1/authors', '/v1/authors?q=h'],
  getAuthor: ['/v1/authors/ann', '/v1/authors/hidden'],
  resolvePath: ['/old', '/story-1', '/story-2', '/secret-path', '/withdrawn'].map(
    (path) => `/v1/resolve?path=${path}`,
  ),
  getRssFeed: ['/feeds/rss.xml', '/feeds/rss.xml?tag=ai&content=full'],
  getAtomFeed: ['/feeds/atom.xml', '/feeds/atom.xml?topic=world'],
  getJsonFeed: ['/feeds/feed.json', '/feeds/feed.json?author=ann'],
  getSitemapIndex: ['/sitemap.xml'],
  getSitemap: ['/sitemaps/2025-07.xml', '/sitemaps/2999-01.xml', '/sitemaps/2026-11.xml'],
  getNewsSitemap: ['/sitemap-news.xml'],
  getRobots: ['/robots.txt'],
  getMe: ['/v1/me'],
}
/** What has nothing to do with articles. */
const others = ['getOpenApi', 'getProblemType', 'getLiveness', 'getReadiness']

const CHANGING = ['date', 'x-request-id', 'server-timing', 'keep-alive', 'connection']

async function answer(path: string, init: RequestInit = {}) {
  const response = await fetch(api.url + path, { redirect: 'manual', ...init })
  const headers = [...response.headers].filter(([name]) => !CHANGING.includes(name))
  const body = (await response.text()).replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
  return { status: response.status, headers: Object.fromEntries(headers), body }
}

async function everything() {
  const seen: Record<string, unknown> = {}
  for (const path of Object.values(addresses).flat()) {
    const plain = await answer(path)
    seen[path] = plain
    seen[`HEAD ${path}`] = await answer(path, { method: 'HEAD' })
    seen[`OPTIONS ${path}`] = await answer(path, { method: 'OPTIONS' })
    const etag = plain.headers.etag
    if (etag !== undefined) seen[`again ${path}`] = await answer(path, { headers: { 'if-none-match': etag } })
    if (path === '/v1/me') continue
    expect(await answer(path, { headers: { authorization: `Bearer ${key}` } }), path).toEqual(plain)
  }
  return seen
}

const secretTags = ['Secret 1', 'Secret 2', 'AI', 'Tag 0']
const draft = fc.record(
  {
    title: fc.constantFrom('Story 0', 'Story 1', '未公开的计划', 'Secret plan'),
    body: fc.constantFrom(
      cited('https://www.example.org/report-0'),
      cited('https://drafts.example/secret'),
      `${cited('https://www.example.org/report-1')}\n\n## More`,
    ),
    tags: fc.subarray(secretTags, { minLength: 1 }),
    topics: fc.subarray(['World', 'Secret topic']),
    authors: fc.subarray(['Ann', 'Hidden']),
    locale: fc.constantFrom('zh-CN', 'en', 'ja'),
    translationKey: fc.constantFrom('one', 'two'),
    publishedAt: fc.constantFrom('2025-07-03T12:00:00Z', '2020-01-01T00:00:00Z'),
    meta: fc.constant({ series: 'secret' }),
  },
  { requiredKeys: ['title', 'body', 'tags', 'locale'] },
)

async function writeDrafts() {
  const written: { id: string; slug: string; locale: string }[] = []
  for (const [n, input] of fc.sample(draft, 50).entries()) {
    const isScheduled = n % 5 === 0
    const made = await api.create(
      isScheduled ? { ...input, status: 'published', publishedAt: '2999-01-05T00:00:00Z' } : input,
    )
    // What was never seen leaves no trace in the trash, and none behind a slug that it had.
    if (n % 5 === 1) await api.admin.delete(`/v1/articles/${made.id}`).expect(204)
    if (n % 5 === 2)
      await api.admin
        .patch(`/v1/articles/${made.id}`)
        .send({ slug: `secret-slug-${n}` })
        .expect(200)
    if (n % 5 === 3) await api.admin.delete(`/v1/articles/${made.id}?permanent=true`).expect(204)
    written.push({ id: made.id, slug: made.slug, locale: input.locale })
  }
  const document = `---\ntitle: Aliased\naliases: [/secret-path, /secret-path-2]\ntags: [Secret 1]\nlocale: zh-CN\n---\nText.`
  await api.admin.post('/v1/articles').set('content-type', 'text/markdown').send(document).expect(201)
  return written
}

test('every public address has its lines here', async () => {
  const { paths } = JSON.parse((await answer('/openapi.json')).body)
  const operations = Object.values<Record<string, { operationId: string; 'x-roles': string[] }>>(paths)
    .flatMap(({ get }) => get ?? [])
    .filter((operation) => operation['x-roles'].includes('anonymous'))
    .map(({ operationId }) => operationId)
  expect(operations.toSorted()).toEqual([...Object.keys(addresses), ...others].toSorted())
})

test('fifty drafts change no byte of what readers get, and are for them what never was', async () => {
  const before = await everything()
  const drafts = await writeDrafts()
  expect(await everything()).toEqual(before)
  for (const statement of RECOUNT) await api.rows(statement)
  expect(await everything()).toEqual(before)

  const paths = (name: string, locale: string) => [
    ...formats.map((format) => `/v1/articles/${name}${format}`),
    `/v1/articles/${name}?locale=${locale}`,
    ...['citations', 'related', 'neighbors'].map((part) => `/v1/articles/${name}/${part}`),
    `/v1/articles?id=${name}`,
    `/v1/resolve?path=/${name}`,
  ]
  const anonymised = async (path: string, name: string, init?: RequestInit) => {
    const { status, headers, body } = await answer(path, init)
    const { 'content-length': _length, etag: _etag, ...rest } = headers
    // What is asked for by its id stands in the key in another spelling, be it there or not.
    const text = JSON.stringify({ status, rest, body })
      .replaceAll(name, '…')
      .replace(/ [as]:[\w-]{22}/, ' id:…')
    return JSON.parse(text)
  }
  for (const { id, slug, locale } of drafts) {
    if (stories.some((story) => story.slug === slug)) continue
    for (const [secret, never] of [
      [id, '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11'],
      [encodeURIComponent(slug), 'never-was'],
    ] as const) {
      const nothing = paths(never, locale)
      for (const [n, path] of paths(secret, locale).entries()) {
        for (const method of ['GET', 'HEAD', 'OPTIONS']) {
          const other = await anonymised(nothing[n] ?? '', never, { method })
          expect(await anonymised(path, secret, { method }), `${method} ${path}`).toEqual(other)
        }
      }
    }
  }
  for (const kind of ['tags', 'topics', 'authors']) {
    for (const name of ['secret-1', 'secret-topic', 'hidden']) {
      const other = await anonymised(`/v1/${kind}/never-was`, 'never-was')
      expect(await anonymised(`/v1/${kind}/${name}`, name)).toEqual(other)
    }
  }
  const [hidden] = await api.rows<{ id: string }>(`SELECT id FROM source WHERE url LIKE '%drafts.example%'`)
  expect(hidden).toBeDefined()
  const never = '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11'
  for (const path of ['/v1/sources/', '/v1/articles?total=true&source=']) {
    const other = await anonymised(path + never, never)
    expect(await anonymised(path + hidden?.id, hidden?.id ?? '')).toEqual(other)
  }
}, 240_000)

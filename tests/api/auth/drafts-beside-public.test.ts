import { expect, test } from 'vitest'
import { rawRequest } from '#tests/api/http/raw-request.ts'
import { startApi } from '#tests/support/test-api.ts'

/**
 * Drafts that lean on what is public: its slugs, former slugs, paths, spellings, sources, months and translations. None
 * of it may take anything away from readers, or tell them that somebody else has the name too.
 */
const api = await startApi()
const author = await api.withKey('author')

const cited = (url: string, title = 'A report') => `Text.[^1]\n\n[^1]: [${title}](${url})（2025/7/1）`
const later = { status: 'published', publishedAt: '2999-01-05T00:00:00Z' }

/** POSTs a document, which alone can have aliases. */
async function written(frontMatter: string, body = 'Text.'): Promise<{ id: string }> {
  const document = `---\ntitle: Written\n${frontMatter}\n---\n${body}\n`
  const { body: made } = await api.admin
    .post('/v1/articles')
    .set('content-type', 'text/markdown')
    .send(document)
    .expect(201)
  return made
}
const trash = (id: string) => api.admin.delete(`/v1/articles/${id}`).expect(204)
const destroy = (id: string) => api.admin.delete(`/v1/articles/${id}?permanent=true`).expect(204)
const patch = (path: string, body: object) => api.admin.patch(path).send(body).expect(200)
const redirect = (from: string, to: string) => api.admin.post('/v1/redirects').send({ from, to }).expect(201)

/** What readers see: five articles, one with a former slug, three that are gone, and redirects. */
async function publish(): Promise<string[]> {
  const ids: string[] = []
  for (const [n, locale] of ['zh-CN', 'en', 'zh-CN', 'en', 'zh-CN'].entries()) {
    const life = `slug: story-${n}\nlocale: ${locale}\ndraft: false\ndate: 2025-07-0${n + 1}T00:00:00Z`
    const names = `tags: [AI, Tag ${n % 3}, A B]\ntopics: [World]\nauthors: [Ann]\naliases: [/alias-${n}]`
    const key = n < 2 ? '\ntranslationKey: one' : ''
    const body = cited(`https://www.example.org/report-${n % 2}`)
    ids.push((await written(`${life}\n${names}${key}`, body)).id)
  }
  await patch('/v1/articles/story-2', { slug: 'story-two' })
  const withdrawn = await written('slug: withdrawn\ndraft: false\naliases: [/withdrawn-alias.html]')
  await trash(withdrawn.id)
  const deleted = await api.create({ title: 'Deleted', slug: 'deleted', status: 'published' })
  await destroy(deleted.id)
  await redirect('/to-story', '/story-1')
  await redirect('/to-nothing', '/future')
  await redirect('/first-step', '/second-step')
  await redirect('/with-html.html', '/story-0')
  await redirect('/elsewhere', 'https://elsewhere.example/')
  return [...ids, withdrawn.id, deleted.id]
}

/** The same names again, in what readers don't see. */
async function writeDrafts(): Promise<void> {
  const slugs = ['withdrawn', 'deleted', 'story-2', 'future']
  for (const slug of slugs) await api.create({ title: 'Draft', slug, locale: 'zh-CN' })
  for (const locale of ['ja', 'en'])
    await api.create({ title: 'Draft', slug: 'story-0', locale, tags: ['AI'] })
  await written('aliases: [/story-0, /story-two, /story-2, /alias-0, /alias-2]')
  await written('aliases: [/to-story, /first-step, /elsewhere]')
  await written('aliases: [/second-step, /with-html, /withdrawn-alias, /withdrawn, /deleted, /secret-path]')
  await written('slug: in-japanese\nlocale: ja\ntranslationKey: one')
  await api.create({ title: 'Translation', locale: 'ja', translationKey: 'one', ...later })

  const spellings = {
    tags: ['ＡＩ', 'a b', 'AB', 'Secret'],
    topics: ['WORLD', 'Secret'],
    authors: ['ANN', 'A n n'],
  }
  await api.create({ title: 'Spelled', ...spellings })
  await author.requests
    .post('/v1/articles')
    .send({ title: 'Proposed', topics: ['Hush'] })
    .expect(201)
  const otherTitle = cited('http://example.org/report-0?utm_source=x#part', 'Another title')
  await api.create({ title: 'Citing', body: otherTitle })
  await api.create({ title: 'Citing', body: cited('https://example.org/other') })
  await api.create({ title: 'Citing', body: cited('https://drafts.example/') })
  await patch('/v1/source-domains/drafts.example', { tier: 'primary' })

  const alike = { title: 'Story 0', tags: ['AI', 'Tag 0'], topics: ['World'], authors: ['Ann'] }
  const between = await api.create({ ...alike, publishedAt: '2025-07-02T12:00:00Z' })
  await api.create({ ...alike, publishedAt: '2019-01-01T00:00:00Z' })
  await api.admin
    .post(`/v1/articles/${between.id}/publish`)
    .send({ publishAt: later.publishedAt })
    .expect(200)
  await api.admin.post(`/v1/articles/${between.id}/unpublish`).expect(200)
  const moved = await api.create({ ...alike, ...later, slug: 'moved-from' })
  await patch(`/v1/articles/${moved.id}`, { slug: 'moved-to' })
  await patch(`/v1/articles/${moved.id}`, { slug: 'moved-on', locale: 'ja' })
  const restored = await api.create({ ...alike, slug: 'story-3', locale: 'ja' })
  await trash(restored.id)
  await api.admin.post(`/v1/articles/${restored.id}/restore`).expect(200)
  await destroy((await api.create({ ...alike, ...later })).id)

  await redirect('/to-a-draft', '/moved-on')
  await redirect('/to-its-id', restored.id)
  await patch('/v1/tags/secret', { slug: 'more-secret', aliases: ['hushed'] })
  await api.admin.delete('/v1/tags/more-secret?force=true').expect(204)
}

const ids = await publish()
const sources = await api.rows<{ id: string }>('SELECT id FROM source')
const places = [
  '',
  '?format=html',
  '?format=jsonld',
  '?locale=en',
  '?locale=ja',
  '/related',
  '/neighbors',
  '/citations',
]
const slugs = 'story-0 story-1 story-2 story-two story-3 withdrawn deleted future moved-from moved-to nothing'
const paths =
  'story-0 story-1 story-2 story-two withdrawn withdrawn-alias withdrawn-alias.html deleted to-story to-nothing future first-step second-step with-html with-html.html elsewhere alias-0 alias-1 alias-2 alias-0.html secret-path in-japanese to-a-draft to-its-id nothing'
const filters =
  'tag=ai tag=%EF%BC%A1%EF%BC%A9 tag=a-b tag=ab tag=secret author=ANN author=a-n-n locale=ja topic=WORLD topic=hush sourceDomain=example.org sourceDomain=drafts.example excludeTag=ai'
const urls = [
  ...[...ids, ...slugs.split(' ')].flatMap((ref) => places.map((place) => `/v1/articles/${ref}${place}`)),
  ...paths.split(' ').map((path) => `/v1/resolve?path=/${path}`),
  ...['', ...filters.split(' ')].flatMap((filter) => [
    `/v1/articles?${filter}&total=true&facets=tag,topic,source,month`.replace('?&', '?'),
    `/feeds/rss.xml?${filter}`,
    `/v1/citations?${filter}`,
  ]),
  ...['tags', 'topics', 'authors', 'sources', 'source-domains'].map((all) => `/v1/${all}`),
  ...['ai', 'AI', 'a-b', 'ab', '%EF%BC%A1%EF%BC%A9', 'secret', 'hushed'].map((tag) => `/v1/tags/${tag}`),
  ...['topics/world', 'topics/WORLD', 'topics/hush', 'authors/ann', 'authors/ANN', 'authors/a-n-n'].map(
    (term) => `/v1/${term}`,
  ),
  ...sources.map(({ id }) => `/v1/sources/${id}`),
  ...['/sitemap.xml', '/sitemaps/2025-07.xml', '/sitemaps/2019-01.xml', '/sitemap-news.xml'],
]

const PASSING = ['date', 'server-timing', 'connection', 'keep-alive']

async function answer(url: string, headers: Record<string, string> = {}) {
  const sent = { 'x-request-id': 'the-same-request', ...headers }
  const { status, headers: got, body } = await rawRequest(api.url + url, { headers: sent })
  const kept = Object.entries(got).filter(([name]) => !PASSING.includes(name))
  return { status, headers: Object.fromEntries(kept), body: body.toString() }
}

test('whatever name a draft shares with what is public, readers’ answers keep every byte', async () => {
  const before = new Map<string, unknown>()
  for (const url of urls) before.set(url, await answer(url))
  await writeDrafts()
  for (const url of urls) expect.soft(await answer(url), url).toEqual(before.get(url))
})

test('the ETag of a draft, once known, finds nothing out', async () => {
  const { id } = await api.create({ title: 'Tagged', slug: 'tagged' })
  const { headers } = await api.admin.get(`/v1/articles/${id}`).expect(200)
  const nothing = await answer('/v1/articles/nobody')
  expect(nothing.status).toBe(404)
  for (const etag of [headers.etag ?? '', `W/${headers.etag}`, '*']) {
    expect(await answer('/v1/articles/tagged', { 'if-none-match': etag })).toEqual(nothing)
  }
})

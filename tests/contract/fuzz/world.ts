import type { TestApi } from '#tests/support/test-api.ts'

/** What there is on the server, to be drawn into requests. None is ever empty. */
export interface World {
  articleIds: readonly string[]
  slugs: readonly string[]
  /** Ids and slugs of articles: published, of others, scheduled, drafts, in the trash, deleted; and old slugs. */
  refs: readonly string[]
  tags: readonly string[]
  topics: readonly string[]
  authors: readonly string[]
  /** Names and slugs of all three. */
  terms: readonly string[]
  sources: readonly string[]
  sourceDomains: readonly string[]
  redirects: readonly string[]
  auditEntries: readonly string[]
  /** Ids of keys that may be changed and ended. */
  apiKeys: readonly string[]
  cursors: readonly string[]
  etags: readonly string[]
  /** Paths of the site. */
  paths: readonly string[]
  locales: readonly string[]
}

/** Who asks. */
export type Caller = 'anonymous' | 'reader' | 'viewer' | 'author' | 'editor' | 'admin' | 'revoked' | 'expired'

/** A key for each caller but the first. */
export type Keys = Readonly<Record<Exclude<Caller, 'anonymous'>, string>>

/** Makes the keys that requests carry. */
export async function makeKeys(api: TestApi): Promise<Keys> {
  const [reader, viewer, author, editor, admin, revoked, expired] = await Promise.all([
    api.withKey('reader'),
    api.withKey('viewer'),
    api.withKey('author'),
    api.withKey('editor'),
    api.withKey('admin'),
    api.withKey('admin'),
    api.withKey('admin'),
  ])
  await api.admin.delete(`/v1/api-keys/${revoked.id}`).expect(204)
  await api.rows(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1`, [expired.id])
  await api.deps.keys.reload()
  return {
    reader: reader.key,
    viewer: viewer.key,
    author: author.key,
    editor: editor.key,
    admin: admin.key,
    revoked: revoked.key,
    expired: expired.key,
  }
}

/** Of each list there are so many, so that a seed draws the same places of it in every run. */
const COUNT = 12

/** The first `COUNT`, from the beginning again where there are fewer. */
const some = (values: readonly string[]): string[] =>
  Array.from({ length: COUNT }, (_, place) => values[place % values.length] ?? 'none')

const stories = ['港口罢工', 'AI chips', 'Été', 'harbour', '硅谷AI大战']

const story = (round: number, place: number, more: object) => ({
  title: `${stories[place % stories.length]} ${round}`,
  body: `A paragraph[^1].\n\n## Part\n\nMore[^b].\n\n[^1]: 36氪.[题目 ${place}](https://source${place}.example/a?b=${round})（2025/7/2）\n[^b]: [B](https://www.example.org/b)\n`,
  tags: ['OpenAI', `标签 ${place}`],
  topics: ['Technology', `Desk ${place}`],
  authors: [`Li Na ${place}`],
  ...more,
})

/** Puts articles of every status on the server, an address that leads elsewhere and a key to change; gives all there is. */
export async function replenish(api: TestApi, author: string, round: number): Promise<World> {
  const published = { status: 'published', publishedAt: '2025-07-02T08:00:00+08:00' }
  const created = await Promise.all([
    api.create(story(round, 0, published)),
    api.create(story(round, 1, { ...published, locale: 'en' })),
    api.create(story(round, 2, { ...published, publishedAt: '2999-01-01T00:00:00Z' })),
    api.create(story(round, 3, {})),
    api.create(story(round, 4, published)),
    api.create(story(round, 5, published)),
  ])
  const [, , , , trashed, renamed] = created
  await api.admin.delete(`/v1/articles/${trashed?.id}`).expect(204)
  await api.admin
    .patch(`/v1/articles/${renamed?.id}`)
    .send({ slug: `renamed-${round}` })
    .expect(200)
  const own = await api.reader
    .post('/v1/articles')
    .set('authorization', `Bearer ${author}`)
    .send(story(round, 6, {}))
  if (own.status !== 201) throw new Error(`Not created: ${own.text}`)
  await api.admin
    .post('/v1/redirects')
    .send({ from: `/old-${round}`, to: '/harbour' })
    .expect(201)
  const apiKeys = await Promise.all([api.withKey('author'), api.withKey('editor', { locales: ['en'] })])
  return await lookAround(
    api,
    [...created, own.body],
    apiKeys.map(({ id }) => id),
  )
}

interface Listed {
  id: string
  slug: string
  name: string
  domain: string
  from: string
  revision: number
}

async function lookAround(
  api: TestApi,
  articles: { id: string; slug: string }[],
  apiKeys: string[],
): Promise<World> {
  const list = async (path: string) => {
    const { body } = await api.admin.get(path).expect(200)
    return body as { data: Listed[]; page: { next: string | null } }
  }
  const [tags, topics, authors, sources, domains, redirects, entries, pages] = await Promise.all([
    list('/v1/tags?limit=12'),
    list('/v1/topics?limit=12'),
    list('/v1/authors?limit=12'),
    list('/v1/sources?limit=12'),
    list('/v1/source-domains?limit=12'),
    list('/v1/redirects?limit=12'),
    list('/v1/audit?limit=12'),
    list('/v1/articles?limit=1'),
  ])
  const etags = await Promise.all(
    articles
      .slice(0, 4)
      .map(async ({ id }) => (await api.admin.get(`/v1/articles/${id}`)).headers.etag ?? ''),
  )
  const slugs = articles.map(({ slug }) => slug)
  const named = Array.from({ length: COUNT }, (_, place) =>
    [tags, topics, authors].flatMap(({ data }) => data[place] ?? []),
  ).flat()
  return {
    articleIds: some(articles.map(({ id }) => id)),
    slugs: some(slugs),
    refs: some(articles.flatMap(({ id, slug }) => [id, slug])),
    tags: some(tags.data.map(({ slug }) => slug)),
    topics: some(topics.data.map(({ slug }) => slug)),
    authors: some(authors.data.map(({ slug }) => slug)),
    terms: some(named.map(({ name, slug }, place) => (place % 4 === 3 ? name : slug))),
    sources: some(sources.data.map(({ id }) => id)),
    sourceDomains: some(domains.data.map(({ domain }) => domain)),
    redirects: some(redirects.data.map(({ id }) => id)),
    auditEntries: some(entries.data.map(({ id }) => id)),
    apiKeys: some(apiKeys),
    cursors: some([cursorOf(pages.page.next), cursorOf(tags.page.next)]),
    etags: some(etags),
    paths: some([...redirects.data.map(({ from }) => from), ...slugs.map((slug) => `/${slug}`), '/harbour']),
    locales: some(['zh-CN', 'en', 'zh-TW', 'ja']),
  }
}

/** The cursor in the address of a next page. */
const cursorOf = (next: string | null): string =>
  next === null ? 'none' : (URL.parse(next, 'http://localhost')?.searchParams.get('cursor') ?? 'none')

import type { KeyHolder, TestApi } from '#tests/support/test-api.ts'

/** A valid request for an operation. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** JSON, or a document. */
  readonly body?: Readonly<Record<string, unknown>> | string
}

/** Makes what a call is about: new things each time, so that no call depends on another. */
export interface Targets {
  /** A number that nobody else has. */
  next(): number
  /** A draft of the author’s whose own it is to be, with a tag, a topic, an author and a source that nothing else has. */
  draft(fields?: Readonly<Record<string, unknown>>): Promise<Story>
  /** The same, public. */
  published(): Promise<Story>
  /** The same, public in a hundred years. */
  scheduled(): Promise<Story>
  /** Puts an article into the trash. */
  trash(story: Story): Promise<Story>
  /** Deletes it for good. */
  destroy(story: Story): Promise<Story>
  /** POSTs something as the admin, and gives it. */
  made(path: string, body: Readonly<Record<string, unknown>>): Promise<Record<string, string>>
  /** The first value of a statement. */
  value(statement: string, ...values: unknown[]): Promise<string>
}

/** An article, and the names that it alone has. */
export interface Story {
  readonly id: string
  readonly slug: string
  /** The slug of its tag, topic and author. */
  readonly term: string
  readonly domain: string
}

const FAR = '2999-01-01T00:00:00Z'

/** What makes targets for a call of `owner`’s: an author’s key. */
export function targetsOf(api: TestApi, owner: KeyHolder, next: () => number): Targets {
  const sent = async (path: string, body: Readonly<Record<string, unknown>> = {}) => {
    const response = await api.admin.post(path).send(body)
    if (response.status >= 300) throw new Error(`POST ${path}: ${response.text}`)
    return response.body
  }
  const removed = async (story: Story, query = '') => {
    const response = await api.admin.delete(`/v1/articles/${story.id}${query}`)
    if (response.status !== 204) throw new Error(`Not deleted: ${response.text}`)
    return story
  }
  const targets: Targets = {
    next,
    async draft(fields) {
      const n = next()
      const term = `term-${n}`
      const domain = `cited${n}.example`
      const body = `Text.[^1]\n\n[^1]: [A report](https://${domain}/report)`
      const names = { tags: [term], topics: [term], authors: [term] }
      const response = await owner.requests
        .post('/v1/articles')
        .send({ title: `Story ${n}`, slug: `story-${n}`, body, ...names, ...fields })
      if (response.status !== 201) throw new Error(`Not created: ${response.text}`)
      return { id: response.body.id, slug: response.body.slug, term, domain }
    },
    async published() {
      const story = await targets.draft()
      await sent(`/v1/articles/${story.id}/publish`)
      return story
    },
    async scheduled() {
      const story = await targets.draft()
      await sent(`/v1/articles/${story.id}/publish`, { publishAt: FAR })
      return story
    },
    trash: (story) => removed(story),
    destroy: (story) => removed(story, '?permanent=true'),
    made: (path, body) => sent(path, body),
    async value(statement, ...values) {
      const [row = {}] = await api.rows<Record<string, string>>(statement, values)
      return Object.values(row)[0] ?? ''
    },
  }
  return targets
}

type MakeCall = (targets: Targets) => Promise<Call>

const get =
  (path: string): MakeCall =>
  async () => ({ method: 'GET', path })

/** A call on an article that was made for it. */
const on =
  (target: (targets: Targets) => Promise<Story>, call: (article: string, story: Story) => Call): MakeCall =>
  async (targets) => {
    const story = await target(targets)
    return call(`/v1/articles/${story.id}`, story)
  }

const draft = (targets: Targets) => targets.draft()
const published = (targets: Targets) => targets.published()
const scheduled = (targets: Targets) => targets.scheduled()
const trashedDraft = async (targets: Targets) => targets.trash(await targets.draft())
const withdrawn = async (targets: Targets) => targets.trash(await targets.published())
const deletedDraft = async (targets: Targets) => targets.destroy(await targets.draft())
const deletedAfter = async (targets: Targets) => targets.destroy(await targets.published())

const reading = (article: string): Call => ({ method: 'GET', path: article })
const patching = (article: string): Call => ({ method: 'PATCH', path: article, body: { title: 'Other' } })
const putting = (article: string): Call => ({ method: 'PUT', path: article, body: '# Other\n\nText.\n' })
const trashing = (article: string): Call => ({ method: 'DELETE', path: article })
const deleting = (article: string): Call => ({ method: 'DELETE', path: `${article}?permanent=true` })
const publishing = (article: string): Call => ({ method: 'POST', path: `${article}/publish`, body: {} })
const unpublishing = (article: string): Call => ({ method: 'POST', path: `${article}/unpublish` })
const restoring = (article: string): Call => ({ method: 'POST', path: `${article}/restore` })

const posting =
  (path: string, body: (n: number) => Call['body']): MakeCall =>
  async ({ next }) => ({ method: 'POST', path, body: body(next()) ?? {} })

async function oldSlug(targets: Targets): Promise<Call> {
  const { id, slug } = await targets.published()
  await targets.value(`UPDATE article SET slug = slug || '-now' WHERE id = $1`, id)
  await targets.value(
    `INSERT INTO redirect (locale, slug, article_id) SELECT locale, $2, id FROM article WHERE id = $1`,
    id,
    slug,
  )
  return reading(`/v1/articles/${slug}`)
}

const articleCalls: Record<string, MakeCall> = {
  listArticles: get('/v1/articles'),
  'listArticles: drafts': get('/v1/articles?status=draft'),
  'listArticles: trash': get('/v1/articles?status=trashed'),
  'getArticle: draft': on(draft, reading),
  'getArticle: published': on(published, reading),
  'getArticle: scheduled': on(scheduled, reading),
  'getArticle: trashed draft': on(trashedDraft, reading),
  'getArticle: withdrawn': on(withdrawn, reading),
  'getArticle: old slug': oldSlug,
  'getArticle: deleted draft': on(deletedDraft, reading),
  'getArticle: deleted after publication': on(deletedAfter, reading),
  'listNeighbors: draft': on(draft, (article) => reading(`${article}/neighbors`)),
  'listNeighbors: published': on(published, (article) => reading(`${article}/neighbors`)),
  'listRelatedArticles: draft': on(draft, (article) => reading(`${article}/related`)),
  'listRelatedArticles: published': on(published, (article) => reading(`${article}/related`)),
  'listArticleCitations: draft': on(draft, (article) => reading(`${article}/citations`)),
  'listArticleCitations: published': on(published, (article) => reading(`${article}/citations`)),

  'createArticle: draft': posting('/v1/articles', (n) => ({ title: `Made ${n}`, tags: [`made-${n}`] })),
  'createArticle: published': posting('/v1/articles', (n) => ({ title: `Made ${n}`, status: 'published' })),
  'createArticle: scheduled': posting('/v1/articles', (n) => ({
    title: `Made ${n}`,
    status: 'published',
    publishedAt: FAR,
  })),
  'createArticle: document': posting('/v1/articles', (n) => `# Made ${n}\n\nText.\n`),
  'createArticle: document to be published': posting(
    '/v1/articles',
    (n) => `---\ntitle: Made ${n}\ndraft: false\n---\nText.\n`,
  ),
  renderDocument: posting('/v1/render', () => '# A title\n\nText.\n'),
  'putArticle: free slug': async ({ next }) => putting(`/v1/articles/free-${next()}`),
  'putArticle: free slug, to be published': async ({ next }) => ({
    method: 'PUT',
    path: `/v1/articles/free-${next()}`,
    body: '---\ntitle: Made\ndraft: false\n---\nText.\n',
  }),
  'putArticle: draft': on(draft, putting),
  'putArticle: published': on(published, putting),
  'putArticle: scheduled': on(scheduled, putting),
  'patchArticle: draft': on(draft, patching),
  'patchArticle: published': on(published, patching),
  'patchArticle: scheduled': on(scheduled, patching),
  'trashArticle: draft': on(draft, trashing),
  'trashArticle: published': on(published, trashing),
  'trashArticle: scheduled': on(scheduled, trashing),
  'trashArticle: draft, for good': on(draft, deleting),
  'trashArticle: published, for good': on(published, deleting),
  'trashArticle: trashed draft, for good': on(trashedDraft, deleting),
  'trashArticle: withdrawn, for good': on(withdrawn, deleting),
  'publishArticle: draft': on(draft, publishing),
  'publishArticle: scheduled': on(scheduled, publishing),
  'publishArticle: later': on(draft, (article) => ({ ...publishing(article), body: { publishAt: FAR } })),
  'unpublishArticle: published': on(published, unpublishing),
  'unpublishArticle: scheduled': on(scheduled, unpublishing),
  'restoreArticle: trashed draft': on(trashedDraft, restoring),
  'restoreArticle: withdrawn': on(withdrawn, restoring),
}

const sourceOf = (target: (targets: Targets) => Promise<Story>): MakeCall => {
  return async (targets) => {
    const { domain } = await target(targets)
    const id = await targets.value('SELECT id FROM source WHERE url LIKE $1', `%//${domain}/%`)
    return reading(`/v1/sources/${id}`)
  }
}
const trusting = (domain: string): Call => ({
  method: 'PATCH',
  path: `/v1/source-domains/${domain}`,
  body: { tier: 'primary' },
})

const sourceCalls: Record<string, MakeCall> = {
  listCitations: get('/v1/citations'),
  listSources: get('/v1/sources'),
  'getSource: of a draft': sourceOf(draft),
  'getSource: of a published one': sourceOf(published),
  listSourceDomains: get('/v1/source-domains'),
  'patchSourceDomain: of a draft': on(draft, (_article, { domain }) => trusting(domain)),
  'patchSourceDomain: of a published one': on(published, (_article, { domain }) => trusting(domain)),
  'patchSourceDomain: of nobody': async ({ next }) => trusting(`nobodys${next()}.example`),
}

/** The calls on one kind of terms: `termCalls('Tag', 'tags')`. */
function termCalls(name: string, plural: string): Record<string, MakeCall> {
  const all = `/v1/${plural}`
  const ofBoth = (verb: string, call: (term: string, targets: Targets) => Promise<Call>) => ({
    [`${verb}${name}: of a draft`]: async (targets: Targets) =>
      call(`${all}/${(await targets.draft()).term}`, targets),
    [`${verb}${name}: of a published one`]: async (targets: Targets) =>
      call(`${all}/${(await targets.published()).term}`, targets),
  })
  return {
    [`list${name}s`]: get(all),
    [`create${name}`]: posting(all, (n) => ({ name: `New ${n}` })),
    ...ofBoth('get', async (term) => reading(term)),
    ...ofBoth('patch', async (path) => ({ method: 'PATCH', path, body: { aliases: [`${path} too`] } })),
    ...ofBoth('merge', async (path, { made, next }) => {
      const { slug } = await made(all, { name: `Other ${next()}` })
      return { method: 'POST', path: `${path}/merge`, body: { into: slug } }
    }),
    ...ofBoth('delete', async (path) => ({ method: 'DELETE', path: `${path}?force=true` })),
  }
}

const resolving =
  (target: (targets: Targets) => Promise<Story>): MakeCall =>
  async (targets) =>
    reading(`/v1/resolve?path=/${(await target(targets)).slug}`)

const redirect = (n: number) => ({ from: `/old/${n}`, to: 'https://elsewhere.example/' })
const onRedirect =
  (method: 'GET' | 'DELETE'): MakeCall =>
  async ({ made, next }) => ({
    method,
    path: `/v1/redirects/${(await made('/v1/redirects', redirect(next()))).id}`,
  })

const siteCalls: Record<string, MakeCall> = {
  'resolvePath: to a draft': resolving(draft),
  'resolvePath: to a published one': resolving(published),
  'resolvePath: to a withdrawn one': resolving(withdrawn),
  listRedirects: get('/v1/redirects'),
  getRedirect: onRedirect('GET'),
  createRedirect: posting('/v1/redirects', redirect),
  deleteRedirect: onRedirect('DELETE'),
  getRssFeed: get('/feeds/rss.xml'),
  getAtomFeed: get('/feeds/atom.xml'),
  getJsonFeed: get('/feeds/feed.json'),
  getSitemapIndex: get('/sitemap.xml'),
  'getSitemap: of a published one': async (targets) => {
    const { id } = await targets.published()
    const month = await targets.value(
      `SELECT to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM') FROM article WHERE id = $1`,
      id,
    )
    return reading(`/sitemaps/${month}.xml`)
  },
  'getSitemap: of drafts': async (targets) => {
    await targets.draft({ publishedAt: '1999-07-02T00:00:00Z' })
    return reading('/sitemaps/1999-07.xml')
  },
  getNewsSitemap: get('/sitemap-news.xml'),
  getRobots: get('/robots.txt'),
}

const onKey =
  (call: (path: string) => Call): MakeCall =>
  async ({ made, next }) =>
    call(`/v1/api-keys/${(await made('/v1/api-keys', { name: `Key ${next()}`, role: 'viewer' })).id}`)

/** An entry of the audit that still says who it was. */
const onEntry =
  (call: (path: string) => Call): MakeCall =>
  async (targets) => {
    const { id } = await targets.draft()
    return call(`/v1/audit/${await targets.value('SELECT id FROM audit_entry WHERE article_id = $1', id)}`)
  }

const accessCalls: Record<string, MakeCall> = {
  getMe: get('/v1/me'),
  listApiKeys: get('/v1/api-keys'),
  getApiKey: onKey(reading),
  createApiKey: posting('/v1/api-keys', (n) => ({ name: `Key ${n}`, role: 'admin' })),
  patchApiKey: onKey((path) => ({ method: 'PATCH', path, body: { name: 'Other' } })),
  revokeApiKey: onKey((path) => ({ method: 'DELETE', path })),
  rotateApiKey: onKey((path) => ({ method: 'POST', path: `${path}/rotate`, body: {} })),
  listAudit: get('/v1/audit'),
  getAuditEntry: onEntry(reading),
  eraseAuditEntry: onEntry((path) => ({
    method: 'POST',
    path: `${path}/erase`,
    body: { reason: 'Art. 17 GDPR' },
  })),
}

/** A valid call for each row of the table. */
export const calls: Readonly<Record<string, MakeCall>> = {
  getLiveness: get('/livez'),
  getReadiness: get('/readyz'),
  getMetrics: get('/metrics'),
  getOpenApi: get('/openapi.json'),
  getProblemType: get('/problems/not_found'),
  ...articleCalls,
  ...sourceCalls,
  ...termCalls('Tag', 'tags'),
  ...termCalls('Topic', 'topics'),
  ...termCalls('Author', 'authors'),
  ...siteCalls,
  ...accessCalls,
}

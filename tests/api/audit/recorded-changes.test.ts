import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootstrapAdminKey } from '#src/auth/index.ts'
import { importFolder, seedsFolder } from '#src/transfer/index.ts'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'

const api = await startApi({ siteUrl: 'https://news.example.org' })

interface Entry {
  id: string
  outcome: string
  action: string
  actor: { id: string; name: string } | null
  article: { id: string; before: number | null; after: number | null } | null
  subject: { kind: string; id: string; became: string | null } | null
  reason: string | null
  address: string | null
  requestId: string | null
  count: number
}

/** What the audit has, the newest first. */
const audit = async (query: Record<string, string>): Promise<Entry[]> =>
  (
    await api.admin
      .get('/v1/audit')
      .query({ limit: '100', ...query })
      .expect(200)
  ).body.data
const actionsOf = (entries: readonly Entry[]) => entries.map(({ action }) => action).reverse()

const anArticle = (more: object = {}) => api.create({ title: `Story ${randomUUID()}`, ...more })
const aTerm = async (path: string) =>
  (
    await api.admin
      .post(path)
      .send({ name: `Term ${randomUUID()}` })
      .expect(201)
  ).body.slug as string
const aRedirect = async () =>
  (
    await api.admin
      .post('/v1/redirects')
      .send({ from: `/${randomUUID()}`, to: '/' })
      .expect(201)
  ).body.id as string
const aKey = async () =>
  (await api.admin.post('/v1/api-keys').send({ name: 'Site', role: 'reader' }).expect(201)).body.id as string
const anEntry = async () => {
  const { id } = await anArticle()
  return (await audit({ article: id }))[0]?.id ?? ''
}

type Method = 'post' | 'put' | 'patch' | 'delete'
interface Write {
  readonly method: Method
  readonly path: string
  readonly body?: object | string
  readonly status: number
  /** What it leaves in the audit, in this order. */
  readonly actions: readonly string[]
}

/** One good request for each operation that changes something, and what it leaves in the audit. */
const writes: Readonly<Record<string, () => Promise<Write>>> = {
  createArticle: async () => ({
    method: 'post',
    path: '/v1/articles',
    body: { title: 'New' },
    status: 201,
    actions: ['article.created'],
  }),
  putArticle: async () => ({
    method: 'put',
    path: `/v1/articles/${(await anArticle()).id}`,
    body: '---\ntitle: Put\n---\n',
    status: 200,
    actions: ['article.updated'],
  }),
  patchArticle: async () => ({
    method: 'patch',
    path: `/v1/articles/${(await anArticle()).id}`,
    body: { summary: 'Patched' },
    status: 200,
    actions: ['article.updated'],
  }),
  trashArticle: async () => ({
    method: 'delete',
    path: `/v1/articles/${(await anArticle()).id}`,
    status: 204,
    actions: ['article.trashed'],
  }),
  publishArticle: async () => ({
    method: 'post',
    path: `/v1/articles/${(await anArticle()).id}/publish`,
    status: 200,
    actions: ['article.published'],
  }),
  unpublishArticle: async () => ({
    method: 'post',
    path: `/v1/articles/${(await anArticle({ status: 'published' })).id}/unpublish`,
    status: 200,
    actions: ['article.unpublished'],
  }),
  restoreArticle: async () => {
    const { id } = await anArticle()
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
    const path = `/v1/articles/${id}/restore`
    return { method: 'post', path, status: 200, actions: ['article.restored'] }
  },
  patchSourceDomain: async () => ({
    method: 'patch',
    path: `/v1/source-domains/${randomUUID()}.org`,
    body: { tier: 'primary' },
    status: 200,
    actions: ['source.updated'],
  }),
  createRedirect: async () => ({
    method: 'post',
    path: '/v1/redirects',
    body: { from: `/${randomUUID()}`, to: '/elsewhere' },
    status: 201,
    actions: ['redirect.created'],
  }),
  deleteRedirect: async () => ({
    method: 'delete',
    path: `/v1/redirects/${await aRedirect()}`,
    status: 204,
    actions: ['redirect.deleted'],
  }),
  ...termWrites('Tag', '/v1/tags'),
  ...termWrites('Topic', '/v1/topics'),
  ...termWrites('Author', '/v1/authors'),
  createApiKey: async () => ({
    method: 'post',
    path: '/v1/api-keys',
    body: { name: 'New', role: 'viewer' },
    status: 201,
    actions: ['key.created'],
  }),
  patchApiKey: async () => ({
    method: 'patch',
    path: `/v1/api-keys/${await aKey()}`,
    body: { name: 'Renamed' },
    status: 200,
    actions: ['key.updated'],
  }),
  rotateApiKey: async () => ({
    method: 'post',
    path: `/v1/api-keys/${await aKey()}/rotate`,
    status: 200,
    actions: ['key.rotated'],
  }),
  revokeApiKey: async () => ({
    method: 'delete',
    path: `/v1/api-keys/${await aKey()}`,
    status: 204,
    actions: ['key.revoked'],
  }),
  eraseAuditEntry: async () => ({
    method: 'post',
    path: `/v1/audit/${await anEntry()}/erase`,
    body: { reason: 'as asked' },
    status: 200,
    actions: ['audit.erased'],
  }),
}

function termWrites(Name: string, path: string): Record<string, () => Promise<Write>> {
  const kind = Name.toLowerCase()
  return {
    [`create${Name}`]: async () => ({
      method: 'post',
      path,
      body: { name: `New ${randomUUID()}` },
      status: 201,
      actions: [`${kind}.created`],
    }),
    [`patch${Name}`]: async () => ({
      method: 'patch',
      path: `${path}/${await aTerm(path)}`,
      body: { name: `Renamed ${randomUUID()}` },
      status: 200,
      actions: [`${kind}.updated`],
    }),
    [`merge${Name}`]: async () => ({
      method: 'post',
      path: `${path}/${await aTerm(path)}/merge`,
      body: { into: await aTerm(path) },
      status: 200,
      actions: [`${kind}.merged`],
    }),
    [`delete${Name}`]: async () => ({
      method: 'delete',
      path: `${path}/${await aTerm(path)}`,
      status: 204,
      actions: [`${kind}.deleted`],
    }),
  }
}

/** Sends a write under an id of its own. */
function send({ method, path, body }: Write, requestId: string) {
  const request = api.admin[method](path).set('x-request-id', requestId)
  if (typeof body === 'string') return request.set('content-type', 'text/markdown').send(body)
  return body === undefined ? request : request.send(body)
}

/** Everything that is stored, but for what is counted and looked up beside it, as one text a table. */
async function contents(): Promise<Record<string, string>> {
  const tables = await api.rows<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        AND c.relname NOT IN ('term_count', 'term_delta') ORDER BY 1`,
  )
  const entries: [string, string][] = []
  for (const { name } of tables) {
    // The last use of a key is written off the requests' path.
    const row = name === 'api_key' ? `(to_jsonb(t) - 'last_used_at')::text` : 't::text'
    const [found] = await api.rows<{ hash: string }>(
      `SELECT md5(coalesce(string_agg(${row}, '' ORDER BY ${row}), '')) AS hash FROM "${name}" t`,
    )
    entries.push([name, found?.hash ?? ''])
  }
  return Object.fromEntries(entries)
}

test('every operation that changes something is tried here', async () => {
  const { paths } = (await api.reader.get('/openapi.json').expect(200)).body as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const operations = Object.values(paths).flatMap((methods) =>
    Object.entries(methods).filter(([method]) => ['post', 'put', 'patch', 'delete'].includes(method)),
  )
  const names = operations.map(([, { operationId }]) => operationId)
  expect(Object.keys(writes).sort()).toEqual(names.filter((name) => name !== 'renderDocument').sort())
})

describe.each(Object.entries(writes))('%s', (_name, prepare) => {
  test('says who, what, why and from where', async () => {
    const write = await prepare()
    const requestId = randomUUID()
    // The reason of an erasure is in its body.
    const reason = write.path.endsWith('/erase') ? 'as asked' : '因为 “so”'
    const query = write.path.endsWith('/erase') ? '' : `?reason=${encodeURIComponent(reason)}`
    await send({ ...write, path: write.path + query }, requestId).expect(write.status)
    const entries = await audit({ requestId })
    expect(actionsOf(entries)).toEqual(write.actions)
    for (const entry of entries) {
      expect(entry).toMatchObject({
        outcome: 'done',
        actor: { id: ADMIN_KEY.split('_')[1], name: 'Bootstrap admin' },
        address: '127.0.0.1',
        requestId,
        reason,
        count: 1,
      })
      expect([entry.article, entry.subject].filter((thing) => thing !== null)).toHaveLength(1)
    }
  })
})

describe('when the audit can’t be written', () => {
  beforeAll(async () => {
    await api.deps.pool.query(`
      CREATE FUNCTION fail_for_test() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.request_id LIKE 'not-recorded-%' THEN RAISE EXCEPTION 'no'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fail_for_test BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION fail_for_test()`)
  })
  afterAll(async () => {
    await api.deps.pool.query('DROP TRIGGER fail_for_test ON audit_entry; DROP FUNCTION fail_for_test')
  })

  test.each(Object.entries(writes))('%s changes nothing', async (_name, prepare) => {
    const write = await prepare()
    const before = await contents()
    await send(write, `not-recorded-${randomUUID()}`).expect(500)
    expect(await contents()).toEqual(before)
  })
})

describe('an article', () => {
  test('published by the POST was created, then published', async () => {
    const { id } = await anArticle({ status: 'published' })
    const entries = await audit({ article: id })
    expect(actionsOf(entries)).toEqual(['article.created', 'article.published'])
    expect(entries.map(({ article }) => article)).toEqual([
      { id, before: 1, after: 1 },
      { id, before: null, after: 1 },
    ])
  })

  test('whose date is to come is scheduled', async () => {
    const at = '2099-01-01T00:00:00Z'
    const { id } = await anArticle({ status: 'published', publishedAt: at })
    await api.admin.post(`/v1/articles/${id}/publish`).expect(200)
    await api.admin.post(`/v1/articles/${id}/publish`).send({ publishAt: at }).expect(200)
    expect(actionsOf(await audit({ article: id }))).toEqual([
      'article.created',
      'article.scheduled',
      'article.published',
      'article.scheduled',
    ])
  })

  test('goes from revision to revision; a transition is none', async () => {
    const { id } = await anArticle()
    await api.admin.patch(`/v1/articles/${id}`).send({ title: 'Second' }).expect(200)
    await api.admin.post(`/v1/articles/${id}/publish`).expect(200)
    const revisions = (await audit({ article: id })).map(({ article }) => [article?.before, article?.after])
    expect(revisions.reverse()).toEqual([
      [null, 1],
      [1, 2],
      [2, 2],
    ])
  })
})

describe('what changes nothing leaves nothing', () => {
  const recorded = async () => (await api.rows('SELECT id FROM audit_entry ORDER BY id')).map(({ id }) => id)

  test('what is there already', async () => {
    const { id, slug } = await anArticle({ title: 'Unmoved', status: 'published', tags: ['unmoved'] })
    const tag = await api.admin.get('/v1/tags/unmoved').expect(200)
    await api.admin.patch('/v1/source-domains/unmoved.org').send({ tier: 'primary' }).expect(200)
    const document = (await api.admin.get(`/v1/articles/${id}?format=markdown`).expect(200)).text
    const before = await recorded()
    await api.admin.patch(`/v1/articles/${id}`).send({ title: 'Unmoved', slug }).expect(200)
    await api.admin.put(`/v1/articles/${id}`).set('content-type', 'text/markdown').send(document).expect(200)
    await api.admin.post(`/v1/articles/${id}/publish`).expect(200)
    await api.admin.patch('/v1/source-domains/unmoved.org').send({ tier: 'primary' }).expect(200)
    const { name, description } = tag.body
    await api.admin.patch('/v1/tags/unmoved').send({ name, description }).expect(200)
    await api.admin.post('/v1/render').set('content-type', 'text/markdown').send('# x').expect(200)
    expect(await recorded()).toEqual(before)
  })

  test('what is refused', async () => {
    const { id, slug } = await anArticle({ tags: ['refused'] })
    const other = await anArticle()
    const before = await recorded()
    await api.admin.post('/v1/articles').send({ title: 'x', slug }).expect(409)
    await api.admin.patch(`/v1/articles/${other.id}`).send({ slug }).expect(409)
    await api.admin.patch(`/v1/articles/${id}`).set('if-match', '"9-x"').send({ title: 'x' }).expect(412)
    await api.admin.post(`/v1/articles/${id}/restore`).expect(409)
    await api.admin.delete('/v1/tags/refused').expect(409)
    await api.admin.delete(`/v1/redirects/${randomUUID()}`).expect(404)
    await api.admin.post('/v1/redirects').send({ from: 'x', to: '/' }).expect(422)
    expect(await recorded()).toEqual(before)
  })
})

describe('a term', () => {
  test('says what it is called since, and what it became a part of', async () => {
    const [one, other] = [await aTerm('/v1/tags'), await aTerm('/v1/tags')]
    const slug = `now-${one}`
    await api.admin.patch(`/v1/tags/${one}`).send({ slug }).expect(200)
    await api.admin.post(`/v1/tags/${slug}/merge`).send({ into: other }).expect(200)
    const subjects = (await audit({ action: 'tag.*' })).slice(0, 2).map(({ subject }) => subject)
    expect(subjects).toEqual([
      { kind: 'tag', id: slug, became: other },
      { kind: 'tag', id: one, became: slug },
    ])
  })

  test('deleted by force: each article that it is taken out of, then the term', async () => {
    await anArticle({ tags: ['by force'] })
    await anArticle({ tags: ['by force'] })
    const requestId = randomUUID()
    await api.admin.delete('/v1/tags/by-force?force=true').set('x-request-id', requestId).expect(204)
    const entries = await audit({ requestId })
    expect(actionsOf(entries)).toEqual(['article.updated', 'article.updated', 'tag.deleted'])
    expect(entries.map(({ reason }) => reason)).toEqual([
      null,
      'The tag was deleted.',
      'The tag was deleted.',
    ])
  })
})

test('a client that does not wait for the answer is named too', async () => {
  const { id } = await anArticle()
  const body = '{"title":"Sent and gone"}'
  const head = [
    `PATCH /v1/articles/${id} HTTP/1.1`,
    'host: x',
    `authorization: Bearer ${ADMIN_KEY}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
  ]
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(api.url).port) })
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
  await expect
    .poll(() => audit({ article: id, action: 'article.updated' }), { interval: 10, timeout: 10_000 })
    .toMatchObject([{ address: '127.0.0.1' }])
})

test('an import says so, an entry an article, and none of what it leaves as it is', async () => {
  const count = async () =>
    await api.rows(`SELECT action, actor_id, address, request_id FROM audit_entry WHERE reason = 'import'`)
  const outcomes = await importFolder(api.deps, seedsFolder)
  const entries = await count()
  const created = entries.filter(({ action }) => action === 'article.created')
  expect(created).toHaveLength(outcomes.length)
  expect(created[0]).toEqual({ action: 'article.created', actor_id: null, address: null, request_id: null })
  await importFolder(api.deps, seedsFolder)
  expect(await count()).toEqual(entries)
})

test('the start says which keys it made and ended; one that finds its key, nothing', async () => {
  const start = (adminKey: string) =>
    bootstrapAdminKey({ ...api.deps, config: { ...api.deps.config, adminKey } })
  const [here, other] = [ADMIN_KEY.split('_')[1] ?? '', 'anotheradmin']
  const ofKeys = async () =>
    (
      await api.rows(`SELECT action, subject, reason FROM audit_entry WHERE reason = 'start' ORDER BY id`)
    ).map(({ action, subject }) => `${action} ${subject}`)
  expect(await ofKeys()).toEqual([`key.created ${here}`])
  await start(ADMIN_KEY)
  expect(await ofKeys()).toEqual([`key.created ${here}`])
  await start(`mh_${other}_${'o'.repeat(43)}`)
  await start(ADMIN_KEY)
  expect(await ofKeys()).toEqual([
    `key.created ${here}`,
    `key.revoked ${here}`,
    `key.created ${other}`,
    `key.revoked ${other}`,
    `key.updated ${here}`,
  ])
})

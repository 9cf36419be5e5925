import { describe, expect, test } from 'vitest'
import { type KeyHolder, startApi } from '#tests/support/test-api.ts'
import { type Call, calls, targetsOf } from './access-calls.ts'
import { type AccessRow, accessMatrix, type Caller, callers } from './access-matrix.ts'

const api = await startApi()
const [reader, viewer, author, colleague, editor, admin, revoked, expired] = await Promise.all([
  api.withKey('reader'),
  api.withKey('viewer'),
  api.withKey('author'),
  api.withKey('author', { name: 'Another author' }),
  api.withKey('editor'),
  api.withKey('admin'),
  api.withKey('admin', { name: 'Revoked' }),
  api.withKey('admin', { name: 'Expired', expiresAt: '2999-01-01T00:00:00Z' }),
])
await api.admin.delete(`/v1/api-keys/${revoked.id}`).expect(204)
await api.rows(`UPDATE api_key SET expires_at = now() - interval '1 s' WHERE id = $1`, [expired.id])
await api.deps.keys.reload()

const keys: Readonly<Record<Caller, string | null>> = {
  anonymous: null,
  reader: reader.key,
  viewer: viewer.key,
  'author (own)': author.key,
  'author (another’s)': author.key,
  editor: editor.key,
  admin: admin.key,
  revoked: revoked.key,
  expired: expired.key,
  malformed: 'mh_not-a-key',
}

interface OpenApi {
  paths: Record<string, Record<string, { operationId?: string }>>
}
const document: OpenApi = (await api.reader.get('/openapi.json').expect(200)).body
/** `patchArticle` → `PATCH /v1/articles/{ref}` */
const served = new Map(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) =>
      operationId === undefined ? [] : [[operationId, `${method.toUpperCase()} ${path}`] as const],
    ),
  ),
)

let made = 0
const targetsFor = (owner: KeyHolder) => targetsOf(api, owner, () => (made += 1))
const ownerFor = (caller: Caller) => (caller === 'author (own)' ? author : colleague)

async function callOf({ name }: AccessRow, caller: Caller): Promise<Call> {
  const makeCall = calls[name]
  if (makeCall === undefined) throw new Error(`Nobody has said how "${name}" is called: see access-calls.ts.`)
  return await makeCall(targetsFor(ownerFor(caller)))
}

async function statusOf(caller: Caller, { path, body, ...call }: Call, method: string = call.method) {
  const key = keys[caller]
  const type = typeof body === 'string' ? 'text/markdown' : 'application/json'
  const response = await fetch(api.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  return response.status
}

const tables = (
  await api.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
).map(({ name }) => name)

/** A key's last use is no change, nor is it that the audit has a note of a refusal. */
const contents: Record<string, string> = {
  api_key: `(SELECT to_jsonb(k) - 'last_used_at' FROM api_key AS k)`,
  audit_entry: `(SELECT * FROM audit_entry WHERE outcome = 'done')`,
}

/** How many rows each table has, and a hash of all that is in them. */
const fingerprint = tables
  .map(
    (name) => `
    SELECT '${name}' AS name, count(*)::int AS rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text AS hash
      FROM ${contents[name] ?? `"${name}"`} AS t`,
  )
  .join(' UNION ALL ')

async function everything(): Promise<Record<string, string>> {
  const found = await api.rows<{ name: string; rows: number; hash: string }>(fingerprint)
  return Object.fromEntries(found.map(({ name, rows, hash }) => [name, `${rows} rows, ${hash}`]))
}

/** `GET /v1/tags/{slug}` matches `GET /v1/tags/ai`. */
const patternOf = (operationId: string) =>
  new RegExp(
    `^${served
      .get(operationId)
      ?.replaceAll('.', '\\.')
      .replaceAll(/\{\w+\}/g, '[^/]+')}(\\?|$)`,
  )

test('every operation has a row, and every row an operation', () => {
  const named = new Set(accessMatrix.map(({ operationId }) => operationId))
  expect([...served.keys()].filter((name) => !named.has(name))).toEqual([])
  expect([...named].filter((name) => !served.has(name))).toEqual([])
})

test('every row has a call, and every call a row', () => {
  expect(Object.keys(calls).toSorted()).toEqual(accessMatrix.map(({ name }) => name).toSorted())
})

test('a change in any table would be seen', async () => {
  const before = await everything()
  await api.create({ title: 'One more', tags: ['One more'] })
  const after = await everything()
  const changed = tables.filter((name) => after[name] !== before[name])
  const written = ['article', 'article_tag', 'audit_entry', 'listing', 'revision', 'tag', 'tag_alias']
  expect(changed).toEqual(expect.arrayContaining(written))
  expect(await everything()).toEqual(after)
})

/** The operations that leave nothing behind when they are answered. */
const isRead = ({ method, path }: Call) => method === 'GET' || path === '/v1/render'

describe.each(accessMatrix)('$name', (row) => {
  const isAllowed = (caller: Caller) => row.expected[caller] < 400
  const allowed = callers.filter(isAllowed)
  const refused = callers.filter((caller) => !isAllowed(caller))

  test('is done for those who may, and for others nothing changes', async () => {
    // What nobody may change is made once: those who are refused leave it as it is.
    const own = await callOf(row, 'author (own)')
    const anothers = await callOf(row, 'admin')
    const untouched = (caller: Caller) => (caller === 'author (own)' ? own : anothers)
    expect(`${own.method} ${own.path}`).toMatch(patternOf(row.operationId))
    const ofAllowed = new Map<Caller, Call>()
    for (const caller of isRead(own) ? [] : allowed) ofAllowed.set(caller, await callOf(row, caller))

    const statuses: Partial<Record<Caller, number>> = {}
    const before = await everything()
    for (const caller of refused) statuses[caller] = await statusOf(caller, untouched(caller))
    const afterRefusals = await everything()
    let latest = afterRefusals
    for (const caller of allowed) {
      const call = ofAllowed.get(caller) ?? untouched(caller)
      statuses[caller] = await statusOf(caller, call)
      if (!isRead(call)) {
        const now = await everything()
        expect.soft(now, `what ${caller} did`).not.toEqual(latest)
        latest = now
      }
    }
    expect(statuses).toEqual(row.expected)
    expect(afterRefusals).toEqual(before)
    expect(await everything()).toEqual(latest)
    if (own.method !== 'GET') return
    for (const caller of callers) {
      expect(await statusOf(caller, untouched(caller), 'HEAD'), `HEAD by ${caller}`).toBe(statuses[caller])
    }
  })
})

import { expect, test } from 'vitest'
import { importFolder, seedsFolder } from '#src/transfer/index.ts'
import { startApi } from '#tests/support/test-api.ts'
import { rawRequest } from '../http/raw-request.ts'

const api = await startApi()
await importFolder(api.deps, seedsFolder)
const { key } = await api.withKey('reader')
const input = {
  body: 'With a note.[^1]\n\n[^1]: [A report](https://example.org/r).',
  tags: ['AI', 'Drafted'],
}
const draft = await api.create({ title: 'A draft', ...input })
const story = await api.create({ title: 'A story', status: 'published', ...input })
const [source] = await api.rows<{ id: string }>(`SELECT id FROM source WHERE url = 'https://example.org/r'`)
await api.admin.post('/v1/redirects').send({ from: '/old', to: '/silicon-valley-ai-war' }).expect(201)

/** Values for the parts of paths: some that readers see, some that they don't. */
const values: Record<string, string[]> = {
  ref: [story.id, 'silicon-valley-ai-war', draft.id, draft.slug, 'nothing'],
  slug: ['ai', 'drafted', 'nothing'],
  id: [source?.id ?? '', '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11'],
  file: ['2025-07.xml', '1999-01.xml'],
  code: ['not_found'],
}
/** Queries beside the bare address. */
const queries: Record<string, string[]> = {
  listArticles: [
    'limit=2',
    'tag=ai&total=true',
    'facets=tag,topic',
    'include=citations',
    'status=draft',
    'fields=meta',
  ],
  getArticle: ['format=html', 'format=markdown', 'format=jsonld', 'format=csl-json', 'fields=createdBy'],
  listArticleCitations: ['format=bibtex'],
  resolvePath: ['path=/old', 'path=/silicon-valley-ai-war', `path=/${draft.slug}`],
  listTags: ['q=a'],
}

interface Document {
  paths: Record<string, Record<string, { operationId: string; 'x-roles': string[] }>>
}
const document: Document = (await api.reader.get('/openapi.json')).body
const operations = Object.entries(document.paths).flatMap(([path, { get }]) =>
  get?.['x-roles'].includes('anonymous') && get.operationId !== 'getMe'
    ? [{ path, name: get.operationId }]
    : [],
)

function addressesOf({ path, name }: { path: string; name: string }): string[] {
  const [, parameter] = /\{(\w+)\}/.exec(path) ?? []
  const paths =
    parameter === undefined
      ? [path]
      : (values[parameter] ?? []).map((value) => path.replace(/\{\w+\}/, encodeURIComponent(value)))
  return paths.flatMap((one) => [one, ...(queries[name] ?? []).map((query) => `${one}?${query}`)])
}

/** What differs between any two requests. */
const PASSING = ['date', 'server-timing', 'age', 'keep-alive', 'connection']

async function answer(method: string, path: string, headers: Record<string, string>) {
  const sent = { 'x-request-id': 'the-same-request', 'accept-encoding': 'gzip', ...headers }
  const { status, headers: got, body } = await rawRequest(api.url + path, { method, headers: sent })
  const kept = Object.entries(got).filter(([name]) => !PASSING.includes(name))
  return { status, headers: Object.fromEntries(kept), body: body.toString('base64') }
}

test.each(operations)('$name answers a reader’s key byte for byte as nobody', async (operation) => {
  const addresses = addressesOf(operation)
  expect(addresses.length).toBeGreaterThan(0)
  for (const path of addresses) {
    for (const method of ['GET', 'HEAD']) {
      const nobody = await answer(method, path, {})
      expect(await answer(method, path, { authorization: `Bearer ${key}` }), `${method} ${path}`).toEqual(
        nobody,
      )
    }
  }
})

import fc from 'fast-check'
import { type Body, documentBodies, drawn, jsonBodies, largeBodies, valuesOf } from './body-arbitrary.ts'
import { hostileText } from './hostile.ts'
import {
  type OpenApiDocument,
  type Operation,
  operationsOf,
  type Parameter,
  type Schema,
} from './openapi-document.ts'
import type { Caller, World } from './world.ts'

/** A request, as it goes over the wire but for the key and the Host. */
export interface FuzzRequest {
  readonly method: string
  /** Path and query; characters up to U+00FF, one a byte. */
  readonly url: string
  readonly caller: Caller
  /** In this order, names perhaps several times; values of characters up to U+00FF. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Body | null
}

/** Parameters by name, and where in the world their values are. */
const POOLS: Readonly<Record<string, keyof World>> = {
  ref: 'refs',
  slug: 'slugs',
  id: 'articleIds',
  article: 'articleIds',
  tag: 'tags',
  excludeTag: 'tags',
  topic: 'topics',
  excludeTopic: 'topics',
  author: 'authors',
  source: 'sources',
  domain: 'sourceDomains',
  sourceDomain: 'sourceDomains',
  cursor: 'cursors',
  locale: 'locales',
  path: 'paths',
  actor: 'apiKeys',
}

/** What an `id` or `slug` in a path belongs to. */
const COLLECTIONS: Readonly<Record<string, keyof World>> = {
  '/v1/tags/{slug}': 'tags',
  '/v1/topics/{slug}': 'topics',
  '/v1/authors/{slug}': 'authors',
  '/v1/sources/{id}': 'sources',
  '/v1/redirects/{id}': 'redirects',
  '/v1/audit/{id}': 'auditEntries',
  '/v1/api-keys/{id}': 'apiKeys',
}

/** Values of parameters whose schema is any text. */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  fields: ['id', 'title,slug', 'html', 'id,id', 'title,', 'links', 'citations,toc', 'name', 'tags,nothing'],
  include: ['body', 'html,toc', 'citations', 'body,html,toc,citations'],
  facets: ['tag', 'topic,source', 'month', 'tag,topic,source,month'],
  status: ['any', 'draft', 'published', 'draft,published', 'scheduled', 'trash'],
  code: ['slug_taken', 'internal', 'not_found', 'nothing'],
  file: ['2025-07.xml', '2025-07-2.xml', '2025-13.xml', '2999-01.xml'],
  q: ['o', 'Open', '标', 'Li', '%', '_'],
  action: ['article.create', 'article.*', 'article.created', 'key.*', 'sign_in'],
  address: ['127.0.0.1', '::1', '10.0.0.0/8'],
  reason: ['A reason', '更正'],
}

/** Percent-encodes as UTF-8; a lone surrogate as the three bytes that no UTF-8 has. */
const encoded = (text: string): string =>
  [...text]
    .map((character) =>
      character.isWellFormed()
        ? encodeURIComponent(character)
        : Array.from(surrogateBytes(character.charCodeAt(0)), (byte) => `%${byte.toString(16)}`).join(''),
    )
    .join('')

const surrogateBytes = (code: number) => [
  0xe0 | (code >> 12),
  0x80 | ((code >> 6) & 0x3f),
  0x80 | (code & 0x3f),
]

/** Its UTF-8 as characters, one a byte, without those that end a line of HTTP or that Node's client refuses. */
const bare = (text: string, keepsBlanks: boolean): string =>
  Buffer.from(text)
    .toString('latin1')
    .replaceAll(keepsBlanks ? NO_HEADER : NO_ADDRESS, '')

const NO_HEADER = /[\0-\x08\x0a-\x1f\x7f]/g
const NO_ADDRESS = /[\0-\x20\x7f]/g

/** Text in an address: encoded, mostly. */
const inAddress = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 14, arbitrary: text.map(encoded) },
    { weight: 1, arbitrary: text.map((raw) => bare(raw, false)) },
  )

/** Requests of every operation of the document: right, nearly right, and hostile. */
export function requestsOf(document: OpenApiDocument, world: World): fc.Arbitrary<FuzzRequest> {
  const right = valuesOf(document.components.schemas, world)
  return fc.oneof(...operationsOf(document).map((operation) => requests(operation, world, right)))
}

type RightValue = (schema: Schema, name?: string) => fc.Arbitrary<unknown>

function requests(operation: Operation, world: World, right: RightValue): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      method: methods(operation),
      path: paths(operation, world, right),
      query: queries(operation, world, right),
      caller: callers(operation),
      headers: headers(world),
      payload: payloads(operation, world, right),
    })
    .map(({ method, path, query, caller, headers: own, payload }) => ({
      method,
      url: path + (query === '' ? '' : `?${query}`),
      caller,
      headers: [...payload.headers, ...own],
      body: payload.body,
    }))
}

const methods = ({ method }: Operation) =>
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.constantFrom(...(method === 'GET' ? ['GET', 'GET', 'GET', 'HEAD'] : [method])),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('OPTIONS', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'),
    },
  )

const strangers: readonly Caller[] = [
  'anonymous',
  'reader',
  'viewer',
  'author',
  'editor',
  'admin',
  'revoked',
  'expired',
]

/** Mostly those who may. */
const callers = (operation: Operation): fc.Arbitrary<Caller> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...(operation['x-roles'] as Caller[])) },
    { weight: 1, arbitrary: fc.constantFrom(...strangers) },
  )

function paths(operation: Operation, world: World, right: RightValue): fc.Arbitrary<string> {
  const parts = operation.path.split(/(\{[^}]*\})/).map((part) => {
    if (!part.startsWith('{')) return fc.constant(part)
    const parameter = operation.parameters?.find(({ name }) => part === `{${name}}`)
    const collection = COLLECTIONS[operation.path.slice(0, operation.path.indexOf('}') + 1)]
    return fc.oneof(
      { weight: 7, arbitrary: parameterValue(parameter, world, right, collection).map(encoded) },
      { weight: 1, arbitrary: inAddress(hostileText) },
    )
  })
  return fc.tuple(...parts).map((texts) => texts.join(''))
}

function parameterValue(
  parameter: Parameter | undefined,
  world: World,
  right: RightValue,
  collection?: keyof World,
): fc.Arbitrary<string> {
  const { name = '', schema = {} } = parameter ?? {}
  const pool = collection ?? POOLS[name]
  if (pool !== undefined) return drawn(world, pool)
  const known = KNOWN_VALUES[name]
  const value = right(schema, name).map((one) => (Array.isArray(one) ? one.join(',') : String(one)))
  return known === undefined ? value : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, value)
}

function queries(operation: Operation, world: World, right: RightValue): fc.Arbitrary<string> {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const pair = (parameter: Parameter) =>
    fc
      .oneof(
        { weight: 8, arbitrary: parameterValue(parameter, world, right).map(encoded) },
        { weight: 1, arbitrary: inAddress(hostileText) },
      )
      .map((value) => `${parameter.name}=${value}`)
  const strange = fc
    .tuple(
      fc.oneof(
        hostileText,
        fc.constantFrom(
          'limt',
          'key',
          'access_token',
          '__proto__',
          'limit[]',
          'tag[0]',
          'a.b',
          'format',
          'pretty',
        ),
      ),
      hostileText,
    )
    .chain(([name, value]) => inAddress(fc.constant(name)).map((written) => `${written}=${encoded(value)}`))
  const required = known.filter((parameter) => parameter.required).map(pair)
  const optional = fc.oneof(
    { weight: 12, arbitrary: known.length === 0 ? fc.constant('') : fc.oneof(...known.map(pair)) },
    { weight: 1, arbitrary: strange },
    { weight: 1, arbitrary: fc.constantFrom('', '&', '=', '?', 'a', '%', '#') },
  )
  return fc
    .tuple(...required, ...[0, 0, 0].map(() => fc.option(optional, { freq: 2, nil: '' })))
    .map((pairs) => pairs.filter((one) => one !== '').join('&'))
}

/** Headers beside the key: none, mostly. */
const headers = (world: World): fc.Arbitrary<[string, string][]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<[string, string][]>([]) },
    { weight: 3, arbitrary: fc.array(header(world), { minLength: 1, maxLength: 3 }) },
  )

const named = (name: string, ...values: string[]): fc.Arbitrary<[string, string]> =>
  fc.constantFrom(...values).map((value) => [name, value])

const ADMIN_LIKE = `mh_testadmin9_${'k'.repeat(43)}`

function header(world: World): fc.Arbitrary<[string, string]> {
  const tags = fc.oneof(
    drawn(world, 'etags'),
    drawn(world, 'etags').map((tag) => `W/${tag}, "x"`),
    fc.constantFrom(
      '*',
      '"',
      'W/',
      '""',
      '*, *',
      '"1"',
      '"1-',
      '1',
      '"\xff"',
      `${'"a",'.repeat(500)}"b"`,
      '"99999999999999999999-x"',
    ),
  )
  return fc.oneof(
    named(
      'accept',
      'application/json',
      '*/*',
      'text/html',
      'text/*;q=0.5, application/json;q=0',
      'image/png',
      '',
      'a',
      '*/*;q=0',
      'text/html;q=nan',
      `${'a/b,'.repeat(1_000)}*/*`,
      'application/ld+json',
      'text/markdown',
      'application/problem+json',
      'application/xml',
    ),
    named(
      'accept-encoding',
      'gzip',
      'br',
      'identity;q=0',
      '*;q=0',
      'gzip;q=2',
      'zstd',
      '',
      'gzip, br, deflate',
    ),
    fc.tuple(fc.constantFrom('if-match', 'if-match', 'if-none-match'), tags),
    named('if-modified-since', 'Wed, 02 Jul 2025 00:00:00 GMT', 'yesterday', '9'.repeat(50), '-1'),
    named('if-unmodified-since', 'Wed, 02 Jul 2025 00:00:00 GMT', 'x'),
    named('range', 'bytes=0-0', 'bytes=-1', 'x'),
    named(
      'authorization',
      'Bearer',
      'Basic YTpi',
      'Bearer mh_',
      ADMIN_LIKE,
      `Bearer ${ADMIN_LIKE}`,
      `bearer ${'k'.repeat(8_192)}`,
      'Bearer \xff',
      'Digest x',
      '',
    ),
    named('x-request-id', 'a-safe-request-id', 'x', '"{}', 'a'.repeat(65), '\xff'),
    named('idempotency-key', 'one-and-the-same', '', 'x'.repeat(1_000)),
    named(
      'content-type',
      'application/json',
      'text/markdown',
      'application/json; charset=utf-16',
      'text/markdown; charset=',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
      'a',
      '',
      '/',
      ';',
      'application/json;;',
      'text/plain',
    ),
    named('content-encoding', 'gzip', 'identity', 'br, gzip', 'x'),
    named('expect', '100-continue', 'nothing'),
    named('origin', 'https://evil.example', 'null', ''),
    named('access-control-request-method', 'PUT', 'x'),
    named('upgrade', 'h2c', 'websocket'),
    named('x-forwarded-for', '1.2.3.4', '::', "' OR 1=1", ','),
    named('x-forwarded-host', 'evil.example'),
    named('x-http-method-override', 'DELETE'),
    named('cookie', 'a=b; __proto__=c'),
    named('prefer', 'return=minimal'),
    named('host', '', 'evil.example', 'a b', '[::1'),
    fc.constantFrom(10_000, 17_000).map((length): [string, string] => ['x-padding', 'p'.repeat(length)]),
    fc
      .tuple(
        fc.constantFrom('accept', 'accept-language', 'if-match', 'content-type', 'x-request-id', 'cookie'),
        hostileText,
      )
      .map(([name, text]): [string, string] => [name, bare(text, true).slice(0, 9_000).trim()]),
  )
}

interface Payload {
  readonly headers: [string, string][]
  readonly body: Body | null
}

const NO_PAYLOAD: Payload = { headers: [], body: null }

function payloads(operation: Operation, world: World, right: RightValue): fc.Arbitrary<Payload> {
  const declared = Object.entries(operation.requestBody?.content ?? {})
  const anyBody = fc.oneof(
    jsonBodies(fc.jsonValue({ maxDepth: 2 })),
    documentBodies(world),
    largeBodies,
    fc.constant({ text: '' }),
  )
  const strange = fc
    .tuple(
      fc.constantFrom(
        'application/json',
        'text/markdown',
        'text/plain',
        'application/merge-patch+json',
        'x',
        null,
      ),
      anyBody,
    )
    .map(([type, body]): Payload => ({ headers: type === null ? [] : [['content-type', type]], body }))
  if (declared.length === 0)
    return fc.oneof({ weight: 12, arbitrary: fc.constant(NO_PAYLOAD) }, { weight: 1, arbitrary: strange })
  const declaredOnes = declared.map(([type, { schema }]) => {
    const bodies = type.endsWith('json') ? jsonBodies(right(schema)) : documentBodies(world)
    return fc
      .tuple(fc.constantFrom(type, type, `${type}; charset=utf-8`), bodies)
      .map(([written, body]): Payload => ({ headers: [['content-type', written]], body }))
  })
  return fc.oneof(
    { weight: 20, arbitrary: fc.oneof(...declaredOnes) },
    { weight: 2, arbitrary: strange },
    { weight: 1, arbitrary: fc.constant(NO_PAYLOAD) },
  )
}

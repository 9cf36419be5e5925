import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#src/platform/errors.ts'
import type { App } from '#src/platform/http/app.ts'
import { Problem } from '#src/platform/http/problem-details.ts'
import { smallApp } from './small-app.ts'

let app: App

beforeAll(async () => {
  app = await smallApp({
    translate: (error) =>
      error instanceof Error && 'code' in error && error.code === 'AWAY'
        ? new AppError('database_unavailable', 503, 'The database does not answer.', {
            headers: { 'retry-after': '1' },
            cause: error,
          })
        : undefined,
  })
})
afterAll(() => app.close())

interface Sent {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'HEAD'
  url: string
  headers?: Record<string, string>
  payload?: string | Buffer
}

/** Sends a request that must be refused; gives its problem, in the one shape that all have. */
async function refused(request: Sent) {
  const answer = await app.inject(request)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  const isAbsence = [404, 410].includes(answer.statusCode) && (request.method ?? 'GET') === 'GET'
  if (!isAbsence) expect(answer.headers['cache-control']).toMatch(/^(private, )?no-store$/)
  const problem = Problem.parse(answer.json())
  expect(problem.status).toBe(answer.statusCode)
  expect(problem.type).toBe(`/problems/${problem.code}`)
  expect(problem.requestId).toBe(answer.headers['x-request-id'])
  return { ...problem, headers: answer.headers, firstError: problem.errors?.[0] }
}

const postJson = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  refused({
    method: 'POST',
    url: '/v1/stories',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  })

describe('400: a parameter', () => {
  test.each([
    ['?limt=3', 'limt', 'unknown_parameter', 'Unknown parameter "limt". Did you mean "limit"?'],
    ['?bogus=3', 'bogus', 'unknown_parameter', 'Unknown parameter "bogus".'],
    ['?limit=1&limit=2', 'limit', 'repeated_parameter', 'This stands more than once; give it once.'],
    ['?limit=0', 'limit', 'too_small', 'Expected a whole number from 1 to 100.'],
    ['?limit=101', 'limit', 'too_big', 'Expected a whole number from 1 to 100.'],
    ['?limit=', 'limit', 'invalid_format', 'Expected a whole number from 1 to 100.'],
    ['?limit=0x10', 'limit', 'invalid_format', 'Expected a whole number from 1 to 100.'],
    ['?limit=1e1', 'limit', 'invalid_format', 'Expected a whole number from 1 to 100.'],
    ['?limit=5.0', 'limit', 'invalid_format', 'Expected a whole number from 1 to 100.'],
    ['?total=yes', 'total', 'invalid_value', 'Expected "true" or "false".'],
    [
      '?cursor=a%00b',
      'cursor',
      'nul_character',
      'The text has a NUL character (U+0000), which can’t be stored.',
    ],
  ])('%s names the parameter and says what would be right', async (search, path, code, message) => {
    const problem = await refused({ url: `/v1/stories${search}` })
    expect(problem).toMatchObject({
      code: 'invalid_parameters',
      errors: [{ in: 'query', path, code, message }],
    })
  })

  test('an operation without parameters takes none', async () => {
    const problem = await refused({ method: 'DELETE', url: '/v1/stories/one?force=true' })
    expect(problem.firstError).toMatchObject({ in: 'query', path: 'force', code: 'unknown_parameter' })
  })

  test('a part of the path that is too long to be a name', async () => {
    const problem = await refused({ url: `/v1/stories/${'a'.repeat(201)}` })
    expect(problem).toMatchObject({ status: 400, errors: [{ in: 'path', path: 'ref', code: 'too_big' }] })
  })
})

describe('400: an address that can’t be decoded', () => {
  test.each(['/v1/stories/%zz', '/%'])('%s', async (url) => {
    expect(await refused({ url })).toMatchObject({ status: 400, code: 'invalid_url' })
  })
})

describe('400: JSON that can’t be read', () => {
  test.each([
    ['{"title": abc}', 1, 11],
    ['{\n  "title": "x",\n}', 3, 1],
    ['{"title" "x"}', 1, 10],
    ['{"title": "x"', 1, 14],
    ['["x",]', 1, 6],
    ["{'title': 1}", 1, 2],
    ['{"title": "a\nb"}', 1, 11],
    ['{"title": "\\x"}', 1, 11],
    ['{"title": "x"} more', 1, 16],
    ['01', 1, 2],
    ['   ', 1, 4],
  ])('%j names line %i, column %i', async (payload, line, column) => {
    const problem = await postJson(payload)
    expect(problem).toMatchObject({ status: 400, code: 'invalid_json' })
    expect(problem.firstError).toMatchObject({ in: 'body', path: '', line, column, code: 'invalid_json' })
    expect(problem.detail).toContain(`Line ${line}, column ${column}`)
  })

  test('a key that stands twice, also spelled by escapes', async () => {
    const problem = await postJson('{"title":"x","meta":{"a":1,"\\u0061":2}}')
    expect(problem).toMatchObject({
      code: 'invalid_json',
      errors: [{ path: '/meta/a', code: 'duplicate_key', column: 28 }],
    })
  })

  test('__proto__ as a key', async () => {
    const problem = await postJson('{"title":"x","meta":{"__proto__":{"admin":true}}}')
    expect(problem.firstError).toMatchObject({ path: '/meta/__proto__', code: 'forbidden_key' })
  })

  test('constructor.prototype is a key like any other', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/stories',
      headers: { 'content-type': 'application/json' },
      payload: '{"title":"x","meta":{"constructor":{"prototype":1}}}',
    })
    expect(answer.statusCode).toBe(201)
  })

  test('nesting that no story needs', async () => {
    const problem = await postJson(`{"title":"x","meta":${'['.repeat(100_000)}`)
    expect(problem).toMatchObject({ status: 400, errors: [{ code: 'too_deep' }] })
  })
})

describe('400: no body', () => {
  test.each([{ 'content-type': 'application/json' }, {}])('with the headers %j', async (headers) => {
    const problem = await refused({ method: 'POST', url: '/v1/stories', headers: { ...headers } })
    expect(problem).toMatchObject({ status: 400, code: 'empty_body' })
    expect(problem.detail).toBe('The body is empty. Send application/json or text/markdown.')
    expect(problem.headers['accept-post']).toBe('application/json, text/markdown')
  })
})

describe('400: what is not UTF-8', () => {
  test.each(['application/json', 'text/markdown'])('%s: names the byte, line and column', async (type) => {
    const payload = Buffer.concat([
      Buffer.from('{"title":\n"你\uFFFD'),
      Buffer.from([0xe9]),
      Buffer.from('"}'),
    ])
    const problem = await postJson(payload, { 'content-type': type })
    expect(problem).toMatchObject({ status: 400, code: 'invalid_encoding' })
    expect(problem.firstError).toMatchObject({
      line: 2,
      column: 4,
      code: 'invalid_utf8',
      message: 'The byte at offset 17 (0xE9) belongs to no UTF-8 character.',
    })
  })

  test('UTF-16 is called by its name', async () => {
    const payload = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('# 标题', 'utf16le')])
    const problem = await postJson(payload, { 'content-type': 'text/markdown' })
    expect(problem.detail).toContain('looks like UTF-16')
  })
})

describe('401', () => {
  const headers = { authorization: 'Bearer wrong', 'content-type': 'text/plain' }

  test('comes before anything of the request is read', async () => {
    const problem = await refused({ method: 'POST', url: '/v1/stories?x=1', headers, payload: '{' })
    expect(problem).toMatchObject({ status: 401, code: 'unauthorized' })
    expect(problem.headers['www-authenticate']).toBe('Bearer')
  })

  test('but after 404 and 405 of the route', async () => {
    expect(await refused({ url: '/v1/nothing', headers })).toMatchObject({ status: 404 })
    expect(await refused({ method: 'PUT', url: '/v1/stories', headers })).toMatchObject({ status: 405 })
  })
})

describe('404 and 405', () => {
  test.each(['/v1/storys', '/', '/v1/stories/', '/v1/stories/one/two'])('nothing is at %s', async (url) => {
    const problem = await refused({ url, headers: { accept: 'text/html' } })
    expect(problem).toMatchObject({ status: 404, code: 'route_not_found' })
  })

  test('an answer that was begun leaves no headers on the problem', async () => {
    const { headers } = await refused({ url: '/v1/stories/half' })
    expect(headers).not.toHaveProperty('etag')
    expect(headers).not.toHaveProperty('content-language')
  })

  test.each([
    ['PUT', '/v1/stories', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/v1/stories/one', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['DELETE', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ] as const)('%s %s: Allow is %s', async (method, url, allow) => {
    const problem = await refused({ method, url })
    expect(problem).toMatchObject({ status: 405, code: 'method_not_allowed' })
    expect(problem.headers.allow).toBe(allow)
    expect(problem.detail).toContain(allow)
  })
})

describe('414', () => {
  test('a part of the path beyond any slug, percent-encoded', async () => {
    expect(await refused({ url: `/v1/stories/${'a'.repeat(2_500)}` })).toMatchObject({ code: 'url_too_long' })
  })

  test('200 Chinese characters are fine', async () => {
    const answer = await app.inject(`/v1/stories/${encodeURIComponent('闻'.repeat(200))}`)
    expect(answer.json()).toMatchObject({
      code: 'not_found',
      detail: `There is no story "${'闻'.repeat(200)}".`,
    })
  })
})

describe('406', () => {
  test('lists the types that can be given', async () => {
    const problem = await refused({ url: '/v1/stories/one', headers: { accept: 'image/png' } })
    expect(problem).toMatchObject({
      status: 406,
      code: 'not_acceptable',
      acceptable: ['application/json', 'text/markdown'],
      detail: 'This can be given as application/json or text/markdown, not as image/png.',
    })
  })

  test.each([
    '*/*',
    'application/*',
    'text/html, */*;q=0.1',
    'application/json; charset=utf-8',
    'Application/JSON',
    'text/markdown;variant=GFM;q=0.5',
  ])('%s is satisfied', async (accept) => {
    expect(await app.inject({ url: '/v1/stories/one', headers: { accept } })).toHaveProperty(
      'statusCode',
      200,
    )
  })

  test('a type of weight 0 is not accepted', async () => {
    const problem = await refused({ url: '/v1/stories', headers: { accept: 'application/json;q=0' } })
    expect(problem.status).toBe(406)
  })

  test('?format= wins over Accept', async () => {
    const answer = await app.inject({ url: '/v1/stories/one?format=json', headers: { accept: 'image/png' } })
    expect(answer.statusCode).toBe(200)
  })
})

describe('415', () => {
  test.each([
    ['text/plain', 'The body is "text/plain"; this accepts application/json and text/markdown.'],
    [
      'application/x-www-form-urlencoded',
      'The body is "application/x-www-form-urlencoded"; this accepts application/json and text/markdown.',
    ],
    [
      'application/merge-patch+json',
      'The body is "application/merge-patch+json"; this accepts application/json and text/markdown.',
    ],
    ['nonsense', 'The body is "nonsense"; this accepts application/json and text/markdown.'],
    ['application/json; charset=latin1', 'The body’s charset is "latin1"; only utf-8 is read here.'],
    ['text/markdown; charset="GB18030"', 'The body’s charset is "gb18030"; only utf-8 is read here.'],
  ])('%s', async (type, detail) => {
    const problem = await postJson('{"title":"x"}', { 'content-type': type })
    expect(problem).toMatchObject({ status: 415, code: 'unsupported_media_type', detail })
    expect(problem.headers['accept-post']).toBe('application/json, text/markdown')
  })

  test('a body without a type', async () => {
    const problem = await refused({
      method: 'POST',
      url: '/v1/stories',
      headers: { 'content-length': '2', 'content-type': '' },
      payload: '{}',
    })
    expect(problem.status).toBe(415)
  })

  test('PATCH has its own header', async () => {
    const problem = await refused({
      method: 'PATCH',
      url: '/v1/stories/one',
      headers: { 'content-type': 'text/markdown' },
      payload: '# x',
    })
    expect(problem.headers['accept-patch']).toBe('application/merge-patch+json')
  })

  test('a compressed body', async () => {
    const problem = await postJson('x', { 'content-encoding': 'gzip' })
    expect(problem.status).toBe(415)
    expect(problem.headers['accept-encoding']).toBe('identity')
  })

  test.each(['Application/JSON', 'application/json;charset=UTF-8', 'application/json; charset="utf-8"'])(
    '%s is JSON',
    async (type) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/v1/stories',
        headers: { 'content-type': type },
        payload: '\uFEFF{"title":"x"}',
      })
      expect(answer.statusCode).toBe(201)
    },
  )
})

describe('422: a body that can be read and is wrong', () => {
  test('unknown fields come first, each with the nearest name', async () => {
    const problem = await postJson('{"titel":"x","featured_image":"x","zzz":1}')
    expect(problem).toMatchObject({ status: 422, code: 'invalid_body' })
    expect(problem.errors?.map(({ path, code, message }) => [path, code, message])).toEqual([
      ['/titel', 'unknown_field', 'Unknown field "titel". Did you mean "title"?'],
      ['/featured_image', 'unknown_field', 'Unknown field "featured_image". Did you mean "featuredImage"?'],
      ['/zzz', 'unknown_field', 'Unknown field "zzz".'],
      ['/title', 'required', 'This is required.'],
    ])
    expect(problem.detail).toBe('Unknown field "titel". Did you mean "title"? (and 3 more)')
  })

  test.each([
    ['{"title":5}', '/title', 'invalid_type', 'Expected a string, got a number.'],
    ['{"title":null}', '/title', 'invalid_type', 'Expected a string, got null.'],
    ['{"title":["x"]}', '/title', 'invalid_type', 'Expected a string, got a list.'],
    ['{"title":""}', '/title', 'too_small', 'This must not be empty.'],
    [
      '{"title":"x","status":"publised"}',
      '/status',
      'invalid_value',
      'Expected "draft" or "published". Did you mean "published"?',
    ],
    ['{"title":"x","tags":"a"}', '/tags', 'invalid_type', 'Expected a list, got a string.'],
    ['{"title":"x","tags":["a",5]}', '/tags/1', 'invalid_type', 'Expected a string or an object.'],
    [
      '{"title":"x","tags":[{"slugg":"a"}]}',
      '/tags/0/slugg',
      'unknown_field',
      'Unknown field "slugg". Did you mean "slug"?',
    ],
    ['{"title":"x","tags":[{"slug":5}]}', '/tags/0/slug', 'invalid_type', 'Expected a string, got a number.'],
    ['[]', '', 'invalid_type', 'Expected an object, got a list.'],
    ['null', '', 'invalid_type', 'Expected an object, got null.'],
    ['{"title":"x\\u0000"}', '/title', 'nul_character', 'U+0000 can’t be stored.'],
    ['{"title":"x\\ud800y"}', '/title', 'lone_surrogate', 'Half of a surrogate pair is no character.'],
    ['{"title":"x\\udc00\\ud800"}', '/title', 'lone_surrogate', 'Half of a surrogate pair is no character.'],
    [
      '{"title":"x","meta":{"a/b~":["\\ud83d"]}}',
      '/meta/a~1b~0/0',
      'lone_surrogate',
      'Half of a surrogate pair is no character.',
    ],
  ])('%s', async (payload, path, code, message) => {
    const problem = await postJson(payload)
    expect(problem).toMatchObject({ status: 422, code: 'invalid_body' })
    expect(problem.firstError).toMatchObject({ in: 'body', path, code, message })
  })

  test.each(['2025-02-30T00:00:00Z', '2025-07-02', '2025-07-02T08:00:00', 'yesterday'])(
    '%s is no instant',
    async (publishedAt) => {
      const problem = await postJson(JSON.stringify({ title: 'x', publishedAt }))
      expect(problem.firstError?.message).toContain(
        'Expected an instant with an offset, such as 2025-07-02T08:00:00Z',
      )
    },
  )

  test('10,000 tags are one error', async () => {
    const problem = await postJson(
      JSON.stringify({ title: 'x', tags: Array.from({ length: 10_000 }, () => 5) }),
    )
    expect(problem.errors).toEqual([
      { in: 'body', path: '/tags', code: 'too_big', message: 'Expected at most 100 items, got 10,000.' },
    ])
  })

  test('100,000 unknown fields are 50 errors, and a name of a megabyte is not sent back', async () => {
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`field${i}`, 1]))
    const problem = await postJson(JSON.stringify({ ['x'.repeat(1_000_000)]: 1, ...fields }))
    expect(problem.errors).toHaveLength(50)
    expect(JSON.stringify(problem).length).toBeLessThan(20_000)
  })
})

describe('500', () => {
  test('says nothing of what happened', async () => {
    const problem = await refused({ url: '/v1/stories/broken' })
    expect(problem).toMatchObject({ status: 500, code: 'internal' })
    expect(JSON.stringify(problem)).not.toContain('secret')
  })

  test('stands in the log under its id, with the cause', async () => {
    const lines: string[] = []
    const { pino } = await import('pino')
    const logged = await smallApp({
      log: pino({ level: 'warn' }, { write: (line: string) => lines.push(line) }),
    })
    const answer = await logged.inject('/v1/stories/broken')
    await logged.close()
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      requestId: answer.json().requestId,
      err: { message: 'the secret of the database' },
    })
  })
})

describe('503', () => {
  test('what the translation recognises', async () => {
    const problem = await refused({ url: '/v1/stories/away' })
    expect(problem).toMatchObject({ status: 503, code: 'database_unavailable' })
    expect(problem.headers['retry-after']).toBe('1')
  })
})

describe('what is right passes', () => {
  test('a query', async () => {
    const answer = await app.inject('/v1/stories?limit=7&total=true')
    expect(answer.json().data[0].title).toBe('limit 7, total true')
  })

  test('Markdown arrives untouched, byte order mark and line ends included', async () => {
    const document = '\uFEFF---\r\ntitle: 硅谷\r\n---\r\n正文😀\r'
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/stories',
      headers: { 'content-type': 'text/markdown; charset=utf-8' },
      payload: document,
    })
    expect(answer.json().title).toBe(document)
  })

  test('characters beyond the basic plane, raw and escaped', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/stories',
      headers: { 'content-type': 'application/json' },
      payload: '{"title":"😀 \\ud83d\\ude00 \\u4f60"}',
    })
    expect(answer.json().title).toBe('😀 😀 你')
  })

  test('DELETE with a Content-Type and no body, as some clients send it', async () => {
    const answer = await app.inject({
      method: 'DELETE',
      url: '/v1/stories/one',
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.statusCode).toBe(204)
  })
})

import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import type { HttpOptions } from '#src/platform/http/app.ts'
import { smallApp } from './small-app.ts'

/** Sends one request; gives the lines that it left in the log. */
async function logOf(url: string, headers: Record<string, string>, options: Partial<HttpOptions> = {}) {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const app = await smallApp({ log, ...options })
  await app.inject({ url, headers })
  await app.close()
  return lines
}

describe('the request log', () => {
  test('has one line a request, under its id', async () => {
    const lines = await logOf('/v1/stories/one', { 'x-request-id': 'trace-0001' })
    expect(lines).toMatchObject([
      { requestId: 'trace-0001', method: 'GET', path: '/v1/stories/one', status: 200, msg: 'request' },
    ])
    expect(lines[0]?.ms).toBeTypeOf('number')
  })

  test('holds no secret: no query, no key', async () => {
    const lines = await logOf('/v1/stories/one?previewToken=s3cret', { authorization: 'Bearer mh_s3cret' })
    expect(JSON.stringify(lines)).not.toContain('s3cret')
  })

  const forwarded = { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' }
  test.each([
    [false, '127.0.0.1'],
    [1, '10.0.0.1'],
    [2, '203.0.113.7'],
    [true, '203.0.113.7'],
    [['127.0.0.1', '10.0.0.0/8'], '203.0.113.7'],
    [['10.0.0.0/8'], '127.0.0.1'],
  ] as const)('with TRUST_PROXY %j the caller is %s', async (trust, ip) => {
    const trustProxy = typeof trust === 'object' ? [...trust] : trust
    const [line] = await logOf('/v1/stories', forwarded, { trustProxy })
    expect(line?.ip).toBe(ip)
  })
})

import { Agent, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '#src/platform/http/app.ts'
import { Problem } from '#src/platform/http/problem-details.ts'
import { smallApp } from './small-app.ts'

/** What only a real connection shows: bytes that are no request, bodies that are refused while they arrive. */
let app: App
let port: number

beforeAll(async () => {
  app = await smallApp()
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as AddressInfo).port
})
afterAll(() => app.close())

/** Sends bytes as they are; gives all that comes back until the server closes. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}

const problemIn = (answer: string) => Problem.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))))

describe('bytes that are no request', () => {
  test.each([
    ['a line of garbage', 'GARBAGE\r\n\r\n'],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a blank in a header’s name', 'GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n'],
  ])('%s is a 400', async (_name, bytes) => {
    const answer = await exchange(bytes)
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    const problem = problemIn(answer)
    expect(problem.code).toBe('malformed_request')
    expect(answer.toLowerCase()).toContain('\r\naccess-control-allow-origin: *\r\n')
    expect(answer).toContain(`X-Request-Id: ${problem.requestId}\r\n`)
  })

  test.each([
    ['long', 20_000],
    ['beyond all measure', 100_000],
  ])('headers that are %s are a 431', async (_name, length) => {
    const head = `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ${'x'.repeat(length)}\r\n\r\n`
    const answer = await exchange(head)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json')
    expect(problemIn(answer).code).toBe('headers_too_large')
  })

  test.each([
    ['of 16 KB', 16_384],
    ['of 100 KB', 100_000],
  ])('an address %s is a 414', async (_name, length) => {
    for (const address of [`/v1/stories?cursor=${'x'.repeat(length)}`, `/v1/stories/${'x'.repeat(length)}`]) {
      const answer = await exchange(`GET ${address} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 414 /)
      expect(problemIn(answer)).toMatchObject({ code: 'url_too_long', status: 414 })
    }
  })

  test.each(['OPTIONS *', 'PROPFIND /v1/stories', 'TRACE /v1/stories', 'GET http://[::1'])(
    '%s is a problem too, and no fault of ours',
    async (line) => {
      const answer = await exchange(`${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(problemIn(answer).status).toBeLessThan(500)
    },
  )
})

/** POSTs `size` bytes of zeros on a connection that is kept; gives status, problem and the connection's local port. */
function post(agent: Agent, type: string, size: number, chunked: boolean) {
  return new Promise<{ status: number; code: string; localPort: number }>((resolve, reject) => {
    const headers = {
      'content-type': type,
      ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': size }),
    }
    const outgoing = httpRequest(
      { agent, port, path: '/v1/stories', method: 'POST', headers },
      async (answer) => {
        // Once the answer is read, the socket belongs to the agent again.
        const localPort = answer.socket.localPort ?? 0
        const chunks = await answer.setEncoding('utf8').toArray()
        const { code } = JSON.parse(chunks.join(''))
        resolve({ status: answer.statusCode ?? 0, code, localPort })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(Buffer.alloc(size))
  })
}

describe('a body that is refused while it arrives', () => {
  test.each([
    ['9 MB of JSON', 'application/json', false, 413, 'body_too_large'],
    ['9 MB of JSON in chunks', 'application/json', true, 413, 'body_too_large'],
    ['9 MB of Markdown', 'text/markdown', false, 413, 'body_too_large'],
    ['9 MB of nobody knows what', 'application/octet-stream', false, 415, 'unsupported_media_type'],
  ])(
    '%s: the client sees the answer, and the connection lives on',
    async (_name, type, chunked, status, code) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const first = await post(agent, type, 9_000_000, chunked)
      expect(first).toMatchObject({ status, code })
      const second = await post(agent, 'application/json', 10, false)
      agent.destroy()
      expect(second).toMatchObject({ status: 400, localPort: first.localPort })
    },
  )

  test('5 MiB are still a body', async () => {
    const agent = new Agent()
    const answer = await post(agent, 'application/json', 5 * 1024 * 1024, false)
    expect(answer.code).toBe('invalid_json')
  })
})

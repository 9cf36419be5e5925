import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ConnectionLimits } from '#src/platform/http/connection-limits.ts'
import { smallApp } from '#tests/unit/platform/http/small-app.ts'

/** Starts an application with these limits; gives what opens a connection to it. */
async function serverWith(connections: Partial<ConnectionLimits>) {
  const app = await smallApp({ connections: { checkedEveryMs: 20, ...connections } })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const sockets: Socket[] = []
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await app.close()
  })
  return {
    app,
    async open() {
      const socket = connect(port, '127.0.0.1').setEncoding('utf8')
      sockets.push(socket.on('error', () => {}))
      await once(socket, 'connect')
      return socket
    },
  }
}

/** All that comes until the server ends the connection. */
async function readToEnd(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  await once(socket, 'close')
  return text
}

/** Sends a byte now and then, for as long as the connection is there. */
function dribble(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 20)
  socket.on('close', () => clearInterval(timer))
}

const HEAD = 'GET /v1/stories HTTP/1.1\r\nHost: a\r\n'
const POST = 'POST /v1/stories HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n'

describe('a client that takes its time', () => {
  test('with its headers gets a 408, and the connection ends', async () => {
    const { open } = await serverWith({ headersWithinMs: 150, requestWithinMs: 60_000 })
    const socket = await open()
    socket.write(`${HEAD}X-Slow: `)
    dribble(socket, 'x')
    const answer = await readToEnd(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toContain('"code":"request_timeout"')
  })

  test('with its body gets a 408, and the connection ends', async () => {
    const { open } = await serverWith({ headersWithinMs: 100, requestWithinMs: 200 })
    const socket = await open()
    socket.write(`${POST}Content-Length: 100000\r\n\r\n{"title":"`)
    dribble(socket, 'x')
    const answer = await readToEnd(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toContain('"code":"request_timeout"')
  })

  test('with a body in chunks likewise', async () => {
    const { open } = await serverWith({ headersWithinMs: 100, requestWithinMs: 200 })
    const socket = await open()
    socket.write(`${POST}Transfer-Encoding: chunked\r\n\r\n`)
    dribble(socket, '1\r\nx\r\n')
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('and never sends anything is let go', async () => {
    const { open } = await serverWith({ headersWithinMs: 150, requestWithinMs: 60_000 })
    await readToEnd(await open())
  })

  test('between two requests is let go', async () => {
    const { open } = await serverWith({ keptAliveMs: 100 })
    const socket = await open()
    socket.write(`${HEAD}\r\n`)
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  test('and does not read its answers is let go', async () => {
    const { app, open } = await serverWith({ silentMs: 200 })
    const accepted = once(app.server, 'connection')
    const socket = await open()
    const [serverSide] = (await accepted) as [Socket]
    socket.pause()
    // More than the system keeps for a connection.
    socket.write('GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2_000))
    await once(serverSide, 'close')
  })

  test('does not keep others waiting', async () => {
    const { open } = await serverWith({})
    const slow = await Promise.all(Array.from({ length: 200 }, () => open()))
    for (const socket of slow) socket.write(`${POST}Content-Length: 100000\r\n\r\n{`)
    const socket = await open()
    socket.write(`${HEAD}Connection: close\r\n\r\n`)
    expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 200 OK/)
  })
})

describe('connections', () => {
  test('are bounded in number; when one ends, another may come', async () => {
    const { open } = await serverWith({ maxConnections: 2 })
    const [first] = [await open(), await open()]
    expect(await readToEnd(await open())).toBe('')
    first.destroy()
    await expect
      .poll(async () => {
        const socket = await open()
        socket.write(`${HEAD}Connection: close\r\n\r\n`)
        return readToEnd(socket)
      })
      .toMatch(/^HTTP\/1\.1 200 OK/)
  })
})

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What came of requests that were sent at fixed times. Milliseconds from when each was due, not from when it was sent. */
export interface OpenLoopRun {
  /** Requests a second that were sent. */
  readonly rate: number
  /** Of answers 200, sorted. */
  readonly acceptedMs: readonly number[]
  /** Of answers 503, sorted. */
  readonly refusedMs: readonly number[]
  /** With another status, or none. */
  readonly failed: number
  /** How much later than it was due a request was sent at most: on a busy machine this program waits too. */
  readonly latestMs: number
}

interface Connection {
  ask(path: string): Promise<number>
  close(): void
}

/** Opened before the first request: opening them while it is busy would be another load. */
const CONNECTIONS = 600
/** After the last request was sent. */
const PATIENCE_MS = 10_000

/**
 * Sends requests as users do, who do not wait for each other: at fixed times, on as many connections as it takes. What
 * waits for answers before it asks again (autocannon, wrk) can't overload anything.
 */
export async function openLoop(
  url: string,
  paths: readonly string[],
  rate: number,
  seconds: number,
): Promise<OpenLoopRun> {
  const { hostname, port } = new URL(url)
  const idle = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => openConnection(Number(port), hostname)),
  )
  let [failed, latestMs] = [0, 0]
  const [acceptedMs, refusedMs]: [number[], number[]] = [[], []]
  const ask = async (path: string, due: number) => {
    const connection = idle.pop()
    if (connection === undefined) {
      failed += 1
      return
    }
    const status = await connection.ask(path)
    if (status !== 0) idle.push(connection)
    const ms = performance.now() - due
    if (status === 200) acceptedMs.push(ms)
    else if (status === 503) refusedMs.push(ms)
    else failed += 1
  }
  const start = performance.now()
  const total = Math.floor(rate * seconds)
  const answers: Promise<void>[] = []
  while (answers.length < total) {
    const now = performance.now()
    for (let due = start; answers.length < total; ) {
      due = start + (answers.length * 1_000) / rate
      if (due > now) break
      latestMs = Math.max(latestMs, now - due)
      answers.push(ask(paths[answers.length % paths.length] ?? '/', due))
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())
  await Promise.race([Promise.all(answers), patience])
  for (const connection of idle) connection.close()
  const answered = acceptedMs.length + refusedMs.length + failed
  const byTime = (a: number, b: number) => a - b
  return {
    rate,
    acceptedMs: acceptedMs.toSorted(byTime),
    refusedMs: refusedMs.toSorted(byTime),
    failed: failed + total - answered,
    latestMs,
  }
}

/** HTTP of the simplest kind: on two cores, a client that does more would be measured with the server. */
async function openConnection(port: number, host: string): Promise<Connection> {
  const socket: Socket = connect({ port, host, noDelay: true })
  await once(socket, 'connect')
  let answered: (status: number) => void = () => {}
  let [head, missing, status] = ['', -1, 0]
  const finish = (with_: number) => {
    const told = answered
    ;[head, missing] = ['', -1]
    answered = () => {}
    told(with_)
  }
  socket.on('error', () => {}).on('close', () => finish(0))
  socket.on('data', (chunk) => {
    if (missing < 0) {
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      status = Number(head.slice(9, 12))
      missing = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0) - (head.length - end - 4)
    } else missing -= chunk.length
    if (missing <= 0) finish(status)
  })
  return {
    close: () => socket.destroy(),
    ask(path) {
      if (socket.destroyed) return Promise.resolve(0)
      return new Promise((resolve) => {
        answered = resolve
        socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`)
      })
    },
  }
}

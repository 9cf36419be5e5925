/**
 * `npm run bench -- --overload`: what becomes of answers when four times as many are wanted as can be given, and of
 * good requests while somebody tries 100,000 keys.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { type BenchPostgres, pathsIn } from './database.ts'
import { type OpenLoopRun, openLoop } from './open-loop.ts'
import { type BenchServer, benchEnvironment, startServer } from './servers.ts'

const ARTICLES = 2_000
/** Of what the server gives when it is asked without pause: beyond it, queues grow by chance alone. */
const SUSTAINABLE = 0.7
const SECONDS = 6
/** Of those who read while somebody tries keys, requests a second. */
const GOOD_RATE = 100
const WRONG_KEYS = 100_000
/** How much later the slowest hundredth of what is accepted may be. */
const WANTED = 5

/** Measures both, and gives the lines to print. */
export async function measureOverload(postgres: BenchPostgres): Promise<string[]> {
  const databaseUrl = await postgres.fill(ARTICLES)
  const { detail, list } = await pathsIn(databaseUrl)
  const server = await startServer('src/main.ts', benchEnvironment(databaseUrl, postgres.folder))
  try {
    const lines = [
      'read     rate/s   accepted   p50 ms   p99 ms   refused   p99 ms   failed  sent late ms   p99 by normal',
    ]
    for (const [name, paths] of Object.entries({ detail, list }))
      lines.push(...(await overload(server, name, paths)))
    lines.push('', ...(await storm(server, detail)))
    return lines
  } finally {
    await server.stop()
  }
}

async function overload(server: BenchServer, name: string, paths: readonly string[]): Promise<string[]> {
  // Until it is compiled, and for what it can give at most.
  await closedLoop(server, paths)
  const most = await closedLoop(server, paths)
  const rate = Math.round(most * SUSTAINABLE)
  await openLoop(server.url, paths, rate, 2)
  const normal = await openLoop(server.url, paths, rate, SECONDS)
  const crowded = await openLoop(server.url, paths, 4 * rate, SECONDS)
  const after = await openLoop(server.url, paths, rate, SECONDS)
  const calm = [...normal.acceptedMs, ...after.acceptedMs].toSorted((a, b) => a - b)
  const usual = percentile(calm, 0.99)
  const factor = percentile(crowded.acceptedMs, 0.99) / usual
  return [
    row(`${name}`, normal, ''),
    row(`${name} 4×`, crowded, `${factor.toFixed(1)} (wanted: at most ${WANTED})`),
    row(`${name} after`, after, ''),
  ]
}

/** Somebody tries keys, as fast as it goes, while others read. */
async function storm(server: BenchServer, paths: readonly string[]): Promise<string[]> {
  const wrongKey = () => `mh_${randomBytes(6).toString('hex')}_${randomBytes(22).toString('hex')}`
  const calm = await openLoop(server.url, paths, GOOD_RATE, SECONDS)
  const before = residentMiB(server.pid)
  const trying = autocannon({
    url: server.url,
    connections: 20,
    amount: WRONG_KEYS,
    requests: [
      {
        path: '/v1/articles',
        setupRequest: (request) => ({ ...request, headers: { authorization: `Bearer ${wrongKey()}` } }),
      },
    ],
  })
  const meanwhile = await openLoop(server.url, paths, GOOD_RATE, SECONDS)
  const tried = await trying
  const after = residentMiB(server.pid)
  const statuses = Object.entries(tried.statusCodeStats ?? {}).map(
    ([status, { count }]) => `${count} × ${status}`,
  )
  return [
    row('calm', calm, ''),
    row('wrong keys', meanwhile, ''),
    `${WRONG_KEYS} wrong keys in ${tried.duration} s: ${statuses.join(', ')}; memory ${before} → ${after} MiB`,
  ]
}

/** Memory of a process (Linux, proc(5)). */
const residentMiB = (pid: number): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024)

async function closedLoop({ url }: BenchServer, paths: readonly string[]): Promise<number> {
  const requests = paths.map((path) => ({ path }))
  const { requests: done, duration } = await autocannon({ url, connections: 10, duration: 4, requests })
  return done.total / duration
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN

function row(
  name: string,
  { rate, acceptedMs, refusedMs, failed, latestMs }: OpenLoopRun,
  factor: string,
): string {
  const ms = (sorted: readonly number[], share: number) =>
    sorted.length === 0 ? '-' : percentile(sorted, share).toFixed(1)
  const cells = [
    rate.toFixed(0).padStart(6),
    String(acceptedMs.length).padStart(10),
    ms(acceptedMs, 0.5).padStart(8),
    ms(acceptedMs, 0.99).padStart(8),
    String(refusedMs.length).padStart(9),
    ms(refusedMs, 0.99).padStart(8),
    String(failed).padStart(8),
    latestMs.toFixed(0).padStart(13),
  ]
  return `${name.padEnd(12)}${cells.join(' ')}   ${factor}`.trimEnd()
}

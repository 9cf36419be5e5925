/**
 * `npm run bench`: what a read that no cache answers costs, against one query written by hand with the same answer, in
 * the same run and taking turns, so that a busy machine slows both sides alike.
 *
 *   npm run bench -- [--articles 10000,200000] [--rounds 5] [--seconds 3] [--connections 10] [--json]
 *                   [--keep /some/folder]   where the generated databases stay for the next run
 *                   [--overload]            four times as many as can be answered instead, in bench/overload.ts
 */
import { deepStrictEqual } from 'node:assert'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { openBenchPostgres, pathsIn } from './database.ts'
import { type BenchServer, benchEnvironment, cpuOf, cpuOfPostgres, startServer } from './servers.ts'

/** Runs of load before anything is measured. */
const WARM_UP = 3

/** One run of load on one server. CPU in milliseconds a request. */
interface Run {
  readonly requestsPerSecond: number
  readonly p99Ms: number
  readonly nodeMs: number
  readonly postgresMs: number
}

/** A kind of read on a database: medians of all rounds. */
interface Result {
  readonly articles: number
  readonly read: string
  readonly reference: Run
  readonly masthead: Run | null
  /** Masthead's requests a second by the reference's, round by round: their median. */
  readonly ratio: number | null
  /** The reference's CPU a request, node's and Postgres', by Masthead's: steadier than requests a second. */
  readonly cpuRatio: number | null
}

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    keep: { type: 'string' },
    overload: { type: 'boolean', default: false },
  },
})
const [rounds, duration, connections] = [values.rounds, values.seconds, values.connections].map(Number)
const targets: Record<string, number> = { detail: 0.8, list: 0.7, tag: 0.7 }

const postgres = await openBenchPostgres(values.keep)
try {
  if (values.overload) {
    const { measureOverload } = await import('./overload.ts')
    console.log((await measureOverload(postgres)).join('\n'))
  } else {
    const results: Result[] = []
    for (const articles of values.articles.split(',').map(Number)) results.push(...(await measure(articles)))
    console.log(values.json ? JSON.stringify(results, null, 2) : table(results))
  }
} finally {
  await postgres.close()
}

async function measure(articles: number): Promise<Result[]> {
  say(`generating ${articles} articles`)
  const databaseUrl = await postgres.fill(articles)
  const paths = await pathsIn(databaseUrl)
  const environment = benchEnvironment(databaseUrl, postgres.folder)
  await using running = new AsyncDisposableStack()
  const start = async (script: string) => {
    const server = await startServer(script, environment)
    running.defer(() => server.stop())
    return server
  }
  const reference = await start('bench/reference.ts')
  const masthead = await start('src/main.ts')
  const results = [await compare(articles, 'buffer', ['/buffer'], reference, null)]
  for (const [read, these] of Object.entries(paths)) {
    for (const path of these.slice(0, 20)) await expectSameAnswer(path, reference, masthead)
    results.push(await compare(articles, read, these, reference, masthead))
  }
  return results
}

/** Else one side would be faster by answering something else. Cursors are each server's own. */
async function expectSameAnswer(path: string, ...servers: BenchServer[]): Promise<void> {
  const answers = await Promise.all(
    servers.map(async ({ url }) => {
      const answer = (await (await fetch(url + path)).json()) as { data?: unknown }
      return answer.data ?? answer
    }),
  )
  deepStrictEqual(answers[1], answers[0], `Masthead and the reference answer ${path} differently.`)
}

async function compare(
  articles: number,
  read: string,
  paths: readonly string[],
  reference: BenchServer,
  masthead: BenchServer | null,
): Promise<Result> {
  say(`${read}, ${articles} articles`)
  const pairs: { reference: Run; masthead: Run | null }[] = []
  // Ours is more code than the reference's twenty lines, and takes longer until it is compiled.
  if (masthead !== null) for (let n = 0; n < WARM_UP; n += 1) await load(masthead, paths)
  // The first round warms both up, and is not counted.
  for (let round = 0; round <= (rounds ?? 5); round += 1) {
    const isOurTurnFirst = round % 2 === 1
    const early = isOurTurnFirst && masthead !== null ? await load(masthead, paths) : null
    const theirs = await load(reference, paths)
    const ours = masthead === null ? null : (early ?? (await load(masthead, paths)))
    if (round > 0) pairs.push({ reference: theirs, masthead: ours })
  }
  const ours = pairs.flatMap((pair) => pair.masthead ?? [])
  const ratios = pairs.flatMap((pair) =>
    pair.masthead === null ? [] : [pair.masthead.requestsPerSecond / pair.reference.requestsPerSecond],
  )
  const cpuRatios = pairs.flatMap((pair) =>
    pair.masthead === null ? [] : [cpu(pair.reference) / cpu(pair.masthead)],
  )
  const result: Result = {
    articles,
    read,
    reference: medianRun(pairs.map((pair) => pair.reference)),
    masthead: ours.length === 0 ? null : medianRun(ours),
    ratio: ratios.length === 0 ? null : median(ratios),
    cpuRatio: cpuRatios.length === 0 ? null : median(cpuRatios),
  }
  say(`  ratio ${result.ratio?.toFixed(2) ?? '-'}, CPU ratio ${result.cpuRatio?.toFixed(2) ?? '-'}`)
  return result
}

async function load(server: BenchServer, paths: readonly string[]): Promise<Run> {
  const before = { node: cpuOf(server.pid), postgres: cpuOfPostgres(postgres.pid) }
  const {
    requests,
    latency,
    duration: took,
    errors,
    non2xx,
  } = await autocannon({
    url: server.url,
    connections: connections ?? 10,
    duration: duration ?? 3,
    requests: paths.map((path) => ({ path })),
  })
  if (errors + non2xx > 0)
    throw new Error(`${errors} requests failed, ${non2xx} had another status than 2xx.`)
  return {
    requestsPerSecond: requests.total / took,
    p99Ms: latency.p99,
    nodeMs: (cpuOf(server.pid) - before.node) / requests.total,
    postgresMs: (cpuOfPostgres(postgres.pid) - before.postgres) / requests.total,
  }
}

function cpu({ nodeMs, postgresMs }: Run): number {
  return nodeMs + postgresMs
}

function medianRun(runs: readonly Run[]): Run {
  const of = (name: keyof Run) => median(runs.map((run) => run[name]))
  return {
    requestsPerSecond: of('requestsPerSecond'),
    p99Ms: of('p99Ms'),
    nodeMs: of('nodeMs'),
    postgresMs: of('postgresMs'),
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
}

function table(results: readonly Result[]): string {
  const cells = (run: Run | null) =>
    run === null
      ? ['', '', '']
      : [
          run.requestsPerSecond.toFixed(0),
          run.p99Ms.toFixed(0),
          `${run.nodeMs.toFixed(2)} + ${run.postgresMs.toFixed(2)}`,
        ]
  const head = [
    'articles',
    'read',
    'ref req/s',
    'p99 ms',
    'CPU ms (node + pg)',
    'ours req/s',
    'p99 ms',
    'CPU ms (node + pg)',
    'ratio',
    'CPU ratio',
    'wanted',
  ]
  const rows = results.map((result) => [
    String(result.articles),
    result.read,
    ...cells(result.reference),
    ...cells(result.masthead),
    result.ratio?.toFixed(2) ?? '',
    result.cpuRatio?.toFixed(2) ?? '',
    targets[result.read]?.toFixed(1) ?? '',
  ])
  const widths = head.map((name, n) => Math.max(name.length, ...rows.map((row) => (row[n] ?? '').length)))
  const lines = [head, ...rows].map((row) => row.map((cell, n) => cell.padStart(widths[n] ?? 0)).join('  '))
  return [...lines, ...growth(results)].join('\n')
}

/** How much slower the slowest hundredth becomes with the number of articles. */
function growth(results: readonly Result[]): string[] {
  const [smallest] = results
  return results.flatMap(({ articles, read, masthead }) => {
    const small = results.find((one) => one.read === read && one.articles === smallest?.articles)?.masthead
    if (masthead === null || small == null || articles === smallest?.articles) return []
    return [
      `p99 of ${read}, ${articles} by ${smallest?.articles} articles: ${(masthead.p99Ms / small.p99Ms).toFixed(2)}`,
    ]
  })
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

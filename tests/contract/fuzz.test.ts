import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'
import { bytesOf } from './fuzz/body-arbitrary.ts'
import { createClient, type FuzzAnswer } from './fuzz/exchange.ts'
import { lawsOf } from './fuzz/laws.ts'
import { operationsOf } from './fuzz/openapi-document.ts'
import { type FuzzRequest, requestsOf } from './fuzz/request-arbitrary.ts'
import { makeKeys, replenish } from './fuzz/world.ts'

// FUZZ=<seed> asks the same again, FUZZ=<seed>:<round>:<place> the one request alone.
const [seed, onlyRound, onlyPlace] = (process.env.FUZZ ?? String(Date.now() % 2 ** 31)).split(':').map(Number)
const ROUNDS = 24
const REQUESTS_A_ROUND = 330
const AT_ONCE = 12

const api = await startApi()
const document = (await api.reader.get('/openapi.json').expect(200)).body
const keys = await makeKeys(api)
const world = await replenish(api, keys.author, 0)
const requests = requestsOf(document, world)
const laws = lawsOf(document)
const client = createClient(api.url, keys)
afterAll(() => client.close())

/** How often each operation did what it is for. */
const successes = new Map<string, number>(operationsOf(document).map(({ operationId }) => [operationId, 0]))

/** What a request and its answer break; null: nothing. */
async function breachOf(request: FuzzRequest): Promise<{ law: string; answer: FuzzAnswer | null } | null> {
  try {
    const answer = await client.send(request)
    const operation = laws.operationOf(request)?.operationId ?? ''
    if (answer.status < 400) successes.set(operation, (successes.get(operation) ?? 0) + 1)
    const complaint = laws.complaintOf(request, answer)
    const law = complaint ?? (request.method === 'HEAD' ? await unlikeGet(request) : null)
    return law === null ? null : { law, answer }
  } catch (error) {
    return mayEndTheConnection(request) ? null : { law: `No answer: ${error}`, answer: null }
  }
}

/** HEAD between two GETs: others write meanwhile, and where these differ there is nothing to compare with. */
async function unlikeGet(request: FuzzRequest): Promise<string | null> {
  const before = await client.send({ ...request, method: 'GET' })
  const head = await client.send(request)
  const after = await client.send({ ...request, method: 'GET' })
  return laws.disagreement(before, after) === null ? laws.disagreement(head, after) : null
}

/** What is too large is refused before it has arrived: the client, still sending, may meet the end. */
const mayEndTheConnection = ({ body, headers }: FuzzRequest): boolean =>
  (body !== null && bytesOf(body).length > 1_000_000) || JSON.stringify(headers).length > 16_000

interface Failure {
  readonly law: string
  readonly operations: Set<string>
  /** For `FUZZ=`. */
  readonly again: string
  /** The smallest that was found. */
  request: FuzzRequest
  answer: string
}

const failures = new Map<string, Failure>()

/** Says which law the answer to a request breaks, and remembers it with the smallest request that does. */
async function judge(request: FuzzRequest, again: string): Promise<string | null> {
  const breach = await breachOf(request)
  if (breach === null) return null
  const { law, answer } = breach
  const operation = laws.operationOf(request)?.operationId ?? 'none'
  const failure = failures.get(law)
  if (failure === undefined) {
    const operations = new Set([operation])
    failures.set(law, { law, operations, again, request, answer: told(answer) })
  } else {
    failure.operations.add(operation)
    if (lengthOf(request) < lengthOf(failure.request))
      Object.assign(failure, { request, answer: told(answer) })
  }
  return law
}

const lengthOf = (request: FuzzRequest): number => JSON.stringify(request).length

const told = (answer: FuzzAnswer | null): string =>
  answer === null
    ? ''
    : `${answer.status} ${answer.headers['content-type']} ${answer.body.toString().slice(0, 500)}`

/** A failure for a reader: of what is long, the beginning. */
const report = ({ operations, request, ...failure }: Failure) => ({
  ...failure,
  operations: [...operations].join(' '),
  request: JSON.stringify(request, (_key, value) =>
    typeof value === 'string' && value.length > 300 ? `${value.slice(0, 300)}… (${value.length})` : value,
  ),
})

/** Looks for a smaller request that breaks the same law. */
async function shrink(law: string, again: string, round: number, place: number): Promise<void> {
  const property = fc.asyncProperty(requests, async (request) => (await judge(request, again)) !== law)
  const limits = { numRuns: 1, interruptAfterTimeLimit: 3_000 }
  await fc.check(property, { seed: seedOf(round), path: String(place), ...limits })
}

/** Each round is drawn by itself, so that no more than one is in memory; no two seeds share one. */
const seedOf = (round: number): number => (Math.imul(seed ?? 0, 0x9e3779b1) + round) | 0

async function runRound(round: number): Promise<void> {
  Object.assign(world, await replenish(api, keys.author, round + 1))
  const drawn = fc.sample(
    fc.asyncProperty(requests, async () => {}),
    {
      seed: seedOf(round),
      numRuns: REQUESTS_A_ROUND,
    },
  ) as unknown as [FuzzRequest][]
  const queue = drawn
    .map(([request], place) => ({ request, place }))
    .filter(({ place }) => onlyPlace === undefined || place === onlyPlace)
  const known = new Set(failures.keys())
  const found = new Map<string, number>()
  async function work(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const law = await judge(next.request, `${seed}:${round}:${next.place}`)
      if (law !== null && !known.has(law) && !found.has(law)) found.set(law, next.place)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  for (const [law, place] of found) await shrink(law, `${seed}:${round}:${place}`, round, place)
}

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** What is held after everything that can go has gone, in MiB. */
function heldMiB(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / 2 ** 20
}

describe(`${ROUNDS * REQUESTS_A_ROUND} random requests`, () => {
  test('are answered as /openapi.json says, by a server that lives on', { timeout: 240_000 }, async () => {
    const rounds = onlyRound === undefined ? Array.from({ length: ROUNDS }, (_, round) => round) : [onlyRound]
    let heldAfterFirst = 0
    for (const round of rounds) {
      await runRound(round)
      if (round === rounds[0]) heldAfterFirst = heldMiB()
    }
    expect.soft([...failures.values()].map(report)).toEqual([])
    if (onlyRound !== undefined) return
    expect.soft(heldMiB() - heldAfterFirst).toBeLessThan(64)
    await api.reader.get('/readyz').expect(200)
    const idle = [...successes].filter(([, count]) => count === 0).map(([operation]) => operation)
    // One by one that is luck; most of them is not.
    expect
      .soft(idle.length, `operations that no request of this run got through to: ${idle.join(', ')}`)
      .toBeLessThan(successes.size / 10)
    for (const code of laws.codes) await api.reader.get(`/problems/${code}`).expect(200)
  })
})

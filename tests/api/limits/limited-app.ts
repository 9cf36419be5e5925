import { onTestFinished } from 'vitest'
import { buildApp } from '#src/app.ts'
import { createLimits, type Limits } from '#src/limits/index.ts'
import type { App } from '#src/platform/http/app.ts'
import { parseRate } from '#src/platform/rate.ts'
import type { TestApi } from '#tests/support/test-api.ts'

/** An application with limits, on the database of another. */
export interface LimitedApp {
  readonly app: App
  /** What its limits go by; it stands until it is set. */
  readonly clock: { ms: number }
  readonly limits: Limits
  send(request?: Sent): Promise<Answer>
}

/** A request; without more, an anonymous list. */
export interface Sent {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  url?: string
  /** The key of the sender. */
  key?: string
  /** The address of the sender. */
  from?: string
  headers?: Record<string, string>
  payload?: string | object
}

export interface Answer {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly body: string
  json(): Record<string, unknown>
}

/** The rates as the environment has them; those that are left out are off. */
type Rates = Partial<Record<'reads' | 'writes' | 'failedKeys', string>>

/** Builds it; nothing listens, so that requests may come from any address. */
export async function limitedApp(api: TestApi, rates: Rates): Promise<LimitedApp> {
  const clock = { ms: 1_000 }
  const rate = (text: string | undefined) => parseRate(text ?? 'off') ?? null
  const limits = createLimits(
    { reads: rate(rates.reads), writes: rate(rates.writes), failedKeys: rate(rates.failedKeys) },
    () => clock.ms,
  )
  const app = await buildApp({ ...api.deps, limits })
  await app.ready()
  onTestFinished(() => app.close())
  return {
    app,
    clock,
    limits,
    async send({ method = 'GET', url = '/v1/articles', key, from = '198.51.100.1', headers, payload } = {}) {
      const answer = await app.inject({
        method,
        url,
        remoteAddress: from,
        headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
        ...(payload === undefined ? {} : { payload }),
      })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: answer.body,
        json: () => answer.json(),
      }
    },
  }
}

/** The statuses of so many equal requests, one after the other. */
export async function statusesOf(
  times: number,
  send: (n: number) => Promise<Answer>,
): Promise<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (let n = 0; n < times; n += 1) {
    const { status } = await send(n)
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}

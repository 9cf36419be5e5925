import { AsyncLocalStorage } from 'node:async_hooks'
import type { Pool } from 'pg'

/** How long one request has waited for the database, in milliseconds: the sum, also of statements side by side. */
export interface DatabaseTime {
  ms: number
}

const current = new AsyncLocalStorage<DatabaseTime>()

/** Runs `work`, and all that it sets off: what they wait for the database is added to `time`. */
export const countDatabaseTime = (time: DatabaseTime, work: () => void): void => current.run(time, work)

/** Adds how long `answer` takes to the request that waits for it. */
export async function timed<T>(answer: Promise<T>): Promise<T> {
  const time = current.getStore()
  if (time === undefined) return answer
  const start = performance.now()
  try {
    return await answer
  } finally {
    time.ms += performance.now() - start
  }
}

/**
 * Has the pool's own `query` counted, with the wait for a connection. Here and not in the client: a client that is
 * handed on runs in the context of the request that gave it back.
 */
export function timeQueries(pool: Pool): void {
  const query = pool.query
  pool.query = function timedQuery(this: Pool, ...args: unknown[]) {
    const answer: unknown = Reflect.apply(query, this, args)
    return answer instanceof Promise ? timed(answer) : answer
  } as typeof pool.query
}

import pg from 'pg'
import type { Logger } from 'pino'
import { timeQueries } from './time-spent.ts'

/** Longest time that one statement may run on the server. */
const STATEMENT_TIMEOUT_MS = 5_000

/**
 * The pool that everything shares: prepared reads, and Prisma's client through its adapter.
 * A dead or frozen server turns into an error within `STATEMENT_TIMEOUT_MS` and a bit, never into a request that hangs.
 */
export function openPool(
  connection: pg.ClientConfig,
  log: Logger,
  { max = 10 }: { max?: number } = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    application_name: 'masthead',
    max,
    connectionTimeoutMillis: 2_000, // 0, the default, waits for ever
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // The server's own time-out says nothing when the server itself is frozen.
    query_timeout: STATEMENT_TIMEOUT_MS + 500,
    lock_timeout: STATEMENT_TIMEOUT_MS - 500,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    // jit and parallel plans cost more than they give at these sizes; parallel plans also want /dev/shm.
    // Plans for the values at hand cost 1 to 4 ms each time; the statements are shaped so that one plan is good for all.
    options:
      '-c TimeZone=UTC -c jit=off -c max_parallel_workers_per_gather=0 -c plan_cache_mode=force_generic_plan',
  })
  const warn = (error: Error) => log.warn({ err: error }, 'database connection lost')
  pool.on('error', warn)
  // Without a listener of its own a client that is checked out takes the process down with it (node-postgres#3202).
  pool.on('connect', (client) => client.on('error', warn))
  timeQueries(pool)
  return pool
}

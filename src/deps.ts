import { PrismaPg } from '@prisma/adapter-pg'
import type { ClientConfig, Pool } from 'pg'
import type { Logger } from 'pino'
import { createDeriver, type Deriver } from '#src/derivation/index.ts'
import { PrismaClient } from '#src/generated/prisma/client.ts'
import { type Counter, createCounter } from '#src/listing/index.ts'
import type { Config } from '#src/platform/config.ts'
import { openPool } from '#src/platform/db/pool.ts'
import { createTurns, type Turns } from '#src/platform/turns.ts'

/** What the application runs on: built by the process or a test, and passed on; never imported as a singleton. */
export interface Deps {
  readonly config: Config
  readonly log: Logger
  /** For prepared reads. */
  readonly pool: Pool
  /** One connection of its own, for asking whether the database is there: a busy pool is not a dead database. */
  readonly probe: Pool
  /** For writes; it shares the pool's connections. */
  readonly db: PrismaClient
  /** For documents: large ones in threads of their own. */
  readonly deriver: Deriver
  /** The writers of one article, one after the other: they wait here, not in the pool's connections. */
  readonly turns: Turns
  /** Counts lists of articles. */
  readonly counter: Counter
}

/** Opens the pool and the clients on it. Nothing is connected until the first query. */
export function createDeps(config: Config, log: Logger, connection: ClientConfig): Deps {
  const pool = openPool(connection, log)
  const db = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' })
  const probe = openPool({ ...connection }, log, { max: 1 })
  return {
    config,
    log,
    pool,
    probe,
    db,
    deriver: createDeriver(),
    turns: createTurns(),
    counter: createCounter(pool),
  }
}

/** Ends threads and connections; these after the queries under way. */
export async function closeDeps(deps: Deps): Promise<void> {
  await deps.deriver.close()
  await deps.db.$disconnect()
  await deps.pool.end()
  await deps.probe.end()
}

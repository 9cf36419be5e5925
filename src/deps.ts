import { PrismaPg } from '@prisma/adapter-pg'
import type { ClientConfig, Pool } from 'pg'
import type { Logger } from 'pino'
import { createKeyRing, type KeyRing } from '#src/auth/index.ts'
import { createDeriver, type Deriver } from '#src/derivation/index.ts'
import { PrismaClient } from '#src/generated/prisma/client.ts'
import { createLimits, type Limits } from '#src/limits/index.ts'
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
  /** The API keys that are good. */
  readonly keys: KeyRing
  /** What each caller may still ask for. */
  readonly limits: Limits
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
    keys: createKeyRing(pool, probe, log),
    limits: createLimits(config.rateLimits),
  }
}

/** Ends threads and connections; these after the queries under way. */
export async function closeDeps(deps: Deps): Promise<void> {
  await deps.deriver.close()
  await deps.keys.close()
  await deps.db.$disconnect()
  await deps.pool.end()
  await deps.probe.end()
}

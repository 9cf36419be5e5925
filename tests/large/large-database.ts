import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { pino } from 'pino'
import { closeDeps, createDeps, type Deps } from '#src/deps.ts'
import { readConfig } from '#src/platform/config.ts'
import { migrate } from '#src/platform/db/migrations.ts'
import { openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'
import { generate } from '../../scripts/generate/generate.ts'
import type { Plan } from '../../scripts/generate/plan-article.ts'

/** What large tests run on. */
export const largePlan: Plan = {
  articles: 200_000,
  seed: 1,
  size: '2k',
  drafts: 10,
  until: Date.UTC(2026, 0, 1),
}

/** A generated database, and what the application runs on with it. */
export interface LargeDatabase {
  readonly deps: Deps
  close(): Promise<void>
}

/**
 * Opens a database with the articles of `largePlan`: a throw-away one, or that of the folder `LARGE_DATA_DIR`, which is
 * filled once and kept, for those who measure again and again.
 */
export async function openLargeDatabase(): Promise<LargeDatabase> {
  const kept = process.env.LARGE_DATA_DIR
  const dataDir = kept ?? mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'masthead-large-'))
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o755) // run by root, Postgres is another user's
  const log = pino({ level: 'silent' })
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '1GB' }
  const postgres = await openEmbeddedPostgres({ dataDir, log, settings })
  const connection: ClientConfig = { ...postgres.connection }
  await migrate(connection)
  const deps = createDeps(readConfig({ LOG_LEVEL: 'silent' }), log, connection)
  if ((await deps.pool.query('SELECT FROM article LIMIT 1')).rowCount === 0) {
    await generate(connection, largePlan, { timeZone: 'UTC' })
  }
  return {
    deps,
    async close() {
      await closeDeps(deps)
      await postgres.close()
      if (kept === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { migrate } from '#src/platform/db/migrations.ts'
import { openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'

/** How tests reach the server: with `template`, the migrated database that each file copies. */
export interface TestServer {
  host: string
  port: number
  user: string
  password: string
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    admin: TestServer
  }
}

/** One throw-away Postgres for the run, in memory where there is a RAM disk, and nothing is flushed to disk. */
export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const dataDir = mkdtempSync(join(parent, 'masthead-tests-'))
  chmodSync(dataDir, 0o755) // run by root, Postgres is another user's
  const postgres = await openEmbeddedPostgres({
    dataDir,
    log: pino({ level: 'silent' }),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const { host, port, user, password } = postgres.connection
  const admin = new pg.Client({ ...postgres.connection })
  await admin.connect()
  const template = 'masthead_template'
  await admin.query(`CREATE DATABASE ${template}`)
  await migrate({ ...postgres.connection, database: template })
  await admin.end()
  project.provide('admin', { host, port, user, password, template })
  return async () => {
    await postgres.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

import { ConfigError } from './config.ts'
import { MigrationFailed, MigrationRefused } from './db/migrations.ts'
import { DatabaseUnusable } from './db/open-database.ts'
import { EmbeddedPostgresError, ServerRunning } from './embedded-postgres/index.ts'

const KINDS = [
  ConfigError,
  DatabaseUnusable,
  EmbeddedPostgresError,
  MigrationFailed,
  MigrationRefused,
  ServerRunning,
]

/** Whether a process could not start for a reason that its message says whole: no defect of ours, no stack. */
export function isStartFailure(error: unknown): error is Error {
  return KINDS.some((kind) => error instanceof kind)
}

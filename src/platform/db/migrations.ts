import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Logger } from 'pino'

/**
 * The database does not fit the migrations on disk, and nothing was changed. `message` says in words why, and
 * what to do; `migrations` names those that it is about.
 */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
  readonly migrations: readonly string[]

  constructor(message: string, migrations: readonly string[]) {
    super(message)
    this.migrations = migrations
  }
}

/**
 * A migration's SQL failed and was rolled back whole; those before it stay. `line` is that of `migration.sql`,
 * counted from 1, or null where Postgres names no position (a broken constraint, for example). `cause` is the
 * error of Postgres.
 */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed'
  readonly migration: string
  readonly line: number | null

  constructor(migration: string, line: number | null, cause: pg.DatabaseError) {
    const place = line === null ? '' : ` at line ${line} of its migration.sql`
    super(`The migration ${migration} failed${place} and was rolled back: ${inWords(cause)}`, { cause })
    this.migration = migration
    this.line = line
  }
}

/** What {@link migrate} may be told. */
export interface MigrateOptions {
  /** The folder of migrations, `<name>/migration.sql` each. Default: the project's `prisma/migrations`. */
  directory?: string
  log?: Logger
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface AppliedMigration {
  name: string
  checksum: string
  isFinished: boolean
}

const shippedMigrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

// The number under which Prisma Migrate locks, so that `prisma migrate deploy` and this runner wait for each other.
const advisoryLock = 72_707_369

// Column for column the table of Prisma Migrate: `prisma migrate status` reads ours, and we read its own.
const createHistory = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36)  NOT NULL PRIMARY KEY,
    checksum            varchar(64)  NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz  NOT NULL DEFAULT now(),
    applied_steps_count integer      NOT NULL DEFAULT 0
  )`

const historyExists = `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "exists"`

const selectHistory = `
  SELECT migration_name AS "name", checksum, finished_at IS NOT NULL AS "isFinished"
    FROM _prisma_migrations
   WHERE rolled_back_at IS NULL
   ORDER BY started_at, migration_name`

const recordMigration = `
  INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), 1)`

/**
 * Brings a database up to the migrations on disk, in the order of their names, each in one transaction with its
 * row in Prisma's `_prisma_migrations`. Processes that start at once take turns: the first applies, the others
 * find nothing to do. Wants a session of its own: not through a pooler in transaction mode.
 *
 * @returns the names that were applied now, none when the database was up to date
 * @throws MigrationRefused when the database was migrated by another version; nothing was changed
 * @throws MigrationFailed when a migration's SQL fails; that migration was rolled back whole
 */
export async function migrate(
  connection: pg.ClientConfig,
  options: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(options.directory ?? shippedMigrations)
  const client = new pg.Client({ ...connection, query_timeout: 0, application_name: 'masthead migrate' })
  // A connection that breaks rejects the query that waits on it; without a listener it would end the process too.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SET statement_timeout = 0; SET lock_timeout = 0')
    await takeTurn(client, options.log)
    return { applied: await applyPending(client, migrations, options.log) }
  } finally {
    // The lock is the session's: it goes with it, also when the query that would have freed it can't be sent.
    await client.end()
  }
}

async function takeTurn(client: pg.Client, log: Logger | undefined): Promise<void> {
  const attempt = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
    advisoryLock,
  ])
  if (attempt.rows[0]?.locked) return
  log?.info('waiting: another process is migrating this database')
  await client.query('SELECT pg_advisory_lock($1)', [advisoryLock])
}

async function applyPending(
  client: pg.Client,
  migrations: readonly Migration[],
  log: Logger | undefined,
): Promise<string[]> {
  const history = await readHistory(client)
  refuseMismatch(migrations, history)
  const done = new Set(history.map(({ name }) => name))
  const pending = migrations.filter(({ name }) => !done.has(name))
  // Not before it is needed: a role that may not create tables can start a server on a database that is up to date.
  if (pending.length > 0) await client.query(createHistory)
  for (const migration of pending) {
    await applyMigration(client, migration)
    log?.info({ migration: migration.name }, 'migration applied')
  }
  return pending.map(({ name }) => name)
}

async function readHistory(client: pg.Client): Promise<AppliedMigration[]> {
  const table = await client.query<{ exists: boolean }>(historyExists)
  return table.rows[0]?.exists ? (await client.query<AppliedMigration>(selectHistory)).rows : []
}

function refuseMismatch(migrations: readonly Migration[], history: readonly AppliedMigration[]): void {
  const unfinished = history.filter(({ isFinished }) => !isFinished).map(({ name }) => name)
  if (unfinished.length > 0) {
    throw new MigrationRefused(
      `Another tool began to migrate this database and did not finish (${unfinished.join(', ')}). ` +
        'Restore the backup from before, or repair the database by hand and mark the migration with ' +
        '`prisma migrate resolve`.',
      unfinished,
    )
  }
  const onDisk = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  const unknown = history.filter(({ name }) => !onDisk.has(name)).map(({ name }) => name)
  if (unknown.length > 0) {
    throw new MigrationRefused(
      `This database was migrated by a newer Masthead (${unknown.join(', ')}), or belongs to another program. ` +
        'Update Masthead, restore the backup from before that migration, or use another database.',
      unknown,
    )
  }
  const edited = history.filter(({ name, checksum }) => onDisk.get(name) !== checksum).map(({ name }) => name)
  if (edited.length > 0) {
    throw new MigrationRefused(
      `Migrations were edited after this database had applied them (${edited.join(', ')}). ` +
        'Put back the migration.sql that was applied, and write the change as a new migration.',
      edited,
    )
  }
}

async function applyMigration(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  const transaction = await transactionId(client)
  try {
    await client.query(sql)
    if ((await transactionId(client)) !== transaction) {
      throw new Error(
        `The migration ${name} ends the transaction it runs in: take its COMMIT or ROLLBACK out.`,
      )
    }
    await client.query(recordMigration, [randomUUID(), checksum, name])
    await client.query('COMMIT')
  } catch (error) {
    // Postgres rolls back by itself what is open when the connection ends.
    if (!(error instanceof pg.DatabaseError)) throw error
    await client.query('ROLLBACK')
    throw new MigrationFailed(name, lineOf(error, sql), error)
  }
}

async function transactionId(client: pg.Client): Promise<string | undefined> {
  return (await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id')).rows[0]?.id
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.toSorted().map(async (name) => {
      const bytes = await readFile(join(directory, name, 'migration.sql'))
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') }
    }),
  )
}

/** Postgres counts `position` in characters from 1; JavaScript's strings count UTF-16 units. */
function lineOf(error: pg.DatabaseError, sql: string): number | null {
  if (error.position === undefined) return null
  const before = Array.from(sql).slice(0, Number(error.position) - 1)
  return before.filter((character) => character === '\n').length + 1
}

function inWords({ message, code, detail, hint }: pg.DatabaseError): string {
  return [`${message} (${code})`, detail, hint].filter((part) => part !== undefined).join('. ')
}

import { randomUUID } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { MigrationFailed, MigrationRefused, migrate } from '#src/platform/db/migrations.ts'
import {
  compareMigrationsWithSchema,
  type DatabaseConnection,
  diagnoseMigrations,
} from '../../scripts/schema-engine.ts'

const server = inject('admin')
const admin = new pg.Client({ ...server, database: 'postgres' })
const databases: string[] = []
const folders: string[] = []

beforeAll(async () => {
  await admin.connect()
})

afterAll(async () => {
  for (const database of databases) await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  await admin.end()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** A new, empty database. */
async function aDatabase(): Promise<DatabaseConnection> {
  const database = `migrations_${randomUUID().replaceAll('-', '')}`
  await admin.query(`CREATE DATABASE ${database}`)
  databases.push(database)
  return { ...server, database }
}

/** A new folder with these migrations: name → SQL. */
async function aFolderOf(migrations: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'masthead-migrations-'))
  folders.push(folder)
  for (const [name, sql] of Object.entries(migrations)) await addMigration(folder, name, sql)
  return folder
}

async function addMigration(folder: string, name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name))
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

/** The values of a statement's first column. */
async function select(connection: DatabaseConnection, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
    return rows.map(([value]) => value)
  } finally {
    await client.end()
  }
}

const tablesOf = (connection: DatabaseConnection) =>
  select(
    connection,
    `SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  )

const recordedIn = (connection: DatabaseConnection) =>
  select(connection, 'SELECT migration_name FROM _prisma_migrations ORDER BY started_at')

/** What a call that must fail failed with. */
async function errorOf<E extends Error>(
  type: new (...args: never[]) => E,
  call: Promise<unknown>,
): Promise<E> {
  const outcome = await call.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  )
  expect(outcome).toBeInstanceOf(type)
  return outcome as E
}

describe("the project's migrations", () => {
  test('give exactly the schema of prisma/schema.prisma', async () => {
    expect(await compareMigrationsWithSchema(server)).toBeNull()
  })

  test('leave a history in which Prisma Migrate finds nothing to do and nothing wrong', async () => {
    const database = await aDatabase()
    await migrate(database)
    expect(await diagnoseMigrations(database)).toEqual({
      hasMigrationsTable: true,
      history: null,
      editedMigrationNames: [],
      failedMigrationNames: [],
    })
  })

  test('are applied once, however many processes start on an empty database at once', async () => {
    const database = await aDatabase()
    const results = await Promise.all(Array.from({ length: 8 }, () => migrate(database)))
    const applied = results.map((result) => result.applied).filter((names) => names.length > 0)
    expect(applied).toHaveLength(1)
    expect(await recordedIn(database)).toEqual(applied[0])
  })
})

describe('migrate', () => {
  test('applies what is pending in the order of names, and then nothing', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({
      '2_second': 'INSERT INTO story VALUES (2)',
      '1_first': 'CREATE TABLE story (id int); INSERT INTO story VALUES (1)',
    })
    expect(await migrate(database, { directory })).toEqual({ applied: ['1_first', '2_second'] })
    expect(await migrate(database, { directory })).toEqual({ applied: [] })
    await addMigration(directory, '3_third', 'INSERT INTO story VALUES (3)')
    expect(await migrate(database, { directory })).toEqual({ applied: ['3_third'] })
    expect(await select(database, 'SELECT id FROM story ORDER BY 1')).toEqual([1, 2, 3])
  })

  test('keeps functions, semicolons in strings and Chinese comments whole', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({
      '1_function': `-- 函数；里面有分号;
        CREATE FUNCTION greet() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a; b'; END $$;`,
    })
    await migrate(database, { directory })
    expect(await select(database, 'SELECT greet()')).toEqual(['a; b'])
  })

  test('asks for no more than to read where nothing is pending', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({ '1_first': 'CREATE TABLE one ()' })
    await migrate(database, { directory })
    const readOnly = { ...database, options: '-c default_transaction_read_only=on' }
    expect(await migrate(readOnly, { directory })).toEqual({ applied: [] })
  })

  test('lets go of its lock when it fails, and when it succeeds', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({ '1_broken': 'SELECT 1/0' })
    await errorOf(MigrationFailed, migrate(database, { directory }))
    await migrate(database, { directory: await aFolderOf({}) })
    const locks = `SELECT count(*)::int FROM pg_locks
      WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    await expect.poll(() => select(database, locks)).toEqual([0])
  })

  test('is not cut off by the timeouts of the connection it is given', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({ '1_slow': 'SELECT pg_sleep(0.2)' })
    const hasty = { ...database, statement_timeout: 50, lock_timeout: 50, query_timeout: 50 }
    expect(await migrate(hasty, { directory })).toEqual({ applied: ['1_slow'] })
  })
})

describe('migrate refuses', () => {
  test('a database that a newer Masthead migrated, and says what to do', async () => {
    const database = await aDatabase()
    const newer = await aFolderOf({ '1_first': 'CREATE TABLE one ()', '2_newer': 'CREATE TABLE two ()' })
    const older = await aFolderOf({ '1_first': 'CREATE TABLE one ()', '3_mine': 'CREATE TABLE three ()' })
    await migrate(database, { directory: newer })
    const refusal = await errorOf(MigrationRefused, migrate(database, { directory: older }))
    expect(refusal.migrations).toEqual(['2_newer'])
    expect(refusal.message).toContain('was migrated by a newer Masthead (2_newer)')
    expect(refusal.message).toContain('Update Masthead')
    expect(await tablesOf(database)).toEqual(['one', 'two'])
  })

  test('a migration that was edited after it was applied, and applies nothing after it', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({ '1_first': 'CREATE TABLE one ()' })
    await migrate(database, { directory })
    await appendFile(join(directory, '1_first', 'migration.sql'), ';CREATE TABLE edited ()')
    await addMigration(directory, '2_pending', 'CREATE TABLE pending ()')
    const refusal = await errorOf(MigrationRefused, migrate(database, { directory }))
    expect(refusal.migrations).toEqual(['1_first'])
    expect(refusal.message).toContain('edited after this database had applied them (1_first)')
    expect(await tablesOf(database)).toEqual(['one'])
  })

  test('a database in which another tool left a migration unfinished', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({ '1_first': 'CREATE TABLE one ()' })
    await migrate(database, { directory })
    await select(database, 'UPDATE _prisma_migrations SET finished_at = NULL')
    const refusal = await errorOf(MigrationRefused, migrate(database, { directory }))
    expect(refusal.migrations).toEqual(['1_first'])
    expect(refusal.message).toContain('did not finish')
  })

  test('nothing for a migration that was marked as rolled back: it is applied again', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({ '1_first': 'CREATE TABLE IF NOT EXISTS one ()' })
    await migrate(database, { directory })
    await select(database, 'UPDATE _prisma_migrations SET finished_at = NULL, rolled_back_at = now()')
    expect(await migrate(database, { directory })).toEqual({ applied: ['1_first'] })
  })
})

describe('a migration that fails', () => {
  test('is rolled back whole, and those before it stay', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({
      '1_good': 'CREATE TABLE good ()',
      '2_bad': 'CREATE TABLE half ();\nINSERT INTO good (colour) VALUES (1);',
      '3_never': 'CREATE TABLE never ()',
    })
    await errorOf(MigrationFailed, migrate(database, { directory }))
    expect(await tablesOf(database)).toEqual(['good'])
    expect(await recordedIn(database)).toEqual(['1_good'])
    await writeFile(join(directory, '2_bad', 'migration.sql'), 'CREATE TABLE whole ()')
    expect(await migrate(database, { directory })).toEqual({ applied: ['2_bad', '3_never'] })
  })

  test('is named with its line and the words of Postgres', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({
      '1_typo': '-- 𠮷野家的表\nCREATE TABLE one ();\n\nCREAT TABLE two ();\n',
    })
    const failure = await errorOf(MigrationFailed, migrate(database, { directory }))
    expect(failure).toMatchObject({ migration: '1_typo', line: 4 })
    expect(failure.message).toBe(
      'The migration 1_typo failed at line 4 of its migration.sql and was rolled back: ' +
        'syntax error at or near "CREAT" (42601)',
    )
  })

  test('is named without a line where Postgres gives no position', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({
      '1_data': 'CREATE TABLE one (id int PRIMARY KEY); INSERT INTO one VALUES (7), (7)',
    })
    const failure = await errorOf(MigrationFailed, migrate(database, { directory }))
    expect(failure.line).toBeNull()
    expect(failure.message).toContain('(23505). Key (id)=(7) already exists.')
  })

  test('at its COMMIT, by a deferred constraint, is rolled back and named as well', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({
      '1_deferred': `CREATE TABLE one (id int PRIMARY KEY);
        CREATE TABLE two (id int REFERENCES one DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO two VALUES (7)`,
    })
    const failure = await errorOf(MigrationFailed, migrate(database, { directory }))
    expect(failure.message).toContain('(23503)')
    expect(await tablesOf(database)).toEqual([])
  })

  test('because it ends its own transaction says so', async () => {
    const database = await aDatabase()
    const directory = await aFolderOf({ '1_commits': 'CREATE TABLE one (); COMMIT;' })
    await expect(migrate(database, { directory })).rejects.toThrow(/1_commits ends the transaction/)
    expect(await recordedIn(database)).toEqual([])
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from '#src/platform/config.ts'
import { openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'

/** The database that the configuration names, ready to be connected to. */
export interface Database {
  connection: pg.ClientConfig
  isEmbedded: boolean
  /** Lets go of it. End the pools first: an embedded one is stopped when no other process uses it. */
  close(): Promise<void>
}

/** The external database can't be used; `message` says why, without the password. */
export class DatabaseUnusable extends Error {
  override name = 'DatabaseUnusable'
}

const oldestVersion = 18
const patienceMs = 10_000

/**
 * Opens the external database of `DATABASE_URL`, waiting 10 s for one that is just starting; without the variable
 * the embedded one of the data folder. `signal` ends the wait.
 * @throws DatabaseUnusable
 * @throws EmbeddedPostgresError
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: Logger,
  signal?: AbortSignal,
): Promise<Database> {
  if (config.databaseUrl === undefined) {
    const { connection, close } = await openEmbeddedPostgres({ dataDir: config.dataDir, log })
    return { connection: { ...connection }, isEmbedded: true, close }
  }
  const connection = { connectionString: config.databaseUrl }
  await waitUntilUsable(connection, log, signal)
  return { connection, isEmbedded: false, close: async () => {} }
}

async function waitUntilUsable(
  connection: pg.ClientConfig,
  log: Logger,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 3_000, query_timeout: 3_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return await requireVersion(client)
    } catch (error) {
      if (error instanceof DatabaseUnusable) throw error
      if (!mayPass(error) || Date.now() > deadline) throw unusable(client, error)
      if (attempt === 1) log.warn({ err: error }, `waiting for the database ${addressOf(client)}`)
      await sleep(500, undefined, signal && { signal })
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string }>(
    "SELECT current_setting('server_version_num') AS number",
  )
  const version = Math.floor(Number(rows[0]?.number) / 10_000)
  if (version >= oldestVersion) return
  throw new DatabaseUnusable(
    `The database ${addressOf(client)} is PostgreSQL ${version}; Masthead needs ${oldestVersion} or newer.`,
  )
}

/** Whether waiting may help: no answer yet, or 57P03 (starting up). A refusal with another SQLSTATE stays one. */
function mayPass(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.code === '57P03'
}

function unusable(client: pg.Client, cause: unknown): DatabaseUnusable {
  const reason = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : messageOf(cause)
  return new DatabaseUnusable(`The database ${addressOf(client)} of DATABASE_URL can't be used: ${reason}`, {
    cause,
  })
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Where, as whom: never the password. */
const addressOf = ({ user, host, port, database }: pg.Client) => `${user}@${host}:${port}/${database}`

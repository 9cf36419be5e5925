import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type ClientConfig, DatabaseError, type QueryConfig } from 'pg'

/**
 * A connection that a process keeps for as long as it uses an embedded cluster: the last one out stops the
 * server. Pools can't be counted, an idle one shrinks to nothing.
 */
export interface Presence {
  /** Whether other processes use the cluster, too. */
  hasCompany(): Promise<boolean>
  end(): Promise<void>
}

const name = 'masthead presence'
/** A frozen server does not answer, and a process has 5 s to stop in. */
const goodbyeWithinMs = 300
const countWithinMs = 500

const findOthers: QueryConfig & { query_timeout: number } = {
  text: 'SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid() LIMIT 1',
  values: [name],
  query_timeout: countWithinMs,
}

/** Connects to a cluster, creating the database where it is missing. @throws what `pg` throws */
export async function openPresence(connection: ClientConfig & { database: string }): Promise<Presence> {
  try {
    return presenceOf(await connectTo(connection))
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== '3D000') throw error
    await createDatabase(connection)
    return presenceOf(await connectTo(connection))
  }
}

function presenceOf(client: Client): Presence {
  return {
    async hasCompany() {
      const { rows } = await client.query(findOthers)
      return rows.length > 0
    },
    end: () => Promise.race([client.end().catch(() => {}), sleep(goodbyeWithinMs)]),
  }
}

async function connectTo(connection: ClientConfig): Promise<Client> {
  const client = new Client({ ...connection, application_name: name, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {}) // the watcher sees to it
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

async function createDatabase(connection: ClientConfig & { database: string }): Promise<void> {
  const client = await connectTo({ ...connection, database: 'postgres' })
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(connection.database)}`)
  } finally {
    await client.end()
  }
}

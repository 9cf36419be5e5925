import type { Pool, QueryConfig } from 'pg'
import { prepared } from '#src/platform/db/prepared.ts'
import type { KnownKeyRow } from './known-key.ts'

/** The database's time with each answer: keys expire by its clock. */
interface Timed {
  now: Date
}

const columns = `k.id, k.name, k.role, k.secret_hash, k.previous_secret_hash, k.previous_until, k.expires_at,
  k.locales, k.topic_ids`

/** The key with an id, unless it was revoked; one row with the time, its other columns null, where there is none. */
export const findKey = prepared<Timed & (KnownKeyRow | { id: null })>(
  'find_api_key',
  `SELECT clock_timestamp() AS now, ${columns}
     FROM (VALUES ($1)) AS wanted(id) LEFT JOIN api_key k ON k.id = wanted.id AND k.revoked_at IS NULL`,
)

/** All keys that were not revoked, those used last first, with the version that they make. Values: how many. */
export const findKeys = prepared<Timed & { version: string } & (KnownKeyRow | { id: null })>(
  'find_api_keys',
  `SELECT clock_timestamp() AS now, v.version::text, ${columns}
     FROM key_version v LEFT JOIN api_key k ON k.revoked_at IS NULL
    ORDER BY k.last_used_at DESC NULLS LAST LIMIT $1`,
)

const POLL = 'poll_key_version'
const SAVE_USES = 'save_key_uses'

/** The number that counts the changes of keys. A database that takes longer than a second is not there. */
export async function pollKeyVersion(pool: Pool): Promise<(Timed & { version: string }) | undefined> {
  // node-postgres takes a limit for one query; its types do not know it.
  const query: QueryConfig & { query_timeout: number } = {
    name: POLL,
    text: 'SELECT clock_timestamp() AS now, version::text FROM key_version',
    query_timeout: 1_000,
  }
  const { rows } = await pool.query<Timed & { version: string }>(query)
  return rows[0]
}

/**
 * Keeps when keys were last used, to the minute. Keys that another node is writing are passed over: it writes the same.
 * Values: ids, instants.
 */
export const saveKeyUses = prepared(
  SAVE_USES,
  `WITH due AS (
     SELECT k.id, u.at FROM unnest($1::text[], $2::timestamptz[]) AS u(id, at) JOIN api_key k USING (id)
      WHERE k.last_used_at IS NULL OR k.last_used_at <= u.at - interval '1 minute'
        FOR NO KEY UPDATE OF k SKIP LOCKED)
   UPDATE api_key k SET last_used_at = due.at FROM due WHERE k.id = due.id`,
)

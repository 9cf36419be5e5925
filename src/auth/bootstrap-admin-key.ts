import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Deed, recordAudit, unattended } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { hashSecret, keyText, newKey, splitKey } from './key-text.ts'

async function saveAdminKey(tx: Transaction, key: string): Promise<void> {
  const parts = splitKey(key)
  if (parts === null) throw new Error('The key does not have the form of a key.')
  // A key that the configuration no longer names is no key any more; its row stays, since articles name it.
  const revoked = await tx.$queryRaw<{ id: string }[]>`
    UPDATE api_key SET revoked_at = clock_timestamp()
     WHERE is_initial AND id <> ${parts.id} AND revoked_at IS NULL RETURNING id`
  // A row that was inserted has no transaction that ended it or locked it.
  const saved = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
    INSERT INTO api_key (id, name, role, secret_hash, is_initial)
    VALUES (${parts.id}, 'Bootstrap admin', 'admin', ${hashSecret(parts.secret)}, true)
    ON CONFLICT (id) DO UPDATE
      SET secret_hash = excluded.secret_hash, role = 'admin', expires_at = NULL, revoked_at = NULL,
          locales = NULL, topic_ids = NULL, previous_secret_hash = NULL, previous_until = NULL
      WHERE (api_key.secret_hash, api_key.role) IS DISTINCT FROM (excluded.secret_hash, excluded.role)
         OR num_nonnulls(api_key.expires_at, api_key.revoked_at) > 0
    RETURNING id, xmax = 0 AS "isNew"`
  const deed = (action: 'key.created' | 'key.updated' | 'key.revoked', id: string): Deed => ({
    action,
    subject: { kind: 'key', id },
  })
  await recordAudit(
    tx,
    unattended('start'),
    ...revoked.map(({ id }) => deed('key.revoked', id)),
    ...saved.map(({ id, isNew }) => deed(isNew ? 'key.created' : 'key.updated', id)),
  )
}

/**
 * Makes sure that there is an admin key: the configured one, else one made at the first start.
 * @returns a key that was made just now and the file that keeps it (mode 0600), to be shown once; else null.
 */
export async function bootstrapAdminKey(deps: Deps): Promise<{ key: string; file: string } | null> {
  const { adminKey, dataDir } = deps.config
  const made = await transaction(deps.db, async (tx) => {
    // Two nodes may start on one new database at once: the second waits, and finds the first one's key.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(727002)::text`
    if (adminKey !== undefined) {
      await saveAdminKey(tx, adminKey)
      return null
    }
    if (await hasAdmin(tx)) return null
    const file = join(dataDir, 'admin-key')
    const key = keptKey(file) ?? keyText(newKey())
    mkdirSync(dataDir, { recursive: true })
    // Before COMMIT: a key that no file keeps would lock everybody out.
    writeFileSync(file, `${key}\n`, { mode: 0o600 })
    chmodSync(file, 0o600) // one that was there keeps its mode otherwise
    await saveAdminKey(tx, key)
    return { key, file }
  })
  await deps.keys.reload()
  return made
}

async function hasAdmin(tx: Transaction): Promise<boolean> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT FROM api_key
     WHERE role = 'admin' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp()) LIMIT 1`
  return found.length > 0
}

/** The key of a start that was cut off, or of a database that was emptied since. */
function keptKey(file: string): string | null {
  try {
    const key = readFileSync(file, 'utf8').trim()
    return splitKey(key) === null ? null : key
  } catch {
    return null
  }
}

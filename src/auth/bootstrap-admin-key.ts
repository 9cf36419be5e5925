import { randomInt } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Deps } from '#src/deps.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { hashSecret, splitKey } from './verify-key.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** `length` random letters and digits, each equally likely. */
function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A new key: 43 letters and digits of secret are 256 bits. */
function newKey(): string {
  return `mh_${randomText(12)}_${randomText(43)}`
}

async function saveAdminKey(tx: Transaction, key: string): Promise<void> {
  const parts = splitKey(key)
  if (parts === null) throw new Error('The key does not have the form of a key.')
  // A key that the configuration no longer names is no key any more.
  await tx.$executeRaw`DELETE FROM api_key WHERE is_initial AND id <> ${parts.id}`
  await tx.$executeRaw`
    INSERT INTO api_key (id, name, role, secret_hash, is_initial)
    VALUES (${parts.id}, 'Bootstrap admin', 'admin', ${hashSecret(parts.secret)}, true)
    ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash, role = 'admin'
      WHERE (api_key.secret_hash, api_key.role) IS DISTINCT FROM (excluded.secret_hash, excluded.role)`
}

/**
 * Makes sure that there is an admin key: the configured one, else one made at the first start.
 * @returns a key that was made just now and the file that keeps it (mode 0600), to be shown once; else null.
 */
export async function bootstrapAdminKey(deps: Deps): Promise<{ key: string; file: string } | null> {
  const { adminKey, dataDir } = deps.config
  return await transaction(deps.db, async (tx) => {
    // Two nodes may start on one new database at once: the second waits, and finds the first one's key.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(727002)::text`
    if (adminKey !== undefined) {
      await saveAdminKey(tx, adminKey)
      return null
    }
    const admins = await tx.apiKey.count({ where: { role: 'admin' } })
    if (admins > 0) return null
    const file = join(dataDir, 'admin-key')
    const key = keptKey(file) ?? newKey()
    mkdirSync(dataDir, { recursive: true })
    // Before COMMIT: a key that no file keeps would lock everybody out.
    writeFileSync(file, `${key}\n`, { mode: 0o600 })
    chmodSync(file, 0o600) // one that was there keeps its mode otherwise
    await saveAdminKey(tx, key)
    return { key, file }
  })
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

import { createHash, timingSafeEqual } from 'node:crypto'
import type { Pool } from 'pg'
import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'
import { API_KEY_PATTERN } from '#src/platform/config.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { Actor } from './permissions.ts'

interface KeyRow {
  id: string
  name: string
  role: ApiKeyRole
  secret_hash: Buffer
}

const findKey = prepared<KeyRow>(
  'find_api_key',
  'SELECT id, name, role, secret_hash FROM api_key WHERE id = $1',
)

/** What is stored of a secret: 256 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Id and secret of `mh_<id>_<secret>`; null when it does not have that form. */
export function splitKey(key: string): { id: string; secret: string } | null {
  const [, id, secret] = API_KEY_PATTERN.exec(key) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

/** Who the key belongs to; null when it is not one of ours. */
export async function verifyKey(pool: Pool, key: string): Promise<Actor | null> {
  const parts = splitKey(key)
  if (parts === null) return null
  const [row] = await findKey(pool, [parts.id])
  if (row === undefined || !timingSafeEqual(hashSecret(parts.secret), row.secret_hash)) return null
  return { id: row.id, name: row.name, role: row.role }
}

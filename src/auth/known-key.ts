import { timingSafeEqual } from 'node:crypto'
import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'
import type { Actor } from './permissions.ts'

/** What is known of a key that was not revoked. */
export interface KnownKey {
  readonly actor: Actor
  readonly secretHash: Buffer
  /** The secret before the last rotation, and until when it is good as well. */
  readonly previous: { readonly secretHash: Buffer; readonly untilMs: number } | null
  /** Milliseconds since 1970; null: it does not expire. */
  readonly expiresAtMs: number | null
}

/** A row of `api_key`. */
export interface KnownKeyRow {
  id: string
  name: string
  role: ApiKeyRole
  secret_hash: Buffer
  previous_secret_hash: Buffer | null
  previous_until: Date | null
  expires_at: Date | null
  locales: string[] | null
  topic_ids: string[] | null
}

/** A row as what is known. */
export function knownKey(row: KnownKeyRow): KnownKey {
  const { id, name, role, locales, previous_secret_hash: previousHash, previous_until: until } = row
  return {
    actor: { id, name, role, locales, topicIds: row.topic_ids },
    secretHash: row.secret_hash,
    previous: previousHash && until && { secretHash: previousHash, untilMs: until.getTime() },
    expiresAtMs: row.expires_at?.getTime() ?? null,
  }
}

/** The hash of no secret: what is compared where there is nothing to compare, so that it takes as long. */
const NO_HASH = Buffer.alloc(32)

/** Whether a secret, by its hash, opens with the key at `nowMs` (database time); of no key: never. */
export function opens(key: KnownKey | undefined, secretHash: Buffer, nowMs: number): boolean {
  const isCurrent = timingSafeEqual(secretHash, key?.secretHash ?? NO_HASH)
  const isPrevious = timingSafeEqual(secretHash, key?.previous?.secretHash ?? NO_HASH)
  if (key === undefined) return false
  const isInTime = key.expiresAtMs === null || nowMs < key.expiresAtMs
  return isInTime && (isCurrent || (isPrevious && key.previous !== null && nowMs < key.previous.untilMs))
}

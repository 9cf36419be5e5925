import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { keyNotFound, lastAdminKey } from './errors.ts'

/** A key as its writers find it. */
export interface WrittenKey {
  readonly id: string
  readonly name: string
  readonly role: ApiKeyRole
  readonly expiresAt: Date | null
  readonly locales: readonly string[] | null
  readonly topicIds: readonly string[] | null
}

/**
 * The key, to be changed: until COMMIT nobody else changes any, so that two admins who end each other's key at once
 * come one after the other. @throws AppError `not_found`
 */
export async function lockKey(tx: Transaction, id: string): Promise<WrittenKey> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('api keys', 17))::text`
  const [key] = await tx.$queryRaw<WrittenKey[]>`
    SELECT id, name, role, expires_at AS "expiresAt", locales, topic_ids AS "topicIds"
      FROM api_key WHERE id = ${id} AND revoked_at IS NULL`
  if (key === undefined) throw keyNotFound()
  return key
}

const isLastingAdmin = ({ role, expiresAt }: Pick<WrittenKey, 'role' | 'expiresAt'>) =>
  role === 'admin' && expiresAt === null

/**
 * Sees to it that a key stays which can make others, whatever time it is.
 * @param after what the key becomes; null: it is revoked
 * @throws AppError `last_admin_key`
 */
export async function refuseLastAdmin(
  tx: Transaction,
  before: WrittenKey,
  after: Pick<WrittenKey, 'role' | 'expiresAt'> | null,
): Promise<void> {
  if (!isLastingAdmin(before) || (after !== null && isLastingAdmin(after))) return
  const others = await tx.$queryRaw<unknown[]>`
    SELECT FROM api_key
     WHERE role = 'admin' AND revoked_at IS NULL AND expires_at IS NULL AND id <> ${before.id} LIMIT 1`
  if (others.length === 0) throw lastAdminKey()
}

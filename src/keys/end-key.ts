import { recordAudit, type Trail } from '#src/audit/index.ts'
import { hashSecret, keyText, newSecret } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { transaction } from '#src/platform/db/transaction.ts'
import type { KeyWithSecret } from './create-key.ts'
import { getKey } from './list-keys.ts'
import { lockKey, refuseLastAdmin } from './lock-key.ts'

/** Ends a key for good; its row stays, since articles and the audit name it. @throws AppError `not_found`, `last_admin_key` */
export async function revokeKey(deps: Deps, trail: Trail, id: string): Promise<void> {
  await transaction(deps.db, async (tx) => {
    await refuseLastAdmin(tx, await lockKey(tx, id), null)
    await tx.$executeRaw`UPDATE api_key SET revoked_at = clock_timestamp() WHERE id = ${id}`
    await recordAudit(tx, trail, { action: 'key.revoked', subject: { kind: 'key', id } })
  })
  await deps.keys.reload()
}

/**
 * Gives a key another secret. The one before is valid for `graceSeconds` more; one before that no longer.
 * @throws AppError `not_found`
 */
export async function rotateKey(
  deps: Deps,
  trail: Trail,
  id: string,
  graceSeconds: number,
): Promise<KeyWithSecret> {
  const secret = newSecret()
  await transaction(deps.db, async (tx) => {
    await lockKey(tx, id)
    await tx.$executeRaw`
      UPDATE api_key
         SET secret_hash = ${hashSecret(secret)},
             previous_secret_hash = CASE WHEN ${graceSeconds} > 0 THEN secret_hash END,
             previous_until = CASE WHEN ${graceSeconds} > 0
                                   THEN clock_timestamp() + make_interval(secs => ${graceSeconds}) END
       WHERE id = ${id}`
    await recordAudit(tx, trail, { action: 'key.rotated', subject: { kind: 'key', id } })
  })
  await deps.keys.reload()
  return { row: await getKey(deps, id), key: keyText({ id, secret }) }
}

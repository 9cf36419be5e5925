import { isDeepStrictEqual } from 'node:util'
import { recordAudit, type Trail } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { expiresInThePast } from './errors.ts'
import { getKey } from './list-keys.ts'
import { lockKey, refuseLastAdmin, type WrittenKey } from './lock-key.ts'
import type { KeyRow } from './queries.ts'
import { rightsInWords } from './rights-in-words.ts'
import type { ApiKeyPatch } from './schemas.ts'
import { refuseIdleLimits, resolveTopicIds } from './write-limits.ts'

/**
 * Changes a key; what changes nothing writes nothing.
 * @throws AppError `not_found`, `invalid_body`, `last_admin_key`
 */
export async function editKey(deps: Deps, trail: Trail, id: string, patch: ApiKeyPatch): Promise<KeyRow> {
  const topicIds = patch.topics == null ? patch.topics : await resolveTopicIds(deps.pool, patch.topics)
  await transaction(deps.db, async (tx) => {
    const before = await lockKey(tx, id)
    const after = patched(before, patch, topicIds)
    if (isDeepStrictEqual(after, before)) return
    refuseIdleLimits(after.role, after)
    await refuseLastAdmin(tx, before, after)
    await saveKey(tx, after, before)
    const subject = { kind: 'key', id, became: rightsInWords(after) } as const
    await recordAudit(tx, trail, { action: 'key.updated', subject })
  })
  await deps.keys.reload()
  return await getKey(deps, id)
}

function patched(
  before: WrittenKey,
  { name, role, expiresAt, locales }: ApiKeyPatch,
  topicIds: readonly string[] | null | undefined,
): WrittenKey {
  return {
    id: before.id,
    name: name ?? before.name,
    role: role ?? before.role,
    expiresAt: expiresAt == null ? (expiresAt === null ? null : before.expiresAt) : new Date(expiresAt),
    locales: locales == null ? (locales === null ? null : before.locales) : [...new Set(locales)],
    topicIds: topicIds === undefined ? before.topicIds : topicIds,
  }
}

/** @throws AppError `invalid_body` for an expiry that is new and has passed */
async function saveKey(tx: Transaction, key: WrittenKey, before: WrittenKey): Promise<void> {
  const { id, name, role, expiresAt, locales, topicIds } = key
  const isNewExpiry = expiresAt?.getTime() !== before.expiresAt?.getTime()
  const saved = await tx.$executeRaw`
    UPDATE api_key
       SET name = ${name}, role = ${role}::api_key_role, expires_at = ${expiresAt}::timestamptz,
           locales = ${locales && JSON.stringify(locales)}::jsonb,
           topic_ids = ${topicIds && JSON.stringify(topicIds)}::jsonb
     WHERE id = ${id}
       AND (NOT ${isNewExpiry} OR ${expiresAt}::timestamptz IS NULL OR ${expiresAt}::timestamptz > clock_timestamp())`
  if (saved === 0) throw expiresInThePast()
}

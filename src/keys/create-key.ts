import { recordAudit, type Trail } from '#src/audit/index.ts'
import { hashSecret, keyText, newKey } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { transaction } from '#src/platform/db/transaction.ts'
import { expiresInThePast } from './errors.ts'
import { getKey } from './list-keys.ts'
import type { KeyRow } from './queries.ts'
import { rightsInWords } from './rights-in-words.ts'
import type { ApiKeyInput } from './schemas.ts'
import { refuseIdleLimits, resolveTopicIds } from './write-limits.ts'

/** A key and what its owner sends: the only time that anybody sees that. */
export interface KeyWithSecret {
  readonly row: KeyRow
  readonly key: string
}

/** Makes a key. @throws AppError `invalid_body` */
export async function createKey(deps: Deps, trail: Trail, input: ApiKeyInput): Promise<KeyWithSecret> {
  const { name, role, expiresAt = null } = input
  const topicIds = input.topics == null ? null : await resolveTopicIds(deps.pool, input.topics)
  const locales = input.locales == null ? null : [...new Set(input.locales)]
  refuseIdleLimits(role, { locales, topicIds })
  const parts = newKey()
  await transaction(deps.db, async (tx) => {
    const made = await tx.$executeRaw`
      INSERT INTO api_key (id, name, role, secret_hash, expires_at, locales, topic_ids, created_by)
      SELECT ${parts.id}, ${name}, ${role}::api_key_role, ${hashSecret(parts.secret)}, expires_at,
             ${locales && JSON.stringify(locales)}::jsonb, ${topicIds && JSON.stringify(topicIds)}::jsonb,
             ${trail.actor?.id ?? null}
        FROM (VALUES (${expiresAt}::timestamptz)) AS given(expires_at)
       WHERE expires_at IS NULL OR expires_at > clock_timestamp()`
    if (made === 0) throw expiresInThePast()
    const rights = { role, locales, topicIds, expiresAt: expiresAt === null ? null : new Date(expiresAt) }
    const subject = { kind: 'key', id: parts.id, became: rightsInWords(rights) } as const
    await recordAudit(tx, trail, { action: 'key.created', subject })
  })
  await deps.keys.reload()
  return { row: await getKey(deps, parts.id), key: keyText(parts) }
}

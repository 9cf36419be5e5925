import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'
import { prepared } from '#src/platform/db/prepared.ts'

/** A key as it is shown. */
export interface KeyRow {
  id: string
  name: string
  role: ApiKeyRole
  expires_at: Date | null
  locales: string[] | null
  topics: { slug: string; name: string }[] | null
  last_used_at: Date | null
  created_at: Date
  created_by: string | null
  previous_until: Date | null
}

const columns = `k.id, k.name, k.role, k.expires_at, k.locales, k.last_used_at, k.created_at, k.created_by,
  CASE WHEN k.previous_until > statement_timestamp() THEN k.previous_until END AS previous_until,
  CASE WHEN k.topic_ids IS NOT NULL THEN (
    SELECT coalesce(json_agg(json_build_object('slug', t.slug, 'name', t.name) ORDER BY n), '[]')
      FROM jsonb_array_elements_text(k.topic_ids) WITH ORDINALITY AS l(id, n) JOIN topic t ON t.id = l.id::uuid) END AS topics`

/** One key that was not revoked. */
export const findKeyRow = prepared<KeyRow>(
  'find_api_key_row',
  `SELECT ${columns} FROM api_key k WHERE k.id = $1 AND k.revoked_at IS NULL`,
)

const walk = (side: 'after' | 'before') => {
  const [compare, direction] = side === 'after' ? ['<', 'DESC'] : ['>', 'ASC']
  return prepared<KeyRow>(
    `list_api_keys_${side}`,
    `SELECT ${columns} FROM api_key k
      WHERE k.revoked_at IS NULL AND ($1::api_key_role IS NULL OR k.role = $1)
        AND (k.created_at, k.id) ${compare} ($2::timestamptz, $3)
      ORDER BY k.created_at ${direction}, k.id ${direction} LIMIT $4`,
  )
}

/** Keys that were not revoked, the newest first. Values: role or null, instant and id of the last one seen, how many. */
export const keyWalks = { after: walk('after'), before: walk('before') }

/** The topics that are named so: by slug, name or alias. Values: slugs, names normalised. */
export const findTopics = prepared<{ id: string; slug: string | null; norm: string | null }>(
  'find_topics_for_key',
  `SELECT id, slug, NULL AS norm FROM topic WHERE slug = ANY($1::text[])
    UNION ALL SELECT topic_id, NULL, norm FROM topic_alias WHERE norm = ANY($2::text[])`,
)

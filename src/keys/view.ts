import type { KeyRow } from './queries.ts'
import type { ApiKey } from './schemas.ts'

/** A key as admins see it. */
export const keyView = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  role: row.role,
  expiresAt: row.expires_at?.toISOString() ?? null,
  locales: row.locales,
  topics: row.topics,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  previousValidUntil: row.previous_until?.toISOString() ?? null,
})

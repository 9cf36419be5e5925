import type { Deps } from '#src/deps.ts'
import type { Page } from '#src/platform/http/collection.ts'
import { cursorKey, keysetPages, queriedList } from '#src/platform/http/keyset-cursor.ts'
import { entryNotFound } from './errors.ts'
import { type EntryRow, findEntry, walkEntries } from './queries.ts'
import type { AuditQuery } from './schemas.ts'

/** One page of the audit, the newest entries first. @throws AppError `invalid_cursor` */
export async function listAudit(
  { pool }: Deps,
  { limit, cursor, ...filter }: AuditQuery,
): Promise<{ rows: EntryRow[]; page: Page }> {
  const pages = keysetPages<EntryRow, string>(queriedList('audit', filter), cursorKey.id, ({ id }) => id)
  const position = pages.position(cursor)
  const walk = { side: position?.side ?? 'after', id: position?.key ?? null, count: limit + 1 }
  return pages.page(await walkEntries(pool, filter, walk), limit, position)
}

/** One entry. @throws AppError `not_found` */
export async function getEntry({ pool }: Deps, id: string): Promise<EntryRow> {
  const [row] = await findEntry(pool, [id])
  if (row === undefined) throw entryNotFound()
  return row
}

import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import { cursorKey, keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { keyNotFound } from './errors.ts'
import { findKeyRow, type KeyRow, keyWalks } from './queries.ts'
import type { ApiKeyListQuery } from './schemas.ts'

const Position = z.tuple([cursorKey.instant, cursorKey.text])

/** One page of all keys, the newest first. @throws AppError `invalid_cursor` */
export async function listKeys({ pool }: Deps, { role, limit, cursor }: ApiKeyListQuery) {
  const pages = keysetPages<KeyRow, z.infer<typeof Position>>(
    `api-keys:${role ?? ''}`,
    Position,
    ({ created_at, id }) => [created_at.toISOString(), id],
  )
  const position = pages.position(cursor)
  const [createdAt, id] = position?.key ?? ['infinity', '']
  const rows = await keyWalks[position?.side ?? 'after'](pool, [role ?? null, createdAt, id, limit + 1])
  return pages.page(rows, limit, position)
}

/** One key. @throws AppError `not_found` */
export async function getKey({ pool }: Deps, id: string): Promise<KeyRow> {
  const [row] = await findKeyRow(pool, [id])
  if (row === undefined) throw keyNotFound()
  return row
}

import { recordAudit, type Trail } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { transaction } from '#src/platform/db/transaction.ts'
import { cursorKey, keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { redirectNotFound } from './errors.ts'
import { findRedirect, type RedirectRow, redirectWalks } from './queries.ts'
import type { RedirectListQuery } from './schemas.ts'

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const pages = keysetPages<RedirectRow, string>('redirects', cursorKey.id, ({ id }) => id)

/** One page of all redirects, the newest first. @throws AppError `invalid_cursor` */
export async function listRedirects({ pool }: Deps, { limit, cursor }: RedirectListQuery) {
  const position = pages.position(cursor)
  const walk = redirectWalks[position?.side ?? 'after']
  return pages.page(await walk(pool, [position?.key ?? LAST_ID, limit + 1]), limit, position)
}

/** One redirect. @throws AppError `not_found` */
export async function getRedirect({ pool }: Deps, id: string): Promise<RedirectRow> {
  const [row] = await findRedirect(pool, [id])
  if (row === undefined) throw redirectNotFound()
  return row
}

/** Ends a redirect. @throws AppError `not_found` */
export async function deleteRedirect({ db }: Deps, trail: Trail, id: string): Promise<void> {
  await transaction(db, async (tx) => {
    const { count } = await tx.redirect.deleteMany({ where: { id } })
    if (count === 0) throw redirectNotFound()
    await recordAudit(tx, trail, { action: 'redirect.deleted', subject: { kind: 'redirect', id } })
  })
}

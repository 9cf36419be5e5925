import { z } from 'zod'
import { normalizeName } from '#src/content/names.ts'
import type { Deps } from '#src/deps.ts'
import { cursorKey, keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { termNotFound } from './errors.ts'
import { findTermRow, type TermKey, type TermRow, termWalks } from './queries.ts'
import type { TermListQuery } from './schemas.ts'
import type { TermKind } from './term-tables.ts'

const Key = z.tuple([cursorKey.integer, cursorKey.text])

/** One page of a vocabulary. @throws AppError `invalid_cursor` */
export async function listTerms(deps: Deps, kind: TermKind, asked: TermListQuery, seesAll: boolean) {
  const prefix = asked.q === undefined ? null : normalizeName(asked.q)
  const name = prefix === null ? `${kind}s` : JSON.stringify([`${kind}s`, prefix])
  const pages = keysetPages<TermRow, TermKey>(name, Key, (row) => [row.position, row.slug])
  const position = pages.position(asked.cursor)
  const walk = termWalks[kind][position?.side ?? 'after']
  const rows = await walk(deps.pool, position?.key ?? null, seesAll, asked.limit + 1, prefix)
  return pages.page(rows, asked.limit, position)
}

/**
 * The term with this slug, else with this name, or that had the slug before.
 * @throws AppError `not_found`, for what is not there and for what the asker may not see
 */
export async function getTerm(deps: Deps, kind: TermKind, ref: string, seesAll: boolean): Promise<TermRow> {
  const [row] = await findTermRow[kind](deps.pool, [ref.normalize('NFC'), normalizeName(ref), seesAll])
  if (row === undefined) throw termNotFound(kind)
  return row
}

import type { Transaction } from '#src/platform/db/transaction.ts'
import { termNotFound } from './errors.ts'
import { type TermKind, termTables, type WrittenTerm } from './term-tables.ts'

/** The term with this slug; null when there is none. The caller holds the taxonomy. */
export async function findWrittenTerm(
  tx: Transaction,
  kind: TermKind,
  slug: string,
): Promise<WrittenTerm | null> {
  const [row] = await tx.$queryRaw<WrittenTerm[]>`
    SELECT id, slug, name, term_id AS "termId" FROM ${termTables[kind].term} WHERE slug = ${slug.normalize('NFC')}`
  return row ?? null
}

/** The same. @throws AppError `not_found` */
export async function getWrittenTerm(tx: Transaction, kind: TermKind, slug: string): Promise<WrittenTerm> {
  const term = await findWrittenTerm(tx, kind, slug)
  if (term === null) throw termNotFound(kind)
  return term
}

/** The ids of all articles that have a term, drafts and the trash included, sorted. */
export async function articlesWith(tx: Transaction, kind: TermKind, term: WrittenTerm): Promise<string[]> {
  const { link, key } = termTables[kind]
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT article_id AS id FROM ${link} WHERE ${key} = ${term.id}::uuid ORDER BY article_id`
  return rows.map(({ id }) => id)
}

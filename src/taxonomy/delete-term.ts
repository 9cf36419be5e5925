import { recordAudit, type Trail } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { holdTaxonomy, replaceTerm } from '#src/listing/index.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { termInTooManyArticles, termInUse } from './errors.ts'
import { articlesWith, getWrittenTerm } from './find-written-term.ts'
import { termDeed } from './term-deed.ts'
import { type TermKind, termTables, type WrittenTerm } from './term-tables.ts'

/** Every name of a term, normalised: what a document must not name any more. */
export interface TermNames {
  readonly kind: TermKind
  readonly norms: ReadonlySet<string>
}

/**
 * Gives an article a revision whose document does not name a term. False: its document does not name it, so there is
 * no such revision.
 */
export type Untag = (articleId: string, names: TermNames, trail: Trail) => Promise<boolean>

/** Out of more articles than this a term is not taken: each gets a revision. */
const MAX_ARTICLES = 1_000

/** How often articles that were filed under the term meanwhile are taken care of too. */
const ROUNDS = 5

/**
 * Deletes a tag, topic or author that no article has; by force also one that articles have, whose documents then name
 * it no more.
 * @throws AppError `not_found`, `term_in_use`
 */
export async function deleteTerm(
  deps: Deps,
  trail: Trail,
  untag: Untag,
  kind: TermKind,
  slug: string,
  { force }: { readonly force: boolean },
): Promise<void> {
  /** Articles that have the term without their document saying so. */
  const unnamed = new Set<string>()
  for (let round = 1; ; round += 1) {
    const using = await transaction(deps.db, (tx) => deleteUnused(tx, trail, kind, slug, unnamed))
    if (using === null) return
    const { articleIds, names } = using
    if (!force || round > ROUNDS) throw termInUse(kind, articleIds.length)
    if (articleIds.length > MAX_ARTICLES) throw termInTooManyArticles(kind, articleIds.length, MAX_ARTICLES)
    for (const id of articleIds) {
      const untagging = { ...trail, reason: trail.reason ?? `The ${kind} was deleted.` }
      if (!(await untag(id, names, untagging))) unnamed.add(id)
    }
  }
}

/** Deletes the term, unless articles have it whose documents name it: gives these. */
async function deleteUnused(
  tx: Transaction,
  trail: Trail,
  kind: TermKind,
  slug: string,
  unnamed: ReadonlySet<string>,
): Promise<{ articleIds: string[]; names: TermNames } | null> {
  const { term: table, alias, key } = termTables[kind]
  await holdTaxonomy(tx)
  const term = await getWrittenTerm(tx, kind, slug)
  const articleIds = await articlesWith(tx, kind, term)
  if (articleIds.some((id) => !unnamed.has(id))) {
    const rows = await tx.$queryRaw<
      { norm: string }[]
    >`SELECT norm FROM ${alias} WHERE ${key} = ${term.id}::uuid`
    return { articleIds, names: { kind, norms: new Set(rows.map(({ norm }) => norm)) } }
  }
  await detach(tx, kind, articleIds, term)
  await tx.$executeRaw`DELETE FROM ${table} WHERE id = ${term.id}::uuid`
  await recordAudit(tx, trail, termDeed(kind, 'deleted', term.slug))
  return null
}

async function detach(
  tx: Transaction,
  kind: TermKind,
  articleIds: readonly string[],
  term: WrittenTerm,
): Promise<void> {
  const { link, key, ids } = termTables[kind]
  await tx.$executeRaw`
    UPDATE article SET ${ids} = array_remove(${ids}, ${term.id}::uuid)
     WHERE id = ANY(${articleIds}::uuid[])`
  await tx.$executeRaw`DELETE FROM ${link} WHERE ${key} = ${term.id}::uuid`
  await replaceTerm(tx, articleIds, term.termId, null)
}

import { recordAudit, type Trail } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { formerSlug, holdTaxonomy, replaceTerm } from '#src/listing/index.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { invalidMerge } from './errors.ts'
import { articlesWith, findWrittenTerm, getWrittenTerm } from './find-written-term.ts'
import { termDeed } from './term-deed.ts'
import { type TermKind, termTables, type WrittenTerm } from './term-tables.ts'

/** Articles that one statement moves: 20,000 take some 4 s in all, and a statement may take 5. */
const BATCH = 5_000
/** Of a merge in all; who writes articles meanwhile waits, and is told to come again after some seconds. */
const TIMEOUT_MS = 120_000

/**
 * Makes one term part of another, whose slug it gives. Every spelling of the first becomes an alias of the second, so
 * the documents that name it mean the second from now on, and stay as they are; its slug leads there.
 * @throws AppError `not_found`, `invalid_body` (no such target, or the term itself)
 */
export async function mergeTerms(
  deps: Deps,
  trail: Trail,
  kind: TermKind,
  slug: string,
  into: string,
): Promise<string> {
  const merge = async (tx: Transaction) => {
    await holdTaxonomy(tx)
    const term = await getWrittenTerm(tx, kind, slug)
    const target = await findWrittenTerm(tx, kind, into)
    if (target === null) throw invalidMerge('unknown_slug', `No ${kind} has the slug "${into}".`)
    if (target.id === term.id) throw invalidMerge('same_term', `A ${kind} can’t be merged into itself.`)
    await moveSpellings(tx, kind, term, target)
    const ids = await articlesWith(tx, kind, term)
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH)
      await moveArticles(tx, kind, batch, term, target)
      await replaceTerm(tx, batch, term.termId, target.termId)
    }
    if (kind === 'topic') await moveTopic(tx, term.id, target.id)
    await tx.$executeRaw`DELETE FROM ${termTables[kind].term} WHERE id = ${term.id}::uuid`
    await recordAudit(tx, trail, termDeed(kind, 'merged', term.slug, target.slug))
    return target.slug
  }
  const merged = await transaction(deps.db, merge, { timeoutMs: TIMEOUT_MS })
  if (kind === 'topic') await deps.keys.reload()
  return merged
}

async function moveSpellings(
  tx: Transaction,
  kind: TermKind,
  term: WrittenTerm,
  target: WrittenTerm,
): Promise<void> {
  const { alias, key } = termTables[kind]
  await tx.$executeRaw`UPDATE ${alias} SET ${key} = ${target.id}::uuid WHERE ${key} = ${term.id}::uuid`
  await tx.$executeRaw`
    INSERT INTO ${alias} (norm, spelling, ${key}) VALUES (${formerSlug(term.slug)}, ${term.slug}, ${target.id}::uuid)`
}

/**
 * Keys that may write under the one topic alone may do so under the other; those of both, once. A proposed topic that
 * an active one becomes a part of is active: published articles may have it now.
 */
async function moveTopic(tx: Transaction, id: string, targetId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE topic SET status = 'active'
     WHERE id = ${targetId}::uuid AND status = 'proposed'
       AND EXISTS (SELECT FROM topic t WHERE t.id = ${id}::uuid AND t.status = 'active')`
  await tx.$executeRaw`
    UPDATE api_key
       SET topic_ids = CASE WHEN topic_ids ? ${targetId} THEN topic_ids - ${id}::text
                            ELSE topic_ids - ${id}::text || to_jsonb(${targetId}::text) END
     WHERE topic_ids ? ${id}`
}

/** The target takes the term's place in each article; where both were there, the first place of the two. */
async function moveArticles(
  tx: Transaction,
  kind: TermKind,
  articleIds: readonly string[],
  term: WrittenTerm,
  target: WrittenTerm,
): Promise<void> {
  const { link, key, ids } = termTables[kind]
  await tx.$executeRaw`
    UPDATE article a
       SET ${ids} = ARRAY(
             SELECT u.id FROM unnest(array_replace(a.${ids}, ${term.id}::uuid, ${target.id}::uuid)) WITH ORDINALITY AS u(id, n)
              GROUP BY u.id ORDER BY min(u.n))
     WHERE a.id = ANY(${articleIds}::uuid[])`
  // Where both were, one row goes, and the places behind it move up.
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM ${link} l USING ${link} other
       WHERE l.${key} = ${term.id}::uuid AND l.article_id = ANY(${articleIds}::uuid[]) AND other.article_id = l.article_id AND other.${key} = ${target.id}::uuid
      RETURNING l.article_id)
    UPDATE ${link} l SET position = u.n - 1
      FROM article a, unnest(a.${ids}) WITH ORDINALITY AS u(id, n)
     WHERE a.id IN (SELECT article_id FROM gone) AND l.article_id = a.id AND l.${key} = u.id AND l.position <> u.n - 1`
  await tx.$executeRaw`
    UPDATE ${link} SET ${key} = ${target.id}::uuid
     WHERE ${key} = ${term.id}::uuid AND article_id = ANY(${articleIds}::uuid[])`
}

import { recordAudit } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { removeListing } from '#src/listing/index.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import type { Transition } from './change-status.ts'
import { revisionConflict } from './errors.ts'
import { lockArticle, type WrittenArticle } from './lock-article.ts'
import { matchesRevision } from './precondition.ts'
import { refuseDeleter, refuseWriter } from './writing-rights.ts'

/**
 * Deletes an article for good, wherever it is, the trash or not: with its revisions, its citations and what leads to
 * it. Of one that readers had seen its addresses are kept, and nothing else: they are gone (410) from then on.
 * @throws AppError `not_found`, `forbidden`, `precondition_failed`
 */
export async function deleteArticle(deps: Deps, id: string, { trail, ifMatch }: Transition): Promise<void> {
  refuseDeleter(trail.actor)
  const turn = () =>
    transaction(deps.db, async (tx) => {
      const article = await lockArticle(tx, id)
      refuseWriter(trail.actor, article)
      const { revision } = article
      if (!matchesRevision(ifMatch, revision)) throw revisionConflict(revision)
      if (wasSeen(article)) await rememberAddresses(tx, id)
      await removeListing(tx, id)
      // Revisions, relations, citations and redirects go with it, by their foreign keys.
      await tx.article.delete({ where: { id }, select: { id: true } })
      await recordAudit(tx, trail, {
        action: 'article.deleted',
        article: { id, before: revision, after: null },
      })
    })
  await deps.turns.take(id, turn)
}

/** As `wasWithdrawn` has it: in the trash only what was seen before counts. */
const wasSeen = ({ firstPublishedAt, trashedAt, now }: WrittenArticle): boolean =>
  firstPublishedAt !== null && firstPublishedAt <= (trashedAt ?? now)

/** Its present slug, and those that it had. */
async function rememberAddresses(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO deleted_article (id, locale, slug, published_at, created_at)
    SELECT a.id, s.locale, s.slug, a.published_at, a.created_at
      FROM article a, LATERAL (
        SELECT a.locale, a.slug UNION
        SELECT r.locale, r.slug FROM redirect r WHERE r.article_id = a.id AND r.slug IS NOT NULL) AS s
     WHERE a.id = ${id}::uuid`
}

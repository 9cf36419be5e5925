import type { Deps } from '#src/deps.ts'
import { brokenConstraint } from '#src/platform/db/errors.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { articleNotFound, endsBeforeItBegins, revisionConflict, SLUG_INDEX, slugTaken } from './errors.ts'
import { firstPublication, type LifeChange } from './life.ts'
import { type LockedArticle, lockArticle } from './lock-article.ts'
import type { Manuscript, StoredDocument } from './manuscript.ts'
import { matchesRevision } from './precondition.ts'
import { findSlugHolder } from './queries.ts'
import {
  type Authorship,
  contentColumns,
  resolveRelations,
  saveRelations,
  saveRevision,
} from './write-article.ts'

/** What an article becomes: its next document, read, and what changes in its life. */
export interface Change {
  readonly manuscript: Manuscript
  readonly document: StoredDocument
  readonly life: LifeChange
}

/** Who revises, why, and what they took for the present revision (`If-Match`). */
export interface Revising extends Authorship {
  readonly ifMatch?: string | undefined
}

/**
 * Gives an article its next revision. `decide` sees the article as it is while nobody else writes it, and says what it
 * becomes; null: nothing changes, and there is no revision. It may run again, and must do no more than decide.
 * @throws AppError `not_found`, `precondition_failed`, `slug_taken`, `invalid_body`, and what `decide` throws
 */
export async function reviseArticle(
  deps: Deps,
  id: string,
  revising: Revising,
  decide: (article: LockedArticle, tx: Transaction) => Promise<Change | null>,
): Promise<{ changed: boolean }> {
  let wanted: { slug: string; locale: string } | undefined
  try {
    return await transaction(deps.db, async (tx) => {
      const article = await lockArticle(tx, id)
      if (article.trashedAt !== null) throw articleNotFound()
      if (!matchesRevision(revising.ifMatch, article.revision)) throw revisionConflict(article.revision)
      const change = await decide(article, tx)
      if (change === null) return { changed: false }
      wanted = { slug: article.slug, locale: article.locale, ...change.life }
      await writeRevision(tx, article, change, revising)
      return { changed: true }
    })
  } catch (error) {
    if (wanted === undefined || brokenConstraint(error) !== SLUG_INDEX) throw error
    const [holder] = await findSlugHolder(deps.pool, [wanted.locale, wanted.slug])
    throw slugTaken(wanted.slug, wanted.locale, holder)
  }
}

async function writeRevision(
  tx: Transaction,
  article: LockedArticle,
  { manuscript, document, life }: Change,
  { actor, reason }: Authorship,
): Promise<void> {
  const relations = await resolveRelations(tx, manuscript)
  const { publishedAt, unpublishAt, slug } = { ...article, ...life }
  if (unpublishAt !== null && publishedAt !== null && unpublishAt <= publishedAt) throw endsBeforeItBegins()
  const { id, status, now: at } = article
  const number = article.revision + 1
  const { title } = manuscript.content
  await saveRevision(tx, {
    ...{ articleId: id, number, document, title, slug, status, publishedAt, at },
    ...{ actor, reason },
  })
  await tx.article.update({
    where: { id },
    data: {
      ...contentColumns(manuscript, relations),
      ...life,
      firstPublishedAt: firstPublication(article, publishedAt, at),
      revision: number,
      updatedAt: at,
    },
    select: { id: true },
  })
  await saveRelations(tx, id, manuscript, relations)
}

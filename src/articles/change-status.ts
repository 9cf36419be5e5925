import type { Deps } from '#src/deps.ts'
import { brokenConstraint } from '#src/platform/db/errors.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import {
  articleNotFound,
  endsBeforeItBegins,
  invalidTransition,
  revisionConflict,
  SLUG_INDEX,
  slugTaken,
} from './errors.ts'
import { firstPublication } from './life.ts'
import { type LockedArticle, lockArticle } from './lock-article.ts'
import { matchesRevision } from './precondition.ts'
import { findSlugHolder } from './queries.ts'

/** The columns that a transition sets; null: the article is there already. */
type StatusChange = Partial<
  Pick<LockedArticle, 'status' | 'publishedAt' | 'firstPublishedAt' | 'unpublishAt' | 'trashedAt'>
>

/** When an article is to be public, from and to. Absent: from now on, for ever. */
export interface PublishOptions {
  readonly publishAt?: string | undefined
  readonly unpublishAt?: string | null | undefined
}

/** Makes an article public, now or at `publishAt`. @throws AppError `not_found`, `precondition_failed`, `invalid_body` */
export function publishArticle(deps: Deps, id: string, options: PublishOptions, ifMatch?: string) {
  return changeStatus(deps, id, ifMatch, (article) => {
    const { now } = article
    if (article.trashedAt !== null) throw articleNotFound()
    const publishedAt = publicationDate(article, options.publishAt, now)
    const unpublishAt = options.unpublishAt === undefined ? article.unpublishAt : instant(options.unpublishAt)
    if (unpublishAt !== null && unpublishAt <= publishedAt) throw endsBeforeItBegins()
    const isThere =
      article.status === 'published' &&
      publishedAt.getTime() === article.publishedAt?.getTime() &&
      unpublishAt?.getTime() === article.unpublishAt?.getTime()
    if (isThere) return null
    const wasPublic = article.firstPublishedAt !== null && article.firstPublishedAt <= now
    const firstPublishedAt =
      article.status === 'published'
        ? firstPublication(article, publishedAt, now)
        : wasPublic
          ? article.firstPublishedAt
          : publishedAt
    return { status: 'published', publishedAt, firstPublishedAt, unpublishAt }
  })
}

/** Takes an article back to a draft, or cancels its schedule. @throws AppError `not_found`, `precondition_failed` */
export function unpublishArticle(deps: Deps, id: string, ifMatch?: string) {
  return changeStatus(deps, id, ifMatch, (article) => {
    if (article.trashedAt !== null) throw articleNotFound()
    if (article.status !== 'published') return null
    return { status: 'draft', firstPublishedAt: seenBy(article, article.now) }
  })
}

/** Puts an article into the trash; its slug is free from then on. @throws AppError `not_found`, `precondition_failed` */
export function trashArticle(deps: Deps, id: string, ifMatch?: string) {
  return changeStatus(deps, id, ifMatch, (article) => {
    if (article.trashedAt !== null) throw articleNotFound()
    return { trashedAt: article.now, firstPublishedAt: seenBy(article, article.now) }
  })
}

/** Takes an article out of the trash, as a draft. @throws AppError `not_found`, `invalid_transition`, `slug_taken` */
export async function restoreArticle(deps: Deps, id: string, ifMatch?: string) {
  let wanted: LockedArticle | undefined
  try {
    return await changeStatus(deps, id, ifMatch, (article) => {
      if (article.trashedAt === null) {
        throw invalidTransition('The article is not in the trash.', ['publish', 'unpublish', 'trash'])
      }
      wanted = article
      return { status: 'draft', trashedAt: null }
    })
  } catch (error) {
    if (wanted === undefined || brokenConstraint(error) !== SLUG_INDEX) throw error
    const [holder] = await findSlugHolder(deps.pool, [wanted.locale, wanted.slug])
    throw slugTaken(wanted.slug, wanted.locale, holder)
  }
}

/** A transition is no revision: the document stays as it is. */
async function changeStatus(
  deps: Deps,
  id: string,
  ifMatch: string | undefined,
  decide: (article: LockedArticle) => StatusChange | null,
): Promise<{ changed: boolean }> {
  return await transaction(deps.db, async (tx) => {
    const article = await lockArticle(tx, id)
    if (!matchesRevision(ifMatch, article.revision)) throw revisionConflict(article.revision)
    const { now } = article
    const change = decide(article)
    if (change === null) return { changed: false }
    await tx.article.update({ where: { id }, data: { ...change, updatedAt: now }, select: { id: true } })
    await markSeen(tx, { ...article, ...change }, now)
    return { changed: true }
  })
}

/** The present revision of a published article is what readers see, from its date on. */
async function markSeen(tx: Transaction, article: LockedArticle, now: Date): Promise<void> {
  const { id, revision, status, publishedAt, trashedAt } = article
  const publicFrom = status !== 'published' || trashedAt !== null || publishedAt === null ? null : publishedAt
  // What has been seen has been seen; a date to come may still be moved, or taken back.
  await tx.$executeRaw`
    UPDATE revision SET public_from = CASE WHEN ${publicFrom}::timestamptz IS NULL THEN NULL
                                           ELSE greatest(${publicFrom}::timestamptz, ${now}::timestamptz) END
     WHERE article_id = ${id}::uuid AND number = ${revision} AND (public_from IS NULL OR public_from > ${now})`
}

/** The date that was given, else the article's own when it has come, else now. */
function publicationDate(article: LockedArticle, publishAt: string | undefined, now: Date): Date {
  if (publishAt !== undefined) return new Date(publishAt)
  const planned = article.publishedAt
  return planned !== null && planned <= now ? planned : now
}

/** When readers first saw it; null when they never did, as its date had not come. */
function seenBy(article: LockedArticle, now: Date): Date | null {
  const first = article.firstPublishedAt
  return first !== null && first <= now ? first : null
}

const instant = (text: string | null) => (text === null ? null : new Date(text))

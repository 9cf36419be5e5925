import { type ArticleAction, recordAudit, type Trail } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { saveListing } from '#src/listing/index.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { forgetRedirects } from '#src/redirects/index.ts'
import { activateTopics } from '#src/taxonomy/index.ts'
import { articleInTrash, endsBeforeItBegins, invalidTransition, revisionConflict } from './errors.ts'
import { firstPublication, instant, publicationAction } from './life.ts'
import { lockArticle, readWrittenArticle, type WrittenArticle } from './lock-article.ts'
import { matchesRevision } from './precondition.ts'
import { type ArticleRow, readLockedArticle } from './queries.ts'
import { tellingSlugHolder } from './slug-holder.ts'
import { isSeenNow, publicFrom } from './write-article.ts'
import { refuseWriter } from './writing-rights.ts'

/** The columns that a transition sets, and what it is called. */
interface StatusChange {
  readonly action: ArticleAction
  readonly columns: Partial<
    Pick<WrittenArticle, 'status' | 'publishedAt' | 'firstPublishedAt' | 'unpublishAt' | 'trashedAt'>
  >
}

/** Who wants a transition, and what they took for the present revision (`If-Match`). */
export interface Transition {
  readonly trail: Trail
  readonly ifMatch: string | undefined
}

/** When an article is to be public, from and to. Absent: from now on, for ever. */
export interface PublishOptions {
  readonly publishAt?: string | undefined
  readonly unpublishAt?: string | null | undefined
}

/** Makes an article public, now or at `publishAt`. @throws AppError, as {@link trashArticle}, and `invalid_body` */
export function publishArticle(deps: Deps, id: string, asked: Transition, options: PublishOptions) {
  return changeStatus(deps, id, asked, (article) => {
    const { now } = article
    if (article.trashedAt !== null) throw articleInTrash()
    const publishedAt = publicationDate(article, options.publishAt, now)
    const unpublishAt =
      options.unpublishAt === undefined
        ? endAfter(article.unpublishAt, latest(publishedAt, now))
        : instant(options.unpublishAt)
    if (unpublishAt !== null && unpublishAt <= latest(publishedAt, now)) throw endsBeforeItBegins()
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
    return {
      action: publicationAction(publishedAt, now),
      columns: { status: 'published', publishedAt, firstPublishedAt, unpublishAt },
    }
  })
}

/** Takes an article back to a draft, or cancels its schedule. @throws AppError, as {@link trashArticle} */
export function unpublishArticle(deps: Deps, id: string, asked: Transition) {
  return changeStatus(deps, id, asked, (article) => {
    if (article.trashedAt !== null) throw articleInTrash()
    if (article.status !== 'published') return null
    const firstPublishedAt = seenBy(article, article.now)
    return { action: 'article.unpublished', columns: { status: 'draft', firstPublishedAt } }
  })
}

/**
 * Puts an article into the trash; its slug is free from then on.
 * @throws AppError `not_found`, `forbidden`, `invalid_transition` (it is there already), `precondition_failed`
 */
export function trashArticle(deps: Deps, id: string, asked: Transition) {
  return changeStatus(deps, id, asked, (article) => {
    if (article.trashedAt !== null) throw articleInTrash()
    const firstPublishedAt = seenBy(article, article.now)
    return { action: 'article.trashed', columns: { trashedAt: article.now, firstPublishedAt } }
  })
}

/** Takes an article out of the trash, as a draft. @throws AppError `not_found`, `invalid_transition`, `slug_taken` */
export async function restoreArticle(deps: Deps, id: string, asked: Transition) {
  const wanted = await readWrittenArticle(deps, id)
  return await tellingSlugHolder(deps, wanted, () =>
    changeStatus(deps, id, asked, (article) => {
      if (article.trashedAt === null) {
        throw invalidTransition('The article is not in the trash.', ['publish', 'unpublish', 'trash'])
      }
      return { action: 'article.restored', columns: { status: 'draft', trashedAt: null } }
    }),
  )
}

/** A transition is no revision: the document stays as it is. `decide` gives null where the article is there already. */
async function changeStatus(
  deps: Deps,
  id: string,
  { trail, ifMatch }: Transition,
  decide: (article: WrittenArticle) => StatusChange | null,
): Promise<ArticleRow> {
  const turn = () =>
    transaction(deps.db, async (tx) => {
      const article = await lockArticle(tx, id)
      refuseWriter(trail.actor, article)
      if (!matchesRevision(ifMatch, article.revision)) throw revisionConflict(article.revision)
      const { now } = article
      const change = decide(article)
      if (change === null) return await readLockedArticle(tx, id)
      if (change.columns.status === 'published') await activateTopics(tx, article.topics)
      const data = { ...change.columns, updatedAt: now }
      await tx.article.update({ where: { id }, data, select: { id: true } })
      const changed = { ...article, ...change.columns }
      await markSeen(tx, changed, now)
      await saveListing(tx, changed, deps.config.siteTimeZone)
      if (changed.trashedAt === null && isSeenNow(changed, now)) await forgetRedirects(tx, changed)
      const revisions = { id, before: article.revision, after: article.revision }
      await recordAudit(tx, trail, { action: change.action, article: revisions })
      return await readLockedArticle(tx, id)
    })
  return await deps.turns.take(id, turn)
}

/** The present revision of a published article is what readers see, from its date on. */
async function markSeen(tx: Transaction, article: WrittenArticle, now: Date): Promise<void> {
  const { id, revision, trashedAt } = article
  const seenFrom = trashedAt === null ? publicFrom(article, now) : null
  // What has been seen has been seen; a date to come may still be moved, or taken back.
  await tx.$executeRaw`
    UPDATE revision SET public_from = ${seenFrom}::timestamptz
     WHERE article_id = ${id}::uuid AND number = ${revision} AND (public_from IS NULL OR public_from > ${now})`
}

/** The date that was given, else the article's own when it has come, else now. */
function publicationDate(article: WrittenArticle, publishAt: string | undefined, now: Date): Date {
  if (publishAt !== undefined) return new Date(publishAt)
  const planned = article.publishedAt
  return planned !== null && planned <= now ? planned : now
}

/** When readers first saw it; null when they never did, as its date had not come. */
function seenBy(article: WrittenArticle, now: Date): Date | null {
  const first = article.firstPublishedAt
  return first !== null && first <= now ? first : null
}

/** An end that was set before and has come, or would come before the beginning, is none any more. */
const endAfter = (end: Date | null, begin: Date) => (end !== null && end > begin ? end : null)

const latest = (a: Date, b: Date) => (a > b ? a : b)

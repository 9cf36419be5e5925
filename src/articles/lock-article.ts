import type { ArticleStatus } from '#src/generated/prisma/enums.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { articleNotFound } from './errors.ts'
import type { StoredDocument } from './manuscript.ts'

/** An article as its writers find it, alone with it until COMMIT. */
export interface LockedArticle {
  readonly id: string
  readonly slug: string
  readonly locale: string
  readonly status: ArticleStatus
  readonly revision: number
  readonly title: string
  readonly translationKey: string | null
  readonly publishedAt: Date | null
  readonly firstPublishedAt: Date | null
  readonly unpublishAt: Date | null
  readonly trashedAt: Date | null
  readonly needsAttention: boolean
  readonly document: StoredDocument
  /** The database's time, after the wait for the lock: that of the change to come. */
  readonly now: Date
}

interface LockedRow extends Omit<LockedArticle, 'document'> {
  frontMatter: string
  body: string
}

/**
 * Makes the writers of one article queue, and gives it to the first of them as it is then.
 * An advisory lock, taken before anything else: the row itself comes last in the order of locks (sources, terms,
 * article), but what is written depends on what is there.
 * @throws AppError `not_found`
 */
export async function lockArticle(tx: Transaction, id: string): Promise<LockedArticle> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 3))::text`
  const [row] = await tx.$queryRaw<LockedRow[]>`
    SELECT a.id, a.slug, a.locale, a.status, a.revision, a.title, a.translation_key AS "translationKey",
           a.published_at AS "publishedAt", a.first_published_at AS "firstPublishedAt",
           a.unpublish_at AS "unpublishAt", a.trashed_at AS "trashedAt", a.needs_attention AS "needsAttention",
           r.front_matter AS "frontMatter", r.body, clock_timestamp()::timestamptz(3) AS now
      FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.revision
     WHERE a.id = ${id}::uuid`
  if (row === undefined) throw articleNotFound()
  const { frontMatter, body, ...article } = row
  return { ...article, document: { frontMatter, body } }
}

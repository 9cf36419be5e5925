import type { FrontMatter } from '#src/content/front-matter.ts'
import type { Deps } from '#src/deps.ts'
import type { ArticleStatus } from '#src/generated/prisma/enums.ts'
import { databaseTime } from '#src/platform/db/time.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { articleNotFound } from './errors.ts'
import type { Manuscript, StoredDocument } from './manuscript.ts'
import {
  type Authorship,
  contentColumns,
  resolveRelations,
  saveRelations,
  saveRevision,
} from './write-article.ts'

interface LockedArticle {
  id: string
  slug: string
  status: ArticleStatus
  revision: number
  published_at: Date | null
  front_matter: string
  body: string
}

/** A document that takes the place of an article's present one. */
export interface Replacement extends Authorship {
  readonly manuscript: Manuscript
  readonly document: StoredDocument
}

/**
 * Gives an article another document, as a new revision; the same bytes change nothing.
 * Of the article's life only the dates follow the front matter, and only where the new document differs from the old one.
 * @throws AppError `not_found`
 */
export async function replaceDocument(
  deps: Deps,
  articleId: string,
  replacement: Replacement,
): Promise<{ changed: boolean }> {
  const { readFrontMatter } = await import('#src/content/front-matter.ts')
  const { parseDocument } = await import('#src/content/document.ts')
  const frontMatterOf = ({ front_matter, body }: LockedArticle) =>
    readFrontMatter(parseDocument(front_matter + body), { timeZone: deps.config.siteTimeZone })
  return await transaction(deps.db, (tx) => replaceIn(tx, articleId, replacement, frontMatterOf))
}

async function replaceIn(
  tx: Transaction,
  articleId: string,
  { manuscript, document, actor, reason }: Replacement,
  frontMatterOf: (article: LockedArticle) => FrontMatter,
): Promise<{ changed: boolean }> {
  const relations = await resolveRelations(tx, manuscript)
  const before = await lockArticle(tx, articleId)
  if (before.front_matter + before.body === document.frontMatter + document.body) return { changed: false }
  const at = await databaseTime(tx)
  const dates = changedDates(frontMatterOf(before), manuscript.life)
  const number = before.revision + 1
  await saveRevision(tx, {
    articleId,
    number,
    document,
    title: manuscript.content.title,
    slug: before.slug,
    status: before.status,
    publishedAt: dates.publishedAt === undefined ? before.published_at : dates.publishedAt,
    actor,
    reason,
    at,
  })
  await tx.article.update({
    where: { id: articleId },
    data: { ...contentColumns(manuscript, relations), ...dates, revision: number, updatedAt: at },
    select: { id: true },
  })
  await saveRelations(tx, articleId, manuscript, relations)
  return { changed: true }
}

async function lockArticle(tx: Transaction, articleId: string): Promise<LockedArticle> {
  const [article] = await tx.$queryRaw<LockedArticle[]>`
    SELECT a.id, a.slug, a.status, a.revision, a.published_at, r.front_matter, r.body
      FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.revision
     WHERE a.id = ${articleId}::uuid AND a.trashed_at IS NULL
       FOR UPDATE OF a`
  if (article === undefined) throw articleNotFound()
  return article
}

/** The dates that the new front matter says otherwise than the old. A published article keeps its date when it is left out. */
function changedDates(before: FrontMatter, after: Manuscript['life']) {
  const publishedAt =
    after.publishedAt !== null && after.publishedAt !== before.publishedAt
      ? new Date(after.publishedAt)
      : undefined
  const unpublishAt = after.unpublishAt !== before.unpublishAt ? after.unpublishAt : undefined
  return {
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(unpublishAt === undefined
      ? {}
      : { unpublishAt: unpublishAt === null ? null : new Date(unpublishAt) }),
  }
}

import type { Deps } from '#src/deps.ts'
import type { ArticleStatus } from '#src/generated/prisma/enums.ts'
import { shareTaxonomy } from '#src/listing/index.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import type { Term } from '#src/taxonomy/index.ts'
import { articleNotFound } from './errors.ts'
import type { StoredDocument } from './manuscript.ts'
import { termsOf } from './queries.ts'

/** An article as its writers find it. */
export interface WrittenArticle {
  readonly id: string
  readonly slug: string
  readonly locale: string
  readonly status: ArticleStatus
  readonly revision: number
  readonly title: string
  readonly translationKey: string | null
  readonly topics: readonly Term[]
  /** The API key's id; null for an import. */
  readonly createdBy: string | null
  readonly publishedAt: Date | null
  readonly firstPublishedAt: Date | null
  readonly unpublishAt: Date | null
  readonly trashedAt: Date | null
  readonly updatedAt: Date
  readonly needsAttention: boolean
  readonly document: StoredDocument
  /** The database's time of this reading. */
  readonly now: Date
}

interface WrittenRow extends Omit<WrittenArticle, 'document'> {
  frontMatter: string
  body: string
}

const SELECT = `
  SELECT a.id, a.slug, a.locale, a.status, a.revision, a.title, a.translation_key AS "translationKey",
         a.published_at AS "publishedAt", a.first_published_at AS "firstPublishedAt",
         a.unpublish_at AS "unpublishAt", a.trashed_at AS "trashedAt", a.updated_at AS "updatedAt",
         a.needs_attention AS "needsAttention", a.created_by AS "createdBy", ${termsOf('topic', ", 'id', t.id")} AS topics, r.front_matter AS "frontMatter", r.body,
         date_trunc('milliseconds', clock_timestamp()) AS now
    FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.revision
   WHERE a.id = $1::uuid`

const find = prepared<WrittenRow>('find_written_article', SELECT)

function writtenArticle(row: WrittenRow | undefined): WrittenArticle {
  if (row === undefined) throw articleNotFound()
  const { frontMatter, body, ...article } = row
  return { ...article, document: { frontMatter, body } }
}

/** The article as it is, for a change that is thought over before anything is locked. @throws AppError `not_found` */
export async function readWrittenArticle(deps: Deps, id: string): Promise<WrittenArticle> {
  const [row] = await find(deps.pool, [id])
  return writtenArticle(row)
}

/**
 * Makes the writers of one article queue, and gives it to the first of them as it is then.
 * An advisory lock, taken before anything else: the row itself comes last in the order of locks (sources, terms,
 * article), but what is written depends on what is there.
 * @throws AppError `not_found`
 */
export async function lockArticle(tx: Transaction, id: string): Promise<WrittenArticle> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 3))::text`
  await shareTaxonomy(tx)
  const [row] = await tx.$queryRawUnsafe<WrittenRow[]>(SELECT, id)
  return writtenArticle(row)
}

type Version = Pick<WrittenArticle, 'revision' | 'updatedAt'>

/** Whether nobody has written an article between two readings of it. */
export function isUntouched(before: Version, now: Version): boolean {
  return before.revision === now.revision && before.updatedAt.getTime() === now.updatedAt.getTime()
}

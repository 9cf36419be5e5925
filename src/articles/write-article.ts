import type { Trail } from '#src/audit/index.ts'
import type { Actor } from '#src/auth/index.ts'
import { saveCitations, saveCitedSources } from '#src/citations/index.ts'
import { Prisma } from '#src/generated/prisma/client.ts'
import type { ArticleStatus } from '#src/generated/prisma/enums.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { type ArticleTerms, resolveTerms, saveArticleTerms } from '#src/taxonomy/index.ts'
import type { Manuscript, StoredDocument } from './manuscript.ts'
import { newTopicStatus, refuseOutsideLimits } from './writing-rights.ts'

/** What a manuscript's relations became in the database. */
export interface Relations {
  readonly terms: ArticleTerms
  readonly sourceIds: ReadonlyMap<string, string>
}

/**
 * Makes sure of the sources, tags, topics and authors of a manuscript, which may be such as `actor` may write (null: no
 * key). All writers lock in this order, sources before terms before the article, so that none deadlock.
 * @throws AppError `forbidden` for a limited key
 */
export async function resolveRelations(
  tx: Transaction,
  { content }: Manuscript,
  locale: string,
  actor: Actor | null,
): Promise<Relations> {
  const sourceIds = await saveCitedSources(tx, content.citations)
  const terms = await resolveTerms(tx, content, newTopicStatus(actor))
  refuseOutsideLimits(actor, { locale, topics: terms.topics })
  return { terms, sourceIds }
}

/** The columns that are derived from the document. */
export function contentColumns({ content, needsAttention }: Manuscript, { terms }: Relations) {
  return {
    title: content.title,
    summary: content.summary,
    html: content.html,
    toc: content.toc.map((entry) => ({ ...entry })),
    excerpt: content.excerpt,
    wordCount: content.wordCount,
    readingMinutes: content.readingMinutes,
    featuredImage: content.featuredImage === null ? Prisma.DbNull : { ...content.featuredImage },
    meta: content.meta as Prisma.InputJsonValue,
    canonicalUrl: content.canonicalUrl,
    modifiedAt: content.modifiedAt,
    needsAttention,
    citationCount: content.citations.length,
    tagIds: terms.tags.map(({ id }) => id),
    topicIds: terms.topics.map(({ id }) => id),
    authorIds: terms.authors.map(({ id }) => id),
  }
}

/** Writes the rows that hang on an article: its terms and its citations. */
export async function saveRelations(
  tx: Transaction,
  articleId: string,
  { content }: Manuscript,
  relations: Relations,
): Promise<void> {
  await saveArticleTerms(tx, articleId, relations.terms)
  await saveCitations(tx, articleId, content.citations, relations.sourceIds)
}

/** A revision to be: the document with what lists of revisions show of it. */
export interface NewRevision {
  readonly articleId: string
  readonly number: number
  readonly document: StoredDocument
  readonly title: string
  readonly slug: string
  readonly status: ArticleStatus
  readonly publishedAt: Date | null
  readonly unpublishAt: Date | null
  readonly at: Date
  readonly trail: Trail
}

/** Adds a revision; there is no way to change or remove one. */
export async function saveRevision(tx: Transaction, revision: NewRevision): Promise<void> {
  const { articleId, number, document, title, slug, at, trail } = revision
  await tx.revision.create({
    data: {
      articleId,
      number,
      frontMatter: document.frontMatter,
      body: document.body,
      title,
      slug,
      publicFrom: publicFrom(revision, at),
      actorId: trail.actor?.id ?? null,
      actorName: trail.actor?.name ?? null,
      reason: trail.reason,
      at,
    },
    select: { number: true },
  })
}

/** When readers see what is written now: from its date on, but not before now; null when they never will. */
export function publicFrom(
  life: { status: ArticleStatus; publishedAt: Date | null; unpublishAt: Date | null },
  now: Date,
): Date | null {
  const { status, publishedAt, unpublishAt } = life
  if (status !== 'published' || publishedAt === null) return null
  const from = publishedAt > now ? publishedAt : now
  return unpublishAt !== null && unpublishAt <= from ? null : from
}

/** Whether readers see an article with this life now. */
export function isSeenNow(life: Parameters<typeof publicFrom>[0], now: Date): boolean {
  const from = publicFrom(life, now)
  return from !== null && from <= now
}

/** A revision that was to be seen at a date to come, and is replaced before, never was. */
export async function forgetPlannedPublication(
  tx: Transaction,
  articleId: string,
  number: number,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE revision SET public_from = NULL
     WHERE article_id = ${articleId}::uuid AND number = ${number} AND public_from > ${now}`
}

import { type ArticleAction, recordAudit, type Trail } from '#src/audit/index.ts'
import { firstFreeSlug, slugFamily } from '#src/content/free-slug.ts'
import { slugFromTitle } from '#src/content/slug.ts'
import type { Deps } from '#src/deps.ts'
import type { ArticleStatus } from '#src/generated/prisma/enums.ts'
import { saveListing, shareTaxonomy } from '#src/listing/index.ts'
import type { Config } from '#src/platform/config.ts'
import { databaseTime } from '#src/platform/db/time.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { forgetRedirects, saveAliases, takenSlugs } from '#src/redirects/index.ts'
import { activateTopics } from '#src/taxonomy/index.ts'
import { endsBeforeItBegins } from './errors.ts'
import { instant, publicationAction } from './life.ts'
import type { Manuscript } from './manuscript.ts'
import { type ArticleRow, readLockedArticle } from './queries.ts'
import { isSlugTaken, tellingSlugHolder } from './slug-holder.ts'
import { contentColumns, isSeenNow, resolveRelations, saveRelations, saveRevision } from './write-article.ts'
import { refusePublisher } from './writing-rights.ts'

/** What decides whether a new article is published at once. */
export type Publication =
  /** Published when the document says `draft: false`, else a draft: what is sent over HTTP. */
  | 'as-said'
  /** The same, and published as well when nothing is said and its date has come: imports. */
  | 'by-date'
  | 'published'
  | 'draft'

/** A new article: what it says, and how its life begins. */
export interface NewArticle {
  readonly trail: Trail
  readonly manuscript: Manuscript
  readonly publication: Publication
  /** Wins over the document's own. */
  readonly slug?: string | undefined
  /** Wins over the document's own. */
  readonly locale?: string | undefined
}

/** How often a made slug is looked for again when a given one came in between. */
const ATTEMPTS = 5

/**
 * Creates an article with its relations and its first revision, in one transaction.
 * A slug that was given is kept or refused; one that was made is made unique.
 * @throws AppError `forbidden` (its writer may not publish, or not there), `slug_taken`, `invalid_body` (unpublishAt
 * before publishedAt)
 */
export async function createArticle(deps: Deps, article: NewArticle): Promise<ArticleRow> {
  const { life } = article.manuscript
  if (asksToBePublished(life.draft, article.publication)) refusePublisher(article.trail.actor)
  const slug = article.slug ?? life.slug
  const locale = article.locale ?? life.locale ?? deps.config.siteLocale
  const insert = () => transaction(deps.db, (tx) => insertArticle(tx, deps.config, article, locale, slug))
  if (slug !== null) return await tellingSlugHolder(deps, { slug, locale }, insert)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await insert()
    } catch (error) {
      if (!isSlugTaken(error) || attempt === ATTEMPTS) throw error
    }
  }
}

async function insertArticle(
  tx: Transaction,
  config: Config,
  { trail, manuscript, publication }: NewArticle,
  locale: string,
  given: string | null,
): Promise<ArticleRow> {
  await shareTaxonomy(tx)
  const relations = await resolveRelations(tx, manuscript, locale, trail.actor)
  const { slug, now } = await settleSlug(tx, locale, given, slugFromTitle(manuscript.content.title))
  const { status, publishedAt } = beginLife(manuscript.life, publication, now)
  const unpublishAt = instant(manuscript.life.unpublishAt)
  if (unpublishAt !== null && publishedAt !== null && unpublishAt <= publishedAt) throw endsBeforeItBegins()
  const firstPublishedAt = status === 'published' ? publishedAt : null
  if (status === 'published') await activateTopics(tx, relations.terms.topics)
  const { id } = await tx.article.create({
    data: {
      ...contentColumns(manuscript, relations),
      locale,
      slug,
      status,
      translationKey: manuscript.life.translationKey,
      revision: 1,
      publishedAt,
      firstPublishedAt,
      unpublishAt,
      createdAt: now,
      updatedAt: now,
      createdBy: trail.actor?.id ?? null,
    },
    select: { id: true },
  })
  const document = manuscript.documentWith({
    slug,
    draft: status !== 'published',
    publishedAt: publishedAt?.toISOString() ?? null,
  })
  const { title } = manuscript.content
  const revision = {
    articleId: id,
    number: 1,
    document,
    title,
    slug,
    status,
    publishedAt,
    unpublishAt,
    at: now,
  }
  await saveRevision(tx, { ...revision, trail })
  await saveRelations(tx, id, manuscript, relations)
  // A made slug keeps off old ones. A draft must not show by what it ends.
  const isSeen = isSeenNow({ status, publishedAt, unpublishAt }, now)
  if (given !== null && isSeen) await forgetRedirects(tx, { locale, slug })
  const { aliases } = manuscript.life
  if (aliases.length > 0) await saveAliases(tx, id, aliases, config.siteUrl)
  await saveListing(tx, { id, title, locale, status, publishedAt, trashedAt: null }, config.siteTimeZone)
  await recordCreation(tx, trail, id, firstPublishedAt && publicationAction(firstPublishedAt, now))
  return await readLockedArticle(tx, id)
}

/** One that is published at once was created, then published. */
async function recordCreation(
  tx: Transaction,
  trail: Trail,
  id: string,
  publication: ArticleAction | null,
): Promise<void> {
  await recordAudit(
    tx,
    trail,
    { action: 'article.created', article: { id, before: null, after: 1 } },
    ...(publication === null ? [] : [{ action: publication, article: { id, before: 1, after: 1 } }]),
  )
}

/**
 * The slug to use, and the database's time. A made slug locks its family until COMMIT and takes the first free name:
 * 200 articles of one title by 50 writers took 200 tries and 3 s, against 6,900 and 31 s by trial and error.
 */
async function settleSlug(
  tx: Transaction,
  locale: string,
  given: string | null,
  base: string,
): Promise<{ slug: string; now: Date }> {
  if (given !== null) return { slug: given, now: await databaseTime(tx) }
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${locale}/${slugFamily(base)}`}, 7))::text`
  // '.' is the character after '-': the range holds base, base-2, base-more …, by the index.
  const taken = await tx.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM article
     WHERE locale = ${locale} AND trashed_at IS NULL AND slug >= ${base} AND slug < ${`${base}.`}
    UNION ${takenSlugs(locale, base)}`
  return {
    slug: firstFreeSlug(base, new Set(taken.map(({ slug }) => slug))),
    now: await databaseTime(tx),
  }
}

function beginLife(
  life: Manuscript['life'],
  publication: Publication,
  now: Date,
): { status: ArticleStatus; publishedAt: Date | null } {
  const date = instant(life.publishedAt)
  if (!isPublished(life.draft, publication, date, now)) return { status: 'draft', publishedAt: date }
  return { status: 'published', publishedAt: date ?? now }
}

function isPublished(draft: boolean | null, publication: Publication, date: Date | null, now: Date): boolean {
  if (asksToBePublished(draft, publication)) return true
  return publication === 'by-date' && draft === null && date !== null && date <= now
}

/** Whether it is to be public whatever its date: that needs the right to publish. */
const asksToBePublished = (draft: boolean | null, publication: Publication): boolean =>
  publication === 'published' || (publication !== 'draft' && draft === false)

import { recordAudit, type Trail } from '#src/audit/index.ts'
import type { Finding } from '#src/content/finding.ts'
import type { Deps } from '#src/deps.ts'
import { saveListing } from '#src/listing/index.ts'
import type { Config } from '#src/platform/config.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { forgetRedirects, rememberSlug, saveAliases } from '#src/redirects/index.ts'
import { activateTopics } from '#src/taxonomy/index.ts'
import { articleInTrash, endsBeforeItBegins, revisionConflict } from './errors.ts'
import { getArticle } from './find-article.ts'
import { firstPublication, type LifeChange } from './life.ts'
import { isUntouched, lockArticle, readWrittenArticle, type WrittenArticle } from './lock-article.ts'
import type { Manuscript, StoredDocument } from './manuscript.ts'
import { matchesRevision } from './precondition.ts'
import { type ArticleRow, readLockedArticle } from './queries.ts'
import { tellingSlugHolder } from './slug-holder.ts'
import {
  contentColumns,
  forgetPlannedPublication,
  isSeenNow,
  resolveRelations,
  saveRelations,
  saveRevision,
} from './write-article.ts'
import { refuseWriter } from './writing-rights.ts'

/** What an article becomes: its next document, read, and what changes in its life. */
export interface Change {
  readonly manuscript: Manuscript
  readonly document: StoredDocument
  readonly life: LifeChange
  /** What there is to say of how it was written. */
  readonly findings?: readonly Finding[]
}

/** The article after a change, and what there is to say of it. */
export interface Revised {
  readonly row: ArticleRow
  readonly changed: boolean
  readonly findings: readonly Finding[]
}

/** Who revises and why, and what they took for the present revision (`If-Match`). */
export interface Revising {
  readonly trail: Trail
  readonly ifMatch?: string | undefined
  /** Whether an article in the trash is revised too, where it stays; absent: it is refused. */
  readonly alsoInTrash?: boolean
}

/** How often a change is thought over again because another node wrote in between. */
const ATTEMPTS = 20

/** Somebody wrote between two readings, or between the reading and the lock. */
class Stale extends Error {
  constructor() {
    super('The article has changed meanwhile.')
  }
}

/** Makes sure that a second reading is of the same article as the first; else it is thought over again. @throws Stale */
export function refuseStale(article: WrittenArticle, row: ArticleRow): void {
  if (!isUntouched(article, { revision: row.revision, updatedAt: row.updated_at })) throw new Stale()
}

/**
 * Gives an article its next revision. `decide` is given the article as it is and says what it becomes; null: nothing
 * changes, and there is no revision. It takes its time (it renders) while nothing is locked and no connection is held;
 * when somebody has written meanwhile it is asked again. It must do no more than decide.
 * @throws AppError `not_found`, `forbidden`, `invalid_transition` (in the trash), `precondition_failed`, `slug_taken`,
 * `invalid_body`, and what `decide` throws
 */
export async function reviseArticle(
  deps: Deps,
  id: string,
  revising: Revising,
  decide: (article: WrittenArticle) => Promise<Change | null>,
): Promise<Revised> {
  return await deps.turns.take(id, async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await reviseOnce(deps, id, revising, decide)
      } catch (error) {
        if (!(error instanceof Stale) || attempt === ATTEMPTS) throw error
      }
    }
  })
}

/** @throws Stale */
async function reviseOnce(
  deps: Deps,
  id: string,
  revising: Revising,
  decide: (article: WrittenArticle) => Promise<Change | null>,
): Promise<Revised> {
  const article = await readWrittenArticle(deps, id)
  refuseWriter(revising.trail.actor, article)
  if (article.trashedAt !== null && revising.alsoInTrash !== true) throw articleInTrash()
  if (!matchesRevision(revising.ifMatch, article.revision)) throw revisionConflict(article.revision)
  const change = await decide(article)
  if (change !== null) {
    const row = await write(deps, article, change, revising.trail)
    return { row, changed: true, findings: change.findings ?? [] }
  }
  const row = await getArticle(deps, { ref: id }, true)
  // What changes nothing in the article that was read may change something in the one that is there.
  refuseStale(article, row)
  return { row, changed: false, findings: [] }
}

/** @throws Stale */
async function write(deps: Deps, article: WrittenArticle, change: Change, trail: Trail): Promise<ArticleRow> {
  const { slug, locale } = { ...article, ...change.life }
  return await tellingSlugHolder(deps, { slug, locale }, () =>
    transaction(deps.db, async (tx) => {
      const locked = await lockArticle(tx, article.id)
      if (!isUntouched(article, locked)) throw new Stale()
      refuseWriter(trail.actor, locked)
      await writeRevision(tx, deps.config, locked, change, trail)
      return await readLockedArticle(tx, article.id)
    }),
  )
}

async function writeRevision(
  tx: Transaction,
  config: Config,
  article: WrittenArticle,
  { manuscript, document, life }: Change,
  trail: Trail,
): Promise<void> {
  const { publishedAt, unpublishAt, slug, locale } = { ...article, ...life }
  const relations = await resolveRelations(tx, manuscript, locale, trail.actor)
  if (unpublishAt !== null && publishedAt !== null && unpublishAt <= publishedAt) throw endsBeforeItBegins()
  const { id, now: at } = article
  // Of what is in the trash readers see nothing.
  const status = article.trashedAt === null ? article.status : 'draft'
  if (status === 'published') await activateTopics(tx, relations.terms.topics)
  const number = article.revision + 1
  const { title } = manuscript.content
  await forgetPlannedPublication(tx, id, article.revision, at)
  const revision = { articleId: id, number, document, title, slug, status, publishedAt, unpublishAt, at }
  await saveRevision(tx, { ...revision, trail })
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
  await saveListing(tx, { ...article, ...life, title }, config.siteTimeZone)
  await saveAddresses(tx, config, article, { ...article, ...life }, manuscript)
  const revisions = { id, before: article.revision, after: number }
  await recordAudit(tx, trail, { action: 'article.updated', article: revisions })
}

/** Lets the slug that readers knew go on leading to the article, and the paths of its front matter. */
async function saveAddresses(
  tx: Transaction,
  config: Config,
  before: WrittenArticle,
  after: WrittenArticle,
  { life: { aliases } }: Manuscript,
): Promise<void> {
  const { id: articleId, slug, locale, firstPublishedAt, now } = before
  const hasMoved = slug !== after.slug || locale !== after.locale
  // Only what readers see takes an old slug: a draft must not show by what it ends.
  if (hasMoved && isSeenNow(after, now)) await forgetRedirects(tx, after)
  if (hasMoved && firstPublishedAt !== null && firstPublishedAt <= now) {
    await rememberSlug(tx, { articleId, locale, slug })
  }
  await saveAliases(tx, articleId, aliases, config.siteUrl)
}

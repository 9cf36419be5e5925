import type { Deps } from '#src/deps.ts'
import { holdTaxonomy, recount, saveListing } from '#src/listing/index.ts'
import { transaction } from '#src/platform/db/transaction.ts'
import { AppError } from '#src/platform/errors.ts'
import { saveAliases } from '#src/redirects/index.ts'
import { isUntouched, lockArticle, readWrittenArticle, type WrittenArticle } from './lock-article.ts'
import { type Manuscript, readStoredDocument } from './manuscript.ts'
import { listArticleIdsAfter } from './queries.ts'
import { contentColumns, resolveRelations, saveRelations } from './write-article.ts'

/** How many ids are read at once; each article is a transaction of its own. */
const BATCH = 500

/** What became of one article. */
export interface Rebuilt {
  readonly id: string
  /** Why its document can't be read any more; null: it was derived again. */
  readonly problem: string | null
}

/**
 * Derives the content of all articles again from their documents: html, citations, tags and the rest, as this version
 * makes them. Ids, revisions, dates and everything else of an article's life stay. Goes on after a document that can't
 * be read. By id, beginning after `after`, so that one that was broken off can be resumed.
 */
export async function* rebuildArticles(deps: Deps, after: string | null = null): AsyncGenerator<Rebuilt> {
  let last = after ?? '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await listArticleIdsAfter(deps.pool, [last, BATCH])
    for (const { id } of rows) {
      yield { id, problem: await rebuildArticle(deps, id) }
      last = id
    }
    if (rows.length < BATCH) break
  }
  await transaction(deps.db, async (tx) => {
    await holdTaxonomy(tx)
    await recount(tx)
  })
}

/** Gives what is wrong with the document; null when it was derived. */
async function rebuildArticle(deps: Deps, id: string): Promise<string | null> {
  try {
    for (;;) {
      const article = await readWrittenArticle(deps, id)
      const manuscript = await readStoredDocument(deps, textOf(article), article)
      if (await write(deps, article, manuscript)) return null
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    return error.message
  }
}

/** Whether it could be written: not when somebody has written the article meanwhile. */
async function write(deps: Deps, article: WrittenArticle, manuscript: Manuscript): Promise<boolean> {
  const { id } = article
  return await transaction(deps.db, async (tx) => {
    if (!isUntouched(article, await lockArticle(tx, id))) return false
    const relations = await resolveRelations(tx, manuscript, article.locale, null)
    const data = contentColumns(manuscript, relations)
    await tx.article.update({ where: { id }, data, select: { id: true } })
    await saveRelations(tx, id, manuscript, relations)
    await saveAliases(tx, id, manuscript.life.aliases, deps.config.siteUrl)
    const { title } = manuscript.content
    await saveListing(tx, { ...article, title }, deps.config.siteTimeZone)
    return true
  })
}

const textOf = ({ document }: WrittenArticle) => document.frontMatter + document.body

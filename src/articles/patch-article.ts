import type { Deps } from '#src/deps.ts'
import { nameTerms } from '#src/taxonomy/index.ts'
import { getArticle } from './find-article.ts'
import type { ArticlePatch } from './input-schemas.ts'
import type { WrittenArticle } from './lock-article.ts'
import { readStoredDocument } from './manuscript.ts'
import { contentPatch, lifeInDocument, lifePatch, type NamedPatch } from './patch-parts.ts'
import { refuseReadOnly } from './read-only-fields.ts'
import { type Change, type Revised, type Revising, refuseStale, reviseArticle } from './revise-article.ts'
import type { Article } from './schemas.ts'
import { tellingFields } from './telling-fields.ts'
import { articleView } from './view.ts'

/**
 * Applies a JSON merge patch (RFC 7396) to an article: content in its document, where only the lines of what changes
 * are touched; its life in columns, and in the document where the document speaks of it.
 * @throws AppError, as {@link reviseArticle}
 */
export async function patchArticle(
  deps: Deps,
  id: string,
  patch: ArticlePatch,
  revising: Revising,
): Promise<Revised> {
  return await reviseArticle(deps, id, revising, async (article) => {
    const row = await getArticle(deps, { ref: id }, true)
    refuseStale(article, row)
    const present = articleView(row, { mayEdit: true }, deps.config)
    refuseReadOnly(patch, present)
    const named = await withNames(deps, patch)
    return await tellingFields(() => decide(deps, article, present, named))
  })
}

async function withNames(deps: Deps, patch: ArticlePatch): Promise<NamedPatch> {
  const { tags, topics, authors, ...rest } = patch
  const names = await nameTerms(deps.pool, {
    tags: tags ?? [],
    topics: topics ?? [],
    authors: authors ?? [],
  })
  return {
    ...rest,
    ...(tags === undefined ? {} : { tags: names.tags }),
    ...(topics === undefined ? {} : { topics: names.topics }),
    ...(authors === undefined ? {} : { authors: names.authors }),
  }
}

async function decide(
  deps: Deps,
  article: WrittenArticle,
  present: Article,
  patch: NamedPatch,
): Promise<Change | null> {
  const { config, deriver } = deps
  const options = { timeZone: config.siteTimeZone }
  const before = article.document.frontMatter + article.document.body
  const frontMatter = await deriver.frontMatter(before, options)
  const life = lifePatch(article, patch)
  const inDocument = { ...contentPatch(present, patch), ...lifeInDocument(frontMatter, life) }
  const { text, findings } = await deriver.patch(before, inDocument, options, patch.citations)
  if (text === before && Object.keys(life).length === 0) return null
  const manuscript = await readStoredDocument(deps, text, article)
  return { manuscript, life, document: manuscript.document, findings }
}

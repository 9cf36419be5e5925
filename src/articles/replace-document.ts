import type { Deps } from '#src/deps.ts'
import { lifeChange } from './life.ts'
import type { WrittenArticle } from './lock-article.ts'
import type { Manuscript, StoredDocument } from './manuscript.ts'
import { type Revised, type Revising, reviseArticle } from './revise-article.ts'

/** A document that takes the place of an article's present one. */
export interface Replacement extends Revising {
  readonly manuscript: Manuscript
  readonly document: StoredDocument
}

/**
 * Gives an article another document; the same bytes change nothing.
 * @throws AppError, as {@link reviseArticle}
 */
export async function replaceDocument(
  deps: Deps,
  id: string,
  { manuscript, document, ...revising }: Replacement,
): Promise<Revised> {
  const frontMatterOf = ({ document: { frontMatter, body } }: WrittenArticle) =>
    deps.deriver.frontMatter(frontMatter + body, { timeZone: deps.config.siteTimeZone })
  return await reviseArticle(deps, id, revising, async (article) => {
    const present = article.document
    if (present.frontMatter + present.body === document.frontMatter + document.body) return null
    return { manuscript, document, life: lifeChange(await frontMatterOf(article), manuscript.life) }
  })
}

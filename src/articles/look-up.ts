import { type Addressed, isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { Moved } from '#src/platform/http/moved.ts'
import { articleNotFound } from './errors.ts'
import { type ArticleAddress, getArticle } from './find-article.ts'

/**
 * Finds the article of an operation that the asker may not do: whether it may know that there is one.
 * @throws AppError `not_found`, `gone`
 */
export function articleLookUp(deps: Deps) {
  return async ({ actor, params, query }: Addressed): Promise<void> => {
    const address = { ...(params as object), ...(query as object) } as ArticleAddress
    try {
      await getArticle(deps, address, isAllowed(actor, 'article.readUnpublished'))
    } catch (error) {
      // A write does not follow an article to its new address: by the old one there is none.
      throw error instanceof Moved ? articleNotFound() : error
    }
  }
}

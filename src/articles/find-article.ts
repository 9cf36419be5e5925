import type { Deps } from '#src/deps.ts'
import { articleNotFound } from './errors.ts'
import { type ArticleRow, findArticleById, findArticleBySlug } from './queries.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What an address says of the article it means. */
export interface ArticleAsked {
  /** Id or slug: a slug never has the shape of an id. */
  readonly ref: string
  readonly locale: string | undefined
  /** Whether the asker sees what is not public. */
  readonly seesAll: boolean
}

/**
 * The article that is meant. One statement.
 * @throws AppError `not_found`, for what is not there and for what the asker may not see
 */
export async function getArticle(deps: Deps, { ref, locale, seesAll }: ArticleAsked): Promise<ArticleRow> {
  const [row] = UUID.test(ref)
    ? await findArticleById(deps.pool, [ref, seesAll])
    : await findArticleBySlug(deps.pool, [
        ref.normalize('NFC'),
        locale ?? null,
        deps.config.siteLocale,
        seesAll,
      ])
  if (row === undefined) throw articleNotFound()
  return row
}

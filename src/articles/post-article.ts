import type { Trail } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { AppError } from '#src/platform/errors.ts'
import { nameTerms } from '#src/taxonomy/index.ts'
import { createArticle } from './create-article.ts'
import type { ArticleInput } from './input-schemas.ts'
import { composeArticle, readDocument } from './manuscript.ts'
import type { ArticleRow } from './queries.ts'
import { refuseReadOnly } from './read-only-fields.ts'

/** What a POST says beside its body. */
export interface PostOptions {
  readonly slug: string | undefined
  readonly trail: Trail
}

/** Creates an article from the body of a POST: a Markdown document, or fields. @throws AppError */
export async function postArticle(
  deps: Deps,
  body: string | ArticleInput,
  options: PostOptions,
): Promise<ArticleRow> {
  return typeof body === 'string' ? postDocument(deps, body, options) : postFields(deps, body, options)
}

async function postDocument(deps: Deps, text: string, { slug, trail }: PostOptions) {
  const manuscript = await readDocument(deps, { text })
  return await createArticle(deps, { manuscript, publication: 'as-said', slug, trail })
}

async function postFields(deps: Deps, input: ArticleInput, { slug, trail }: PostOptions) {
  if (slug !== undefined) throw slugBelongsInBody()
  refuseReadOnly(input, null)
  const { status = 'draft', tags = [], topics = [], authors = [], ...fields } = input
  const names = await nameTerms(deps.pool, { tags, topics, authors })
  const manuscript = await composeArticle(deps, { ...fields, ...names })
  return await createArticle(deps, { manuscript, publication: status, trail })
}

/** 400. Two places for one thing. */
const slugBelongsInBody = () => {
  const message = 'The parameter "slug" is for documents; in JSON, "slug" is a field of the body.'
  return new AppError('invalid_parameters', 400, message, {
    errors: [{ in: 'query', path: 'slug', code: 'not_here', message }],
  })
}

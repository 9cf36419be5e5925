import { slugProblem } from '#src/content/slug.ts'
import type { Deps } from '#src/deps.ts'
import { AppError } from '#src/platform/errors.ts'
import { tellingConflicts } from './answer-article.ts'
import { createArticle } from './create-article.ts'
import { articleNotFound } from './errors.ts'
import { type ArticleAddress, findLiveArticleId, isId } from './find-article.ts'
import { type Manuscript, readDocument } from './manuscript.ts'
import type { ArticleRow } from './queries.ts'
import { replaceDocument } from './replace-document.ts'
import type { Revising } from './revise-article.ts'

/**
 * Puts a document at an address: the next revision of the article that is there, or a new article when the slug is free.
 * @throws AppError `not_found` (an id that nobody has), and as {@link replaceDocument}, {@link createArticle}
 */
export async function putDocument(
  deps: Deps,
  address: ArticleAddress,
  text: string,
  revising: Revising,
): Promise<{ row: ArticleRow; isNew: boolean }> {
  const manuscript = await readDocument(deps, { text })
  // Said by neither address nor document, it is found as a GET finds it.
  const said = address.locale ?? manuscript.life.locale ?? undefined
  const id = await findLiveArticleId(deps, { ref: address.ref, locale: said })
  if (id === null) return { row: await createAt(deps, address, manuscript, revising), isNew: true }
  const { document } = manuscript
  const replacement = { manuscript, document, ...revising }
  const { row } = await tellingConflicts(deps, id, () => replaceDocument(deps, id, replacement))
  return { row, isNew: false }
}

async function createAt(
  deps: Deps,
  { ref, locale }: ArticleAddress,
  manuscript: Manuscript,
  revising: Revising,
): Promise<ArticleRow> {
  if (isId(ref)) throw articleNotFound()
  // What is not there matches no entity tag, not even `*` (RFC 9110 §13.1.1).
  if (revising.ifMatch !== undefined) throw nothingToMatch()
  const slug = slugOfAddress(ref)
  return await createArticle(deps, { manuscript, publication: 'as-said', slug, locale, ...revising })
}

/** The slug that an address gives to a new article. @throws AppError `invalid_parameters` */
function slugOfAddress(ref: string): string {
  const slug = ref.normalize('NFC')
  const message = slugProblem(slug)
  if (message === null) return slug
  throw new AppError('invalid_parameters', 400, message, {
    errors: [{ in: 'path', path: 'ref', code: 'invalid_slug', message }],
  })
}

const nothingToMatch = () =>
  new AppError('precondition_failed', 412, 'There is no article here that If-Match could name.')

import { slugProblem } from '#src/content/slug.ts'
import type { Deps } from '#src/deps.ts'
import { AppError } from '#src/platform/errors.ts'
import { tellingConflicts } from './answer-article.ts'
import { createArticle } from './create-article.ts'
import { articleNotFound } from './errors.ts'
import { type ArticleAddress, findLiveArticleId, isId } from './find-article.ts'
import { readDocument } from './manuscript.ts'
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
): Promise<{ id: string; isNew: boolean }> {
  const manuscript = await readDocument(deps, { text })
  // A document for another locale than the site's is at its slug in that one.
  const locale = address.locale ?? manuscript.life.locale ?? deps.config.siteLocale
  const id = await findLiveArticleId(deps, { ref: address.ref, locale })
  if (id === null) {
    if (isId(address.ref)) throw articleNotFound()
    // What is not there matches no entity tag, not even `*` (RFC 9110 §13.1.1).
    if (revising.ifMatch !== undefined) throw nothingToMatch()
    const slug = slugOfAddress(address.ref)
    return {
      ...(await createArticle(deps, { manuscript, publication: 'as-said', slug, locale, ...revising })),
      isNew: true,
    }
  }
  const { document } = manuscript
  await tellingConflicts(deps, id, () => replaceDocument(deps, id, { manuscript, document, ...revising }))
  return { id, isNew: false }
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

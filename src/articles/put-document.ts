import { DocumentError } from '#src/content/document-error.ts'
import { type Finding, warning } from '#src/content/finding.ts'
import { slugProblem } from '#src/content/slug.ts'
import type { Deps } from '#src/deps.ts'
import { AppError } from '#src/platform/errors.ts'
import { tellingConflicts } from './answer-article.ts'
import { createArticle } from './create-article.ts'
import { articleNotFound, documentRefused } from './errors.ts'
import { type ArticleAddress, findLiveArticleId, getArticleId, isId } from './find-article.ts'
import { type Manuscript, readDocument } from './manuscript.ts'
import type { ArticleRow } from './queries.ts'
import { replaceWithText } from './replace-document.ts'
import type { Revising } from './revise-article.ts'

/** The article after a PUT, whether it is new, and what there is to say of it. */
export interface PutResult {
  readonly row: ArticleRow
  readonly isNew: boolean
  readonly findings: readonly Finding[]
}

/** How often the address is looked at again when others write there at the same time. */
const ATTEMPTS = 5

/**
 * Puts a document at an address: the next revision of the article that is there, or a new article when the slug is free.
 * @throws AppError `not_found` (an id that nobody has), and as {@link replaceWithText}, {@link createArticle}
 */
export async function putDocument(
  deps: Deps,
  address: ArticleAddress,
  text: string,
  revising: Revising,
): Promise<PutResult> {
  for (let attempt = 1; ; attempt += 1) {
    const id = await idAt(deps, address, text)
    if (id !== null) {
      const { row } = await tellingConflicts(deps, id, () => replaceWithText(deps, id, text, revising))
      return { row, isNew: false, findings: [] }
    }
    try {
      return await createAt(deps, address, text, revising)
    } catch (error) {
      // Somebody created it in between: then this is its next revision.
      const isLost = error instanceof AppError && error.code === 'slug_taken'
      if (!isLost || attempt === ATTEMPTS) throw error
    }
  }
}

/** The article that is meant; null for a slug that is free. @throws AppError `not_found` */
async function idAt(deps: Deps, address: ArticleAddress, text: string): Promise<string | null> {
  if (isId(address.ref)) return await getArticleId(deps, address)
  // Said by neither address nor document, it is found as a GET finds it.
  const locale = address.locale ?? (await localeOf(deps, text)) ?? undefined
  return await findLiveArticleId(deps, { ref: address.ref, locale })
}

async function localeOf({ config, deriver }: Deps, text: string): Promise<string | null> {
  try {
    return (await deriver.frontMatter(text, { timeZone: config.siteTimeZone })).locale
  } catch (error) {
    throw error instanceof DocumentError ? documentRefused(error) : error
  }
}

async function createAt(
  deps: Deps,
  { ref, locale }: ArticleAddress,
  text: string,
  revising: Revising,
): Promise<PutResult> {
  if (isId(ref)) throw articleNotFound()
  const manuscript = await readDocument(deps, { text })
  // What is not there matches no entity tag, not even `*` (RFC 9110 §13.1.1).
  if (revising.ifMatch !== undefined) throw nothingToMatch()
  const slug = slugOfAddress(ref)
  const { trail } = revising
  const row = await createArticle(deps, { manuscript, publication: 'as-said', slug, locale, trail })
  return { row, isNew: true, findings: contradictions(manuscript, row) }
}

/** Where address and front matter name the article differently: the address wins here, and nowhere else. */
function contradictions({ life }: Manuscript, { slug, locale }: ArticleRow): Finding[] {
  return [...contradiction('slug', slug, life.slug), ...contradiction('locale', locale, life.locale)]
}

function contradiction(field: 'slug' | 'locale', ofAddress: string, ofDocument: string | null): Finding[] {
  if (ofDocument === null || ofDocument === ofAddress) return []
  const message = `The article has the ${field} of its address, "${ofAddress}"; the front matter says "${ofDocument}".`
  const hint = `Imported elsewhere, this document gives "${ofDocument}": let both say the same.`
  return [warning(`${field}-of-address`, message, null, hint)]
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

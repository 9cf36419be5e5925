import { DocumentError } from '#src/content/document-error.ts'
import type { Deps } from '#src/deps.ts'
import { type Life, lifeChange } from './life.ts'
import type { WrittenArticle } from './lock-article.ts'
import { type Manuscript, readDocument, type StoredDocument } from './manuscript.ts'
import { type Revised, type Revising, reviseArticle } from './revise-article.ts'

/** A document that takes the place of an article's present one. */
export interface Replacement extends Revising {
  readonly manuscript: Manuscript
  readonly document: StoredDocument
}

/**
 * Gives an article another document, that has been read; the same bytes change nothing.
 * @throws AppError, as {@link reviseArticle}
 */
export async function replaceDocument(
  deps: Deps,
  id: string,
  { manuscript, document, ...revising }: Replacement,
): Promise<Revised> {
  return await replaceText(deps, id, textOf(document), async () => manuscript, revising)
}

/**
 * Gives an article another document as it was sent. Its own bytes are not even read: they change nothing, also where
 * they give no title, or can't be read any more. A title that an import guessed stays when the document has none.
 * @throws AppError, as {@link reviseArticle} and {@link readDocument}
 */
export async function replaceWithText(
  deps: Deps,
  id: string,
  text: string,
  revising: Revising,
): Promise<Revised> {
  const read = ({ needsAttention, title }: WrittenArticle) =>
    readDocument(deps, { text, ...(needsAttention ? { fallbackTitle: title } : {}) })
  return await replaceText(deps, id, text, read, revising)
}

async function replaceText(
  deps: Deps,
  id: string,
  text: string,
  read: (article: WrittenArticle) => Promise<Manuscript>,
  revising: Revising,
): Promise<Revised> {
  return await reviseArticle(deps, id, revising, async (article) => {
    if (textOf(article.document) === text) return null
    const manuscript = await read(article)
    const life = lifeChange(await lifeBefore(deps, article, manuscript.life), manuscript.life)
    return { manuscript, document: manuscript.document, life }
  })
}

/**
 * What the present document says of the article's life. Where it can't be read any more, a good one must be able to
 * take its place: what columns say stands for it, and what the new one leaves out stays.
 */
async function lifeBefore(deps: Deps, article: WrittenArticle, after: Life): Promise<Life> {
  try {
    return await deps.deriver.frontMatter(textOf(article.document), { timeZone: deps.config.siteTimeZone })
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const { slug, locale, translationKey, publishedAt, unpublishAt } = article
    return {
      slug,
      locale,
      translationKey: after.translationKey && translationKey,
      publishedAt: publishedAt?.toISOString() ?? null,
      unpublishAt: after.unpublishAt && (unpublishAt?.toISOString() ?? null),
    }
  }
}

const textOf = ({ frontMatter, body }: StoredDocument) => frontMatter + body

import type { JsonObject } from '#src/content/json.ts'
import type { ArticleRow } from './queries.ts'
import type { Article } from './schemas.ts'

/** The document as it is stored, byte for byte: for those who may see all of its front matter. */
export function storedMarkdown(row: ArticleRow): string {
  return row.front_matter + row.body
}

/**
 * The document for readers: the body under a canonical front matter of the public fields. Comments and keys of the
 * stored front matter, which may be internal, stay out.
 */
export async function publicMarkdown(article: Article): Promise<string> {
  const { composeDocument, reservedMetaKey } = await import('#src/content/front-matter/compose.ts')
  const { explicitCitations } = await import('./explicit-citations.ts')
  // `description` beside `summary` is a key of its own in a document, and would be the summary in this one.
  const meta = Object.entries(article.meta).filter(([key]) => reservedMetaKey(key) === null)
  return composeDocument({
    title: article.title,
    slug: article.slug,
    publishedAt: article.publishedAt,
    modifiedAt: article.modifiedAt,
    unpublishAt: article.unpublishAt,
    draft: false,
    locale: article.locale,
    translationKey: article.translationKey,
    summary: article.summary,
    featuredImage: article.featuredImage,
    tags: article.tags.map(({ name }) => name),
    topics: article.topics.map(({ name }) => name),
    authors: article.authors.map(({ name }) => name),
    canonicalUrl: article.canonicalUrl,
    citations: explicitCitations(article),
    meta: Object.fromEntries(meta) as JsonObject,
    body: article.body,
  })
}

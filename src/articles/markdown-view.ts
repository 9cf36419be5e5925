import type { Citation } from '#src/citations/index.ts'
import type { ExplicitCitation } from '#src/content/citations/citations.ts'
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
  const { composeDocument } = await import('#src/content/front-matter/compose.ts')
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
    citations: article.citations.filter(({ explicit }) => explicit.length > 0).map(explicitCitation),
    meta: article.meta as Record<string, never>,
    body: article.body,
  })
}

/** What was set by hand of a citation; the rest is read from the body again. */
function explicitCitation(citation: Citation): ExplicitCitation {
  const fields = citation.explicit.map((name) => [name, citation[name as keyof Citation]])
  return { label: citation.label, ...Object.fromEntries(fields) }
}

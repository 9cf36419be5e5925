import type { JsonObject } from '#src/content/json.ts'
import type { Config } from '#src/platform/config.ts'
import { canonicalUrl } from '#src/site/index.ts'
import type { ArticleRow, ListedRow, ListRow } from './queries.ts'
import type { Article, ArticleListItem } from './schemas.ts'

/** Who looks: readers get the public front matter, editors also what concerns them alone. */
export interface Viewer {
  readonly mayEdit: boolean
}

const instant = (date: Date | null) => date?.toISOString() ?? null

/** An article, whole. */
export function articleView(row: ArticleRow, viewer: Viewer, config: Config): Article {
  return {
    ...listedFields(row, viewer, config),
    body: row.body,
    html: row.html,
    toc: row.toc,
    citations: row.citations,
  }
}

/** What a list shows of an article, with the parts that the row was asked to include. */
export function articleListItem(row: ListedRow, viewer: Viewer, config: Config): ArticleListItem {
  const { body, html, toc, citations } = row
  return {
    ...listedFields(row, viewer, config),
    citationCount: row.citation_count,
    ...(body === undefined ? {} : { body }),
    ...(html === undefined ? {} : { html }),
    ...(toc === undefined ? {} : { toc }),
    ...(citations === undefined ? {} : { citations }),
  }
}

function listedFields(row: ListRow, viewer: Viewer, config: Config) {
  const self = `${config.apiUrl}/v1/articles/${row.id}`
  return {
    id: row.id,
    slug: row.slug,
    locale: row.locale,
    status: row.is_scheduled ? ('scheduled' as const) : row.status,
    title: row.title,
    summary: row.summary,
    excerpt: row.excerpt,
    wordCount: row.word_count,
    readingMinutes: row.reading_minutes,
    featuredImage: row.featured_image,
    tags: row.tags,
    topics: row.topics,
    authors: row.authors.map(({ slug, name }) => ({ slug, name })),
    meta: viewer.mayEdit ? row.meta : publicMeta(row.meta, config.publicMeta),
    canonicalUrl: row.canonical_url,
    translationKey: row.translation_key,
    translations: row.translations.map(({ locale, slug }) => ({ locale, slug })),
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    modifiedAt: instant(row.modified_at),
    publishedAt: instant(row.published_at),
    firstPublishedAt: instant(row.first_published_at),
    unpublishAt: instant(row.unpublish_at),
    links: { self, markdown: `${self}?format=markdown`, canonical: canonicalUrl(row, config) },
    corrections: [], // none can be made yet
    ...(viewer.mayEdit
      ? {
          createdBy: row.created_by,
          pending: null, // likewise
          trashedAt: instant(row.trashed_at),
          needsAttention: row.needs_attention,
        }
      : {}),
  }
}

/** Of the newsroom's own front matter, what readers are shown: `keys`. */
export function publicMeta(meta: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = meta[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

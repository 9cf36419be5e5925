import type { JsonObject } from '#src/content/json.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { PlacedArticle } from '#src/site/index.ts'
import { isPublic } from '#src/visibility/index.ts'
import {
  articleFrom,
  citationsOf,
  INCLUDED,
  type Included,
  listedNames,
  nextChange,
  termsOf,
} from './queries.ts'

/** An article as text that Postgres made: what `articleView` gives to readers, in the pieces between which node has to add. */
export interface ReaderJsonRow extends PlacedArticle {
  id: string
  canonical_url: string | null
  /** null where the site shows nothing of it. */
  meta: JsonObject | null
  /** `{"id": …, "featuredImage": …}` */
  head: string
  /** `{"canonicalUrl": …, "unpublishAt": …}` */
  life: string
  /** `{"body": …, "citations": …}` */
  parts: string
}

/** A single one. */
export interface ReaderArticleRow extends ReaderJsonRow {
  revision: number
  /** Each `[{"slug": …, "name": …}, …]`. */
  tags: string
  topics: string
  authors: string
  next_change_ms: number | null
}

const instant = (column: string) => `to_char(a.${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const translations = `CASE WHEN a.translation_key IS NULL THEN '[]' ELSE
    coalesce((SELECT json_agg(json_build_object('locale', o.locale, 'slug', o.slug) ORDER BY o.locale, o.slug)
      FROM article o WHERE o.translation_key = a.translation_key AND o.id <> a.id AND ${isPublic('o')}), '[]') END`

/**
 * The pieces of the article `a`. Placeholders of booleans: whether `meta` is shown, and whether its address has a month.
 * The session's time zone is UTC.
 */
const pieces = (hasMeta: string, hasMonth: string) => `
  a.id, a.slug, a.locale, a.canonical_url, CASE WHEN ${hasMeta} THEN a.meta END AS meta,
  CASE WHEN ${hasMonth} THEN a.published_at END AS published_at, CASE WHEN ${hasMonth} THEN a.created_at END AS created_at,
  json_build_object('id', a.id, 'slug', a.slug, 'locale', a.locale, 'status', a.status, 'title', a.title,
    'summary', a.summary, 'excerpt', a.excerpt, 'wordCount', a.word_count, 'readingMinutes', a.reading_minutes,
    'featuredImage', a.featured_image)::text AS head,
  json_build_object('canonicalUrl', a.canonical_url, 'translationKey', a.translation_key, 'translations', ${translations},
    'revision', a.revision, 'createdAt', ${instant('created_at')}, 'updatedAt', ${instant('updated_at')},
    'modifiedAt', ${instant('modified_at')}, 'publishedAt', ${instant('published_at')},
    'firstPublishedAt', ${instant('first_published_at')}, 'unpublishAt', ${instant('unpublish_at')})::text AS life`

const articleText = `
  SELECT ${pieces('$1::boolean', '$2::boolean')}, a.revision, ${termsOf('tag')}::text AS tags, ${termsOf('topic')}::text AS topics,
    ${termsOf('author')}::text AS authors, ${nextChange} AS next_change_ms,
    json_build_object('body', r.body, 'html', a.html, 'toc', a.toc, 'citations', ${citationsOf})::text AS parts
    ${articleFrom}`

/** A public article by id. Values: whether `meta` is shown, whether its address has a month, the id. */
export const findReaderJsonById = prepared<ReaderArticleRow>(
  'find_reader_json_by_id',
  `${articleText} WHERE a.id = $3 AND ${isPublic('a')}`,
)

/**
 * A public article by slug, as `findArticleBySlug` finds it. Values: whether `meta` is shown, whether its address has
 * a month, slug, the locale that was asked for or null, the site's.
 */
export const findReaderJsonBySlug = prepared<ReaderArticleRow>(
  'find_reader_json_by_slug',
  `${articleText} WHERE a.slug = $3 AND ($4::text IS NULL OR a.locale = $4) AND ${isPublic('a')}
    ORDER BY a.locale = $5 DESC, a.created_at, a.id LIMIT 1`,
)

/** The same of an article of a list, with `included`; for `listStatement`. */
export const listedPieces = (included: readonly Included[], hasMeta: string, hasMonth: string) => {
  const parts = included.map((name) => `'${name}', ${INCLUDED[name].sql}`)
  return `${pieces(hasMeta, hasMonth)}, ${listedNames('text')}, CASE WHEN NOT a.is_beyond THEN
    json_build_object('citationCount', a.citation_count${parts.map((part) => `, ${part}`).join('')})::text END AS parts`
}

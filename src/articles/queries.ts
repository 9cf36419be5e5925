import { type Citation, citationJson } from '#src/citations/index.ts'
import type { FeaturedImage } from '#src/content/front-matter/front-matter.ts'
import type { JsonObject } from '#src/content/json.ts'
import type { TocEntry } from '#src/content/markdown/render.ts'
import type { ArticleStatus } from '#src/generated/prisma/enums.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import type { PlacedArticle } from '#src/site/index.ts'
import type { TermLink } from '#src/taxonomy/index.ts'
import { isPublic, wasWithdrawn } from '#src/visibility/index.ts'

/** What lists and single articles have in common, as the database gives it. */
export interface ListRow {
  id: string
  locale: string
  slug: string
  status: ArticleStatus
  /** Published at an instant that is still to come, by the database's clock. */
  is_scheduled: boolean
  title: string
  summary: string | null
  excerpt: string
  word_count: number
  reading_minutes: number
  featured_image: FeaturedImage | null
  meta: JsonObject
  canonical_url: string | null
  translation_key: string | null
  needs_attention: boolean
  revision: number
  citation_count: number
  published_at: Date | null
  first_published_at: Date | null
  unpublish_at: Date | null
  modified_at: Date | null
  created_at: Date
  updated_at: Date
  trashed_at: Date | null
  created_by: string | null
  tags: TermLink[]
  topics: TermLink[]
  /** `url`: of their own page; lists leave it out. */
  authors: (TermLink & { url?: string | null })[]
  translations: (PlacedArticle & { canonical_url: string | null })[]
}

/** A single article, as the database gives it. */
export interface ArticleRow extends ListRow {
  html: string
  toc: TocEntry[]
  front_matter: string
  body: string
  citations: Citation[]
  /** Milliseconds until it changes by time alone: its end, or a translation that appears or goes; null: never. */
  next_change_ms: number | null
}

type TermKind = 'tag' | 'topic' | 'author'
const termKinds = ['tag', 'topic', 'author'] as const

/** The terms of one kind of the article `a`, in written order; `more`: other properties of a term `t`. */
export const termsOf = (kind: TermKind, more = '') => `
  coalesce((SELECT json_agg(json_build_object('slug', t.slug, 'name', t.name${more}) ORDER BY array_position(a.${kind}_ids, t.id))
     FROM ${kind} t WHERE t.id = ANY(a.${kind}_ids)), '[]')`

const namesOf = (kind: TermKind) => `
  SELECT t.id, json_build_object('slug', t.slug, 'name', t.name) AS term FROM ${kind} t WHERE t.id = ANY(ARRAY(SELECT DISTINCT unnest(${kind}_ids) FROM listed))`

/**
 * The tags, topics and authors of a whole page by their ids, on its first row: each once, not once an article. As
 * objects, or as their text. And on each row the ids of its three kinds. For `listStatement`.
 */
export const listedNames = (as: 'json' | 'text') => `CASE WHEN a.n = 1 THEN (
  SELECT json_object_agg(t.id, t.term::${as}) FROM (${termKinds.map(namesOf).join(' UNION ALL ')}) t) END AS names,
  json_build_array(a.tag_ids, a.topic_ids, a.author_ids) AS term_ids`

/**
 * What lists show of the article `a`, but for its tags, topics and authors. `seesAll` is the placeholder of a boolean: whether the asker sees what is not
 * public.
 */
export const listColumns = (seesAll: string) => `
  a.id, a.locale, a.slug, a.status, a.status = 'published' AND a.published_at > statement_timestamp() AS is_scheduled, a.title, a.summary,
  a.excerpt, a.word_count, a.reading_minutes, a.featured_image, a.meta, a.canonical_url, a.translation_key,
  a.needs_attention, a.revision, a.citation_count, a.published_at, a.first_published_at, a.unpublish_at, a.modified_at,
  a.created_at, a.updated_at, a.trashed_at, a.created_by,
  CASE WHEN a.translation_key IS NULL THEN '[]' ELSE
    coalesce((SELECT json_agg(json_build_object('locale', o.locale, 'slug', o.slug, 'published_at', o.published_at,
        'created_at', o.created_at, 'canonical_url', o.canonical_url) ORDER BY o.locale, o.slug)
      FROM article o WHERE o.translation_key = a.translation_key AND o.id <> a.id AND o.trashed_at IS NULL
        AND (${seesAll} OR ${isPublic('o')})), '[]') END AS translations`

/** The citations of the article `a`. */
export const citationsOf = `coalesce((SELECT json_agg(${citationJson} ORDER BY c.position)
    FROM citation c LEFT JOIN source s ON s.id = c.source_id LEFT JOIN source_domain d ON d.id = s.domain_id
   WHERE c.article_id = a.id), '[]')`

const body = (column: string) =>
  `(SELECT ${column} FROM revision r WHERE r.article_id = a.id AND r.number = a.revision)`

/** What lists show of the article `a` besides when they are asked to, and how many bytes that is. */
export const INCLUDED = {
  body: { sql: body('r.body'), size: body('octet_length(r.body)') },
  html: { sql: 'a.html', size: 'octet_length(a.html)' },
  toc: { sql: 'a.toc', size: 'octet_length(a.toc::text)' },
  citations: {
    sql: citationsOf,
    size: `(SELECT coalesce(sum(octet_length(c.html) + octet_length(c.text) + 500), 0) FROM citation c
      WHERE c.article_id = a.id)`,
  },
} as const
export type Included = keyof typeof INCLUDED

/** An article of a list; what was asked to be included is there. */
export type ListedRow = ListRow & Partial<Pick<ArticleRow, Included>>

/** Milliseconds until the article `a` changes by time alone; null: never. */
export const nextChange = `ceil(1000 * extract(epoch FROM least(
    CASE WHEN a.unpublish_at > statement_timestamp() THEN a.unpublish_at END,
    CASE WHEN a.translation_key IS NOT NULL THEN (
      SELECT min(t) FROM article o, LATERAL (VALUES (o.published_at), (o.unpublish_at)) AS change(t)
       WHERE o.translation_key = a.translation_key AND o.status = 'published' AND o.trashed_at IS NULL
         AND t > statement_timestamp()) END) - statement_timestamp()))::float8`

/** The same with them, for few articles. */
export const listedWithTerms = (seesAll: string) =>
  `${listColumns(seesAll)}, ${termsOf('tag')} AS tags, ${termsOf('topic')} AS topics,
   ${termsOf('author', ", 'url', t.url")} AS authors`

const articleColumns = (
  seesAll: string,
) => `${listedWithTerms(seesAll)}, a.html, a.toc, r.front_matter, r.body,
  ${citationsOf} AS citations, ${nextChange} AS next_change_ms`

/** An article with its present revision. */
export const articleFrom = 'FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.revision'

/**
 * The article with this id; for those who see what is not public also from the trash.
 * Values: id, whether the asker sees what is not public.
 */
export const findArticleById = prepared<ArticleRow>(
  'find_article_by_id',
  `SELECT ${articleColumns('$2::boolean')} ${articleFrom} WHERE a.id = $1 AND ($2::boolean OR ${isPublic('a')})`,
)

/** The same as a writer sees it within its own transaction. */
export async function readLockedArticle(tx: Transaction, id: string): Promise<ArticleRow> {
  const sql = `SELECT ${articleColumns('true')} ${articleFrom} WHERE a.id = $1::uuid`
  const [row] = await tx.$queryRawUnsafe<ArticleRow[]>(sql, id)
  if (row === undefined) throw new Error(`The article ${id} is locked and not there.`)
  return row
}

/** Which article an address means, whoever may see it. */
export interface RefRow {
  id: string
  is_trashed: boolean
}

const refColumns = 'a.id, a.trashed_at IS NOT NULL AS is_trashed'

/** By id, in the trash or not. */
export const findRefById = prepared<RefRow>(
  'find_ref_by_id',
  `SELECT ${refColumns} FROM article a WHERE a.id = $1`,
)

/**
 * By slug: one that is not in the trash, else the one that was put there last.
 * Values: slug, the locale that was asked for or null, the site's.
 */
export const findRefBySlug = prepared<RefRow>(
  'find_ref_by_slug',
  `SELECT ${refColumns} FROM article a WHERE a.slug = $1 AND ($2::text IS NULL OR a.locale = $2)
    ORDER BY a.trashed_at DESC NULLS FIRST, a.locale = $3 DESC, a.created_at, a.id LIMIT 1`,
)

/**
 * The article with this slug: in the locale that was asked for, else in the site's, else the oldest there is.
 * Values: slug, the locale that was asked for or null, the site's, whether the asker sees what is not public.
 */
export const findArticleBySlug = prepared<ArticleRow>(
  'find_article_by_slug',
  `SELECT ${articleColumns('$4::boolean')} ${articleFrom}
    WHERE a.slug = $1 AND a.trashed_at IS NULL AND ($2::text IS NULL OR a.locale = $2)
      AND ($4::boolean OR ${isPublic('a')})
    ORDER BY a.locale = $3 DESC, a.created_at, a.id LIMIT 1`,
)

/** The newest articles that cite a source. Values: its id, whether the asker sees what is not public, how many. */
export const listNewestCiting = prepared<ListRow>(
  'list_newest_citing',
  `SELECT ${listedWithTerms('$2::boolean')} FROM article a
    WHERE a.id IN (SELECT c.article_id FROM citation c WHERE c.source_id = $1) AND a.trashed_at IS NULL
      AND ($2::boolean OR ${isPublic('a')})
    ORDER BY a.published_at DESC NULLS LAST, a.id DESC LIMIT $3`,
)

/** Whether an article was public and is in the trash, or deleted. Value: its id. */
export const findWithdrawnById = prepared<{ id: string }>(
  'find_withdrawn_by_id',
  `SELECT a.id FROM article a WHERE a.id = $1 AND ${wasWithdrawn('a')}
    UNION ALL SELECT d.id FROM deleted_article d WHERE d.id = $1 LIMIT 1`,
)

/**
 * Whether one with this slug was public and is in the trash or deleted, whatever drafts have the slug now: they must
 * not show. Values: slug, the locale that was asked for or null.
 */
export const findWithdrawnBySlug = prepared<{ id: string }>(
  'find_withdrawn_by_slug',
  `SELECT a.id FROM article a WHERE a.slug = $1 AND ($2::text IS NULL OR a.locale = $2) AND ${wasWithdrawn('a')}
    UNION ALL SELECT d.id FROM deleted_article d WHERE d.slug = $1 AND ($2::text IS NULL OR d.locale = $2) LIMIT 1`,
)

/** Who has a slug. Values: locale, slug. */
export const findSlugHolder = prepared<{ id: string; slug: string; locale: string; title: string }>(
  'find_slug_holder',
  'SELECT id, slug, locale, title FROM article WHERE locale = $1 AND slug = $2 AND trashed_at IS NULL',
)

/** All articles by id, the trash included. Values: the last id seen, how many. */
export const listArticleIdsAfter = prepared<{ id: string }>(
  'list_article_ids_after',
  'SELECT id FROM article WHERE id > $1 ORDER BY id LIMIT $2',
)

/** What stands above the bodies of articles now. Value: their ids. */
export const listFrontMatter = prepared<{ id: string; revision: number; front_matter: string }>(
  'list_front_matter',
  `SELECT a.id, a.revision, r.front_matter ${articleFrom} WHERE a.id = ANY($1::uuid[]) ORDER BY a.id`,
)

/** How many articles there are after an id, the trash included. Value: the id. */
export const countArticles = prepared<{ count: number }>(
  'count_articles',
  'SELECT count(*)::int AS count FROM article WHERE id > $1',
)

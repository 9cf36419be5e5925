import { type Citation, citationJson } from '#src/citations/index.ts'
import type { FeaturedImage } from '#src/content/front-matter/front-matter.ts'
import type { JsonObject } from '#src/content/json.ts'
import type { TocEntry } from '#src/content/markdown/render.ts'
import type { ArticleStatus } from '#src/generated/prisma/enums.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import type { TermLink } from '#src/taxonomy/index.ts'
import { isPublic } from '#src/visibility/index.ts'

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
  authors: TermLink[]
  translations: { locale: string; slug: string }[]
}

/** A single article, as the database gives it. */
export interface ArticleRow extends ListRow {
  html: string
  toc: TocEntry[]
  front_matter: string
  body: string
  citations: Citation[]
}

const terms = (kind: 'tag' | 'topic' | 'author') => `
  coalesce((SELECT json_agg(json_build_object('slug', t.slug, 'name', t.name) ORDER BY link.position)
     FROM article_${kind} link JOIN ${kind} t ON t.id = link.${kind}_id WHERE link.article_id = a.id), '[]') AS ${kind}s`

/** `seesAll` is the placeholder of a boolean: whether the asker sees what is not public. */
const listColumns = (seesAll: string) => `
  a.id, a.locale, a.slug, a.status, a.status = 'published' AND a.published_at > statement_timestamp() AS is_scheduled, a.title, a.summary,
  a.excerpt, a.word_count, a.reading_minutes, a.featured_image, a.meta, a.canonical_url, a.translation_key,
  a.needs_attention, a.revision, a.citation_count, a.published_at, a.first_published_at, a.unpublish_at, a.modified_at,
  a.created_at, a.updated_at, a.trashed_at, a.created_by, ${terms('tag')}, ${terms('topic')}, ${terms('author')},
  CASE WHEN a.translation_key IS NULL THEN '[]' ELSE
    coalesce((SELECT json_agg(json_build_object('locale', o.locale, 'slug', o.slug) ORDER BY o.locale, o.slug)
      FROM article o WHERE o.translation_key = a.translation_key AND o.id <> a.id AND o.trashed_at IS NULL
        AND (${seesAll} OR ${isPublic('o')})), '[]') END AS translations`

const articleColumns = (seesAll: string) => `${listColumns(seesAll)}, a.html, a.toc, r.front_matter, r.body,
  coalesce((SELECT json_agg(${citationJson} ORDER BY c.position)
    FROM citation c LEFT JOIN source s ON s.id = c.source_id LEFT JOIN source_domain d ON d.id = s.domain_id
   WHERE c.article_id = a.id), '[]') AS citations`

const articleFrom = 'FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.revision'

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

type Side = 'after' | 'before'

/** A walk over what readers may see, newest first; before a place, and so oldest first. */
const articleWalk = (name: string, side: Side, filter: string) =>
  prepared<ListRow>(
    `list_${name}_${side}`,
    `SELECT ${listColumns('false')} FROM article a
      WHERE ${isPublic('a')} AND (a.published_at, a.id) ${side === 'after' ? '<' : '>'} ($1::timestamptz, $2::uuid)
        ${filter}
      ORDER BY a.published_at ${side === 'after' ? 'DESC' : 'ASC'}, a.id ${side === 'after' ? 'DESC' : 'ASC'} LIMIT $3`,
  )

/**
 * All of it. Values: publishedAt and id of the last article seen ('infinity' and any id: from the top), how many.
 */
export const publicArticles = {
  after: articleWalk('public_articles', 'after', ''),
  before: articleWalk('public_articles', 'before', ''),
}

const citesSource = 'AND a.id IN (SELECT c.article_id FROM citation c WHERE c.source_id = $4::uuid)'

/** What cites a source. Values: as above, and the source's id. */
export const citingArticles = {
  after: articleWalk('citing_articles', 'after', citesSource),
  before: articleWalk('citing_articles', 'before', citesSource),
}

/** The newest articles that cite a source. Values: its id, whether the asker sees what is not public, how many. */
export const listNewestCiting = prepared<ListRow>(
  'list_newest_citing',
  `SELECT ${listColumns('$2::boolean')} FROM article a
    WHERE a.id IN (SELECT c.article_id FROM citation c WHERE c.source_id = $1) AND a.trashed_at IS NULL
      AND ($2::boolean OR ${isPublic('a')})
    ORDER BY a.published_at DESC NULLS LAST, a.id DESC LIMIT $3`,
)

const wasPublic = 'a.trashed_at IS NOT NULL AND a.first_published_at <= a.trashed_at'

/** Whether an article was public and is in the trash. Value: its id. */
export const findWithdrawnById = prepared<{ id: string }>(
  'find_withdrawn_by_id',
  `SELECT a.id FROM article a WHERE a.id = $1 AND ${wasPublic}`,
)

/**
 * Whether one with this slug was public and is in the trash, whatever drafts have the slug now: they must not show.
 * Values: slug, the locale that was asked for or null.
 */
export const findWithdrawnBySlug = prepared<{ id: string }>(
  'find_withdrawn_by_slug',
  `SELECT a.id FROM article a WHERE a.slug = $1 AND ($2::text IS NULL OR a.locale = $2) AND ${wasPublic} LIMIT 1`,
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

/** How many articles there are after an id, the trash included. Value: the id. */
export const countArticles = prepared<{ count: number }>(
  'count_articles',
  'SELECT count(*)::int AS count FROM article WHERE id > $1',
)

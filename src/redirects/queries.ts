import { Prisma } from '#src/generated/prisma/client.ts'
import { nextChange } from '#src/listing/index.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { AddressedArticle } from '#src/site/index.ts'
import { isPublic, wasWithdrawn } from '#src/visibility/index.ts'

/** A redirect with the article that it leads to. */
export interface RedirectRow {
  id: string
  /** The slug that an article had, with its locale; else there is a path. */
  slug: string | null
  locale: string | null
  path: string | null
  target: string | null
  is_alias: boolean
  created_at: Date
  article: {
    id: string
    slug: string
    locale: string
    published_at: string | null
    created_at: string
  } | null
}

const redirectColumns = `r.id, r.slug, r.locale, r.path, r.target, r.is_alias, r.created_at,
  CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id, 'slug', a.slug, 'locale', a.locale,
    'published_at', a.published_at, 'created_at', a.created_at) END AS article`
const redirectFrom = 'FROM redirect r LEFT JOIN article a ON a.id = r.article_id'

/** All redirects, the newest first. Values: the last id seen, how many. */
export const redirectWalks = {
  after: prepared<RedirectRow>(
    'list_redirects_after',
    `SELECT ${redirectColumns} ${redirectFrom} WHERE r.id < $1 ORDER BY r.id DESC LIMIT $2`,
  ),
  before: prepared<RedirectRow>(
    'list_redirects_before',
    `SELECT ${redirectColumns} ${redirectFrom} WHERE r.id > $1 ORDER BY r.id LIMIT $2`,
  ),
}

/** One redirect. Value: its id. */
export const findRedirect = prepared<RedirectRow>(
  'find_redirect',
  `SELECT ${redirectColumns} ${redirectFrom} WHERE r.id = $1`,
)

/** The redirect from a path. Value: the path. */
export const findRedirectFrom = prepared<RedirectRow>(
  'find_redirect_from',
  `SELECT ${redirectColumns} ${redirectFrom} WHERE r.path = $1`,
)

/** One step on the way that redirects lead. */
export interface ChainStep {
  depth: number
  /** The path at which the step ends; null at an article. */
  at: string | null
  target: string | null
  article_id: string | null
}

/** More redirects in a row than this are followed by no browser either. */
export const LONGEST_CHAIN = 20

/** The same page with and without `.html`: as `pathVariants` has it. */
const variants = `(SELECT ARRAY[c.at, coalesce(nullif(b.base, ''), '/'), b.base || '.html', b.base || '/index.html', b.base || '.htm']
  FROM (SELECT regexp_replace(c.at, '(/index)?\\.html?$', '', 'i') AS base) b)`

/**
 * What leads to an article is a step only for those who know of it. For readers one to a draft is not there: else the
 * aliases of a draft would end what leads on from the same path, or from one that differs by `.html`.
 */
const isKnown = (seesAll: string) => `(r.article_id IS NULL OR ${seesAll} OR EXISTS (
    SELECT FROM article a WHERE a.id = r.article_id AND (${isPublic('a')} OR ${wasWithdrawn('a')})))`

/** Where the redirects from a path lead, step by step. Values: the path, whether the asker sees what is not public. */
export const CHAIN = `
  WITH RECURSIVE chain AS (
    SELECT 0 AS depth, $1::text AS at, NULL::text AS target, NULL::uuid AS article_id
     UNION ALL
    SELECT c.depth + 1, CASE WHEN o.target IS NOT NULL THEN coalesce(nullif(rtrim(o.target, '/'), ''), '/') END,
           o.target, o.article_id
      FROM chain c CROSS JOIN LATERAL (
        SELECT r.target, r.article_id FROM redirect r
         WHERE r.path = ANY(${variants}::text[]) AND ${isKnown('$2::boolean')}
         ORDER BY r.path = c.at DESC, r.path LIMIT 1) o
     WHERE c.at IS NOT NULL AND c.depth < ${LONGEST_CHAIN})
  SELECT depth, at, target, article_id FROM chain WHERE depth > 0 ORDER BY depth`

export const followRedirects = prepared<ChainStep>('follow_redirects', CHAIN)

const addressed = 'a.id, a.slug, a.locale, a.published_at, a.created_at'
const isSeen = (seesAll: string) => `a.trashed_at IS NULL AND (${seesAll} OR ${isPublic('a')})`

/** An article by id. Values: id, whether the asker sees what is not public. */
export const findAddressedArticle = prepared<AddressedArticle>(
  'find_addressed_article',
  `SELECT ${addressed} FROM article a WHERE a.id = $1 AND ${isSeen('$2::boolean')}`,
)

/**
 * The articles with these slugs, the site's locale first, then the oldest. Values: slugs, the site's locale, whether
 * the asker sees what is not public.
 */
export const findArticlesBySlugs = prepared<AddressedArticle>(
  'find_articles_by_slugs',
  `SELECT ${addressed} FROM article a WHERE a.slug = ANY($1::text[]) AND ${isSeen('$3::boolean')}
    ORDER BY a.locale = $2 DESC, a.created_at, a.id LIMIT 100`,
)

/** An article with a slug and locale that it has or had. */
export type FormerlyAddressed = AddressedArticle & { old_slug: string; old_locale: string }

/**
 * The articles that were public and are in the trash or deleted: with one of these slugs, now or before, or with this id.
 * Values: slugs, id or null.
 */
export const findWithdrawnArticles = prepared<FormerlyAddressed>(
  'find_withdrawn_articles',
  `SELECT ${addressed}, a.slug AS old_slug, a.locale AS old_locale FROM article a
    WHERE (a.slug = ANY($1::text[]) OR a.id = $2::uuid) AND ${wasWithdrawn('a')}
    UNION ALL SELECT ${addressed}, r.slug, r.locale FROM redirect r JOIN article a ON a.id = r.article_id
    WHERE r.slug = ANY($1::text[]) AND ${wasWithdrawn('a')}
    UNION ALL SELECT d.id, d.slug, d.locale, d.published_at, d.created_at, d.slug, d.locale FROM deleted_article d
    WHERE d.slug = ANY($1::text[]) LIMIT 100`,
)

/** The articles that had one of these slugs, `old_slug`, in the locale `old_locale`. Values: as above. */
export const findArticlesByOldSlugs = prepared<FormerlyAddressed>(
  'find_articles_by_old_slugs',
  `SELECT ${addressed}, r.slug AS old_slug, r.locale AS old_locale
     FROM redirect r JOIN article a ON a.id = r.article_id
    WHERE r.slug = ANY($1::text[]) AND ${isSeen('$3::boolean')}
    ORDER BY r.locale = $2 DESC, a.created_at, a.id LIMIT 100`,
)

/**
 * The article that had a slug: in the locale that was asked for, else in the site's, else the oldest.
 * Values: slug, the locale that was asked for or null, the site's, whether the asker sees what is not public.
 */
export const findOldSlug = prepared<{
  id: string
  locale: string
  slug: string
  /** Whether articles in other locales have the slug too, so that it alone does not say which is meant. */
  is_shared: boolean
  next_change_ms: number | null
}>(
  'find_old_slug',
  `SELECT a.id, a.locale, a.slug, ${nextChange} AS next_change_ms,
          EXISTS (SELECT FROM article o WHERE o.slug = a.slug AND o.id <> a.id AND o.trashed_at IS NULL) AS is_shared
     FROM redirect r JOIN article a ON a.id = r.article_id
    WHERE r.slug = $1 AND ($2::text IS NULL OR r.locale = $2) AND ${isSeen('$4::boolean')}
    ORDER BY r.locale = $3 DESC, a.created_at, a.id LIMIT 1`,
)

/**
 * The slugs that articles had, of the family of one that is to be made: a statement to be added by UNION to those that
 * articles have. A made slug keeps off them, as they lead to another story.
 */
export const takenSlugs = (locale: string, base: string): Prisma.Sql => Prisma.sql`
  SELECT slug FROM redirect WHERE locale = ${locale} AND slug >= ${base} AND slug < ${`${base}.`}`

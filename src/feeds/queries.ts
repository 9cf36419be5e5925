import { NEWS_HOURS } from '#src/content/feeds/index.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import { isPublic } from '#src/visibility/index.ts'

/** What an article's address is made of. */
export interface AddressRow {
  locale: string
  slug: string
  canonical_url: string | null
  published_at: Date
  created_at: Date
}

/** An article in a sitemap, with its public translations; their instants are RFC 3339. */
export interface SitemapRow extends AddressRow {
  id: string
  last_modified: Date
  translations: (Pick<AddressRow, 'locale' | 'slug' | 'canonical_url'> & {
    published_at: string
    created_at: string
  })[]
}

/** An article in a news sitemap. */
export interface NewsRow extends AddressRow {
  id: string
  title: string
}

/** The database's clock, until an article that is scheduled is public, or one that is public no longer. Null: never. */
const freshForMs = `(1000 * extract(epoch FROM least(
    (SELECT min(n.published_at) FROM article n WHERE n.status = 'published' AND n.trashed_at IS NULL
        AND n.published_at > statement_timestamp()),
    (SELECT min(n.unpublish_at) FROM listing n WHERE n.unpublish_at < 'infinity'
        AND n.unpublish_at > statement_timestamp())) - statement_timestamp()))::float8`

/** In a sitemap is what readers see and what has its page on this site: an article from elsewhere is in theirs. */
const isListed = (alias: string, siteUrl: string) =>
  `(${isPublic(alias)} AND (${alias}.canonical_url IS NULL OR ${alias}.canonical_url = ${siteUrl}
    OR starts_with(${alias}.canonical_url, ${siteUrl} || '/')))`

const lastModified = 'coalesce(a.modified_at, a.updated_at)'

/** The months in which articles were published, in UTC, with how many there were. Value: the site's address. */
export const listSitemapMonths = prepared<{
  month: string | null
  count: number
  last_modified: Date
  fresh_for_ms: number | null
}>(
  'list_sitemap_months',
  `SELECT to_char(m.month, 'YYYY-MM') AS month, m.count, m.last_modified, ${freshForMs} AS fresh_for_ms
     FROM (SELECT) one LEFT JOIN (
       SELECT date_trunc('month', a.published_at, 'UTC') AS month, count(*)::int AS count,
              max(greatest(${lastModified}, a.published_at)) AS last_modified
         FROM article a WHERE ${isListed('a', '$1::text')} GROUP BY 1) m ON true
    ORDER BY m.month`,
)

/** The translations of `a` that are in sitemaps; of several in one language the oldest. */
const translations = (siteUrl: string) => `
  SELECT DISTINCT ON (o.locale) o.locale, o.slug, o.canonical_url, o.published_at, o.created_at FROM article o
   WHERE o.translation_key = a.translation_key AND o.id <> a.id AND o.locale <> a.locale AND ${isListed('o', siteUrl)}
   ORDER BY o.locale, o.created_at, o.id`

/**
 * The articles of a part, of which `after` is true, oldest first: what is published later is at its end. Those that
 * are left out are counted before translations are looked for.
 */
const partOf = (columns: string, after: string, offset: string, limit: string) => `
  SELECT ${columns} FROM (
    SELECT a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at, a.modified_at, a.updated_at,
           a.translation_key
      FROM article a
     WHERE ${isListed('a', '$1::text')} AND ${after} AND a.published_at < $3::timestamptz
     ORDER BY a.published_at, a.id OFFSET ${offset} LIMIT ${limit}) a
   ORDER BY a.published_at, a.id`

/**
 * What a part of the sitemap is made of, as one number: for its entity tag, before the part is read.
 * Values: the site's address, begin and end of the month, how many of its articles to leave out, how many to take.
 */
export const digestSitemapPart = prepared<{ count: number; digest: string; fresh_for_ms: number | null }>(
  'digest_sitemap_part',
  `SELECT count(*)::int AS count, coalesce(sum(p.digest), 0)::text AS digest, ${freshForMs} AS fresh_for_ms FROM (${partOf(
    `hashtextextended(concat_ws('|', a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at,
       ${lastModified}, CASE WHEN a.translation_key IS NOT NULL THEN
         (SELECT string_agg(t::text, '|') FROM (${translations('$1::text')}) t) END), 0) AS digest`,
    'a.published_at >= $2::timestamptz',
    '$4::int',
    '$5::int',
  )}) p`,
)

/**
 * The next articles of a part. Values: the site's address, date and id of the one before, where the month ends, how
 * many to leave out, how many to take.
 */
export const listSitemapPart = prepared<SitemapRow>(
  'list_sitemap_part',
  partOf(
    `a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at, ${lastModified} AS last_modified,
     CASE WHEN a.translation_key IS NULL THEN '[]' ELSE
       (SELECT coalesce(json_agg(t ORDER BY t.locale), '[]') FROM (${translations('$1::text')}) t) END AS translations`,
    '(a.published_at, a.id) > ($2::timestamptz, $4::uuid)',
    '$5::int',
    '$6::int',
  ),
)

/** What was published of late, newest first. Values: the site's address, how many. */
export const listNews = prepared<Partial<NewsRow> & { fresh_for_ms: number | null }>(
  'list_news',
  `SELECT a.*, least(${freshForMs}, 1000 * extract(epoch FROM min(a.published_at) OVER ()
       + interval '${NEWS_HOURS} hours' - statement_timestamp())::float8) AS fresh_for_ms
     FROM (SELECT) one LEFT JOIN (
       SELECT a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at, a.title FROM article a
        WHERE ${isListed('a', '$1::text')} AND a.published_at > statement_timestamp() - interval '${NEWS_HOURS} hours'
        ORDER BY a.published_at DESC, a.id DESC LIMIT $2::int) a ON true
    ORDER BY a.published_at DESC, a.id DESC`,
)

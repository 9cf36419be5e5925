import { NEWS_HOURS } from '#src/content/feeds/index.ts'
import { nextChange } from '#src/listing/index.ts'
import type { Config } from '#src/platform/config.ts'
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

/** The placeholders of what addresses are made of: the site's own, and four from `next` on, as `addressValues` has them. */
const siteAt = (next: number) => ({
  url: '$1::text',
  locale: `$${next}::text`,
  areShared: `$${next + 1}::boolean`,
  zone: `$${next + 2}::text`,
  date: `$${next + 3}::text`,
})
type Site = ReturnType<typeof siteAt>

/** What of ARTICLE_URL_PATTERN lets articles of several languages have one address; the last values of each statement. */
export function addressValues({ siteLocale, siteTimeZone, articleUrlPattern: pattern }: Config): unknown[] {
  const date = (pattern.includes('{year}') ? 'YYYY' : '') + (pattern.includes('{month}') ? 'MM' : '')
  return [siteLocale, !pattern.includes('{locale}'), date === '' ? 'UTC' : siteTimeZone, `-${date}`]
}

/**
 * Whether another article goes before at the same address: a slug is unique in its language alone. As in
 * `findArticleBySlug`, the site's language first, then the oldest.
 */
const isBehindAnother = (alias: string, { locale, areShared, zone, date }: Site) => {
  const place = (one: string) => `to_char(${one}.published_at AT TIME ZONE ${zone}, ${date})`
  const rank = (one: string) => `(${one}.locale <> ${locale}, ${one}.created_at, ${one}.id)`
  // No more than a look into the index of slugs a row (3 µs); as an anti join it costs patterns with a locale as much.
  return `(${areShared} AND ${alias}.canonical_url IS NULL AND EXISTS (
    SELECT FROM article same WHERE same.slug = ${alias}.slug AND same.canonical_url IS NULL AND ${isPublic('same')}
       AND ${place('same')} = ${place(alias)} AND ${rank('same')} < ${rank(alias)}))`
}

/**
 * In a sitemap is what readers see and what has its page on this site: an article from elsewhere is in theirs, and of
 * several at one address one is.
 */
const isListed = (alias: string, site: Site) =>
  `(${isPublic(alias)} AND (${alias}.canonical_url IS NULL OR ${alias}.canonical_url = ${site.url}
    OR starts_with(${alias}.canonical_url, ${site.url} || '/')) AND NOT ${isBehindAnother(alias, site)})`

const lastModified = 'coalesce(a.modified_at, a.updated_at)'

/** The months in which articles were published, in UTC, with how many there were. Values: the site's address, `addressValues`. */
export const listSitemapMonths = prepared<{
  month: string | null
  count: number
  last_modified: Date
  fresh_for_ms: number | null
}>(
  'list_sitemap_months',
  `SELECT to_char(m.month, 'YYYY-MM') AS month, m.count, m.last_modified, ${nextChange} AS fresh_for_ms
     FROM (SELECT) one LEFT JOIN (
       SELECT date_trunc('month', a.published_at, 'UTC') AS month, count(*)::int AS count,
              max(greatest(${lastModified}, a.published_at)) AS last_modified
         FROM article a WHERE ${isListed('a', siteAt(2))} GROUP BY 1) m ON true
    ORDER BY m.month`,
)

/** The translations of `a` that are in sitemaps; of several in one language the oldest. */
const translations = (site: Site) => `
  SELECT DISTINCT ON (o.locale) o.locale, o.slug, o.canonical_url, o.published_at, o.created_at FROM article o
   WHERE o.translation_key = a.translation_key AND o.id <> a.id AND o.locale <> a.locale AND ${isListed('o', site)}
   ORDER BY o.locale, o.created_at, o.id`

/**
 * The articles of a part, of which `after` is true, oldest first: what is published later is at its end. Those that
 * are left out are counted before translations are looked for.
 */
const partOf = (site: Site, columns: string, after: string, offset: string, limit: string) => `
  SELECT ${columns} FROM (
    SELECT a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at, a.modified_at, a.updated_at,
           a.translation_key
      FROM article a
     WHERE ${isListed('a', site)} AND ${after} AND a.published_at < $3::timestamptz
     ORDER BY a.published_at, a.id OFFSET ${offset} LIMIT ${limit}) a
   ORDER BY a.published_at, a.id`

/**
 * What a part of the sitemap is made of, as one number: for its entity tag, before the part is read.
 * Values: the site's address, begin and end of the month, how many of its articles to leave out, how many to take,
 * `addressValues`.
 */
export const digestSitemapPart = prepared<{ count: number; digest: string; fresh_for_ms: number | null }>(
  'digest_sitemap_part',
  `SELECT count(*)::int AS count, coalesce(sum(p.digest), 0)::text AS digest, ${nextChange} AS fresh_for_ms FROM (${partOf(
    siteAt(6),
    `hashtextextended(concat_ws('|', a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at,
       ${lastModified}, CASE WHEN a.translation_key IS NOT NULL THEN
         (SELECT string_agg(t::text, '|') FROM (${translations(siteAt(6))}) t) END), 0) AS digest`,
    'a.published_at >= $2::timestamptz',
    '$4::int',
    '$5::int',
  )}) p`,
)

/**
 * The next articles of a part. Values: the site's address, date and id of the one before, where the month ends, how
 * many to leave out, how many to take, `addressValues`.
 */
export const listSitemapPart = prepared<SitemapRow>(
  'list_sitemap_part',
  partOf(
    siteAt(7),
    `a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at, ${lastModified} AS last_modified,
     CASE WHEN a.translation_key IS NULL THEN '[]' ELSE
       (SELECT coalesce(json_agg(t ORDER BY t.locale), '[]') FROM (${translations(siteAt(7))}) t) END AS translations`,
    '(a.published_at, a.id) > ($2::timestamptz, $4::uuid)',
    '$5::int',
    '$6::int',
  ),
)

/** What was published of late, newest first. Values: the site's address, how many, `addressValues`. */
export const listNews = prepared<Partial<NewsRow> & { fresh_for_ms: number | null }>(
  'list_news',
  `SELECT a.*, least(${nextChange}, 1000 * extract(epoch FROM min(a.published_at) OVER ()
       + interval '${NEWS_HOURS} hours' - statement_timestamp())::float8) AS fresh_for_ms
     FROM (SELECT) one LEFT JOIN (
       SELECT a.id, a.locale, a.slug, a.canonical_url, a.published_at, a.created_at, a.title FROM article a
        WHERE ${isListed('a', siteAt(3))} AND a.published_at > statement_timestamp() - interval '${NEWS_HOURS} hours'
        ORDER BY a.published_at DESC, a.id DESC LIMIT $2::int) a ON true
    ORDER BY a.published_at DESC, a.id DESC`,
)

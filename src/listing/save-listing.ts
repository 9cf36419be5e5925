import { titleSortKey } from '#src/content/sort-key.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import {
  EXPIRED,
  HAS_CITATIONS,
  monthOf,
  monthTerm,
  publishedTerm,
  SOURCES_ELSEWHERE,
  statusTerm,
  TRASHED,
  yearTerm,
} from './term-numbers.ts'

/** More than this and an index row of the listing would be too long. */
const MAX_TERMS = 400

/** What of an article its listing is made from, beside its relations. */
export interface ListedArticle {
  readonly id: string
  readonly title: string
  readonly locale: string
  readonly status: Parameters<typeof statusTerm>[0]
  readonly publishedAt: Date | null
  readonly trashedAt: Date | null
}

/**
 * Writes the article's row of the listing, after the article and its relations, in their transaction; with it the
 * changes in how many published articles each of its terms has. One statement. The caller holds the taxonomy
 * (`shareTaxonomy`).
 */
export async function saveListing(tx: Transaction, article: ListedArticle, timeZone: string): Promise<void> {
  const { id, locale, title } = article
  const own = ownTerms(article, timeZone)
  const month = article.publishedAt === null ? null : monthOf(article.publishedAt)
  await tx.$executeRaw`
    WITH old AS MATERIALIZED (SELECT terms FROM listing WHERE article_id = ${id}::uuid FOR UPDATE),
    made AS (
      INSERT INTO locale (tag) SELECT ${locale} WHERE NOT EXISTS (SELECT FROM locale WHERE tag = ${locale})
      ON CONFLICT (tag) DO UPDATE SET tag = excluded.tag RETURNING term_id),
    filed AS (
      SELECT CASE WHEN a.unpublish_at <= statement_timestamp()
               THEN array_replace(${own}::int[], ${publishedTerm}::int, ${EXPIRED}::int) ELSE ${own}::int[] END || l.term_id || CASE WHEN a.citation_count > 0 THEN ARRAY[${HAS_CITATIONS}::int] ELSE '{}' END
        || ARRAY(SELECT t.term_id FROM article_tag x JOIN tag t ON t.id = x.tag_id WHERE x.article_id = a.id)
        || ARRAY(SELECT t.term_id FROM article_topic x JOIN topic t ON t.id = x.topic_id WHERE x.article_id = a.id)
        || ARRAY(SELECT t.term_id FROM article_author x JOIN author t ON t.id = x.author_id WHERE x.article_id = a.id)
          AS terms
        FROM article a, (SELECT term_id FROM locale WHERE tag = ${locale} UNION ALL SELECT term_id FROM made) l
       WHERE a.id = ${id}::uuid),
    cited AS (
      SELECT coalesce(array_agg(DISTINCT n), '{}') AS terms
        FROM citation c JOIN source s ON s.id = c.source_id JOIN source_domain d ON d.id = s.domain_id,
             unnest(ARRAY[s.term_id, d.term_id]) AS n
       WHERE c.article_id = ${id}::uuid),
    new AS MATERIALIZED (
      SELECT filed.terms || CASE WHEN cardinality(filed.terms) + cardinality(cited.terms) <= ${MAX_TERMS}::int
        THEN cited.terms ELSE ARRAY[${SOURCES_ELSEWHERE}::int] END AS terms FROM filed, cited),
    saved AS (
      INSERT INTO listing AS l (article_id, published_at, unpublish_at, updated_at, created_at, title_key, terms)
      SELECT a.id, coalesce(a.published_at, 'infinity'),
             CASE WHEN new.terms @> ARRAY[${EXPIRED}::int] THEN 'infinity' ELSE coalesce(a.unpublish_at, 'infinity') END, a.updated_at,
             a.created_at, ${titleSortKey(title)}, new.terms
        FROM article a, new WHERE a.id = ${id}::uuid
      ON CONFLICT (article_id) DO UPDATE SET published_at = excluded.published_at,
        unpublish_at = excluded.unpublish_at, updated_at = excluded.updated_at, title_key = excluded.title_key,
        terms = excluded.terms),
    dated AS (
      INSERT INTO term_month (term_id, month)
      SELECT DISTINCT n, ${month}::int FROM new, unnest(new.terms) AS n
       WHERE n > 0 AND ${month}::int IS NOT NULL
         AND NOT EXISTS (SELECT FROM term_month m WHERE m.term_id = n AND m.month = ${month}::int)
       ORDER BY n
      ON CONFLICT (term_id, month) DO NOTHING)
    INSERT INTO term_delta (term_id, delta)
    SELECT n, sum(d) FROM (
      SELECT unnest(terms) AS n, -1 AS d FROM old WHERE terms @> ARRAY[${publishedTerm}::int]
      UNION ALL
      SELECT unnest(terms), 1 FROM new WHERE terms @> ARRAY[${publishedTerm}::int]) change
     GROUP BY n HAVING sum(d) <> 0`
}

/** Status, year and month; the year in UTC, as cursors are, the month as readers see it. */
function ownTerms({ status, publishedAt, trashedAt }: ListedArticle, timeZone: string): number[] {
  const life = trashedAt === null ? statusTerm(status) : TRASHED
  if (publishedAt === null) return [life]
  const local = Temporal.Instant.fromEpochMilliseconds(publishedAt.getTime()).toZonedDateTimeISO(timeZone)
  return [life, yearTerm(publishedAt.getUTCFullYear()), monthTerm(local.year, local.month)]
}

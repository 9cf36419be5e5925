import type { Deps } from '#src/deps.ts'
import { isListedNow, publishedTerm } from '#src/listing/index.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import { type ListRow, listedWithTerms } from './queries.ts'

/** Articles that share the rarest terms: as many terms as have together at most so many articles. */
const RARE = 600
/** And, for what all share with all, the newest ones. */
const NEWEST = 300
/** A source in common says more than a tag. */
const SOURCE_WEIGHT = 2

const frequency = `coalesce((SELECT count FROM term_count WHERE term_id = t.term), 0)
  + coalesce((SELECT sum(delta) FROM term_delta WHERE term_id = t.term), 0)`

/**
 * What has to do with an article, best first: Σ w·ln(1 + N/n) over the sources (w = 2), topics and tags (w = 1) that
 * both have, n being how many published articles have it and N how many there are (the idea of inverse document
 * frequency, Spärck Jones 1972). In its locale, without its translations; ties newest first.
 * Candidates are found by the rarest terms and among the newest articles: a topic of half the site would else be read
 * whole. Values: the article's id, whether the asker sees what is not public (of its translations), how many.
 */
const findRelatedRows = prepared<ListRow>(
  'find_related',
  `WITH own AS MATERIALIZED (
      SELECT a.id, a.tag_ids, a.topic_ids, a.translation_key, a.locale, l.term_id AS locale_term
        FROM article a JOIN locale l ON l.tag = a.locale WHERE a.id = $1),
    terms AS (
      SELECT t.term_id AS term, 1 AS weight FROM own JOIN tag t ON t.id = ANY(own.tag_ids)
      UNION ALL SELECT t.term_id, 1 FROM own JOIN topic t ON t.id = ANY(own.topic_ids)
      UNION ALL SELECT DISTINCT s.term_id, ${SOURCE_WEIGHT} FROM citation c JOIN source s ON s.id = c.source_id
        WHERE c.article_id = $1),
    counted AS MATERIALIZED (SELECT t.term, t.weight, greatest(${frequency}, 1) AS n FROM terms t),
    whole AS MATERIALIZED (SELECT greatest(${frequency}, 1) AS n FROM (SELECT ${publishedTerm} AS term) t),
    weighed AS MATERIALIZED (
      SELECT term, n, weight * ln(1 + (SELECT n FROM whole)::float8 / n) AS weight,
             sum(n) OVER (ORDER BY n, term) AS together FROM counted),
    candidate AS (
      SELECT article_id, published_at, terms FROM listing
       WHERE terms && ARRAY(SELECT term FROM weighed WHERE together <= ${RARE} OR n = (SELECT min(n) FROM weighed WHERE n <= ${2 * RARE}))
         AND terms @> ARRAY[${publishedTerm}, (SELECT locale_term FROM own)] AND ${isListedNow('listing')}
      UNION
      SELECT article_id, published_at, terms FROM (
        SELECT article_id, published_at, unpublish_at, terms FROM listing WHERE published_at <= statement_timestamp()
         ORDER BY published_at DESC, article_id DESC LIMIT ${NEWEST}) listing
       WHERE terms && ARRAY(SELECT term FROM weighed)
         AND terms @> ARRAY[${publishedTerm}, (SELECT locale_term FROM own)] AND ${isListedNow('listing')}),
    best AS (
      SELECT c.article_id, c.published_at, (SELECT sum(w.weight) FROM weighed w WHERE w.term = ANY(c.terms)) AS score
        FROM candidate c JOIN article a ON a.id = c.article_id, own
       WHERE c.article_id <> own.id AND (own.translation_key IS NULL OR a.translation_key IS DISTINCT FROM own.translation_key)
       ORDER BY score DESC, c.published_at DESC, c.article_id DESC LIMIT $3)
    SELECT ${listedWithTerms('$2::boolean')} FROM best JOIN article a ON a.id = best.article_id
     ORDER BY best.score DESC, best.published_at DESC, a.id DESC`,
)

/** The articles that have most to do with one, as readers see them. One statement. */
export function findRelated(deps: Deps, id: string, limit: number): Promise<ListRow[]> {
  return findRelatedRows(deps.pool, [id, false, limit])
}

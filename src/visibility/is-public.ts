/**
 * The SQL condition on the article `alias` that decides what readers see, at the moment of the read.
 * The database's clock rules, for all nodes alike; a schedule needs no job to take effect. It is the statement's time:
 * `now()` would be the transaction's, before what the transaction itself has published.
 */
export function isPublic(alias: string): string {
  return `(${alias}.status = 'published' AND ${alias}.trashed_at IS NULL AND ${alias}.published_at <= statement_timestamp()
    AND (${alias}.unpublish_at IS NULL OR ${alias}.unpublish_at > statement_timestamp()))`
}

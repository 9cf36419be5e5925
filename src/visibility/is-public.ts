/**
 * The SQL condition on the article `alias` that decides what readers see, at the moment of the read.
 * The database's clock rules, for all nodes alike; a schedule needs no job to take effect.
 */
export function isPublic(alias: string): string {
  return `(${alias}.status = 'published' AND ${alias}.trashed_at IS NULL AND ${alias}.published_at <= now()
    AND (${alias}.unpublish_at IS NULL OR ${alias}.unpublish_at > now()))`
}

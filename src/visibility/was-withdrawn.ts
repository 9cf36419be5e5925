/** The SQL condition on the article `alias`: it was public, and is in the trash. */
export const wasWithdrawn = (alias: string): string =>
  `(${alias}.trashed_at IS NOT NULL AND ${alias}.first_published_at <= ${alias}.trashed_at)`

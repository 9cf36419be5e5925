import type { Transaction } from '#src/platform/db/transaction.ts'
import { publishedTerm } from './term-numbers.ts'

/**
 * Puts one term in the place of another (null: of nothing) in the listing of these articles, with the counts. The
 * caller holds the taxonomy alone (`holdTaxonomy`).
 */
export async function replaceTerm(
  tx: Transaction,
  articleIds: readonly string[],
  from: number,
  to: number | null,
): Promise<void> {
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE listing l SET terms = array_remove(l.terms, ${from}::int)
        || CASE WHEN ${to}::int IS NULL OR l.terms @> ARRAY[${to}::int] THEN '{}' ELSE ARRAY[${to}::int] END
       WHERE l.article_id = ANY(${articleIds}::uuid[]) AND l.terms @> ARRAY[${from}::int]
      RETURNING old.terms AS old_terms, new.terms AS new_terms)
    INSERT INTO term_delta (term_id, delta)
    SELECT n, sum(d) FROM (
      SELECT unnest(old_terms) AS n, -1 AS d FROM moved WHERE old_terms @> ARRAY[${publishedTerm}::int]
      UNION ALL
      SELECT unnest(new_terms), 1 FROM moved WHERE new_terms @> ARRAY[${publishedTerm}::int]) change
     GROUP BY n HAVING sum(d) <> 0`
  if (to === null) return
  await tx.$executeRaw`
    INSERT INTO term_month (term_id, month) SELECT ${to}::int, month FROM term_month WHERE term_id = ${from}::int
    ON CONFLICT (term_id, month) DO NOTHING`
}

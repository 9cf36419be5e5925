import type { Transaction } from '#src/platform/db/transaction.ts'
import { publishedTerm } from './term-numbers.ts'

/**
 * Takes an article out of the listing, and out of the counts of what is published: before the article itself is deleted,
 * in the same transaction. The caller holds the taxonomy (`shareTaxonomy`).
 */
export async function removeListing(tx: Transaction, articleId: string): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (DELETE FROM listing WHERE article_id = ${articleId}::uuid RETURNING terms)
    INSERT INTO term_delta (term_id, delta)
    SELECT n, -count(*) FROM gone, unnest(gone.terms) AS n
     WHERE gone.terms @> ARRAY[${publishedTerm}::int] GROUP BY n`
}

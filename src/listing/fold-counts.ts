import type { Pool } from 'pg'

/** Held by the one who folds. */
const FOLDING = 727_003

/**
 * Adds the changes that writers have appended to the counts, and removes them. Whoever folds at the same moment does
 * nothing; readers see the same sums before and after.
 */
export async function foldCounts(pool: Pool): Promise<void> {
  await pool.query(`
    WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${FOLDING}) AS mine),
    taken AS (DELETE FROM term_delta WHERE (SELECT mine FROM turn) RETURNING term_id, delta)
    INSERT INTO term_count AS c (term_id, count)
    SELECT term_id, sum(delta) FROM taken GROUP BY term_id
    ON CONFLICT (term_id) DO UPDATE SET count = c.count + excluded.count`)
}

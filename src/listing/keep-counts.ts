import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { EXPIRED, publishedTerm } from './term-numbers.ts'

/** Held by the one who folds. */
const FOLDING = 727_003
const FOLD_EVERY_MS = 10_000

/**
 * Adds the changes that writers have appended to the counts, and removes them. Whoever folds at the same moment does
 * nothing; readers see the same sums before and after.
 */
async function foldCounts(pool: Pool): Promise<void> {
  await pool.query(`
    WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${FOLDING}) AS mine),
    taken AS (DELETE FROM term_delta WHERE (SELECT mine FROM turn) RETURNING term_id, delta)
    INSERT INTO term_count AS c (term_id, count)
    SELECT term_id, sum(delta) FROM taken GROUP BY term_id
    ON CONFLICT (term_id) DO UPDATE SET count = c.count + excluded.count`)
}

/**
 * Takes what has expired since out of what is published, in the listing alone: visibility follows the clock by itself,
 * but what is counted and then corrected must stay little.
 */
async function settleExpired(pool: Pool): Promise<void> {
  await pool.query(`
    WITH over AS (
      UPDATE listing SET terms = array_replace(terms, ${publishedTerm}, ${EXPIRED}), unpublish_at = 'infinity'
       WHERE unpublish_at <= statement_timestamp() AND unpublish_at < 'infinity' AND terms @> ARRAY[${publishedTerm}]
      RETURNING old.terms AS terms)
    INSERT INTO term_delta (term_id, delta) SELECT n, -count(*) FROM over, unnest(over.terms) AS n GROUP BY n`)
}

async function settle(pool: Pool): Promise<void> {
  await settleExpired(pool)
  await foldCounts(pool)
}

/** Folds the counts every ten seconds, until it is told to stop: what is not folded is summed up at each read. */
export function keepCounts(pool: Pool, log: Logger): { stop(): void } {
  const timer = setInterval(() => {
    settle(pool).catch((error: unknown) => log.warn({ err: error }, 'counts not folded'))
  }, FOLD_EVERY_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** The statements that count everything anew, and find out in which months everything was. */
export const RECOUNT = [
  'DELETE FROM term_delta',
  'DELETE FROM term_count',
  `INSERT INTO term_count (term_id, count)
   SELECT n, count(*) FROM listing, unnest(terms) AS n WHERE terms @> ARRAY[${publishedTerm}] GROUP BY n`,
  'DELETE FROM term_month',
  `INSERT INTO term_month (term_id, month)
   SELECT DISTINCT n, (date_part('year', at) * 12 + date_part('month', at) - 1)::int
     FROM listing, unnest(terms) AS n, LATERAL (SELECT published_at AT TIME ZONE 'UTC') AS date(at)
    WHERE n > 0 AND published_at < 'infinity'`,
]

/** Counts everything anew. The caller holds the taxonomy alone (`holdTaxonomy`), so that nobody writes meanwhile. */
export async function recount(tx: Transaction): Promise<void> {
  for (const statement of RECOUNT) await tx.$executeRawUnsafe(statement)
}

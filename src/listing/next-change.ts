import type { Pool } from 'pg'
import { prepared } from '#src/platform/db/prepared.ts'
import { publishedTerm } from './term-numbers.ts'

/**
 * The SQL of the milliseconds until an article is published or expires by itself; null: nothing will. Of any list, which
 * is sooner than need be. What is a draft or in the trash changes nothing.
 */
export const nextChange = `ceil(1000 * extract(epoch FROM least(
    (SELECT published_at FROM listing WHERE published_at > statement_timestamp() AND published_at < 'infinity'
        AND terms @> ARRAY[${publishedTerm}] ORDER BY published_at LIMIT 1),
    (SELECT unpublish_at FROM listing WHERE unpublish_at > statement_timestamp() AND unpublish_at < 'infinity'
        AND terms @> ARRAY[${publishedTerm}] ORDER BY unpublish_at LIMIT 1)) - statement_timestamp()))::float8`

const find = prepared<{ ms: number | null }>('find_next_change', `SELECT ${nextChange} AS ms`)

/** Milliseconds, by the database's clock, until something that readers see changes by time alone; null: nothing will. */
export async function findNextChange(pool: Pool): Promise<number | null> {
  const [row] = await find(pool, [])
  return row?.ms ?? null
}

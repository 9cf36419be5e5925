import { LRUCache } from 'lru-cache'
import pLimit from 'p-limit'
import type { Pool } from 'pg'
import { unavailable } from '#src/platform/http/request-errors.ts'
import type { ArticleFilter } from './article-filter.ts'
import { type CountRow, type Counts, countStatement, countsOf, type FacetName } from './count-listed.ts'
import type { ResolvedTerms } from './resolve-filter.ts'

/** Lists of which the counts are kept. */
const KEPT = 500
/** A live count may take some tenths of a second of a processor: no more of them at once than leave room for others. */
const AT_ONCE = 2
/** Waiting for a turn: whoever comes later is told to come again. */
const WAITING = 40

/** What is counted. */
export interface CountRequest {
  readonly filter: ArticleFilter
  readonly terms: ResolvedTerms
  readonly facets: readonly FacetName[]
}

/** The state of the database that a list was read in. */
export interface Seen {
  /** `pg_current_snapshot()` as text: another one, and somebody has written. */
  readonly snapshot: string
  /** Milliseconds until something changes by time alone; null: nothing will. */
  readonly nextChangeMs: number | null
}

/** Counts lists, each once as long as nobody writes. */
export interface Counter {
  count(request: CountRequest, seen: Seen): Promise<Counts>
}

interface Kept {
  readonly snapshot: string
  readonly counts: Counts
  /** By the monotonic clock. */
  readonly until: number
}

/**
 * Counts on `pool`, two lists at a time. What was counted is told again as long as the database is as it was, which its
 * snapshot says exactly: nobody is ever told the count of before his own write.
 * @throws AppError `unavailable` (503) when too many lists wait to be counted
 */
export function createCounter(pool: Pool): Counter {
  const kept = new LRUCache<string, Kept>({ max: KEPT })
  const underWay = new Map<string, Promise<Counts>>()
  // A total takes a fraction of what facets take: it does not wait for them.
  const lanes = { total: pLimit(AT_ONCE), facets: pLimit(AT_ONCE) }

  const countNow = async (key: string, request: CountRequest, until: number): Promise<Counts> => {
    const { text, values } = countStatement(request)
    const lane = request.facets.length === 0 ? lanes.total : lanes.facets
    if (lane.pendingCount >= WAITING)
      throw unavailable('Too many lists are being counted. Try again shortly.')
    const { rows } = await lane(() => pool.query<CountRow>(text, values))
    const counts = countsOf(rows, request.facets)
    if (counts.isCurrent) kept.set(key, { snapshot: rows[0]?.snapshot ?? '', counts, until })
    return counts
  }

  return {
    async count(request, { snapshot, nextChangeMs }) {
      const now = performance.now()
      const key = JSON.stringify([request.filter, request.terms, request.facets])
      const known = kept.get(key)
      if (known !== undefined && known.snapshot === snapshot && now < known.until) return known.counts
      // Whoever has seen the same state may share a count that has begun: it sees that state or a later one.
      const flight = `${snapshot} ${key}`
      const counting =
        underWay.get(flight) ??
        countNow(key, request, now + (nextChangeMs ?? Number.POSITIVE_INFINITY)).finally(() =>
          underWay.delete(flight),
        )
      underWay.set(flight, counting)
      return await counting
    },
  }
}

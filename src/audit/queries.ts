import type { Pool } from 'pg'
import { prepared } from '#src/platform/db/prepared.ts'
import { actionsLike } from './audit-actions.ts'
import type { AuditQuery } from './schemas.ts'

/** An entry as it is stored. */
export interface EntryRow {
  id: string
  at: Date
  outcome: 'done' | 'refused'
  action: string
  actor_id: string | null
  actor_name: string | null
  subject_kind: string | null
  subject: string | null
  became: string | null
  article_id: string | null
  before_revision: number | null
  after_revision: number | null
  reason: string | null
  address: string | null
  request_id: string | null
  status: number | null
  count: number
  erased_at: Date | null
}

const columns = `id, at, outcome, action, actor_id, actor_name, subject_kind, subject, became, article_id,
  before_revision, after_revision, reason, address, request_id, status, count, erased_at`

/** One entry. Value: its id. */
export const findEntry = prepared<EntryRow>(
  'find_audit_entry',
  `SELECT ${columns} FROM audit_entry WHERE id = $1`,
)

type EntryFilter = Omit<AuditQuery, 'limit' | 'cursor'>

/** From where on, and how many. */
interface EntryWalk {
  readonly side: 'after' | 'before'
  /** The last id seen; null: from the newest on. */
  readonly id: string | null
  readonly count: number
}

/** An index that leads with a column, and the values whose stretches of it are walked. */
interface Lead {
  readonly column: 'request_id' | 'article_id' | 'address' | 'actor_id' | 'action'
  readonly values: readonly string[]
}

/**
 * Entries in reading order, the newest first (before a place: backwards). One walk along the index of the column that
 * says most, from entry to entry, and no further than the page.
 */
export async function walkEntries(
  pool: Pool,
  filter: EntryFilter,
  { side, id, count }: EntryWalk,
): Promise<EntryRow[]> {
  const values: unknown[] = []
  const value = (given: unknown) => `$${values.push(given)}`
  const isBackward = side === 'before'
  const order = isBackward ? 'ASC' : 'DESC'
  const seen = id === null ? {} : isBackward ? { above: id } : { below: id }
  const { above, below } = boundsOf(filter, seen)
  const [from, to] = [`${value(above)}::uuid`, `${value(below)}::uuid`]
  const limit = value(count)
  const lead = leadOf(filter)
  const others = [...conditionsOf(filter, lead, value)].map((condition) => ` AND ${condition}`).join('')
  const walk =
    lead === null
      ? `SELECT ${columns} FROM audit_entry
          WHERE id > ${from} AND id < ${to}${others} ORDER BY id ${order} LIMIT ${limit}`
      : stretches(lead, { from, to, others, order, limit }, value)
  return (await pool.query<EntryRow>(walk, values)).rows
}

/**
 * Compared as rows, not by "=": with a value that the planner does not know it would take the column's average, and
 * walk the whole audit by id for one that is rare (118 ms of 400,000 entries, against 1).
 */
function stretches(
  { column, values }: Lead,
  walk: Readonly<Record<'from' | 'to' | 'others' | 'order' | 'limit', string>>,
  value: (given: unknown) => string,
): string {
  const { from, to, others, order, limit } = walk
  const type = column === 'article_id' ? 'uuid' : 'text'
  return `
    SELECT e.* FROM unnest(${value(values)}::${type}[]) AS lead(value) CROSS JOIN LATERAL (
      SELECT ${columns} FROM audit_entry
       WHERE (${column}, id) > (lead.value, ${from}) AND (${column}, id) < (lead.value, ${to})${others}
       ORDER BY ${column} ${order}, id ${order} LIMIT ${limit}) e
     ORDER BY e.id ${order} LIMIT ${limit}`
}

/** The column that is walked; null: all entries are, or by their own index those that were refused. */
function leadOf({ requestId, article, address, outcome, actor, action }: EntryFilter): Lead | null {
  if (requestId !== undefined) return { column: 'request_id', values: [requestId] }
  if (article !== undefined) return { column: 'article_id', values: [article] }
  if (address !== undefined) return { column: 'address', values: [address] }
  if (outcome === 'refused') return null
  if (actor !== undefined) return { column: 'actor_id', values: [actor] }
  if (action !== undefined) return { column: 'action', values: actionsLike(action) }
  return null
}

function* conditionsOf(
  filter: EntryFilter,
  lead: Lead | null,
  value: (given: unknown) => string,
): Generator<string> {
  const { requestId, article, address, outcome, actor, action, after, before } = filter
  const others = { request_id: requestId, article_id: article, address, actor_id: actor }
  for (const [column, wanted] of Object.entries(others)) {
    if (wanted !== undefined && column !== lead?.column) yield `${column} = ${value(wanted)}`
  }
  if (action !== undefined && lead?.column !== 'action') {
    yield `action = ANY(${value(actionsLike(action))}::text[])`
  }
  // In words, not as a value: so the planner sees that the index of what was refused will do.
  if (outcome !== undefined) yield `outcome = '${outcome}'`
  if (after !== undefined) yield `at >= ${value(after)}`
  if (before !== undefined) yield `at < ${value(before)}`
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** How far the time in an id and that of its entry may lie apart: both are taken as the row is written. */
const CLOCK_SLACK_MS = 60_000

/** Between which ids the walk goes. Ids begin with the time: it bounds the walk, and the entry's own decides at its ends. */
function boundsOf(
  { after, before }: EntryFilter,
  seen: { readonly above?: string; readonly below?: string },
): { above: string; below: string } {
  const first = after === undefined ? FIRST_ID : idAt(Date.parse(after) - CLOCK_SLACK_MS)
  const last = before === undefined ? LAST_ID : idAt(Date.parse(before) + CLOCK_SLACK_MS)
  const above = (seen.above ?? FIRST_ID).toLowerCase()
  const below = (seen.below ?? LAST_ID).toLowerCase()
  return { above: above > first ? above : first, below: below < last ? below : last }
}

/** The first UUIDv7 of a millisecond since 1970 (RFC 9562 §5.7). */
function idAt(ms: number): string {
  const time = Math.min(Math.max(ms, 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

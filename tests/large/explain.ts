import { escapeLiteral, type Pool } from 'pg'
import type { Deps } from '#src/deps.ts'

/** How Postgres chooses plans of prepared statements (its manual, `plan_cache_mode`). */
export type PlanMode = 'force_custom_plan' | 'force_generic_plan'

/** What a statement touched. */
export interface Explained {
  readonly statement: string
  /** Pages of 8 KB, from memory or disk. */
  readonly buffers: number
  /** Tables that were read from end to end. */
  readonly scanned: readonly string[]
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Loops': number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly PlanNode[]
}

interface Query {
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * The same dependencies, but each prepared statement that goes through them is run once more under EXPLAIN (ANALYZE,
 * BUFFERS); `take` gives what they touched, and forgets it.
 */
export function explaining(deps: Deps, mode: PlanMode): { deps: Deps; take(): Explained[] } {
  const seen: Explained[] = []
  const query = async (asked: Query) => {
    const result = await deps.pool.query({ text: asked.text, values: [...asked.values] })
    seen.push(await explain(deps.pool, asked, mode))
    return result
  }
  const pool = new Proxy(deps.pool, {
    get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)),
  })
  return { deps: { ...deps, pool }, take: () => seen.splice(0) }
}

async function explain(pool: Pool, { text, values }: Query, mode: PlanMode): Promise<Explained> {
  const client = await pool.connect()
  try {
    await client.query(`SET plan_cache_mode = ${mode}; PREPARE explained AS ${text}`)
    const execute = `EXECUTE explained${values.length === 0 ? '' : `(${values.map(literal).join(', ')})`}`
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${execute}`,
    )
    const plan = rows[0]?.['QUERY PLAN'][0].Plan
    if (plan === undefined) throw new Error('EXPLAIN gave nothing.')
    return {
      statement: text,
      buffers: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
      scanned: nodesOf(plan)
        .filter(isScan)
        .map((node) => node['Relation Name'] ?? ''),
    }
  } finally {
    await client.query('RESET plan_cache_mode; DEALLOCATE ALL').catch(() => {})
    client.release(true)
  }
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]
const isScan = (node: PlanNode) => node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0

/** A value as EXECUTE takes it: an untyped literal. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (value instanceof Date) return escapeLiteral(value.toISOString())
  if (!Array.isArray(value)) return escapeLiteral(String(value))
  return escapeLiteral(`{${value.map((item) => `"${String(item).replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`)
}

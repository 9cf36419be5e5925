import { createHash } from 'node:crypto'
import type { Transaction } from '#src/platform/db/transaction.ts'

/** A source as citations name it: its canonical url and the registrable domain of that url. */
export interface SourceRef {
  readonly url: string
  readonly domain: string
}

interface Keyed {
  readonly key: Buffer
  readonly url: string
  readonly domain: string
}

/** What `source.url_key` holds: a btree refuses keys over 2,704 bytes, and urls may be longer. */
export function sourceKey(url: string): Buffer {
  return createHash('sha256').update(url).digest().subarray(0, 16)
}

/**
 * Gives the ids of the sources with these canonical urls, and makes the rows that are missing.
 * Sorted, set-based inserts: fifty writers that cite the same new urls at once neither deadlock nor double a row
 * (the same inserts one by one: 97 deadlocks in 88 s).
 */
export async function saveSources(
  tx: Transaction,
  refs: readonly SourceRef[],
): Promise<ReadonlyMap<string, string>> {
  const byUrl = new Map(refs.map(({ url, domain }) => [url, { key: sourceKey(url), url, domain }]))
  const wanted = [...byUrl.values()].sort((a, b) => Buffer.compare(a.key, b.key))
  if (wanted.length === 0) return new Map()
  const ids = await findSources(tx, wanted)
  const missing = wanted.filter(({ url }) => !ids.has(url))
  if (missing.length === 0) return ids
  await insertDomains(tx, [...new Set(missing.map(({ domain }) => domain))].sort())
  await insertSources(tx, missing)
  // A statement of its own: a new snapshot, which sees the rows that others committed while we waited.
  return new Map([...ids, ...(await findSources(tx, missing))])
}

async function findSources(tx: Transaction, wanted: readonly Keyed[]): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; url: string }[]>`
    SELECT id, url FROM source WHERE url_key = ANY(${wanted.map(({ key }) => key)}::bytea[])`
  return new Map(rows.map(({ id, url }) => [url, id]))
}

async function insertDomains(tx: Transaction, domains: readonly string[]): Promise<void> {
  // NOT EXISTS first: ON CONFLICT alone would burn an id for each domain that is known already.
  await tx.$executeRaw`
    INSERT INTO source_domain (domain)
    SELECT d FROM unnest(${domains}::text[]) AS t(d)
     WHERE NOT EXISTS (SELECT FROM source_domain s WHERE s.domain = t.d)
     ORDER BY d COLLATE "C"
    ON CONFLICT (domain) DO NOTHING`
}

async function insertSources(tx: Transaction, sources: readonly Keyed[]): Promise<void> {
  // DO NOTHING, not DO UPDATE: that would lock and rewrite the row of every popular source.
  await tx.$executeRaw`
    INSERT INTO source (url_key, url, domain_id)
    SELECT t.key, t.url, d.id
      FROM unnest(${sources.map(({ key }) => key)}::bytea[], ${sources.map(({ url }) => url)}::text[],
                  ${sources.map(({ domain }) => domain)}::text[]) AS t(key, url, domain)
      JOIN source_domain d ON d.domain = t.domain
     ORDER BY t.key
    ON CONFLICT (url_key) DO NOTHING`
}

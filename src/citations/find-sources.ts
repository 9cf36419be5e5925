import type { Pool } from 'pg'
import type { SourceTier } from '#src/generated/prisma/enums.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import { sourceKey } from './save-sources.ts'

/** What is known of a canonical url before anything of it is stored. */
export interface KnownSource {
  /** null: nothing cites it yet. */
  readonly id: string | null
  readonly tier: SourceTier
}

const find = prepared<{ url: string; id: string | null; tier: SourceTier }>(
  'find_known_sources',
  `SELECT w.url, s.id, coalesce(d.tier, 'unknown') AS tier
     FROM unnest($1::text[], $2::bytea[], $3::text[]) AS w(url, key, domain)
     LEFT JOIN source s ON s.url_key = w.key
     LEFT JOIN source_domain d ON d.domain = w.domain`,
)

/** What is known of these sources, by url. */
export async function findSources(
  pool: Pool,
  refs: readonly { url: string; domain: string }[],
): Promise<ReadonlyMap<string, KnownSource>> {
  if (refs.length === 0) return new Map()
  const urls = refs.map(({ url }) => url)
  const rows = await find(pool, [urls, urls.map(sourceKey), refs.map(({ domain }) => domain)])
  return new Map(rows.map(({ url, id, tier }) => [url, { id, tier }]))
}

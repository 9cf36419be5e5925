import { MOST_IN_A_SITEMAP, type SitemapPart, type SitemapUrl } from '#src/content/feeds/index.ts'
import type { Deps } from '#src/deps.ts'
import {
  addressValues,
  digestSitemapPart,
  listSitemapMonths,
  listSitemapPart,
  type SitemapRow,
} from './queries.ts'
import { sitemapUrl } from './view.ts'

/** How sitemaps are divided, and read. */
export interface SitemapSizes {
  /** The most urls in one file. */
  readonly urls: number
  /** How many articles are read at a time. */
  readonly batch: number
}

/** As search engines take them. */
export const sitemapSizes: SitemapSizes = { urls: MOST_IN_A_SITEMAP, batch: 1_000 }

/** A file of the sitemap: a month, in UTC, and which of its parts, from 1. Published articles stay where they are. */
interface Part {
  readonly begin: string
  readonly end: string
  readonly number: number
}

/** Reads the name of a file, which has the form of `SitemapParams`. */
export function sitemapPart(file: string): Part {
  const [year = '', month = '', number = '1'] = file.replace('.xml', '').split('-')
  const next = month === '12' ? [Number(year) + 1, 1] : [Number(year), Number(month) + 1]
  const end = next.map((value, index) => String(value).padStart(index === 0 ? 4 : 2, '0')).join('-')
  return { begin: `${year}-${month}-01T00:00:00Z`, end: `${end}-01T00:00:00Z`, number: Number(number) }
}

/** The files of the sitemap, and until when they are all. */
export async function listSitemapParts(
  { pool, config }: Deps,
  sizes: SitemapSizes,
): Promise<{ parts: SitemapPart[]; freshForMs: number | null }> {
  const rows = await listSitemapMonths(pool, [config.siteUrl, ...addressValues(config)])
  const parts = rows.flatMap(({ month, count, last_modified }) =>
    month === null
      ? []
      : Array.from({ length: Math.ceil(count / sizes.urls) }, (_, index) => ({
          url: `${config.apiUrl}/sitemaps/${month}${index === 0 ? '' : `-${index + 1}`}.xml`,
          lastModified: last_modified,
        })),
  )
  return { parts, freshForMs: rows[0]?.fresh_for_ms ?? null }
}

/** What a file is made of, as a short text, and until when; null for one that has nothing in it. One statement. */
export async function findSitemapPart(
  { pool, config }: Deps,
  part: Part,
  { urls }: SitemapSizes,
): Promise<{ version: string; freshForMs: number | null } | null> {
  const of = [config.siteUrl, part.begin, part.end, urls * (part.number - 1), urls]
  const values = [...of, ...addressValues(config)]
  const [found] = await digestSitemapPart(pool, values)
  if (found === undefined || found.count === 0) return null
  return { version: `${found.count}:${found.digest}`, freshForMs: found.fresh_for_ms }
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * The pages of a file, batch by batch, each read when it is wanted. No transaction holds them together: it would keep
 * a connection for as long as a slow client reads. What changes meanwhile is in the file as it is by then.
 */
export async function* readSitemapPart(
  { pool, config }: Deps,
  part: Part,
  { urls, batch }: SitemapSizes,
): AsyncGenerator<SitemapUrl[]> {
  let last: Pick<SitemapRow, 'published_at' | 'id'> | undefined
  for (let left = urls; left > 0; ) {
    const limit = Math.min(batch, left)
    const skipped = last === undefined ? urls * (part.number - 1) : 0
    const after = [last?.published_at ?? part.begin, part.end, last?.id ?? BEFORE_ALL]
    const rows = await listSitemapPart(pool, [
      config.siteUrl,
      ...after,
      skipped,
      limit,
      ...addressValues(config),
    ])
    if (rows.length > 0) yield rows.map((row) => sitemapUrl(row, config))
    if (rows.length < limit) return
    left -= rows.length
    last = rows.at(-1)
  }
}

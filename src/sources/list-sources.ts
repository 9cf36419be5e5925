import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import type { Page } from '#src/platform/http/collection.ts'
import { cursorKey, keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { type DomainRow, domainWalks, findDomainRow, type SourceRow, sourceWalks } from './queries.ts'
import type { DomainListQuery, SourceListQuery } from './schemas.ts'

interface Listed<Row> {
  readonly rows: Row[]
  readonly page: Page
}

const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Cursors are bound to what was asked. */
const listName = (name: string, ...filters: (string | undefined)[]) => `${name}:${JSON.stringify(filters)}`

const SourceKey = z.tuple([cursorKey.integer, cursorKey.id])

/** One page of sources, most cited first. @throws AppError `invalid_cursor` */
export async function listSources(
  deps: Deps,
  { limit, cursor, domain, tier }: SourceListQuery,
  seesAll: boolean,
): Promise<Listed<SourceRow>> {
  const name = listName('sources', domain, tier)
  const pages = keysetPages<SourceRow, z.infer<typeof SourceKey>>(name, SourceKey, (row) => [
    row.citation_count,
    row.id,
  ])
  const position = pages.position(cursor)
  const key = position?.key ?? [2 ** 31 - 1, HIGHEST_ID]
  const values = [domain ?? null, tier ?? null, seesAll, ...key, limit + 1]
  return pages.page(await sourceWalks[position?.side ?? 'after'](deps.pool, values), limit, position)
}

/** One page of domains, by name. @throws AppError `invalid_cursor` */
export async function listDomains(
  deps: Deps,
  { limit, cursor, tier }: DomainListQuery,
  seesAll: boolean,
): Promise<Listed<DomainRow>> {
  const name = listName('source-domains', tier)
  const pages = keysetPages<DomainRow, string>(name, cursorKey.text, (row) => row.domain)
  const position = pages.position(cursor)
  const values = [tier ?? null, seesAll, position?.key ?? '', limit + 1]
  return pages.page(await domainWalks[position?.side ?? 'after'](deps.pool, values), limit, position)
}

/** A domain as those see it who may set its tier. */
export async function findDomain(deps: Deps, domain: string): Promise<DomainRow> {
  const [row] = await findDomainRow(deps.pool, [domain])
  if (row === undefined) throw new Error(`The domain ${domain} was set and is not there.`)
  return row
}

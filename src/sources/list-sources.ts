import { z } from 'zod'
import { normalizeName } from '#src/content/names.ts'
import type { Deps } from '#src/deps.ts'
import type { Page } from '#src/platform/http/collection.ts'
import { cursorKey, keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { findTerm } from '#src/taxonomy/index.ts'
import {
  type CitingRow,
  citationWalks,
  type DomainRow,
  domainWalks,
  findDomainRow,
  type SourceRow,
  sourceWalks,
} from './queries.ts'
import type { CitationListQuery, DomainListQuery, SourceListQuery } from './schemas.ts'

interface Listed<Row> {
  readonly rows: Row[]
  readonly page: Page
}

const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** Cursors are bound to what was asked. */
const listName = (name: string, ...filters: (string | undefined)[]) => JSON.stringify([name, ...filters])

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
  const values = [domain?.toLowerCase() ?? null, tier ?? null, seesAll, ...key, limit + 1]
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

const CitationKey = z.tuple([cursorKey.instant, cursorKey.id, cursorKey.integer])

/** One page of the citations of what readers may see. @throws AppError `invalid_cursor` */
export async function listCitations(
  deps: Deps,
  { limit, cursor, tag, topic, source }: CitationListQuery,
): Promise<Listed<CitingRow>> {
  const name = listName('citations', tag, topic, source)
  const pages = keysetPages<CitingRow, z.infer<typeof CitationKey>>(name, CitationKey, (row) => [
    row.published_at.toISOString(),
    row.article.id,
    row.position,
  ])
  const position = pages.position(cursor)
  const key = position?.key ?? ['infinity', HIGHEST_ID, -1]
  const [tagId, topicId] = [await termId(deps, 'tag', tag), await termId(deps, 'topic', topic)]
  // What nobody is filed under cites nothing: no walk has to find that out.
  if (tagId === undefined || topicId === undefined) return pages.page([], limit, null)
  const values = [tagId, topicId, source ?? null, ...key, limit + 1]
  return pages.page(await citationWalks[position?.side ?? 'after'](deps.pool, values), limit, position)
}

/** The id of a term by slug or name; null when none is asked for, undefined when there is no such term. */
async function termId(
  deps: Deps,
  kind: 'tag' | 'topic',
  name: string | undefined,
): Promise<string | null | undefined> {
  if (name === undefined) return null
  const [row] = await findTerm[kind](deps.pool, [name, normalizeName(name)])
  return row?.id
}

import type { Deps } from '#src/deps.ts'
import { Moved, type NewAddress } from '#src/platform/http/moved.ts'
import { surrogateKey } from '#src/platform/http/surrogate-keys.ts'
import { findOldSlug } from '#src/redirects/index.ts'
import { articleGone, articleNotFound } from './errors.ts'
import {
  type ArticleRow,
  findArticleById,
  findArticleBySlug,
  findRefById,
  findRefBySlug,
  findWithdrawnById,
  findWithdrawnBySlug,
  type RefRow,
} from './queries.ts'
import { readerValues } from './reader-json.ts'
import { findReaderJsonById, findReaderJsonBySlug, type ReaderArticleRow } from './reader-json-queries.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What an address says of the article it means: an id, or a slug in a locale. A slug never has the shape of an id. */
export interface ArticleAddress {
  readonly ref: string
  /** Left out: the site's locale, else the oldest article with this slug. */
  readonly locale?: string | undefined
}

/** Whether an address names its article by id. */
export const isId = (ref: string): boolean => UUID.test(ref)

/**
 * The article that is meant, as its asker may see it. One statement, and two more when there is none.
 * @throws AppError `not_found`, for what is not there and for what the asker may not see; `gone` for what was public
 * and is in the trash, or deleted
 * @throws Moved for a slug that an article had once
 */
export async function getArticle(deps: Deps, address: ArticleAddress, seesAll: boolean): Promise<ArticleRow> {
  const { pool, config } = deps
  return await getMeant(deps, address, seesAll, {
    byId: (id) => findArticleById(pool, [id, seesAll]),
    bySlug: (slug, locale) => findArticleBySlug(pool, [slug, locale, config.siteLocale, seesAll]),
  })
}

/** The same as text that is JSON already, as readers see it. */
export async function getReaderArticle(deps: Deps, address: ArticleAddress): Promise<ReaderArticleRow> {
  const { pool, config } = deps
  const values = readerValues(config)
  return await getMeant(deps, address, false, {
    byId: (id) => findReaderJsonById(pool, [...values, id]),
    bySlug: (slug, locale) => findReaderJsonBySlug(pool, [...values, slug, locale, config.siteLocale]),
  })
}

interface Finder<Row> {
  byId(id: string): Promise<Row[]>
  bySlug(slug: string, locale: string | null): Promise<Row[]>
}

async function getMeant<Row>(
  deps: Deps,
  address: ArticleAddress,
  seesAll: boolean,
  find: Finder<Row>,
): Promise<Row> {
  const { ref, locale } = address
  const [row] = isId(ref) ? await find.byId(ref) : await find.bySlug(ref.normalize('NFC'), locale ?? null)
  if (row !== undefined) return row
  const moved = isId(ref) ? null : await findMoved(deps, address, seesAll)
  if (moved !== null) throw new Moved(moved)
  throw (await isWithdrawn(deps, address)) ? articleGone() : articleNotFound()
}

/** The id of the article that is meant, in the trash or not. @throws AppError `not_found` */
export async function getArticleId(deps: Deps, address: ArticleAddress): Promise<string> {
  const found = await findRef(deps, address)
  if (found === undefined) throw articleNotFound()
  return found.id
}

/** The id of the article that is meant and not in the trash; null when there is none. */
export async function findLiveArticleId(deps: Deps, address: ArticleAddress): Promise<string | null> {
  const found = await findRef(deps, address)
  return found === undefined || found.is_trashed ? null : found.id
}

async function isWithdrawn(deps: Deps, { ref, locale }: ArticleAddress): Promise<boolean> {
  const rows = isId(ref)
    ? await findWithdrawnById(deps.pool, [ref])
    : await findWithdrawnBySlug(deps.pool, [ref.normalize('NFC'), locale ?? null])
  return rows.length > 0
}

/** Where an article is whose slug it was; in its locale, since its slug may mean another article in another one. */
async function findMoved(
  { pool, config }: Deps,
  { ref, locale }: ArticleAddress,
  seesAll: boolean,
): Promise<NewAddress | null> {
  const [found] = await findOldSlug(pool, [ref.normalize('NFC'), locale ?? null, config.siteLocale, seesAll])
  if (found === undefined) return null
  const needsLocale = locale === undefined ? found.is_shared : locale !== found.locale
  return {
    params: { ref: found.slug },
    query: needsLocale ? { locale: found.locale } : {},
    surrogateKeys: [surrogateKey('article', found.id)],
    freshForMs: found.next_change_ms,
  }
}

async function findRef(deps: Deps, { ref, locale }: ArticleAddress): Promise<RefRow | undefined> {
  const { pool, config } = deps
  const [found] = isId(ref)
    ? await findRefById(pool, [ref])
    : await findRefBySlug(pool, [ref.normalize('NFC'), locale ?? null, config.siteLocale])
  return found
}

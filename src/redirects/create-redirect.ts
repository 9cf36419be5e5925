import { recordAudit, type Trail } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { articlePath, articlePlaces, pathVariants, sitePath } from '#src/site/index.ts'
import { invalidRedirect, pathTaken, redirectTaken } from './errors.ts'
import { CHAIN, type ChainStep, findAddressedArticle, findRedirectFrom, LONGEST_CHAIN } from './queries.ts'
import { findPresent } from './resolve-path.ts'
import { articleView, redirectView } from './view.ts'

/** Where a redirect leads: to an article, wherever that is; else to a path of the site or an address elsewhere. */
type Destination =
  | { readonly articleId: string; readonly path: string }
  | { readonly target: string; readonly path: string | null }

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Lets an old path of the site lead elsewhere, and gives the redirect's id.
 * @throws AppError `redirect_taken`, `path_taken`, `invalid_body` (no path, no such article, a way that comes back)
 */
export async function createRedirect(
  deps: Deps,
  trail: Trail,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<string> {
  const path = sitePath(from, deps.config.siteUrl)
  if (path === null || /[?#]/.test(from)) {
    const message = 'Expected a path of the site that begins with "/", without query and fragment.'
    throw invalidRedirect('from', 'invalid_path', message)
  }
  await refuseArticlePath(deps, path)
  const destination = await readDestination(deps, to)
  const id = await transaction(deps.db, async (tx) => {
    // Two that each lead to where the other begins must not miss each other.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('redirects', 13))::text`
    await refuseLoop(tx, path, destination)
    await keepArticle(tx, destination)
    const made = await insertRedirect(tx, path, destination)
    if (made !== null) {
      await recordAudit(tx, trail, { action: 'redirect.created', subject: { kind: 'redirect', id: made } })
    }
    return made
  })
  if (id !== null) return id
  const [holder] = await findRedirectFrom(deps.pool, [path])
  if (holder === undefined) throw new Error(`The redirect from ${path} was neither made nor found.`)
  throw redirectTaken(redirectView(holder, deps.config))
}

/** What readers don't see, or not yet, may have its path lead elsewhere meanwhile. @throws AppError `path_taken` */
async function refuseArticlePath(deps: Deps, path: string): Promise<void> {
  const article = await findPresent(deps, articlePlaces(path, deps.config), false)
  if (article !== null) throw pathTaken(path, articleView(article, deps.config))
}

/** Lets nobody delete the article meanwhile. @throws AppError `invalid_body` when somebody has */
async function keepArticle(tx: Transaction, to: Destination): Promise<void> {
  if (!('articleId' in to)) return
  const kept = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS kept FROM article WHERE id = ${to.articleId}::uuid FOR KEY SHARE`
  if (kept.length === 0) throw unknownArticle()
}

const unknownArticle = () => invalidRedirect('to', 'unknown_article', 'No article has this id.')

async function insertRedirect(tx: Transaction, path: string, to: Destination): Promise<string | null> {
  const articleId = 'articleId' in to ? to.articleId : null
  const target = 'target' in to ? to.target : null
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO redirect (path, article_id, target) VALUES (${path}, ${articleId}::uuid, ${target})
    ON CONFLICT (path) WHERE path IS NOT NULL DO NOTHING RETURNING id`
  return made?.id ?? null
}

/** Reads where a redirect is to lead. What is an article now is kept as the article, whose slug may change. */
async function readDestination(deps: Deps, to: string): Promise<Destination> {
  const { config, pool } = deps
  if (UUID.test(to)) {
    const [article] = await findAddressedArticle(pool, [to, true])
    if (article === undefined) throw unknownArticle()
    return { articleId: article.id, path: articlePath(article, config) }
  }
  const path = sitePath(to, config.siteUrl)
  if (path === null) return { target: addressElsewhere(to), path: null }
  const rest = /[?#].*$/s.exec(to)?.[0] ?? ''
  const article = rest === '' ? await findPresent(deps, articlePlaces(path, config), true) : null
  if (article !== null) return { articleId: article.id, path: articlePath(article, config) }
  const hasSlash = path !== '/' && /^[^?#]*\/(?:[?#]|$)/.test(to)
  return { target: path + (hasSlash ? '/' : '') + rest, path }
}

function addressElsewhere(to: string): string {
  const url = /^https?:\/\//i.test(to) ? URL.parse(to) : null
  if (url !== null && url.username === '' && url.password === '') return url.href
  const message =
    'Expected a path that begins with "/", an absolute http(s) address, or the id of an article.'
  throw invalidRedirect('to', 'invalid_target', message)
}

/** @throws AppError `invalid_body` when who goes there would come back */
async function refuseLoop(tx: Transaction, from: string, { path }: Destination): Promise<void> {
  if (path === null) return
  const loop = () => invalidRedirect('to', 'redirect_loop', `This would lead back to "${from}".`)
  if (pathVariants(path).includes(from)) throw loop()
  const steps = await tx.$queryRawUnsafe<ChainStep[]>(CHAIN, path, true)
  if (steps.some(({ at }) => at !== null && pathVariants(at).includes(from))) throw loop()
  if (steps.length >= LONGEST_CHAIN - 1) {
    throw invalidRedirect('to', 'chain_too_long', `Behind it are ${steps.length} more redirects in a row.`)
  }
}

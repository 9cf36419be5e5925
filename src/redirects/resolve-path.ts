import type { Deps } from '#src/deps.ts'
import type { Config } from '#src/platform/config.ts'
import {
  type AddressedArticle,
  type ArticlePlace,
  articlePath,
  articlePlaces,
  isPlaceOf,
  sitePath,
} from '#src/site/index.ts'
import {
  type FormerlyAddressed,
  findAddressedArticle,
  findArticlesByOldSlugs,
  findArticlesBySlugs,
  findWithdrawnArticles,
  followRedirects,
  LONGEST_CHAIN,
} from './queries.ts'

/** Where a path of the site leads: to an article, whose own path it may be, or elsewhere. */
export type Resolved =
  | { readonly article: AddressedArticle; readonly isItsPath: boolean }
  | { readonly target: string }

/**
 * Where a path of the site leads, for somebody who may see all or not: to the article that has it by
 * ARTICLE_URL_PATTERN; else where its redirects end; else to the article that had it. Null: nowhere.
 */
export async function resolvePath(deps: Deps, text: string, seesAll: boolean): Promise<Resolved | null> {
  const path = pathOf(text, deps)
  if (path === null) return null
  const places = articlePlaces(path, deps.config)
  const article = await findPresent(deps, places, seesAll)
  if (article !== null) return { article, isItsPath: articlePath(article, deps.config) === path }
  return (await endOfChain(deps, path, seesAll)) ?? moved(await findFormer(deps, places, seesAll))
}

/** Whether what was at a path, or at the end of its redirects, is an article that was public and is in the trash or deleted. */
export async function isWithdrawn(deps: Deps, text: string, seesAll: boolean): Promise<boolean> {
  const path = pathOf(text, deps)
  if (path === null) return false
  const { article_id: id = null } = (await followRedirects(deps.pool, [path, seesAll])).at(-1) ?? {}
  const places = articlePlaces(path, deps.config)
  const articles = await findWithdrawnArticles(deps.pool, [places.map(({ slug }) => slug), id])
  return articles.some(
    (article) => article.id === id || places.some((place) => wasPlaceOf(place, article, deps.config)),
  )
}

/** A path of the site, which may be given without the slash that begins it. */
const pathOf = (text: string, { config }: Deps) => {
  const isRelative = !/^\s*(?:\/|[a-z][a-z0-9+.-]*:)/i.test(text)
  return sitePath(isRelative ? `/${text.trim()}` : text, config.siteUrl)
}

const moved = (article: AddressedArticle | null): Resolved | null =>
  article === null ? null : { article, isItsPath: false }

async function endOfChain(deps: Deps, path: string, seesAll: boolean): Promise<Resolved | null> {
  const end = (await followRedirects(deps.pool, [path, seesAll])).at(-1)
  if (end === undefined || end.depth === LONGEST_CHAIN) return null
  const { article_id: id, target } = end
  if (id !== null) {
    const [article] = await findAddressedArticle(deps.pool, [id, seesAll])
    return moved(article ?? null)
  }
  if (target === null) return null
  // The path may be that of an article by now, or have been.
  const next = /[?#]/.test(target) ? null : sitePath(target, deps.config.siteUrl)
  const places = next === null ? [] : articlePlaces(next, deps.config)
  const article = (await findPresent(deps, places, seesAll)) ?? (await findFormer(deps, places, seesAll))
  return moved(article) ?? { target }
}

/** The article that is at one of these places. */
export async function findPresent(
  deps: Deps,
  places: readonly ArticlePlace[],
  seesAll: boolean,
): Promise<AddressedArticle | null> {
  if (places.length === 0) return null
  const slugs = places.map(({ slug }) => slug)
  const articles = await findArticlesBySlugs(deps.pool, [slugs, deps.config.siteLocale, seesAll])
  return firstAt(places, (place) =>
    articles.find((article) => article.slug === place.slug && isPlaceOf(place, article, deps.config)),
  )
}

/** The article that was at one of these places, before its slug changed. */
async function findFormer(
  deps: Deps,
  places: readonly ArticlePlace[],
  seesAll: boolean,
): Promise<AddressedArticle | null> {
  if (places.length === 0) return null
  const slugs = places.map(({ slug }) => slug)
  const articles = await findArticlesByOldSlugs(deps.pool, [slugs, deps.config.siteLocale, seesAll])
  return firstAt(places, (place) => articles.find((article) => wasPlaceOf(place, article, deps.config)))
}

const wasPlaceOf = (
  place: ArticlePlace,
  { old_slug, old_locale, ...article }: FormerlyAddressed,
  config: Config,
) => old_slug === place.slug && isPlaceOf(place, { ...article, locale: old_locale }, config)

function firstAt(
  places: readonly ArticlePlace[],
  find: (place: ArticlePlace) => AddressedArticle | undefined,
): AddressedArticle | null {
  for (const place of places) {
    const found = find(place)
    if (found !== undefined) return found
  }
  return null
}

import type { Config } from '#src/platform/config.ts'
import { type AddressedArticle, articlePath, articleUrl, shownTarget } from '#src/site/index.ts'
import type { RedirectRow } from './queries.ts'
import type { Resolved } from './resolve-path.ts'
import type { Redirect, RedirectArticle, Resolution } from './schemas.ts'

/** An article as redirects name it. */
export const articleView = (article: AddressedArticle, config: Config): RedirectArticle => {
  const { id, slug, locale } = article
  return { id, slug, locale, url: articleUrl(article, config) }
}

/** A redirect with where it leads now. */
export function redirectView(row: RedirectRow, config: Config): Redirect {
  const { id, slug, locale, path, target, is_alias, created_at, article: kept } = row
  const article =
    kept === null
      ? null
      : {
          ...kept,
          published_at: kept.published_at === null ? null : new Date(kept.published_at),
          created_at: new Date(kept.created_at),
        }
  const former =
    article === null || slug === null || locale === null
      ? ''
      : articlePath({ ...article, slug, locale }, config)
  return {
    id,
    from: path ?? former,
    to: article === null ? shownTarget(target ?? '') : articleUrl(article, config),
    article: article === null ? null : articleView(article, config),
    origin: slug !== null ? 'slug' : is_alias ? 'frontMatter' : 'manual',
    createdAt: created_at.toISOString(),
  }
}

/** What the site should answer at a path. */
export function resolutionView(resolved: Resolved, config: Config): Resolution {
  if ('target' in resolved) {
    // A target that is an address already stays one.
    const to = new URL(shownTarget(resolved.target), config.siteUrl).href
    return { type: 'redirect', status: 301, to }
  }
  const article = articleView(resolved.article, config)
  return { type: 'article', status: resolved.isItsPath ? 200 : 301, to: article.url, article }
}

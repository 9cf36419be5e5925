import type { Config } from '#src/platform/config.ts'

/** What the site's pattern makes an article's address of. */
export interface SitePlace {
  slug: string
  locale: string
  /** In the site's time zone; left out where it is not known. */
  year?: string
  month?: string
}

/** Where the readers' site has an article, by ARTICLE_URL_PATTERN; null when the pattern needs what is not known. */
export function siteAddress(place: SitePlace, config: Config): string | null {
  const parts = new Map(Object.entries(place))
  const names = [...config.articleUrlPattern.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.some((name) => !parts.has(name))) return null
  const path = config.articleUrlPattern.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parts.get(name) ?? ''),
  )
  return `${config.siteUrl}${path}`
}

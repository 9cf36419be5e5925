import type { Config } from '#src/platform/config.ts'
import { canonicalUrl } from '#src/site/index.ts'
import type { ListRow } from '../queries.ts'

/** The readers' site, as an article's page speaks of it. */
export interface PageSite {
  readonly name: string
  readonly url: string
  /** The language of its name (BCP 47). */
  readonly locale: string
  readonly timeZone: string
  /** What relative addresses of pictures are resolved against. */
  readonly mediaBaseUrl: string
  /** Where readers find a translation of the article; null for another article. */
  readonly addressOf: (article: { locale: string; slug: string }) => string | null
}

/** The site of a configuration, for the page of one article. */
export const pageSite = (config: Config, { translations }: Pick<ListRow, 'translations'>): PageSite => ({
  name: config.siteName,
  url: config.siteUrl,
  locale: config.siteLocale,
  timeZone: config.siteTimeZone,
  mediaBaseUrl: config.mediaBaseUrl ?? config.siteUrl,
  addressOf: ({ locale, slug }) => {
    const found = translations.find((one) => one.locale === locale && one.slug === slug)
    return found === undefined ? null : canonicalUrl(found, config)
  },
})

import type { Config } from '#src/platform/config.ts'
import { siteAddress } from '../site-address.ts'

/** The readers' site, as an article's page speaks of it. */
export interface PageSite {
  readonly name: string
  readonly url: string
  /** The language of its name (BCP 47). */
  readonly locale: string
  readonly timeZone: string
  /** What relative addresses of pictures are resolved against. */
  readonly mediaBaseUrl: string
  /** Where the site has an article of which only this is known; null when that is not enough. */
  readonly addressOf: (article: { locale: string; slug: string }) => string | null
}

/** The site of a configuration. */
export const pageSite = (config: Config): PageSite => ({
  name: config.siteName,
  url: config.siteUrl,
  locale: config.siteLocale,
  timeZone: config.siteTimeZone,
  mediaBaseUrl: config.mediaBaseUrl ?? config.siteUrl,
  addressOf: (article) => siteAddress(article, config),
})

import { absoluteHtml } from '#src/content/markdown/absolute-html.ts'
import { escapeHtml } from '#src/platform/http/html-page.ts'
import type { Article } from '../schemas.ts'
import { type ArticleWords, articleWords } from './article-words.ts'
import type { PageSite } from './page-site.ts'

/** A page in the making: of which article, on which site, in which words. */
export interface Page {
  readonly article: Article
  readonly site: PageSite
  readonly words: ArticleWords
  /** The attribute of words of ours, where they are in another language than the article; else empty. */
  readonly lang: string
}

/** Begins the page of an article. */
export function pageOf(article: Article, site: PageSite): Page {
  const words = articleWords(article.locale)
  const isSame = new Intl.Locale(article.locale).language === new Intl.Locale(words.language).language
  return { article, site, words, lang: isSame ? '' : ` lang="${words.language}"` }
}

/** Those of the pieces of html that hold something, one a line. */
export const lines = (...pieces: readonly string[]): string =>
  pieces.filter((piece) => piece !== '').join('\n')

/** An instant in html, as {@link inSiteTime} writes it. */
export const timeElement = (instant: string, page: Page): string =>
  `<time datetime="${instant}">${escapeHtml(inSiteTime(instant, page))}</time>`

/** An instant as people at the site write it in the article's language, to the minute, with the time zone. */
export function inSiteTime(instant: string, { article, site }: Page): string {
  const format = new Intl.DateTimeFormat([article.locale, 'en'], {
    timeZone: site.timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  return format.format(new Date(instant))
}

/** Rendered html as it can be read here, away from the article's own address. */
export const readableHere = (html: string, { article, site }: Page): string =>
  absoluteHtml(html, { page: article.links.canonical, media: site.mediaBaseUrl })

/**
 * The translations with an address of their own on the site, which is known. At one address there is one article: that
 * of the site's language goes before.
 */
export function knownTranslations({ article, site }: Page): { locale: string; address: string }[] {
  const byAddress = new Map<string, string>()
  for (const other of article.translations) {
    const address = site.addressOf(other)
    if (address === null || address === article.links.canonical) continue
    if (!byAddress.has(address) || other.locale === site.locale) byAddress.set(address, other.locale)
  }
  return [...byAddress].map(([address, locale]) => ({ locale, address }))
}

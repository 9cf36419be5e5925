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

/** An instant as people at the site write it in the article's language, to the minute. */
export function inSiteTime(instant: string, { article, site }: Page): string {
  const format = new Intl.DateTimeFormat([article.locale, 'en'], {
    timeZone: site.timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return format.format(new Date(instant))
}

/** Rendered html as it can be read here, away from the article's own address. */
export const readableHere = (html: string, { article, site }: Page): string =>
  absoluteHtml(html, { page: article.links.canonical, media: site.mediaBaseUrl })

/** The translations whose address on the site is known, and is not this article's own. */
export const knownTranslations = ({ article, site }: Page): { locale: string; address: string }[] =>
  article.translations.flatMap((other) => {
    const address = site.addressOf(other)
    return address === null || address === article.links.canonical ? [] : [{ locale: other.locale, address }]
  })

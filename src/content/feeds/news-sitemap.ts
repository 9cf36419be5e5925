import { SITEMAP_NAMESPACE } from './sitemap.ts'
import { element, endTag, startTag, textElement, XML_DECLARATION } from './xml.ts'

/** The most articles that a news sitemap may have. */
export const MOST_IN_A_NEWS_SITEMAP = 1_000

/** How old news may be. */
export const NEWS_HOURS = 48

/** An article in a news sitemap. */
export interface NewsUrl {
  readonly url: string
  readonly title: string
  /** BCP 47. */
  readonly language: string
  readonly publishedAt: Date
}

/**
 * A news sitemap (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap), one article a
 * chunk, each address once. `publication` is the name that readers know the site by.
 */
export function* newsSitemap(publication: string, articles: Iterable<NewsUrl>): Generator<string> {
  yield XML_DECLARATION +
    startTag('urlset', {
      xmlns: SITEMAP_NAMESPACE,
      'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
    })
  const seen = new Set<string>()
  for (const { url, title, language, publishedAt } of articles) {
    if (seen.has(url)) continue
    seen.add(url)
    const publisher =
      textElement('news:name', publication) + textElement('news:language', newsLanguage(language))
    const news =
      element('news:publication', publisher) +
      textElement('news:publication_date', publishedAt.toISOString()) +
      textElement('news:title', title)
    yield element('url', textElement('loc', url) + element('news:news', news))
  }
  yield endTag('urlset')
}

const traditional = /-(?:hant|tw|hk|mo)(?:-|$)/i
const simplified = /-(?:hans|cn)(?:-|$)/i

/** A language as Google News wants it: ISO 639, two or three letters; Chinese as `zh-cn` or `zh-tw`. */
export function newsLanguage(locale: string): string {
  const language = locale.split('-', 1)[0]?.toLowerCase() ?? locale
  if (language !== 'zh') return language
  return traditional.test(locale) && !simplified.test(locale) ? 'zh-tw' : 'zh-cn'
}

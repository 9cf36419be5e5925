import { element, emptyElement, endTag, startTag, textElement, XML_DECLARATION } from './xml.ts'

/** The namespace of the protocol (https://www.sitemaps.org/protocol.html). */
export const SITEMAP_NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** The most urls that one file may have, and the most files that an index may have. */
export const MOST_IN_A_SITEMAP = 50_000

/** A page in a sitemap. */
export interface SitemapUrl {
  readonly url: string
  readonly lastModified: Date
  /** The page in other languages; not itself. */
  readonly alternates: readonly SitemapAlternate[]
  /** BCP 47. */
  readonly language: string
}

/** A page in another language. */
export interface SitemapAlternate {
  readonly language: string
  readonly url: string
}

/** A sitemap as an index names it. */
export interface SitemapPart {
  readonly url: string
  readonly lastModified: Date
}

/**
 * A sitemap 0.9, one batch of pages a chunk, each address once, with `hreflang` links where a page has translations
 * (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap). Batches are asked
 * for one after the other, as they are wanted.
 */
export async function* sitemap(batches: AsyncIterable<readonly SitemapUrl[]>): AsyncGenerator<string> {
  yield XML_DECLARATION +
    startTag('urlset', { xmlns: SITEMAP_NAMESPACE, 'xmlns:xhtml': 'http://www.w3.org/1999/xhtml' })
  const seen = new Set<string>()
  for await (const pages of batches) {
    const others = pages.filter(({ url }) => !seen.has(url) && seen.add(url))
    yield others.map(urlElement).join('')
  }
  yield endTag('urlset')
}

/** An index of sitemaps, one a chunk. */
export function* sitemapIndex(parts: Iterable<SitemapPart>): Generator<string> {
  yield XML_DECLARATION + startTag('sitemapindex', { xmlns: SITEMAP_NAMESPACE })
  for (const part of parts) {
    yield element(
      'sitemap',
      textElement('loc', part.url) + textElement('lastmod', part.lastModified.toISOString()),
    )
  }
  yield endTag('sitemapindex')
}

function urlElement({ url, lastModified, language, alternates }: SitemapUrl): string {
  // Each version names all of them, itself included, or search engines believe none.
  const versions = alternates.length === 0 ? [] : [{ language, url }, ...alternates]
  const links = versions.map((version) =>
    emptyElement('xhtml:link', { rel: 'alternate', hreflang: version.language, href: version.url }),
  )
  return element(
    'url',
    textElement('loc', url) + textElement('lastmod', lastModified.toISOString()) + links.join(''),
  )
}

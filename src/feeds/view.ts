import { articleListItem, type ListedRow } from '#src/articles/index.ts'
import { publicAddress } from '#src/content/export/index.ts'
import {
  type FeedImage,
  type FeedItem,
  feedHtml,
  type NewsUrl,
  type SitemapUrl,
} from '#src/content/feeds/index.ts'
import type { Config } from '#src/platform/config.ts'
import { canonicalUrl } from '#src/site/index.ts'
import type { NewsRow, SitemapRow } from './queries.ts'

const later = (one: Date, other: Date) => (one > other ? one : other)

/** An article in a feed; `isFull`: with its whole text. */
export function feedItem(row: ListedRow, isFull: boolean, config: Config): FeedItem {
  const { id, title, locale, summary, excerpt, ...article } = articleListItem(row, { mayEdit: false }, config)
  const mediaBaseUrl = mediaFolder(config)
  const url = article.links.canonical
  const publishedAt = new Date(article.publishedAt ?? article.createdAt)
  return {
    id,
    url,
    title,
    language: locale,
    summary: summary ?? excerpt,
    html: isFull ? feedHtml(row.html ?? '', { title, pageUrl: url, mediaBaseUrl }) : null,
    publishedAt,
    updatedAt: later(new Date(article.modifiedAt ?? article.updatedAt), publishedAt),
    authors: article.authors.map(({ name }) => name),
    categories: categoriesOf([...article.topics, ...article.tags]),
    image: imageOf(article.featuredImage, mediaBaseUrl),
  }
}

/** A page of the sitemap. */
export const sitemapUrl = (row: SitemapRow, config: Config): SitemapUrl => ({
  url: canonicalUrl(row, config),
  language: row.locale,
  lastModified: later(row.last_modified, row.published_at),
  alternates: alternatesOf(row, config),
})

/** The translations with addresses of their own: their authors may have named another's. */
function alternatesOf(row: SitemapRow, config: Config): SitemapUrl['alternates'] {
  const seen = new Set([canonicalUrl(row, config)])
  return row.translations.flatMap((translation) => {
    const url = canonicalUrl(translation, config)
    if (seen.has(url)) return []
    seen.add(url)
    return [{ language: translation.locale, url }]
  })
}

/** An article of the news sitemap. */
export const newsUrl = (row: NewsRow, config: Config): NewsUrl => ({
  url: canonicalUrl(row, config),
  title: row.title,
  language: row.locale,
  publishedAt: row.published_at,
})

const mediaFolder = ({ mediaBaseUrl, siteUrl }: Config) => mediaBaseUrl ?? siteUrl

/** A topic and a tag may have one name: it is one category. */
function categoriesOf(terms: readonly { slug: string; name: string }[]) {
  return terms.filter(({ name }, index) => terms.findIndex((term) => term.name === name) === index)
}

function imageOf(image: ListedRow['featured_image'], mediaBaseUrl: string): FeedImage | null {
  const url = image === null ? null : publicAddress(image.url, mediaBaseUrl)
  if (image === null || url === null) return null
  const { alt, credit, width, height } = image
  return { url, alt, credit, width, height }
}

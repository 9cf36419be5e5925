/** Feeds and maps of a site, out of plain values. Pure; loads neither parsers nor renderer. */
export { atom } from './atom.ts'
export type { Feed, FeedImage, FeedItem } from './feed.ts'
export { feedHtml } from './feed-html.ts'
export { jsonFeed } from './json-feed.ts'
export { MOST_IN_A_NEWS_SITEMAP, NEWS_HOURS, type NewsUrl, newsSitemap } from './news-sitemap.ts'
export { robots } from './robots.ts'
export { rss } from './rss.ts'
export { MOST_IN_A_SITEMAP, type SitemapPart, type SitemapUrl, sitemap, sitemapIndex } from './sitemap.ts'

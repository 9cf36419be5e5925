import { type Feed, type FeedItem, feedUpdatedAt, itemId } from './feed.ts'
import { MEDIA_NAMESPACE, mediaContent } from './media.ts'
import {
  cdata,
  element,
  emptyElement,
  endTag,
  startTag,
  textElement,
  XML_DECLARATION,
  xmlText,
} from './xml.ts'

/**
 * A feed as RSS 2.0 (https://www.rssboard.org/rss-specification), one item a chunk, with the elements of its
 * neighbours that readers know: content:encoded, dc:creator, atom:link, media:content.
 */
export function* rss(feed: Feed): Generator<string> {
  yield XML_DECLARATION +
    startTag('rss', {
      version: '2.0',
      'xmlns:atom': 'http://www.w3.org/2005/Atom',
      'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:media': MEDIA_NAMESPACE,
    }) +
    startTag('channel') +
    textElement('title', feed.title) +
    textElement('link', feed.siteUrl) +
    // Wanted by the specification; there is nothing else to say.
    textElement('description', feed.title) +
    textElement('language', feed.language) +
    (feed.items.length === 0 ? '' : textElement('lastBuildDate', feedUpdatedAt(feed).toUTCString())) +
    textElement('generator', 'Masthead') +
    atomLink('self', feed.selfUrl) +
    atomLink('next', feed.nextUrl)
  for (const item of feed.items) yield rssItem(item, feed)
  yield endTag('channel') + endTag('rss')
}

function rssItem(item: FeedItem, feed: Feed): string {
  const { authors, categories, html, language } = item
  const content =
    textElement('title', item.title) +
    textElement('link', item.url) +
    textElement('guid', itemId(item), { isPermaLink: 'false' }) +
    // RFC 822's date, with the four digits of the year that the specification prefers.
    textElement('pubDate', item.publishedAt.toUTCString()) +
    authors.map((name) => textElement('dc:creator', name)).join('') +
    (language === feed.language ? '' : textElement('dc:language', language)) +
    categories.map(({ name }) => textElement('category', name)).join('') +
    // Html by the specification: plain text is escaped twice.
    textElement('description', xmlText(item.summary)) +
    element('content:encoded', html === null ? null : cdata(html)) +
    mediaContent(item.image)
  return element('item', `\n${content}`)
}

const atomLink = (rel: string, href: string | null) =>
  href === null ? '' : emptyElement('atom:link', { rel, type: 'application/rss+xml', href })

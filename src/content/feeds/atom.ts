import { type Feed, type FeedItem, feedUpdatedAt, itemId } from './feed.ts'
import { MEDIA_NAMESPACE, mediaContent } from './media.ts'
import { cdata, element, emptyElement, endTag, startTag, textElement, XML_DECLARATION } from './xml.ts'

/** A feed as Atom (RFC 4287), one entry a chunk; older entries by a link (RFC 5005 §3). */
export function* atom(feed: Feed): Generator<string> {
  yield XML_DECLARATION +
    startTag('feed', {
      xmlns: 'http://www.w3.org/2005/Atom',
      'xmlns:media': MEDIA_NAMESPACE,
      'xml:lang': feed.language,
    }) +
    textElement('id', feed.id) +
    textElement('title', feed.title) +
    textElement('updated', feedUpdatedAt(feed).toISOString()) +
    link('self', 'application/atom+xml', feed.selfUrl) +
    link('alternate', 'text/html', feed.siteUrl) +
    (feed.nextUrl === null ? '' : link('next', 'application/atom+xml', feed.nextUrl)) +
    // For entries without an author of their own (RFC 4287 §4.1.1).
    element('author', textElement('name', feed.publisher) + textElement('uri', feed.siteUrl)) +
    textElement('generator', 'Masthead')
  for (const item of feed.items) yield entry(item, feed)
  yield endTag('feed')
}

function entry(item: FeedItem, feed: Feed): string {
  const content =
    textElement('id', itemId(item)) +
    textElement('title', item.title) +
    link('alternate', 'text/html', item.url) +
    textElement('published', item.publishedAt.toISOString()) +
    textElement('updated', item.updatedAt.toISOString()) +
    item.authors.map((name) => element('author', textElement('name', name))).join('') +
    item.categories.map(({ slug, name }) => emptyElement('category', { term: slug, label: name })).join('') +
    textElement('summary', item.summary) +
    element('content', item.html === null ? null : cdata(item.html), { type: 'html' }) +
    mediaContent(item.image)
  return element('entry', `\n${content}`, {
    'xml:lang': item.language === feed.language ? null : item.language,
  })
}

const link = (rel: string, type: string, href: string) => emptyElement('link', { rel, type, href })

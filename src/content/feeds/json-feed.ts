import { type Feed, type FeedItem, itemId } from './feed.ts'

/** A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), one item a chunk. */
export function* jsonFeed(feed: Feed): Generator<string> {
  const head = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.siteUrl,
    feed_url: feed.selfUrl,
    ...(feed.nextUrl === null ? {} : { next_url: feed.nextUrl }),
    authors: [{ name: feed.publisher, url: feed.siteUrl }],
    language: feed.language,
  }
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`
  for (const [index, item] of feed.items.entries()) {
    yield (index === 0 ? '\n' : ',\n') + JSON.stringify(jsonItem(item, feed))
  }
  yield '\n]}\n'
}

const jsonItem = (item: FeedItem, feed: Feed) => ({
  id: itemId(item),
  url: item.url,
  title: item.title,
  // One of both there must be; a feed of summaries has no more than those.
  ...(item.html === null ? { content_text: item.summary } : { content_html: item.html }),
  summary: item.summary,
  ...(item.image === null ? {} : { image: item.image.url }),
  date_published: item.publishedAt.toISOString(),
  date_modified: item.updatedAt.toISOString(),
  ...(item.authors.length === 0 ? {} : { authors: item.authors.map((name) => ({ name })) }),
  ...(item.categories.length === 0 ? {} : { tags: item.categories.map(({ name }) => name) }),
  ...(item.language === feed.language ? {} : { language: item.language }),
})

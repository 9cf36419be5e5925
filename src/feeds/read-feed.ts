import { type ArticleFilter, articleFilter, listArticles } from '#src/articles/index.ts'
import type { Feed } from '#src/content/feeds/index.ts'
import type { Deps } from '#src/deps.ts'
import type { Cacheability } from '#src/platform/http/conditional.ts'
import { feedAddress, feedPageAddress } from './feed-address.ts'
import type { FeedQuery } from './schemas.ts'
import { feedItem } from './view.ts'

/** A page of a feed, as everybody may read it. @throws AppError `invalid_cursor` */
export async function readFeed(
  deps: Deps,
  requestUrl: string,
  { limit, cursor, content, ...parameters }: FeedQuery,
): Promise<Cacheability & { feed: Feed }> {
  const { config } = deps
  const isFull = content === 'full'
  const filter = articleFilter(parameters)
  const { rows, page, freshForMs, surrogateKeys, names } = await listArticles(deps, {
    filter,
    limit,
    cursor,
    include: new Set(isFull ? (['html'] as const) : []),
    viewer: { mayEdit: false },
  })
  const feed = {
    id: feedPageAddress(config.apiUrl, requestUrl, null),
    title: feedTitle(config.siteName, filter, names),
    language: filter.locale ?? config.siteLocale,
    publisher: config.siteName,
    siteUrl: config.siteUrl,
    selfUrl: feedAddress(config.apiUrl, requestUrl),
    nextUrl: page.next === null ? null : feedPageAddress(config.apiUrl, requestUrl, page.next),
    items: rows.map((row) => feedItem(row, isFull, config)),
  }
  return { feed, freshForMs, surrogateKeys }
}

/** The site's name; a filtered feed also says what it is about, so that readers tell it from the others. */
function feedTitle(siteName: string, filter: ArticleFilter, names: ReadonlyMap<string, string>): string {
  const { topics, tags, author, sourceDomain, locale } = filter
  const named = (kind: 'topic' | 'tag' | 'author', asked: readonly string[]) =>
    asked.map((name) => names.get(`${kind}/${name}`) ?? name)
  const subjects = new Set([
    ...named('topic', topics.flat()),
    ...named('tag', tags.flat()),
    ...named('author', author === null ? [] : [author]),
    ...[sourceDomain, locale].filter((subject) => subject !== null),
  ])
  return subjects.size === 0 ? siteName : `${siteName}: ${[...subjects].join(', ')}`
}

import { hash } from 'node:crypto'
import { z } from 'zod'
import {
  MOST_IN_A_NEWS_SITEMAP,
  newsSitemap,
  robots,
  sitemap,
  sitemapIndex,
} from '#src/content/feeds/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, content, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { sendRepresentation } from '#src/platform/http/conditional.ts'
import { sendStream } from '#src/platform/http/send-stream.ts'
import { ANY_LIST_KEY, ARTICLES_KEY } from '#src/platform/http/surrogate-keys.ts'
import { sitemapNotFound } from './errors.ts'
import indexExample from './examples/sitemap.json' with { type: 'json' }
import newsExample from './examples/sitemap-news.json' with { type: 'json' }
import partExample from './examples/sitemap-part.json' with { type: 'json' }
import { addressValues, listNews, type NewsRow } from './queries.ts'
import { SitemapParams } from './schemas.ts'
import {
  findSitemapPart,
  listSitemapParts,
  readSitemapPart,
  type SitemapSizes,
  sitemapPart,
  sitemapSizes,
} from './sitemap-parts.ts'
import { newsUrl } from './view.ts'

const XML = 'application/xml'
const contentType = `${XML}; charset=utf-8`
const surrogateKeys = [ARTICLES_KEY, ANY_LIST_KEY]

const xmlAnswer = (description: string, example: string) =>
  content(
    { [XML]: { schema: z.string(), example } },
    { description, headers: { ETag: answerHeaders.etag, 'Cache-Control': answerHeaders.cacheControl } },
  )

const forEverybody =
  ' Addresses are those of the readers’ site (`SITE_URL`); articles whose `canonicalUrl` is elsewhere are left out. Of articles in several languages at one address, that of the site’s language is there, else the oldest: name `{locale}` in ARTICLE_URL_PATTERN to have all.'

/** `/sitemap.xml` and its parts, `/sitemap-news.xml`, `/robots.txt`. */
export function sitemapRoutes(deps: Deps, sizes: SitemapSizes = sitemapSizes) {
  const { config, pool } = deps
  return async (app: App): Promise<void> => {
    app.get(
      '/sitemap.xml',
      {
        config: { acceptedAs: ['text/xml'] },
        schema: {
          operationId: 'getSitemapIndex',
          tags: ['Feeds'],
          summary: 'The index of sitemaps',
          description: `A sitemap index (sitemaps.org 0.9): a file for each month in which articles were published, in UTC, several where there are more than 50,000.${forEverybody}`,
          response: {
            200: xmlAnswer('The index.', indexExample),
            304: noContent('It is what the client has already.'),
            ...problems('unauthorized', 'database_unavailable', 'rate_limited', 'overloaded'),
          },
        },
      },
      async (request, reply) => {
        const { parts, freshForMs } = await listSitemapParts(deps, sizes)
        const body = [...sitemapIndex(parts)].join('')
        return sendRepresentation(request, reply, { body, contentType, surrogateKeys, freshForMs })
      },
    )

    app.get(
      '/sitemaps/:file',
      {
        config: { acceptedAs: ['text/xml'] },
        schema: {
          operationId: 'getSitemap',
          tags: ['Feeds'],
          summary: 'One sitemap',
          description: `The articles of a month with their last changes, and \`hreflang\` links between translations that are public.${forEverybody}`,
          params: SitemapParams,
          response: {
            200: xmlAnswer('The sitemap.', partExample),
            304: noContent('It is what the client has already.'),
            ...problems('unauthorized', 'not_found', 'database_unavailable', 'rate_limited', 'overloaded'),
          },
        },
      },
      async (request, reply) => {
        const part = sitemapPart(request.params.file)
        const found = await findSitemapPart(deps, part, sizes)
        if (found === null) throw sitemapNotFound(request.params.file)
        const { version, freshForMs } = found
        const { siteUrl, siteTimeZone, articleUrlPattern } = config
        const made = JSON.stringify([version, siteUrl, siteTimeZone, articleUrlPattern])
        return sendStream(request, reply, {
          contentType,
          tag: `"${hash('sha256', made, 'base64url').slice(0, 22)}"`,
          surrogateKeys,
          freshForMs,
          write: () => sitemap(readSitemapPart(deps, part, sizes)),
        })
      },
    )

    app.get(
      '/sitemap-news.xml',
      {
        config: { acceptedAs: ['text/xml'] },
        schema: {
          operationId: 'getNewsSitemap',
          tags: ['Feeds'],
          summary: 'The news sitemap',
          description: `What was published within the last 48 hours, newest first, at most 1,000 articles, as Google News wants it.${forEverybody}`,
          response: {
            200: xmlAnswer('The news sitemap.', newsExample),
            304: noContent('It is what the client has already.'),
            ...problems('unauthorized', 'database_unavailable', 'rate_limited', 'overloaded'),
          },
        },
      },
      async (request, reply) => {
        const rows = await listNews(pool, [config.siteUrl, MOST_IN_A_NEWS_SITEMAP, ...addressValues(config)])
        const news = rows.filter((row): row is typeof row & NewsRow => row.id !== null)
        const body = [
          ...newsSitemap(
            config.siteName,
            news.map((row) => newsUrl(row, config)),
          ),
        ].join('')
        const freshForMs = Math.min(NEWS_FRESH_MS, rows[0]?.fresh_for_ms ?? NEWS_FRESH_MS)
        return sendRepresentation(request, reply, { body, contentType, surrogateKeys, freshForMs })
      },
    )

    app.get(
      '/robots.txt',
      {
        schema: {
          operationId: 'getRobots',
          tags: ['Feeds'],
          summary: 'What crawlers may do',
          description:
            'Everything, and where the sitemaps are. The readers’ site has a robots.txt of its own: put its `Sitemap` lines there, and search engines accept sitemaps from this host for that site (sitemaps.org, “Sitemaps & Cross Submits”).',
          response: {
            200: content(
              {
                'text/plain': { schema: z.string(), example: robots(sitemapsOf('https://api.example.org')) },
              },
              { description: 'A robots.txt (RFC 9309).', headers: { ETag: answerHeaders.etag } },
            ),
            304: noContent('It is what the client has already.'),
            ...problems('unauthorized', 'database_unavailable', 'rate_limited', 'overloaded'),
          },
        },
      },
      async (request, reply) =>
        sendRepresentation(request, reply, {
          body: robots(sitemapsOf(config.apiUrl)),
          contentType: 'text/plain; charset=utf-8',
        }),
    )
  }
}

/** News are asked for often; what is not known to come may come. */
const NEWS_FRESH_MS = 300_000

const sitemapsOf = (apiUrl: string) => [`${apiUrl}/sitemap.xml`, `${apiUrl}/sitemap-news.xml`]

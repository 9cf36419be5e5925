import { createHash } from 'node:crypto'
import { z } from 'zod'
import { atom, jsonFeed, rss } from '#src/content/feeds/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, content, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { sendStream } from '#src/platform/http/send-stream.ts'
import atomExample from './examples/atom.json' with { type: 'json' }
import jsonExample from './examples/json-feed.json' with { type: 'json' }
import rssExample from './examples/rss.json' with { type: 'json' }
import { rememberChanges } from './last-changes.ts'
import { readFeed } from './read-feed.ts'
import { FeedQuery, JsonFeed } from './schemas.ts'

/** What feed readers and plain clients say they accept in place of a feed's own type. */
const XML = ['application/xml', 'text/xml']

/** The formats of feeds: where each is, and who writes it. */
const formats = [
  {
    path: '/feeds/rss.xml',
    operationId: 'getRssFeed',
    name: 'RSS 2.0',
    type: 'application/rss+xml',
    contentType: 'application/rss+xml; charset=utf-8',
    acceptedAs: XML,
    media: { schema: z.string(), example: rssExample },
    write: rss,
  },
  {
    path: '/feeds/atom.xml',
    operationId: 'getAtomFeed',
    name: 'Atom (RFC 4287)',
    type: 'application/atom+xml',
    contentType: 'application/atom+xml; charset=utf-8',
    acceptedAs: XML,
    media: { schema: z.string(), example: atomExample },
    write: atom,
  },
  {
    path: '/feeds/feed.json',
    operationId: 'getJsonFeed',
    name: 'JSON Feed 1.1',
    type: 'application/feed+json',
    // JSON is UTF-8, and the type has no parameters.
    contentType: 'application/feed+json',
    acceptedAs: ['application/json'],
    media: { schema: JsonFeed, example: jsonExample },
    write: jsonFeed,
  },
] as const

/** The newest articles as RSS, Atom and JSON Feed. */
export function feedRoutes(deps: Deps) {
  const changes = rememberChanges()
  return async (app: App): Promise<void> => {
    for (const { path, operationId, name, type, contentType, acceptedAs, media, write } of formats) {
      app.get(
        path,
        {
          config: { acceptedAs },
          schema: {
            operationId,
            tags: ['Feeds'],
            summary: `The newest articles as ${name}`,
            description:
              'What is published, newest first, with the filters of `GET /v1/articles`. Links and pictures are absolute; the id of an item stays when its address changes. Conditional by `If-None-Match` and `If-Modified-Since`. A key changes nothing: feeds are what readers see.',
            querystring: FeedQuery,
            response: {
              200: content(
                { [type]: media },
                {
                  description: 'The feed.',
                  headers: { ETag: answerHeaders.etag, 'Last-Modified': lastModifiedHeader },
                },
              ),
              304: noContent('The feed is what the client has already.'),
              ...problems(
                'invalid_cursor',
                'unauthorized',
                'database_unavailable',
                'rate_limited',
                'overloaded',
              ),
            },
          },
        },
        async (request, reply) => {
          const { feed, ...about } = await readFeed(deps, request.url, request.query)
          const pieces = [...write(feed)]
          const tag = tagOf(pieces)
          const lastModified = changes.since(feed.selfUrl, tag)
          return sendStream(request, reply, {
            ...about,
            ...(lastModified === undefined ? {} : { lastModified }),
            contentType,
            tag,
            write: () => piecewise(pieces),
          })
        },
      )
    }
  }
}

const lastModifiedHeader = {
  description: 'Since when the feed is what it is, as far as this server knows.',
  schema: { type: 'string' },
  example: 'Mon, 06 Jul 2026 08:30:00 GMT',
} as const

/** A page of a feed is in memory (at most 8 MiB), and its bytes name it best. */
function tagOf(pieces: readonly string[]): string {
  const digest = createHash('sha256')
  for (const piece of pieces) digest.update(piece)
  return `"${digest.digest('base64url').slice(0, 22)}"`
}

async function* piecewise(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces
}

import { z } from 'zod'
import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, sendPage } from '#src/platform/http/collection.ts'
import { cursorKey, keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { query, queryLimit, queryText } from '#src/platform/http/zod-types.ts'
import tagsExample from './examples/tags.json' with { type: 'json' }
import topicsExample from './examples/topics.json' with { type: 'json' }
import { type TermKey, type TermRow, termWalks } from './queries.ts'
import { Tag, Topic } from './schemas.ts'
import { tagView, topicView } from './view.ts'

const TermListQuery = query({
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: '`page.next` or `page.prev` of another answer.' }),
})
type TermListQuery = z.infer<typeof TermListQuery>

const Key = z.tuple([cursorKey.integer, cursorKey.text])

/** One page of a vocabulary. */
async function listTerms(deps: Deps, kind: 'tag' | 'topic', asked: TermListQuery, seesAll: boolean) {
  const pages = keysetPages<TermRow, TermKey>(`${kind}s`, Key, (row) => [row.position, row.slug])
  const position = pages.position(asked.cursor)
  const walk = termWalks[kind][position?.side ?? 'after']
  const rows = await walk(deps.pool, position?.key ?? null, seesAll, asked.limit + 1)
  return pages.page(rows, asked.limit, position)
}

/** `/v1/tags` and `/v1/topics`. */
export function taxonomyRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/tags',
      {
        schema: {
          operationId: 'listTags',
          tags: ['Taxonomy'],
          summary: 'All tags',
          description:
            'Ordered by slug, each with the number of its articles. Readers get the tags of published articles; with a key, all of them.',
          security: [{}, { apiKey: [] }],
          querystring: TermListQuery,
          response: {
            200: json(collectionOf(Tag, 'TagList'), {
              description: 'One page of tags.',
              example: tagsExample,
              headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
            }),
            304: noContent('The page is what the client has already.'),
            ...problems('invalid_cursor', 'unauthorized'),
          },
        },
      },
      async (request, reply) => {
        const seesAll = isAllowed(request.actor, 'taxonomy.readUnused')
        const { rows, page } = await listTerms(deps, 'tag', request.query, seesAll)
        return sendPage(request, reply, rows.map(tagView), page)
      },
    )

    app.get(
      '/topics',
      {
        schema: {
          operationId: 'listTopics',
          tags: ['Taxonomy'],
          summary: 'All topics',
          description:
            'In the order of the site’s navigation, each with the number of its articles. Readers get the topics of published articles; with a key, all of them.',
          security: [{}, { apiKey: [] }],
          querystring: TermListQuery,
          response: {
            200: json(collectionOf(Topic, 'TopicList'), {
              description: 'One page of topics.',
              example: topicsExample,
              headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
            }),
            304: noContent('The page is what the client has already.'),
            ...problems('invalid_cursor', 'unauthorized'),
          },
        },
      },
      async (request, reply) => {
        const seesAll = isAllowed(request.actor, 'taxonomy.readUnused')
        const { rows, page } = await listTerms(deps, 'topic', request.query, seesAll)
        return sendPage(request, reply, rows.map(topicView), page)
      },
    )
  }
}

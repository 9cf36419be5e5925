import { z } from 'zod'
import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, sendPage } from '#src/platform/http/collection.ts'
import { query, queryLimit, queryText } from '#src/platform/http/zod-types.ts'
import listExample from './examples/article-list.json' with { type: 'json' }
import { listArticles } from './list-articles.ts'
import { ArticleListItem } from './schemas.ts'
import { articleListItem } from './view.ts'

const ListQuery = query({
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: '`page.next` or `page.prev` of another answer.' }),
  source: z.uuid().optional().meta({ description: 'Id of a source: what cites it.' }),
})

/** Reading `/v1/articles`. */
export function articleListRoutes(deps: Deps) {
  const { config } = deps
  return async (app: App): Promise<void> => {
    app.get(
      '/articles',
      {
        schema: {
          operationId: 'listArticles',
          tags: ['Articles'],
          summary: 'Published articles, newest first',
          description:
            'Pages of list items: articles without body, html, toc and citations. Follow `page.next`, or the `Link` header, to walk through all of them.',
          security: [{}, { apiKey: [] }],
          querystring: ListQuery,
          response: {
            200: json(collectionOf(ArticleListItem, 'ArticleList'), {
              description: 'One page of articles.',
              example: listExample,
              headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
            }),
            304: noContent('The page is what the client has already.'),
            ...problems('invalid_cursor', 'unauthorized'),
          },
        },
      },
      async (request, reply) => {
        const { rows, page } = await listArticles(deps, request.query)
        const viewer = { mayEdit: isAllowed(request.actor, 'article.readUnpublished') }
        const items = rows.map((row) => articleListItem(row, viewer, config))
        return sendPage(request, reply, items, page)
      },
    )
  }
}

import { z } from 'zod'
import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, movedPermanently, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { fieldsParameter, pickFields } from '#src/platform/http/picked-fields.ts'
import { query, queryLimit } from '#src/platform/http/zod-types.ts'
import neighborsExample from './examples/neighbors.json' with { type: 'json' }
import relatedExample from './examples/related.json' with { type: 'json' }
import { getArticle } from './find-article.ts'
import { findRelated } from './find-related.ts'
import { findNeighbors } from './list-neighbors.ts'
import { listItemFields } from './list-schemas.ts'
import { ArticleListItem, ArticleParams, articleLocale } from './schemas.ts'
import { articleListItem } from './view.ts'

const fields = fieldsParameter(listItemFields).optional()
const locale = articleLocale.optional().meta({ description: 'Of the slug; left out: the site’s.' })

const Neighbors = z
  .object({
    previous: ArticleListItem.nullable().meta({ description: 'Published before it.' }),
    next: ArticleListItem.nullable().meta({ description: 'Published after it.' }),
  })
  .meta({ id: 'Neighbors', description: 'The articles before and after one by date, in its locale.' })

const RelatedArticles = z
  .object({ data: z.array(ArticleListItem) })
  .meta({ id: 'RelatedArticles', description: 'What has to do with an article, best first.' })

const reader = { mayEdit: false }

/** `/v1/articles/{ref}/neighbors` and `…/related`: what to read next. */
export function nearbyRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/articles/:ref/neighbors',
      {
        schema: {
          operationId: 'listNeighbors',
          tags: ['Articles'],
          summary: 'The articles before and after one',
          description: 'By date, in its locale, as readers see them.',
          security: [{}, { apiKey: [] }],
          params: ArticleParams,
          querystring: query({ locale, fields }),
          response: {
            200: json(Neighbors, {
              description: 'Both, or null.',
              example: neighborsExample,
              headers: { ETag: answerHeaders.etag },
            }),
            301: movedPermanently,
            304: noContent('They are what the client has already.'),
            ...problems('unauthorized', 'not_found', 'gone'),
          },
        },
      },
      async (request, reply) => {
        const { query } = request
        const mayEdit = isAllowed(request.actor, 'article.readUnpublished')
        const article = await getArticle(deps, { ref: request.params.ref, locale: query.locale }, mayEdit)
        const { previous, next } = await findNeighbors(deps, article)
        const item = (row: typeof next) =>
          row && pickFields(articleListItem(row, reader, deps.config), query.fields)
        return sendJson(request, reply, { previous: item(previous), next: item(next) })
      },
    )

    app.get(
      '/articles/:ref/related',
      {
        schema: {
          operationId: 'listRelatedArticles',
          tags: ['Articles'],
          summary: 'What has to do with an article',
          description:
            'Best first: the sum of `w · ln(1 + N / n)` over the sources (`w` = 2), topics and tags (`w` = 1) that both have, where `n` published articles of `N` have it, so that what is rare weighs more. In its locale, without its translations; ties newest first. Candidates are all that share its rarest terms, and the newest 300 articles.',
          security: [{}, { apiKey: [] }],
          params: ArticleParams,
          querystring: query({ locale, limit: queryLimit({ max: 20, default: 5 }), fields }),
          response: {
            200: json(RelatedArticles, {
              description: 'The articles.',
              example: relatedExample,
              headers: { ETag: answerHeaders.etag },
            }),
            301: movedPermanently,
            304: noContent('They are what the client has already.'),
            ...problems('unauthorized', 'not_found', 'gone'),
          },
        },
      },
      async (request, reply) => {
        const { query } = request
        const mayEdit = isAllowed(request.actor, 'article.readUnpublished')
        const { id } = await getArticle(deps, { ref: request.params.ref, locale: query.locale }, mayEdit)
        const rows = await findRelated(deps, id, query.limit)
        const data = rows.map((row) => pickFields(articleListItem(row, reader, deps.config), query.fields))
        return sendJson(request, reply, { data })
      },
    )
  }
}

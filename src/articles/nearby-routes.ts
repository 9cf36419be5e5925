import { z } from 'zod'
import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { findNextChange } from '#src/listing/index.ts'
import { answerHeaders, json, movedPermanently, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { type Cacheability, sendJson } from '#src/platform/http/conditional.ts'
import { fieldsParameter, pickFields } from '#src/platform/http/picked-fields.ts'
import { ANY_LIST_KEY, ARTICLES_KEY, surrogateKey } from '#src/platform/http/surrogate-keys.ts'
import { query, queryLimit } from '#src/platform/http/zod-types.ts'
import neighborsExample from './examples/neighbors.json' with { type: 'json' }
import relatedExample from './examples/related.json' with { type: 'json' }
import { getArticle } from './find-article.ts'
import { findRelated } from './find-related.ts'
import { findNeighbors } from './list-neighbors.ts'
import { publicItemFields } from './list-schemas.ts'
import { ArticleListItem, ArticleParams, articleLocale } from './schemas.ts'
import { articleListItem } from './view.ts'

const fields = fieldsParameter(publicItemFields).optional()
const locale = articleLocale.optional().meta({
  description: 'Language of the article, where it is named by its slug; left out: the site’s.',
})

const Neighbors = z
  .object({
    previous: ArticleListItem.nullable().meta({
      description: 'The one published before it; null: it is the oldest.',
    }),
    next: ArticleListItem.nullable().meta({
      description: 'The one published after it; null: it is the newest.',
    }),
  })
  .meta({ id: 'Neighbors', description: 'The articles before and after one by date, in its locale.' })

const RelatedArticles = z
  .object({ data: z.array(ArticleListItem).meta({ description: 'The best first.' }) })
  .meta({ id: 'RelatedArticles', description: 'Articles on the same subjects as one, best first.' })

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
          description:
            'For “Previous” and “Next” below a story: by date of publication, in its locale, as readers see them.',
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
        const [{ previous, next }, about] = await Promise.all([
          findNeighbors(deps, article),
          cacheability(deps, article.id),
        ])
        const item = (row: typeof next) =>
          row && pickFields(articleListItem(row, reader, deps.config), query.fields)
        return sendJson(request, reply, { previous: item(previous), next: item(next) }, about)
      },
    )

    app.get(
      '/articles/:ref/related',
      {
        schema: {
          operationId: 'listRelatedArticles',
          tags: ['Articles'],
          summary: 'Articles on the same subjects',
          description:
            'For “Read more” below a story. Best first: the sum of `w · ln(1 + N / n)` over the sources (`w` = 2), topics and tags (`w` = 1) that both have, where `n` published articles of `N` have it, so that what is rare weighs more. In its locale, without its translations; ties newest first. Candidates are all that share its rarest terms, and the newest 300 articles.',
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
        const [rows, about] = await Promise.all([findRelated(deps, id, query.limit), cacheability(deps, id)])
        const data = rows.map((row) => pickFields(articleListItem(row, reader, deps.config), query.fields))
        return sendJson(request, reply, { data }, about)
      },
    )
  }
}

/** Any article may come near, or go. */
const cacheability = async (deps: Deps, id: string): Promise<Cacheability> => ({
  surrogateKeys: [surrogateKey('article', id), ARTICLES_KEY, ANY_LIST_KEY],
  freshForMs: await findNextChange(deps.pool),
})

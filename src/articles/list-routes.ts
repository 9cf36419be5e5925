import { isAllowed, keyRequired } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { linkPages } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { fieldsParameter, pickFields } from '#src/platform/http/picked-fields.ts'
import { query } from '#src/platform/http/zod-types.ts'
import { refuseEditorialFields } from './editorial-fields.ts'
import listExample from './examples/article-list.json' with { type: 'json' }
import { listArticles } from './list-articles.ts'
import { articleFilter, articleListParameters, articleSort, includedBy } from './list-query.ts'
import { ArticleList, listItemFields } from './list-schemas.ts'
import { articleListItem } from './view.ts'

const MORE_ON_FIELDS =
  ' `body`, `html`, `toc` and `citations` are included by naming them. What only a key is shown that may see drafts is refused without one.'

const ListQuery = query({
  ...articleListParameters,
  fields: fieldsParameter(listItemFields, MORE_ON_FIELDS).optional(),
})

/** Reading `/v1/articles`. */
export function articleListRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/articles',
      {
        schema: {
          operationId: 'listArticles',
          tags: ['Articles'],
          summary: 'Articles, newest first',
          description:
            'Pages of list items: articles without body, html, toc and citations, unless they are included. Follow `page.next`, or the `Link` header, to walk through all of them: an article that is there throughout, and whose sort key does not change, comes exactly once, whatever is written meanwhile. Tags, topics, authors, locales and sources that are unknown give an empty page.',
          security: [{}, { apiKey: [] }],
          querystring: ListQuery,
          response: {
            200: json(ArticleList, {
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
        const { query } = request
        const viewer = { mayEdit: isAllowed(request.actor, 'article.readUnpublished') }
        if (!viewer.mayEdit && query.status?.some((status) => status !== 'published')) throw keyRequired()
        refuseEditorialFields(query.fields, viewer)
        const { rows, page, facets, freshForMs, surrogateKeys } = await listArticles(deps, {
          filter: articleFilter(query),
          sort: articleSort(query),
          limit: query.limit,
          cursor: query.cursor,
          include: new Set([...(query.include ?? []), ...includedBy(query.fields)]),
          total: query.total ?? false,
          facets: query.facets ?? [],
          viewer,
        })
        const items = rows.map((row) => pickFields(articleListItem(row, viewer, deps.config), query.fields))
        linkPages(reply, request.url, page)
        const answer = { data: items, page, ...(facets === undefined ? {} : { facets }) }
        return sendJson(request, reply, answer, { freshForMs, surrogateKeys })
      },
    )
  }
}

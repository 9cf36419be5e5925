import type { FastifyReply, FastifyRequest } from 'fastify'
import { isAllowed, keyRequired } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { linkPages } from '#src/platform/http/collection.ts'
import { sendRepresentation } from '#src/platform/http/conditional.ts'
import { fieldsParameter, pickFields } from '#src/platform/http/picked-fields.ts'
import { query } from '#src/platform/http/zod-types.ts'
import { refuseEditorialFields } from './editorial-fields.ts'
import listExample from './examples/article-list.json' with { type: 'json' }
import { listArticles, listReaderJson } from './list-articles.ts'
import { articleFilter, articleListParameters, articleSort, includedBy } from './list-query.ts'
import { ArticleList, listItemFields } from './list-schemas.ts'
import type { ListedRow } from './queries.ts'
import type { ListedArticles } from './read-list.ts'
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
        const list = {
          filter: articleFilter(query),
          sort: articleSort(query),
          limit: query.limit,
          cursor: query.cursor,
          include: new Set([...(query.include ?? []), ...includedBy(query.fields)]),
          total: query.total ?? false,
          facets: query.facets ?? [],
        }
        if (!viewer.mayEdit && query.fields === undefined) {
          return sendList(request, reply, await listReaderJson(deps, list))
        }
        const listed = await listArticles(deps, { ...list, viewer })
        const item = (row: ListedRow) =>
          JSON.stringify(pickFields(articleListItem(row, viewer, deps.config), query.fields))
        return sendList(request, reply, { ...listed, rows: listed.rows.map(item) })
      },
    )
  }
}

/** Answers with a page of articles that are text already. */
function sendList(
  request: FastifyRequest,
  reply: FastifyReply,
  { rows, page, facets, ...about }: ListedArticles<string>,
): FastifyReply {
  linkPages(reply, request.url, page)
  const counted = facets === undefined ? '' : `,"facets":${JSON.stringify(facets)}`
  return sendRepresentation(request, reply, {
    ...about,
    body: `{"data":[${rows.join(',')}],"page":${JSON.stringify(page)}${counted}}`,
    contentType: 'application/json; charset=utf-8',
  })
}

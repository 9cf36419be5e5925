import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ArticleParams, articleLocale, articleSurrogateKeys, getArticle } from '#src/articles/index.ts'
import { isAllowed } from '#src/auth/index.ts'
import { Citation, type ExportType, exportContent, exportTypes, sendItems } from '#src/citations/index.ts'
import { citesWork, itemOfCitation } from '#src/content/export/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, content, movedPermanently, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, linkPages } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { acceptedType, formatLocation } from '#src/platform/http/negotiate.ts'
import { query } from '#src/platform/http/zod-types.ts'
import articleCitationsExample from './examples/article-citations.json' with { type: 'json' }
import citationsExample from './examples/citations.json' with { type: 'json' }
import { listCitations } from './list-citations.ts'
import { CitationFormat, CitationListQuery, CitingCitation } from './schemas.ts'
import { citingCitationView } from './view.ts'

const formatTypes = { json: 'application/json', ...exportTypes } as const

const ArticleCitations = z
  .object({ data: z.array(Citation).meta({ description: 'In the order of the article.' }) })
  .meta({ id: 'ArticleCitations', description: 'The citations of one article, in order.' })

/** The type to answer in: `format` wins over `Accept`. @throws AppError `not_acceptable` */
function citationType(
  request: FastifyRequest,
  format: keyof typeof formatTypes | undefined,
): 'application/json' | ExportType {
  return format === undefined ? acceptedType(request, Object.values(formatTypes)) : formatTypes[format]
}

/** `/v1/articles/{ref}/citations` and `/v1/citations`. */
export function citationRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/articles/:ref/citations',
      {
        schema: {
          operationId: 'listArticleCitations',
          tags: ['Sources'],
          summary: 'The sources of one article',
          description:
            'All of them, in order; as JSON, or for a reference manager as CSL-JSON, BibTeX or RIS. Remarks that cite nothing are in the JSON alone.',
          params: ArticleParams,
          querystring: query({
            locale: articleLocale.optional().meta({
              description:
                'Language of the article, where it is named by its slug; left out: the site’s, else that of the oldest article with this slug.',
            }),
            format: CitationFormat,
          }),
          response: {
            200: content(
              {
                'application/json': { schema: ArticleCitations, example: articleCitationsExample },
                ...exportContent,
              },
              { description: 'The citations.', headers: { ETag: answerHeaders.etag } },
            ),
            301: movedPermanently,
            304: noContent('They are what the client has already.'),
            ...problems('unauthorized', 'not_found', 'gone'),
          },
        },
      },
      async (request, reply) => {
        const { locale, format } = request.query
        const type = citationType(request, format)
        const seesAll = isAllowed(request.actor, 'article.readUnpublished')
        const row = await getArticle(deps, { ref: request.params.ref, locale }, seesAll)
        const { citations, revision, id } = row
        const about = { revision, surrogateKeys: articleSurrogateKeys(row), freshForMs: row.next_change_ms }
        if (type === 'application/json') return sendJson(request, reply, { data: citations }, about)
        if (format === undefined) {
          reply.header('content-location', `/v1/articles/${id}/citations?format=${formatName(type)}`)
        }
        const items = citations.filter(citesWork).map((citation) => itemOfCitation(citation))
        return sendItems(request, reply, type, items, about)
      },
    )

    app.get(
      '/citations',
      {
        schema: {
          operationId: 'listCitations',
          tags: ['Sources'],
          summary: 'The citations of all published articles',
          description:
            'By article, newest first, each with its article. With the filters of the list of articles: `source` and `sourceDomain` leave only their own citations. As JSON, or page by page for a reference manager.',
          querystring: CitationListQuery,
          response: {
            200: content(
              {
                'application/json': {
                  schema: collectionOf(CitingCitation, 'CitationList'),
                  example: citationsExample,
                },
                ...exportContent,
              },
              {
                description: 'One page of citations.',
                headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
              },
            ),
            304: noContent('The page is what the client has already.'),
            ...problems('invalid_cursor', 'unauthorized'),
          },
        },
      },
      async (request, reply) => {
        const type = citationType(request, request.query.format)
        const { rows, page, freshForMs } = await listCitations(deps, request.query)
        linkPages(reply, request.url, page)
        if (type === 'application/json') {
          return sendJson(request, reply, { data: rows.map(citingCitationView), page }, { freshForMs })
        }
        if (request.query.format === undefined) {
          reply.header('content-location', formatLocation(request.url, formatName(type)))
        }
        const items = rows
          .filter(({ citation }) => citesWork(citation))
          .map(({ citation, article }) => itemOfCitation(citation, article.id))
        return sendItems(request, reply, type, items, { freshForMs })
      },
    )
  }
}

const formatName = (type: ExportType) =>
  Object.entries(exportTypes).find(([, one]) => one === type)?.[0] ?? 'csl-json'

import { z } from 'zod'
import { isAllowed } from '#src/auth/index.ts'
import { exportContent, exportTypes, sendItems } from '#src/citations/index.ts'
import { itemOfArticle } from '#src/content/export/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, content, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { sendJson, sendRepresentation } from '#src/platform/http/conditional.ts'
import { acceptedType } from '#src/platform/http/negotiate.ts'
import { query } from '#src/platform/http/zod-types.ts'
import articleExample from './examples/article.json' with { type: 'json' }
import markdownExample from './examples/article-markdown.json' with { type: 'json' }
import { getArticle } from './find-article.ts'
import { publicMarkdown, storedMarkdown } from './markdown-view.ts'
import { Article, ArticleParams, articleLocale } from './schemas.ts'
import { articleView } from './view.ts'

const DetailQuery = query({
  locale: articleLocale.optional().meta({
    description: 'Left out: the site’s locale, else the oldest article with this slug.',
  }),
  format: z
    .enum(['json', 'markdown', 'csl-json', 'bibtex', 'ris'])
    .optional()
    .meta({ description: 'Wins over `Accept`.' }),
})

const MARKDOWN = 'text/markdown'
const JSON_TYPE = 'application/json'

/** Reading one article, in all its representations. */
export function articleRoutes(deps: Deps) {
  const { config } = deps
  return async (app: App): Promise<void> => {
    app.get(
      '/articles/:ref',
      {
        schema: {
          operationId: 'getArticle',
          tags: ['Articles'],
          summary: 'One article',
          description:
            'By id or slug: as JSON, as its Markdown document, or as CSL-JSON, BibTeX or RIS for citing it. With a key that may see drafts the document is the stored one, byte for byte; without, the body stands under a front matter of the public fields.',
          security: [{}, { apiKey: [] }],
          params: ArticleParams,
          querystring: DetailQuery,
          response: {
            200: content(
              {
                [JSON_TYPE]: { schema: Article, example: articleExample },
                [MARKDOWN]: { schema: z.string(), example: markdownExample },
                ...exportContent,
              },
              {
                description: 'The article.',
                headers: { ETag: answerHeaders.etag, 'Content-Language': answerHeaders.contentLanguage },
              },
            ),
            304: noContent('The article is what the client has already.'),
            ...problems('unauthorized', 'not_found', 'gone'),
          },
        },
      },
      async (request, reply) => {
        const { locale, format } = request.query
        const type =
          format === undefined ? acceptedType(request, Object.values(formatTypes)) : formatTypes[format]
        const mayEdit = isAllowed(request.actor, 'article.readUnpublished')
        const row = await getArticle(deps, { ref: request.params.ref, locale }, mayEdit)
        const article = articleView(row, { mayEdit }, config)
        reply.header('content-language', row.locale)
        if (type === JSON_TYPE) return sendJson(request, reply, article, row.revision)
        if (format === undefined)
          reply.header('content-location', `/v1/articles/${row.id}?format=${nameOf(type)}`)
        if (type !== MARKDOWN) {
          const site = { name: config.siteName, url: config.siteUrl, timeZone: config.siteTimeZone }
          return sendItems(request, reply, type, [itemOfArticle(article, site)], row.revision)
        }
        const body = mayEdit ? storedMarkdown(row) : await publicMarkdown(article)
        return sendRepresentation(request, reply, {
          body,
          contentType: 'text/markdown; charset=utf-8',
          revision: row.revision,
        })
      },
    )
  }
}

const formatTypes = { json: JSON_TYPE, markdown: MARKDOWN, ...exportTypes } as const

/** What `?format=` calls a type. */
const nameOf = (type: string) => Object.entries(formatTypes).find(([, one]) => one === type)?.[0] ?? 'json'

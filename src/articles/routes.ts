import { z } from 'zod'
import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, bodies, content, json, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, linkPages } from '#src/platform/http/collection.ts'
import { entityTag, sendJson, sendRepresentation } from '#src/platform/http/conditional.ts'
import { acceptedType } from '#src/platform/http/negotiate.ts'
import { query, queryLimit, queryText } from '#src/platform/http/zod-types.ts'
import articleExample from './examples/article.json' with { type: 'json' }
import listExample from './examples/article-list.json' with { type: 'json' }
import markdownExample from './examples/article-markdown.json' with { type: 'json' }
import createdExample from './examples/created-article.json' with { type: 'json' }
import { documentExample, inputExample } from './examples/documents.ts'
import { getArticle } from './find-article.ts'
import { listArticles } from './list-articles.ts'
import { publicMarkdown, storedMarkdown } from './markdown-view.ts'
import { postArticle } from './post-article.ts'
import { Article, ArticleInput, ArticleListItem, articleLocale, articleSlug } from './schemas.ts'
import { articleListItem, articleView } from './view.ts'

const ArticleParams = z.strictObject({
  ref: queryText(200).meta({ description: 'Id or slug.', examples: ['silicon-valley-ai-war'] }),
})

const ListQuery = query({
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: '`page.next` or `page.prev` of another answer.' }),
})

const DetailQuery = query({
  locale: articleLocale.optional().meta({
    description: 'Left out: the site’s locale, else the oldest article with this slug.',
  }),
  format: z.enum(['json', 'markdown']).optional().meta({ description: 'Wins over `Accept`.' }),
})

const CreateQuery = query({
  slug: articleSlug.optional().meta({ description: 'For a document: wins over its front matter.' }),
  reason: queryText(500).optional().meta({ description: 'Kept with the revision.' }),
})

const MARKDOWN = 'text/markdown'
const JSON_TYPE = 'application/json'

/** `/v1/articles`. */
export function articleRoutes(deps: Deps) {
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
        linkPages(reply, request.url, page)
        return sendJson(request, reply, {
          data: rows.map((row) => articleListItem(row, viewer, config)),
          page,
        })
      },
    )

    app.get(
      '/articles/:ref',
      {
        schema: {
          operationId: 'getArticle',
          tags: ['Articles'],
          summary: 'One article',
          description:
            'By id or slug, as JSON or as its Markdown document. With a key that may see drafts the document is the stored one, byte for byte; without, the body stands under a front matter of the public fields.',
          security: [{}, { apiKey: [] }],
          params: ArticleParams,
          querystring: DetailQuery,
          response: {
            200: content(
              {
                [JSON_TYPE]: { schema: Article, example: articleExample },
                [MARKDOWN]: { schema: z.string(), example: markdownExample },
              },
              {
                description: 'The article.',
                headers: { ETag: answerHeaders.etag, 'Content-Language': answerHeaders.contentLanguage },
              },
            ),
            304: noContent('The article is what the client has already.'),
            ...problems('unauthorized', 'not_found'),
          },
        },
      },
      async (request, reply) => {
        const { locale, format } = request.query
        const type = format === undefined ? acceptedType(request, [JSON_TYPE, MARKDOWN]) : formatTypes[format]
        const mayEdit = isAllowed(request.actor, 'article.readUnpublished')
        const row = await getArticle(deps, { ref: request.params.ref, locale, seesAll: mayEdit })
        const article = articleView(row, { mayEdit }, config)
        reply.header('content-language', row.locale)
        if (type === JSON_TYPE) return sendJson(request, reply, article, row.revision)
        const body = mayEdit ? storedMarkdown(row) : await publicMarkdown(article)
        if (format === undefined) reply.header('content-location', `/v1/articles/${row.id}?format=markdown`)
        return sendRepresentation(request, reply, {
          body,
          contentType: 'text/markdown; charset=utf-8',
          revision: row.revision,
        })
      },
    )

    app.post(
      '/articles',
      {
        config: { can: 'article.create' },
        schema: {
          operationId: 'createArticle',
          tags: ['Articles'],
          summary: 'Create an article',
          description:
            'From JSON, or from a Markdown document with front matter. Tags, topics and authors that do not exist are made; footnotes become citations. A draft, unless `status` is `published` or the front matter says `draft: false`.',
          security: [{ apiKey: [] }],
          querystring: CreateQuery,
          body: bodies(
            {
              [JSON_TYPE]: { schema: ArticleInput, example: inputExample },
              [MARKDOWN]: { schema: z.string(), example: documentExample },
            },
            { description: 'The article as JSON, or its document.' },
          ),
          response: {
            201: json(Article, {
              description: 'The article was created.',
              example: createdExample,
              headers: { ETag: answerHeaders.etag, Location: answerHeaders.location },
            }),
            ...problems('unreadable_document', 'unauthorized', 'forbidden', 'slug_taken', 'invalid_document'),
          },
        },
      },
      async (request, reply) => {
        const { slug, reason } = request.query
        const { id } = await postArticle(deps, request.body, {
          slug,
          reason: reason ?? null,
          actor: request.actor,
        })
        const row = await getArticle(deps, { ref: id, locale: undefined, seesAll: true })
        const body = JSON.stringify(articleView(row, { mayEdit: true }, config))
        const contentType = 'application/json; charset=utf-8'
        return reply
          .code(201)
          .header('location', `/v1/articles/${id}`)
          .header('etag', entityTag({ body, contentType, revision: row.revision }))
          .type(contentType)
          .send(body as never)
      },
    )
  }
}

const formatTypes = { json: JSON_TYPE, markdown: MARKDOWN } as const

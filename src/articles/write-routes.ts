import { z } from 'zod'
import { trailOf } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { onBehalfOf } from '#src/derivation/index.ts'
import { answerHeaders, bodies, json, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { query, queryText } from '#src/platform/http/zod-types.ts'
import { sendArticle, tellingConflicts } from './answer-article.ts'
import articleExample from './examples/article.json' with { type: 'json' }
import createdExample from './examples/created-article.json' with { type: 'json' }
import { documentExample, inputExample, patchExample } from './examples/documents.ts'
import { getArticleId } from './find-article.ts'
import { ArticleInput, ArticlePatch } from './input-schemas.ts'
import { articleLookUp } from './look-up.ts'
import { patchArticle } from './patch-article.ts'
import { postArticle } from './post-article.ts'
import { putDocument } from './put-document.ts'
import { Article, ArticleParams, articleSlug, IfMatch, WriteQuery } from './schemas.ts'

const MARKDOWN = 'text/markdown'
const JSON_TYPE = 'application/json'

const CreateQuery = query({
  slug: articleSlug.optional().meta({ description: 'For a document: wins over its front matter.' }),
  reason: queryText(500).optional().meta({ description: 'Kept with the revision and in the audit.' }),
})

const changed = json(Article, {
  description: 'The article as it is now.',
  example: articleExample,
  headers: { ETag: answerHeaders.etag },
})
const created = json(Article, {
  description: 'The article was created.',
  example: createdExample,
  headers: { ETag: answerHeaders.etag, Location: answerHeaders.location },
})

/** `POST /v1/articles`, `PUT` and `PATCH /v1/articles/{ref}`. */
export function articleWriteRoutes(deps: Deps) {
  const lookUp = articleLookUp(deps)
  return async (app: App): Promise<void> => {
    app.post(
      '/articles',
      {
        schema: {
          operationId: 'createArticle',
          tags: ['Articles'],
          summary: 'Create an article',
          description:
            'From JSON, or from a Markdown document with front matter. Tags, topics and authors that do not exist are made; footnotes become citations. A draft, unless `status` is `published` or the front matter says `draft: false`.',
          querystring: CreateQuery,
          body: bodies(
            {
              [JSON_TYPE]: { schema: ArticleInput, example: inputExample },
              [MARKDOWN]: { schema: z.string(), example: documentExample },
            },
            { description: 'The article as JSON, or its document.' },
          ),
          response: {
            201: created,
            ...problems('unreadable_document', 'unauthorized', 'forbidden', 'slug_taken', 'invalid_document'),
            ...problems('unavailable'),
          },
        },
      },
      async (request, reply) => {
        const options = { slug: request.query.slug, trail: trailOf(request) }
        const row = await postArticle(onBehalfOf(deps, request), request.body, options)
        return sendArticle(deps, reply, row, 201)
      },
    )

    app.put(
      '/articles/:ref',
      {
        config: { lookUp },
        schema: {
          operationId: 'putArticle',
          tags: ['Articles'],
          summary: 'Put a document',
          description:
            'Gives the article this document as its next revision; the same bytes change nothing. On a slug that is free it creates the article, which is what a pipeline that pushes a folder wants.\n\nAn article that is there keeps its slug, locale, dates and translation key, unless the new front matter says something else of them than the old one did: a changed `slug`, `date`, `expiryDate`, `locale` or `translationKey` changes the article. `draft` never publishes or withdraws it; `POST …/publish` and `…/unpublish` do.\n\nA new article takes slug and locale from the address. Where its front matter names others, the answer’s `findings` say so: imported elsewhere, that document would give another article.',
          params: ArticleParams,
          querystring: WriteQuery,
          headers: IfMatch,
          body: bodies(
            { [MARKDOWN]: { schema: z.string(), example: documentExample } },
            { description: 'The document.' },
          ),
          response: {
            200: changed,
            201: created,
            ...problems('unreadable_document', 'unauthorized', 'forbidden', 'not_found', 'gone'),
            ...problems('slug_taken', 'invalid_transition', 'precondition_failed'),
            ...problems('invalid_document', 'unavailable'),
          },
        },
      },
      async (request, reply) => {
        const address = { ref: request.params.ref, locale: request.query.locale }
        const { row, isNew, findings } = await putDocument(onBehalfOf(deps, request), address, request.body, {
          trail: trailOf(request),
          ifMatch: request.headers['if-match'],
        })
        return sendArticle(deps, reply, row, isNew ? 201 : 200, findings)
      },
    )

    app.patch(
      '/articles/:ref',
      {
        config: { lookUp },
        schema: {
          operationId: 'patchArticle',
          tags: ['Articles'],
          summary: 'Change an article',
          description:
            'A JSON merge patch (RFC 7396). Only the lines of the document whose keys change are touched; comments, order and spelling of everything else stay as they are. What was read can be sent back whole: that changes nothing. An article in the trash is a 409; `POST …/restore` comes first.',
          params: ArticleParams,
          querystring: WriteQuery,
          headers: IfMatch,
          body: bodies(
            {
              'application/merge-patch+json': { schema: ArticlePatch, example: patchExample },
              [JSON_TYPE]: { schema: ArticlePatch, example: patchExample },
            },
            { description: 'What changes.' },
          ),
          response: {
            200: changed,
            ...problems('unauthorized', 'forbidden', 'not_found', 'gone', 'slug_taken'),
            ...problems('invalid_transition', 'precondition_failed', 'unavailable'),
          },
        },
      },
      async (request, reply) => {
        const id = await getArticleId(deps, { ref: request.params.ref, locale: request.query.locale })
        const revising = { trail: trailOf(request), ifMatch: request.headers['if-match'] }
        const { row, findings } = await tellingConflicts(deps, id, () =>
          patchArticle(onBehalfOf(deps, request), id, request.body, revising),
        )
        return sendArticle(deps, reply, row, 200, findings)
      },
    )
  }
}

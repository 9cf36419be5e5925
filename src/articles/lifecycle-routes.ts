import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, noContent, optionalJsonBody, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { sendArticle, tellingConflicts } from './answer-article.ts'
import { publishArticle, restoreArticle, trashArticle, unpublishArticle } from './change-status.ts'
import articleExample from './examples/article.json' with { type: 'json' }
import { getArticleId } from './find-article.ts'
import type { ArticleRow } from './queries.ts'
import { Article, ArticleParams, IfMatch, PublishOptions, WriteQuery } from './schemas.ts'

const changed = json(Article, {
  description: 'The article as it is now.',
  example: articleExample,
  headers: { ETag: answerHeaders.etag },
})
const refusals = problems(
  'unauthorized',
  'forbidden',
  'not_found',
  'invalid_transition',
  'precondition_failed',
)
const shared = {
  tags: ['Articles'],
  security: [{ apiKey: [] }],
  params: ArticleParams,
  querystring: WriteQuery,
  headers: IfMatch,
}

interface Addressed {
  params: { ref: string }
  query: { locale?: string | undefined }
  headers: { 'if-match'?: string | undefined }
}

/** The transitions of an article's life: publish, unpublish, trash, restore. */
export function articleLifecycleRoutes(deps: Deps) {
  /** Finds the article that a request means, and changes it. */
  async function change(
    request: Addressed,
    work: (id: string, ifMatch: string | undefined) => Promise<ArticleRow>,
  ): Promise<ArticleRow> {
    const id = await getArticleId(deps, { ref: request.params.ref, locale: request.query.locale })
    return await tellingConflicts(deps, id, () => work(id, request.headers['if-match']))
  }

  return async (app: App): Promise<void> => {
    app.delete(
      '/articles/:ref',
      {
        config: { can: 'article.edit' },
        schema: {
          ...shared,
          operationId: 'trashArticle',
          summary: 'Put an article into the trash',
          description:
            'Readers get a 410 at once for what had been public, and the slug is free. `restore` brings it back as a draft.',
          response: { 204: noContent('It is in the trash.'), ...refusals },
        },
      },
      async (request, reply) => {
        await change(request, (id, ifMatch) => trashArticle(deps, id, ifMatch))
        return reply.code(204).send()
      },
    )

    app.post(
      '/articles/:ref/publish',
      {
        config: { can: 'article.publish' },
        schema: {
          ...shared,
          operationId: 'publishArticle',
          summary: 'Publish an article',
          description:
            'Now, or at `publishAt`: readers see it from that instant on. What is published already stays as it is.',
          body: optionalJsonBody(PublishOptions, {
            description: 'When; left out: now.',
            example: { publishAt: '2025-07-02T12:40:04+08:00' },
          }),
          response: { 200: changed, ...refusals },
        },
      },
      async (request, reply) => {
        const options = request.body ?? {}
        const row = await change(request, (id, ifMatch) => publishArticle(deps, id, options, ifMatch))
        return sendArticle(deps, reply, row)
      },
    )

    app.post(
      '/articles/:ref/unpublish',
      {
        config: { can: 'article.publish' },
        schema: {
          ...shared,
          operationId: 'unpublishArticle',
          summary: 'Take an article back to a draft',
          description: 'Withdraws what is public, or cancels what is scheduled. A draft stays as it is.',
          response: { 200: changed, ...refusals },
        },
      },
      async (request, reply) => {
        const row = await change(request, (id, ifMatch) => unpublishArticle(deps, id, ifMatch))
        return sendArticle(deps, reply, row)
      },
    )

    app.post(
      '/articles/:ref/restore',
      {
        config: { can: 'article.edit' },
        schema: {
          ...shared,
          operationId: 'restoreArticle',
          summary: 'Take an article out of the trash',
          description: 'As a draft, with everything it had. A slug that somebody took meanwhile is a 409.',
          response: { 200: changed, ...refusals, ...problems('invalid_transition', 'slug_taken') },
        },
      },
      async (request, reply) => {
        const row = await change(request, (id, ifMatch) => restoreArticle(deps, id, ifMatch))
        return sendArticle(deps, reply, row)
      },
    )
  }
}

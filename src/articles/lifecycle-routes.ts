import { trailOf } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import { answerHeaders, json, noContent, optionalJsonBody, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { sendArticle, tellingConflicts } from './answer-article.ts'
import {
  publishArticle,
  restoreArticle,
  type Transition,
  trashArticle,
  unpublishArticle,
} from './change-status.ts'
import { deleteArticle } from './delete-article.ts'
import articleExample from './examples/article.json' with { type: 'json' }
import { getArticleId } from './find-article.ts'
import { articleLookUp } from './look-up.ts'
import { Article, ArticleParams, DeleteQuery, IfMatch, PublishOptions, WriteQuery } from './schemas.ts'

const changed = json(Article, {
  description: 'The article as it is now.',
  example: articleExample,
  headers: { ETag: answerHeaders.etag },
})
const refusals = problems(
  'unauthorized',
  'forbidden',
  'not_found',
  'gone',
  'invalid_transition',
  'precondition_failed',
)
const shared = {
  tags: ['Articles'],
  params: ArticleParams,
  querystring: WriteQuery,
  headers: IfMatch,
}

type Addressed = Parameters<typeof trailOf>[0] & {
  params: { ref: string }
  query: { locale?: string | undefined }
  headers: { 'if-match'?: string | undefined }
}

/** The transitions of an article's life: publish, unpublish, trash, restore. */
export function articleLifecycleRoutes(deps: Deps) {
  /** Finds the article that a request means, and changes it. */
  async function change<Result>(
    request: Addressed,
    work: (id: string, asked: Transition) => Promise<Result>,
  ): Promise<Result> {
    const id = await getArticleId(deps, { ref: request.params.ref, locale: request.query.locale })
    const asked = { trail: trailOf(request), ifMatch: request.headers['if-match'] }
    return await tellingConflicts(deps, id, () => work(id, asked))
  }

  const lookUp = articleLookUp(deps)
  return async (app: App): Promise<void> => {
    app.delete(
      '/articles/:ref',
      {
        config: { lookUp },
        schema: {
          ...shared,
          operationId: 'trashArticle',
          summary: 'Put an article into the trash',
          description:
            'Readers get a 410 at once for what had been public, and the slug is free. `restore` brings it back as a draft.\n\nWith `permanent=true` it is deleted for good, from the trash or at once, with its revisions, its citations and the redirects to it. What had been public stays a 410, by its id and by the slugs that it had, until another article takes these; what never was is a 404.',
          querystring: DeleteQuery,
          response: { 204: noContent('It is in the trash; or gone.'), ...refusals },
        },
      },
      async (request, reply) => {
        const remove = request.query.permanent === true ? deleteArticle : trashArticle
        await change(request, async (id, asked) => await remove(deps, id, asked))
        return reply.code(204).send()
      },
    )

    app.post(
      '/articles/:ref/publish',
      {
        config: { lookUp },
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
        const row = await change(request, (id, asked) => publishArticle(deps, id, asked, options))
        return sendArticle(deps, reply, row)
      },
    )

    app.post(
      '/articles/:ref/unpublish',
      {
        config: { lookUp },
        schema: {
          ...shared,
          operationId: 'unpublishArticle',
          summary: 'Take an article back to a draft',
          description: 'Withdraws what is public, or cancels what is scheduled. A draft stays as it is.',
          response: { 200: changed, ...refusals },
        },
      },
      async (request, reply) => {
        const row = await change(request, (id, asked) => unpublishArticle(deps, id, asked))
        return sendArticle(deps, reply, row)
      },
    )

    app.post(
      '/articles/:ref/restore',
      {
        config: { lookUp },
        schema: {
          ...shared,
          operationId: 'restoreArticle',
          summary: 'Take an article out of the trash',
          description: 'As a draft, with everything it had. A slug that somebody took meanwhile is a 409.',
          response: { 200: changed, ...refusals, ...problems('invalid_transition', 'slug_taken') },
        },
      },
      async (request, reply) => {
        const row = await change(request, (id, asked) => restoreArticle(deps, id, asked))
        return sendArticle(deps, reply, row)
      },
    )
  }
}

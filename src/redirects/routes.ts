import { trailOf } from '#src/audit/index.ts'
import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { findNextChange } from '#src/listing/index.ts'
import { answerHeaders, json, jsonBody, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, sendPage } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { surrogateKey } from '#src/platform/http/surrogate-keys.ts'
import { createRedirect } from './create-redirect.ts'
import { leadsNowhere, pathGone } from './errors.ts'
import redirectExample from './examples/redirect.json' with { type: 'json' }
import redirectsExample from './examples/redirects.json' with { type: 'json' }
import resolvedArticleExample from './examples/resolved-article.json' with { type: 'json' }
import { deleteRedirect, getRedirect, listRedirects } from './list-redirects.ts'
import { isWithdrawn, resolvePath } from './resolve-path.ts'
import {
  Redirect,
  RedirectInput,
  RedirectListQuery,
  RedirectParams,
  RedirectWriteQuery,
  Resolution,
  ResolveQuery,
} from './schemas.ts'
import { redirectView, resolutionView } from './view.ts'

const shared = { tags: ['Redirects'] }

/** `/v1/resolve` and `/v1/redirects`. */
export function redirectRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    resolveRoute(app, deps)
    readingRoutes(app, deps)
    writingRoutes(app, deps)
  }
}

function resolveRoute(app: App, deps: Deps): void {
  app.get(
    '/resolve',
    {
      schema: {
        operationId: 'resolvePath',
        tags: ['Redirects'],
        summary: 'Where a path of the site leads',
        description:
          'To the article that has the path by ARTICLE_URL_PATTERN, else where redirects from it end, else to the article that had it before its slug changed. A slash at the end, a query, and `.html` make no difference. Chains of redirects are followed to their end. What led to an article that was public and is in the trash is 410; so is the path of one that was deleted for good.',
        querystring: ResolveQuery,
        response: {
          200: json(Resolution, {
            description: 'Where it leads.',
            examples: {
              article: { summary: 'To an article', value: resolvedArticleExample },
              redirect: {
                summary: 'Elsewhere',
                value: { type: 'redirect', status: 301, to: 'https://archive.example.org/2019' },
              },
            },
            headers: { ETag: answerHeaders.etag },
          }),
          304: noContent('It is what the client has already.'),
          ...problems('unauthorized', 'not_found', 'gone'),
        },
      },
    },
    async (request, reply) => {
      const seesAll = isAllowed(request.actor, 'article.readUnpublished')
      const resolved = await resolvePath(deps, request.query.path, seesAll)
      if (resolved === null) {
        throw (await isWithdrawn(deps, request.query.path, seesAll)) ? pathGone() : leadsNowhere()
      }
      const surrogateKeys = 'article' in resolved ? [surrogateKey('article', resolved.article.id)] : []
      const freshForMs = await findNextChange(deps.pool)
      return sendJson(request, reply, resolutionView(resolved, deps.config), { surrogateKeys, freshForMs })
    },
  )
}

function readingRoutes(app: App, deps: Deps): void {
  app.get(
    '/redirects',
    {
      schema: {
        ...shared,
        operationId: 'listRedirects',
        summary: 'All redirects',
        description:
          'The newest first: those made here, those that documents name as their `aliases`, and the slugs that articles had.',
        querystring: RedirectListQuery,
        response: {
          200: json(collectionOf(Redirect, 'RedirectList'), {
            description: 'One page of redirects.',
            example: redirectsExample,
            headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
          }),
          304: noContent('The page is what the client has already.'),
          ...problems('invalid_cursor', 'unauthorized', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      const { rows, page } = await listRedirects(deps, request.query)
      return sendPage(
        request,
        reply,
        rows.map((row) => redirectView(row, deps.config)),
        page,
      )
    },
  )

  app.get(
    '/redirects/:id',
    {
      schema: {
        ...shared,
        operationId: 'getRedirect',
        summary: 'One redirect',
        description: 'By its id: where the old path leads as of now.',
        params: RedirectParams,
        response: {
          200: json(Redirect, {
            description: 'The redirect.',
            example: redirectExample,
            headers: { ETag: answerHeaders.etag },
          }),
          304: noContent('It is what the client has already.'),
          ...problems('unauthorized', 'forbidden', 'not_found'),
        },
      },
    },
    async (request, reply) => {
      const row = await getRedirect(deps, request.params.id)
      return sendJson(request, reply, redirectView(row, deps.config))
    },
  )
}

function writingRoutes(app: App, deps: Deps): void {
  app.post(
    '/redirects',
    {
      schema: {
        ...shared,
        operationId: 'createRedirect',
        summary: 'Let an old path lead elsewhere',
        description:
          'Refused are a path at which readers find an article (it would go before), and a way that comes back to where it began. An article that gets the path later goes before the redirect.',
        querystring: RedirectWriteQuery,
        body: jsonBody(RedirectInput, {
          description: 'From where to where.',
          example: { from: '/2019/old.html', to: '/silicon-valley-ai-war' },
        }),
        response: {
          201: json(Redirect, {
            description: 'The new redirect.',
            example: redirectExample,
            headers: { Location: answerHeaders.location },
          }),
          ...problems('unauthorized', 'forbidden', 'redirect_taken', 'path_taken'),
        },
      },
    },
    async (request, reply) => {
      const id = await createRedirect(deps, trailOf(request), request.body)
      reply.code(201).header('location', `/v1/redirects/${id}`)
      return redirectView(await getRedirect(deps, id), deps.config)
    },
  )

  app.delete(
    '/redirects/:id',
    {
      schema: {
        ...shared,
        operationId: 'deleteRedirect',
        summary: 'Delete a redirect',
        description: 'One that a document names comes back when the document is written again.',
        params: RedirectParams,
        querystring: RedirectWriteQuery,
        response: {
          204: noContent('It is gone.'),
          ...problems('unauthorized', 'forbidden', 'not_found'),
        },
      },
    },
    async (request, reply) => {
      await deleteRedirect(deps, trailOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

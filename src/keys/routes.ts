import { trailOf } from '#src/audit/index.ts'
import type { Deps } from '#src/deps.ts'
import {
  answerHeaders,
  bodies,
  json,
  jsonBody,
  noContent,
  optionalJsonBody,
  problems,
} from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, sendPage } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { createKey, type KeyWithSecret } from './create-key.ts'
import { editKey } from './edit-key.ts'
import { revokeKey, rotateKey } from './end-key.ts'
import { keyExample, keyInputExample, newKeyExample } from './examples/keys.ts'
import { getKey, listKeys } from './list-keys.ts'
import {
  ApiKey,
  ApiKeyInput,
  ApiKeyListQuery,
  ApiKeyParams,
  ApiKeyPatch,
  ApiKeyRotation,
  ApiKeyWriteQuery,
  NewApiKey,
} from './schemas.ts'
import { keyView } from './view.ts'

const DEFAULT_GRACE_SECONDS = 86_400
const tags = ['Access']

/** `/v1/api-keys`. */
export function keyRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    readingRoutes(app, deps)
    creatingRoute(app, deps)
    changingRoutes(app, deps)
    rotatingRoute(app, deps)
  }
}

const withSecret = ({ row, key }: KeyWithSecret) => ({ ...keyView(row), key })

function readingRoutes(app: App, deps: Deps): void {
  app.get(
    '/api-keys',
    {
      schema: {
        operationId: 'listApiKeys',
        tags,
        summary: 'All API keys',
        description: 'The newest first, those that have expired included; not those that were revoked.',
        querystring: ApiKeyListQuery,
        response: {
          200: json(collectionOf(ApiKey, 'ApiKeyList'), {
            description: 'One page of keys.',
            example: { data: [keyExample], page: { limit: 20, next: null, prev: null } },
            headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
          }),
          304: noContent('The page is what the client has already.'),
          ...problems('invalid_cursor', 'unauthorized', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      const { rows, page } = await listKeys(deps, request.query)
      return sendPage(request, reply, rows.map(keyView), page)
    },
  )

  app.get(
    '/api-keys/:id',
    {
      schema: {
        operationId: 'getApiKey',
        tags,
        summary: 'One API key',
        description: 'Without its secret, of which only a hash is kept.',
        params: ApiKeyParams,
        response: {
          200: json(ApiKey, {
            description: 'The key.',
            example: keyExample,
            headers: { ETag: answerHeaders.etag },
          }),
          304: noContent('It is what the client has already.'),
          ...problems('unauthorized', 'forbidden', 'not_found'),
        },
      },
    },
    async (request, reply) => sendJson(request, reply, keyView(await getKey(deps, request.params.id))),
  )
}

function creatingRoute(app: App, deps: Deps): void {
  app.post(
    '/api-keys',
    {
      schema: {
        operationId: 'createApiKey',
        tags,
        summary: 'Make an API key',
        description:
          'The answer is the only one that has the key itself, in `key`: keep it, nobody can read it again. It is valid at once on this node, on all others within a second. Give each site, script and person a key of its own, with the least role that does.',
        querystring: ApiKeyWriteQuery,
        body: jsonBody(ApiKeyInput, { description: 'What the key is for.', example: keyInputExample }),
        response: {
          201: json(NewApiKey, {
            description: 'The new key.',
            example: newKeyExample,
            headers: { Location: answerHeaders.location },
          }),
          ...problems('unauthorized', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      const made = await createKey(deps, trailOf(request), request.body)
      reply.code(201).header('location', `/v1/api-keys/${made.row.id}`)
      return withSecret(made)
    },
  )
}

function changingRoutes(app: App, deps: Deps): void {
  app.patch(
    '/api-keys/:id',
    {
      schema: {
        operationId: 'patchApiKey',
        tags,
        summary: 'Change an API key',
        description:
          'Its name, role, expiry and limits; the secret stays. It holds at once on this node, on all others within a second. The last admin key that does not expire stays one.',
        params: ApiKeyParams,
        querystring: ApiKeyWriteQuery,
        body: bodies(
          {
            'application/merge-patch+json': { schema: ApiKeyPatch, example: { role: 'editor' } },
            'application/json': { schema: ApiKeyPatch, example: { role: 'editor' } },
          },
          { description: 'What changes.' },
        ),
        response: {
          200: json(ApiKey, { description: 'The key as it is now.', example: keyExample }),
          ...problems('unauthorized', 'forbidden', 'not_found', 'last_admin_key'),
        },
      },
    },
    async (request) => keyView(await editKey(deps, trailOf(request), request.params.id, request.body)),
  )

  app.delete(
    '/api-keys/:id',
    {
      schema: {
        operationId: 'revokeApiKey',
        tags,
        summary: 'Revoke an API key',
        description:
          'For good: at once on this node, on all others within a second. Articles and the audit go on naming it. The last admin key that does not expire can’t be revoked. One that `MASTHEAD_ADMIN_KEY` names comes back with the next start.',
        params: ApiKeyParams,
        querystring: ApiKeyWriteQuery,
        response: {
          204: noContent('It is no longer valid.'),
          ...problems('unauthorized', 'forbidden', 'not_found', 'last_admin_key'),
        },
      },
    },
    async (request, reply) => {
      await revokeKey(deps, trailOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

function rotatingRoute(app: App, deps: Deps): void {
  app.post(
    '/api-keys/:id/rotate',
    {
      schema: {
        operationId: 'rotateApiKey',
        tags,
        summary: 'Replace an API key by a new one',
        description:
          'The same key with another secret, shown in `key` this once. The present one is valid for `graceSeconds` more, so that it can be replaced wherever it is in use; one from an earlier rotation no longer.',
        params: ApiKeyParams,
        querystring: ApiKeyWriteQuery,
        body: optionalJsonBody(ApiKeyRotation, {
          description: 'How long the present one stays valid; left out: a day.',
          example: { graceSeconds: 3_600 },
        }),
        response: {
          200: json(NewApiKey, {
            description: 'The key with its new secret.',
            example: { ...newKeyExample, previousValidUntil: '2026-11-24T20:06:31.418Z' },
          }),
          ...problems('unauthorized', 'forbidden', 'not_found'),
        },
      },
    },
    async (request) => {
      const { graceSeconds = DEFAULT_GRACE_SECONDS } = request.body ?? {}
      return withSecret(await rotateKey(deps, trailOf(request), request.params.id, graceSeconds))
    },
  )
}

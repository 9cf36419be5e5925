import { z } from 'zod'
import { json, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { isAllowed, permissions, roles } from './permissions.ts'

const Me = z
  .object({
    key: z
      .object({
        id: z.string().meta({ description: 'Id of the key: what stands between `mh_` and the next `_`.' }),
        name: z.string().meta({ description: 'What the key is for.' }),
        role: z.enum(roles).meta({ description: 'What it may do.' }),
      })
      .nullable()
      .meta({ description: 'The key that the request was sent with; null: none was.' }),
    permissions: z
      .array(z.string())
      .meta({ description: 'What it may do beyond reading what is published, by name.' }),
  })
  .meta({ id: 'Me', description: 'Who asks, and what they may do.' })

const example = {
  key: { id: 'Zq3vT9mLwK2x', name: 'Website', role: 'viewer' },
  permissions: ['article.readUnpublished', 'taxonomy.readUnused'],
}

/** `GET /v1/me`. */
export async function meRoute(app: App): Promise<void> {
  app.get(
    '/me',
    {
      schema: {
        operationId: 'getMe',
        tags: ['Access'],
        summary: 'Who asks, and what they may do',
        description: 'What the key of the request is allowed. Without one: nothing beyond reading.',
        response: {
          200: json(Me, { description: 'The asker.', example }),
          ...problems('unauthorized'),
        },
      },
    },
    async ({ actor }, reply) => {
      // A reader's key gets what anybody gets, but for this.
      reply.header('cache-control', 'private, no-store')
      return {
        key: actor === null ? null : { id: actor.id, name: actor.name, role: actor.role },
        permissions: permissions.filter((permission) => isAllowed(actor, permission)),
      }
    },
  )
}

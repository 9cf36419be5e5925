import fastify, { type RouteOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import { declareAccess } from '#src/auth/index.ts'
import { permissions, rolesWith } from '#src/auth/permissions.ts'

async function declared(operationId: string): Promise<RouteOptions[]> {
  const routes: RouteOptions[] = []
  const app = fastify()
  app.addHook('onRoute', (route) => {
    declareAccess(route)
    routes.push(route)
  })
  app.get('/', { schema: { operationId, description: 'What it does.' } }, async () => 'ok')
  await app.ready()
  return routes
}

describe('an operation', () => {
  test('that everybody may call says so', async () => {
    const [route] = await declared('listArticles')
    expect(route?.schema).toMatchObject({
      security: [{}, { apiKey: [] }],
      'x-roles': ['anonymous', 'reader', 'viewer', 'author', 'editor', 'admin'],
      description: 'What it does.',
    })
  })

  test('that some may call names them, once, for HEAD as for GET', async () => {
    const routes = await declared('patchArticle')
    expect(routes.map(({ method }) => method)).toEqual(['GET', 'HEAD'])
    for (const { schema } of routes) {
      expect(schema).toMatchObject({
        security: [{ apiKey: [] }],
        'x-roles': ['author', 'editor', 'admin'],
        description: 'What it does.\n\nRoles: author (own articles that are not published), editor, admin.',
      })
    }
  })

  test.each(['publishEverything', 'toString', '__proto__'])(
    '"%s", which nobody has named, does not start',
    async (name) => {
      await expect(declared(name)).rejects.toThrow(`who may call the operation "${name}"`)
    },
  )
})

describe('the table', () => {
  test('each role may do what those before it may', () => {
    for (const permission of permissions) {
      const order = ['reader', 'viewer', 'author', 'editor', 'admin']
      const roles = rolesWith(permission)
      expect(roles).toEqual(order.slice(order.length - roles.length))
      expect(roles).not.toContain('reader')
    }
  })
})

import fastify from 'fastify'
import { expect, test } from 'vitest'
import { authenticate } from '#src/auth/index.ts'
import { operations } from '#src/auth/permissions.ts'
import type { App } from '#src/platform/http/app.ts'
import { startApi } from '#tests/support/test-api.ts'

const { deps, reader } = await startApi()

test('the table names the operations that there are, and no others', async () => {
  const { body } = await reader.get('/openapi.json').expect(200)
  const paths: Record<string, { operationId: string }>[] = Object.values(body.paths)
  const documented = paths.flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  expect(Object.keys(operations).toSorted()).toEqual(documented.toSorted())
})

test('a route that has no name does not start where keys are asked for', async () => {
  const app = fastify() as unknown as App
  const starting = app.register(async (scope: App) => {
    authenticate(scope, deps)
    scope.get('/v1/secrets', async () => 'all of them')
  })
  await expect(starting).rejects.toThrow('GET /v1/secrets has no operationId')
})

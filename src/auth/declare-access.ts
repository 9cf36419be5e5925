import type { RouteOptions } from 'fastify'
import { operations, type Permission, roles, rolesInWords, rolesWith } from './permissions.ts'

/** What an operation wants of its caller. @throws Error for one that the table does not name */
export function neededFor(operationId: string): 'everybody' | Permission {
  const needed = Object.hasOwn(operations, operationId) ? operations[operationId] : undefined
  if (needed === undefined) {
    throw new Error(
      `Nobody has said who may call the operation "${operationId}": name it in src/auth/permissions.ts.`,
    )
  }
  return needed
}

/**
 * An onRoute hook: writes into the route's schema who may call it (`security`, `x-roles`, a sentence of the
 * description), from the table.
 * @throws Error for an operation that the table does not name
 */
export function declareAccess(route: RouteOptions): void {
  const { schema } = route
  if (schema?.operationId === undefined) return
  const needed = neededFor(schema.operationId)
  // A copy: the route for HEAD, which Fastify makes of one for GET, begins with the same schema.
  route.schema =
    needed === 'everybody'
      ? { ...schema, security: [{}, { apiKey: [] }], 'x-roles': ['anonymous', ...roles] }
      : {
          ...schema,
          security: [{ apiKey: [] }],
          'x-roles': rolesWith(needed),
          description: withSentence(schema.description, `Roles: ${rolesInWords(needed)}.`),
        }
}

const withSentence = (description: string | undefined, sentence: string) =>
  description === undefined ? sentence : `${description}\n\n${sentence}`

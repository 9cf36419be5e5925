import type { FastifyRequest } from 'fastify'
import type { Deps } from '#src/deps.ts'
import type { App } from '#src/platform/http/app.ts'
import { keyRefused, keyRequired, notAllowed } from './errors.ts'
import { type Actor, isAllowed, type Permission } from './permissions.ts'
import { verifyKey } from './verify-key.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null for an anonymous reader. */
    actor: Actor | null
  }
  interface FastifyContextConfig {
    /** What the operation wants of the key; absent: anybody may. */
    can?: Permission
  }
}

/** The token of `Authorization: Bearer <token>` (RFC 6750 §2.1); null without the header. @throws keyRefused */
function bearerToken(request: FastifyRequest): string | null {
  const header = request.headers.authorization
  if (header === undefined) return null
  const [, token] = /^Bearer +([^\s,]+) *$/i.exec(header) ?? []
  if (token === undefined) throw keyRefused()
  return token
}

/**
 * Finds out who asks, before anything is looked up or read: a bad key is a 401 on public addresses too, and an
 * operation that `can` only be done with a key is a 401 without one, a 403 with one of too small a role.
 */
export function authenticate(app: App, deps: Deps): void {
  app.decorateRequest('actor', null)
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const token = bearerToken(request)
    const actor = token === null ? null : await verifyKey(deps.pool, token)
    if (token !== null && actor === null) throw keyRefused()
    request.actor = actor
    const { can } = request.routeOptions.config
    if (can === undefined) return
    if (actor === null) throw keyRequired()
    if (!isAllowed(actor, can)) throw notAllowed(actor.role)
  })
}

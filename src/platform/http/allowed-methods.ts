import type { FastifyInstance, FastifyRequest } from 'fastify'
import { acceptHeader, methodNotAllowed, routeNotFound } from './request-errors.ts'
import type { RouteTable } from './routes.ts'

/**
 * Answers for paths and methods that no route has: 404, 405 with Allow (RFC 9110 §15.5.6), and OPTIONS (§9.3.7)
 * where it is no CORS preflight. Registered before CORS, which would take every OPTIONS for one.
 */
export function registerAllowedMethods(app: FastifyInstance, table: RouteTable): void {
  app.addHook('onRequest', (request, reply, done) => {
    // Before a body is read: it would be refused for a fault that does not matter.
    if (request.is404 && request.method !== 'OPTIONS') return done(notThere(request, table))
    if (hasEmptyParameter(request.params)) return done(routeNotFound(pathOf(request.url)))
    if (request.method !== 'OPTIONS' || isPreflight(request.headers)) return done()
    const path = pathOf(request.url)
    const allowed = table.methodsAt(path)
    if (allowed.length === 0) return done(routeNotFound(path))
    const accepted = ['POST', 'PATCH'].map((method) => acceptHeader(method, table.bodyTypesAt(path, method)))
    reply
      .code(204)
      .headers(Object.assign({ allow: allowed.join(', ') }, ...accepted))
      .send()
  })
  app.setNotFoundHandler(async (request) => {
    throw notThere(request, table)
  })
}

/** 404, or 405 where the path has other methods. */
function notThere({ url, method }: FastifyRequest, table: RouteTable): Error {
  const path = pathOf(url)
  const allowed = table.methodsAt(path)
  const isUnknown = allowed.length === 0 || allowed.includes(method)
  return isUnknown ? routeNotFound(path) : methodNotAllowed(method, path, allowed)
}

/** The router takes `/v1/articles/` for `/v1/articles/:ref` with nothing in it. */
const hasEmptyParameter = (params: unknown): boolean =>
  typeof params === 'object' &&
  params !== null &&
  Object.entries(params).some(([name, value]) => value === '' && name !== '*')

/** What @fastify/cors takes for one, and the Fetch standard calls one. */
const isPreflight = (headers: Record<string, unknown>): boolean =>
  headers.origin !== undefined && headers['access-control-request-method'] !== undefined

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url

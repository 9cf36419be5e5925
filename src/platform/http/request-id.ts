import { randomUUIDv7 } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** What a caller's id must look like to stand in our log: nothing that could forge or flood a line, and no key. */
const SAFE_ID = /^(?!mh_)[A-Za-z0-9_-]{8,64}$/

/** An id of our own: sorted by time. */
export const newRequestId = (): string => randomUUIDv7()

/** The caller's `X-Request-Id` when it is safe, else one of our own. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && SAFE_ID.test(given) ? given : newRequestId()
}

/** Each answer says under which id it stands in the log. */
export function registerRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
}

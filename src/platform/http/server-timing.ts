import type { FastifyInstance } from 'fastify'
import { countDatabaseTime, type DatabaseTime } from '#src/platform/db/time-spent.ts'

declare module 'fastify' {
  interface FastifyRequest {
    databaseTime: DatabaseTime | null
  }
}

/**
 * Says in `Server-Timing` (W3C) how long an answer took: `db` waiting for the database, `total` until it was ready, in
 * milliseconds. Developers see it in their browser's network panel. It is no part of the representation, so entity
 * tags know nothing of it; a cache hands on that of the answer it kept.
 */
export function registerServerTiming(app: FastifyInstance): void {
  app.decorateRequest('databaseTime', null)
  app.addHook('onRequest', (request, _reply, done) => {
    const time = { ms: 0 }
    request.databaseTime = time
    countDatabaseTime(time, done)
  })
  // A body that arrives in pieces ends in the connection's context, not the request's.
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.databaseTime === null) done()
    else countDatabaseTime(request.databaseTime, done)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const total = reply.elapsedTime.toFixed(2)
    const database = request.databaseTime?.ms ?? 0
    const parts = [...(database > 0 ? [`db;dur=${database.toFixed(2)}`] : []), `total;dur=${total}`]
    reply.header('server-timing', parts.join(', '))
    done(null, payload)
  })
}

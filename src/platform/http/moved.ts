import type { FastifyReply, FastifyRequest } from 'fastify'

/** Thrown where a resource has another address now: the same path with these parameters. */
export class Moved extends Error {
  override readonly name = 'Moved'
  readonly params: Readonly<Record<string, string>>

  constructor(params: Readonly<Record<string, string>>) {
    super('It has another address.')
    this.params = params
  }
}

/** Answers with 301 to the new address (RFC 9110 §15.4.2); the query stays as it was written. */
export function sendMoved(request: FastifyRequest, reply: FastifyReply, { params }: Moved): FastifyReply {
  const given = request.params as Readonly<Record<string, string>>
  const path = (request.routeOptions.url ?? '').replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? given[name] ?? ''),
  )
  const query = request.url.indexOf('?')
  return reply.redirect(query === -1 ? path : path + request.url.slice(query), 301)
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cacheability } from './conditional.ts'

/** Where a resource is now: the same path with these parameters, and these in the query. */
export interface NewAddress extends Cacheability {
  readonly params: Readonly<Record<string, string>>
  /** In place of what the request has under these names; what else it has stays. */
  readonly query?: Readonly<Record<string, string>>
}

/** Thrown where a resource has another address now. */
export class Moved extends Error {
  override readonly name = 'Moved'
  readonly to: NewAddress

  constructor(to: NewAddress) {
    super('It has another address.')
    this.to = to
  }
}

/** Answers with 301 to the new address (RFC 9110 §15.4.2); the rest of the query stays as it was written. */
export function sendMoved(request: FastifyRequest, reply: FastifyReply, { to }: Moved): FastifyReply {
  const given = request.params as Readonly<Record<string, string>>
  const path = (request.routeOptions.url ?? '').replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(to.params[name] ?? given[name] ?? ''),
  )
  reply.cacheability = to
  return reply.redirect(path + newQuery(request.url, to.query ?? {}), 301)
}

function newQuery(url: string, changes: Readonly<Record<string, string>>): string {
  const start = url.indexOf('?')
  const written = start === -1 ? [] : url.slice(start + 1).split('&')
  const kept = written.filter((parameter) => !Object.hasOwn(changes, parameter.split('=', 1)[0] ?? ''))
  const changed = Object.entries(changes).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const all = [...kept, ...changed].filter((parameter) => parameter !== '')
  return all.length === 0 ? '' : `?${all.join('&')}`
}

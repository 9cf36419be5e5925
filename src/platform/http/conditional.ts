import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** One representation of a resource, as bytes to be. */
export interface Representation {
  readonly body: string
  /** With its parameters, such as `application/json; charset=utf-8`. */
  readonly contentType: string
  /** Of the article; lists have none. */
  readonly revision?: number
}

/**
 * The strong entity tag of a representation (RFC 9110 §8.8.3): `"<revision>-<hash>"`, for a list `"<hash>"`.
 * It differs whenever a byte of the answer does.
 */
export function entityTag({ body, revision }: Representation): string {
  const digest = hash('sha256', body, 'base64url').slice(0, 22)
  return revision === undefined ? `"${digest}"` : `"${revision}-${digest}"`
}

/** Whether `If-None-Match` names this tag: weak comparison (RFC 9110 §13.1.2); `*` names every one. */
export function matchesEntityTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header.trim() === '*') return true
  return [...header.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, listed]) => listed === tag)
}

/** Answers a GET with the representation, or with 304 when the client has it already. */
export function sendRepresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
): FastifyReply {
  const tag = entityTag(representation)
  reply.header('etag', tag)
  if (matchesEntityTag(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type(representation.contentType).send(representation.body)
}

/** Answers with a value as JSON, conditionally. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  value: unknown,
  revision?: number,
): FastifyReply {
  return sendRepresentation(request, reply, {
    body: JSON.stringify(value),
    contentType: 'application/json; charset=utf-8',
    ...(revision === undefined ? {} : { revision }),
  })
}

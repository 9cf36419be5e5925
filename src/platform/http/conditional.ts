import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptedCoding, type Coding, compressed } from './compression.ts'
import { codedTag, matchesEntityTag } from './entity-tags.ts'

/** What caches between us and the readers must know of an answer. */
export interface Cacheability {
  /** What a purge can name it by; see `surrogate-keys.ts`. */
  readonly surrogateKeys?: readonly string[]
  /**
   * Milliseconds, by the database's clock, until the answer changes by time alone: a scheduled publication, an
   * expiry. Absent or null: nothing is known to come.
   */
  readonly freshForMs?: number | null
}

/** One representation of a resource, as bytes to be. */
export interface Representation extends Cacheability {
  readonly body: string
  /** With its parameters, such as `application/json; charset=utf-8`. */
  readonly contentType: string
  /** Of the article; lists have none. */
  readonly revision?: number
}

/**
 * The strong entity tag of a representation (RFC 9110 §8.8.3): `"<revision>-<hash>"`, for a list `"<hash>"`.
 * It differs whenever a byte of the answer does, but for the content coding: {@link codedTag} adds that.
 */
export function entityTag({
  body,
  revision,
}: {
  body: string | Buffer
  revision?: number | undefined
}): string {
  const digest = hash('sha256', body, 'base64url').slice(0, 22)
  return revision === undefined ? `"${digest}"` : `"${revision}-${digest}"`
}

/** Under which coding this client gets a representation, and the entity tag that it has then. */
export function codedFor(
  request: FastifyRequest,
  representation: Pick<Representation, 'body' | 'revision'>,
): { coding: Coding; tag: string } {
  const coding = acceptedCoding(request.headers['accept-encoding'], representation.body)
  return { coding, tag: codedTag(entityTag(representation), coding) }
}

/**
 * Answers a GET with the representation, or with 304 when the client has it already. Under a coding that the client
 * likes, when it is worth it: the body is compressed on its way out (`compression.ts`), for a 304 not at all.
 */
export function sendRepresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
): FastifyReply {
  const { body, contentType, revision } = representation
  const coding = acceptedCoding(request.headers['accept-encoding'], body)
  // As bytes once, for the tag and for the answer.
  const bytes = Buffer.from(body)
  reply.cacheability = representation
  const isWanted = describe(request, reply, entityTag({ body: bytes, revision }), coding, contentType)
  return isWanted ? reply.send(coding === 'identity' ? bytes : body) : reply.code(304).send()
}

/** Sets the headers of a representation under a coding. False: the client has it already. */
function describe(
  request: FastifyRequest,
  reply: FastifyReply,
  tag: string,
  coding: Coding,
  contentType: string,
): boolean {
  const codedAs = codedTag(tag, coding)
  reply.header('etag', codedAs)
  if (matchesEntityTag(request.headers['if-none-match'], codedAs)) return false
  reply.type(contentType)
  if (coding !== 'identity') reply.header('content-encoding', coding)
  return true
}

/**
 * Gives what answers with a text that stays the same: tagged once, and compressed once under each coding. It may be as
 * large as it likes, and asked for as often.
 */
export function fixedRepresentation(body: string, contentType: string) {
  const bytes = Buffer.from(body)
  const tag = entityTag({ body: bytes })
  const coded = new Map<Coding, Promise<Buffer>>()
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const coding = acceptedCoding(request.headers['accept-encoding'], body)
    reply.cacheability = {}
    if (!describe(request, reply, tag, coding, contentType)) return reply.code(304).send()
    if (coding === 'identity') return reply.send(bytes)
    const made = coded.get(coding) ?? compressed(body, coding)
    coded.set(coding, made)
    return reply.send(await made)
  }
}

/** Answers with a value as JSON, conditionally. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  value: unknown,
  about: Cacheability & Pick<Representation, 'revision'> = {},
): FastifyReply {
  return sendRepresentation(request, reply, {
    ...about,
    body: JSON.stringify(value),
    contentType: 'application/json; charset=utf-8',
  })
}

declare module 'fastify' {
  interface FastifyReply {
    /** Noted by {@link sendRepresentation} for `cache-rules.ts`. */
    cacheability: Cacheability | null
  }
}

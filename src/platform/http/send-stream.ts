import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { codedStream, preferredCoding } from './compression.ts'
import type { Cacheability } from './conditional.ts'
import { codedTag, matchesEntityTag } from './entity-tags.ts'

/** A representation that is written while it is sent: too large to be held, or to be waited for. */
export interface StreamedRepresentation extends Cacheability {
  /** With its parameters, such as `application/rss+xml; charset=utf-8`. */
  readonly contentType: string
  /** Names the version of the bytes, known before they are: `"…"`. */
  readonly tag: string
  /** For clients that know no entity tags, to the second (RFC 9110 §8.8.2). */
  readonly lastModified?: Date
  /** The text, piece by piece; not begun for HEAD and 304. */
  readonly write: () => AsyncIterable<string>
}

/** Answers a GET with what is written as it goes, compressed when the client likes that; or with 304. */
export function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: StreamedRepresentation,
): FastifyReply {
  const { contentType, lastModified, write } = representation
  const coding = preferredCoding(request.headers['accept-encoding'])
  const tag = codedTag(representation.tag, coding)
  reply.header('etag', tag)
  if (lastModified !== undefined) reply.header('last-modified', lastModified.toUTCString())
  reply.cacheability = representation
  if (isKnown(request, tag, lastModified)) return reply.code(304).send()
  if (coding !== 'identity') reply.header('content-encoding', coding)
  const body = request.method === 'HEAD' ? Readable.from([]) : codedStream(write(), coding)
  return reply.type(contentType).send(body)
}

/** Whether the client has this version. With `If-None-Match` the date does not count (RFC 9110 §13.1.3). */
function isKnown({ headers }: FastifyRequest, tag: string, lastModified: Date | undefined): boolean {
  if (headers['if-none-match'] !== undefined) return matchesEntityTag(headers['if-none-match'], tag)
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1_000) * 1_000 <= since
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseJsonBody } from './json-body.ts'
import { parseContentType } from './media-types.ts'
import { emptyBody, unsupportedCharset, unsupportedEncoding, unsupportedMediaType } from './request-errors.ts'
import { bodyContent, isBodyOptional } from './route-schema.ts'
import { decodeUtf8 } from './utf8.ts'

const JSON_TYPES = ['application/json', 'application/merge-patch+json']
const TEXT_TYPES = ['text/markdown']
const UTF8 = new Set(['utf-8', 'utf8', 'us-ascii'])

/**
 * Reads bodies: JSON as values, Markdown as the very text that was sent. A type that the route does not list is a
 * 415 before anything is read: Fastify by itself hands such a body to the handler unchecked.
 */
export function registerBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    if (typesOf(request).length === 0) passOverBody(request)
    else refuseUnreadable(request)
    done()
  })
  app.addContentTypeParser<Buffer>(
    JSON_TYPES,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      if (bytes.length > 0) return parseJsonBody(bytes)
      // Some clients send a Content-Type with every request, also where there is nothing to send.
      if (isBodyOptional(request.routeOptions.schema)) return undefined
      throw emptyBody(request.method, typesOf(request))
    },
  )
  app.addContentTypeParser<Buffer>(
    TEXT_TYPES,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      if (bytes.length === 0) throw emptyBody(request.method, typesOf(request))
      return decodeUtf8(bytes)
    },
  )
}

const typesOf = (request: FastifyRequest): string[] => Object.keys(bodyContent(request.routeOptions.schema))

/** An operation that takes no body means the same whatever comes with it (RFC 9110 §9.3.5 of DELETE): it is not read. */
function passOverBody({ raw: { headers } }: FastifyRequest): void {
  delete headers['content-type']
  delete headers['content-length']
  delete headers['transfer-encoding']
}

/** @throws AppError empty_body (400), unsupported_media_type (415) */
function refuseUnreadable(request: FastifyRequest): void {
  const types = typesOf(request)
  const { headers, method } = request
  const sent = headers['content-type']
  if (sent === undefined && !hasBody(request)) {
    if (isBodyOptional(request.routeOptions.schema)) return
    throw emptyBody(method, types)
  }
  const { mediaType, charset } = parseContentType(sent ?? '')
  if (!types.includes(mediaType)) throw unsupportedMediaType(method, sent, types)
  if (charset !== undefined && !UTF8.has(charset)) throw unsupportedCharset(method, charset, types)
  const coding = headers['content-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'identity') throw unsupportedEncoding(coding)
}

/** RFC 9112 §6.3: without either header there is none. */
const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

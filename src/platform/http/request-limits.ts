import type { FastifyInstance } from 'fastify'
import { headersTooLarge, invalidUrl, urlTooLong } from './request-errors.ts'

/** The longest address, in bytes: what RFC 9110 §4.1 has everybody support, and a little. */
export const MAX_URL_BYTES = 8_192
/** The most that a request's headers may have together. */
export const MAX_HEADER_BYTES = 16_384
/**
 * The most that Node's parser reads of request line and headers. Beyond it there is no request, only a connection; so
 * it is wider than both limits, which then can say what is too long, under the request's id.
 */
export const MAX_HEAD_BYTES = 2 * MAX_HEADER_BYTES

/** Refuses what is too long to be meant, and addresses that can't be decoded: the query's parser would let them pass. */
export function registerRequestLimits(app: FastifyInstance): void {
  app.addHook('onRequest', ({ url, raw }, _reply, done) => {
    done(limitBroken(url, raw.rawHeaders))
  })
}

function limitBroken(url: string, rawHeaders: readonly string[]): Error | undefined {
  if (url.length > MAX_URL_BYTES) {
    return urlTooLong(`The address has ${url.length.toLocaleString('en')} bytes`)
  }
  let headerBytes = 0
  // Each has a colon, a blank and a line's end beside name and value.
  for (const text of rawHeaders) headerBytes += text.length + 2
  if (headerBytes > MAX_HEADER_BYTES) return headersTooLarge(MAX_HEADER_BYTES)
  return url.includes('%') && !isDecodable(url) ? invalidUrl(url) : undefined
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type CdnTimes,
  cdnCacheControl,
  cdnCacheControlOfAbsence,
  cdnHeaders,
  DEFAULT_CDN_TIMES,
} from './cdn-headers.ts'
import { isRead } from './methods.ts'
import { surrogateKeyHeader } from './surrogate-keys.ts'

/** What the rules need to know of the site. */
export interface CachingOptions {
  cdn?: CdnTimes
  /** Whether a request with a key is answered exactly as one without. */
  readsAsAnybody?: (request: FastifyRequest) => boolean
}

/** What browsers may do with what everybody may read: keep it, and ask each time. A withdrawn story must not stay. */
const ASK_EACH_TIME = 'public, max-age=0, must-revalidate'
const VARY = ['Accept', 'Accept-Encoding', 'Authorization']
const VARY_HEADER = VARY.join(', ')

/**
 * Who may keep an answer (RFC 9111; RFC 9213 for CDNs). What everybody may read is public: browsers ask for it anew
 * each time, CDNs keep it as long as the configuration says. What a key has read, and every refusal, is for the asker
 * alone. So is a type got by `Accept`, which carries a Content-Location: many CDNs ignore `Vary: Accept` and would hand
 * it to others. CDNs get leave for what was sent as a representation, for permanent redirects, and shortly for what
 * is not there; a route that says nothing gives none.
 */
export function registerCacheRules(app: FastifyInstance, options: CachingOptions = {}): void {
  const { cdn = DEFAULT_CDN_TIMES, readsAsAnybody = () => false } = options
  app.addHook('onSend', (request, reply, payload, done) => {
    if (request.method !== 'OPTIONS') setCacheHeaders(request, reply)
    done(null, payload)
  })

  function setCacheHeaders(request: FastifyRequest, reply: FastifyReply): void {
    addVary(reply)
    const isForAll = request.headers.authorization === undefined || readsAsAnybody(request)
    if (!isRead(request.method) || !isForAll || reply.statusCode >= 500) {
      reply.header('cache-control', 'private, no-store')
    } else if (reply.statusCode === 404 || reply.statusCode === 410) {
      reply.headers({ 'cache-control': ASK_EACH_TIME, ...cdnHeaders(cdnCacheControlOfAbsence(cdn)) })
    } else if (reply.hasHeader('cache-control')) {
      // The route knows better; a problem is not to be kept.
    } else if (reply.hasHeader('content-location')) {
      reply.header('cache-control', 'private, max-age=0')
    } else {
      reply.headers({ 'cache-control': ASK_EACH_TIME, ...leaveForCdns(reply, cdn) })
    }
  }
}

function leaveForCdns(reply: FastifyReply, cdn: CdnTimes): Record<string, string> {
  const isMoved = reply.statusCode === 301 || reply.statusCode === 308
  if (reply.cacheability === null && !isMoved) return {}
  const { surrogateKeys = [], freshForMs = null } = reply.cacheability ?? {}
  return {
    ...cdnHeaders(cdnCacheControl(cdn, freshForMs)),
    ...(surrogateKeys.length === 0 ? {} : { 'surrogate-key': surrogateKeyHeader(surrogateKeys) }),
  }
}

/** Adds what our answers vary by to what others have named (`Origin`). */
function addVary(reply: FastifyReply): void {
  if (!reply.hasHeader('vary')) {
    reply.header('vary', VARY_HEADER)
    return
  }
  const named = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !VARY.some((one) => one.toLowerCase() === name.toLowerCase()))
  reply.header('vary', [...VARY, ...named].join(', '))
}

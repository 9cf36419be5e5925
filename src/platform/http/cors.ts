import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

/** The origins whose pages may use the API; `*` for all of them. */
export type CorsOrigins = '*' | readonly string[]

const EXPOSED_HEADERS = [
  'ETag',
  'Link',
  'Location',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-Request-Id',
  'Idempotent-Replayed',
]
const REQUEST_HEADERS = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'X-Request-Id',
]
const READING = ['GET', 'HEAD']
const WRITING = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * What lets a page read an answer that is made before @fastify/cors has had its turn: of addresses that can't be
 * decoded, are too long, or lead nowhere. Without it a browser tells the page nothing but "Failed to fetch".
 * @param origin the request's `Origin`
 */
export function crossOriginHeaders(origins: CorsOrigins, origin: string | undefined): Record<string, string> {
  const exposed = { 'access-control-expose-headers': EXPOSED_HEADERS.join(', ') }
  if (origins === '*') return { 'access-control-allow-origin': '*', ...exposed }
  return origin !== undefined && origins.includes(origin)
    ? { vary: 'Origin', 'access-control-allow-origin': origin, ...exposed }
    : { vary: 'Origin' }
}

/**
 * Cross-origin access (Fetch standard §3.3). Pages of every origin may read what is public; those of the origins
 * that the configuration names may write too. No cookies are involved: a key is sent by the page's own script.
 */
export async function registerCors(app: FastifyInstance, origins: CorsOrigins): Promise<void> {
  await app.register(cors, {
    origin: origins === '*' ? '*' : [...origins],
    methods: origins === '*' ? READING : [...READING, ...WRITING],
    allowedHeaders: REQUEST_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 86_400,
  })
}

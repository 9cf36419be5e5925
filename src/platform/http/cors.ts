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

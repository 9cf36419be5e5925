import type { FastifyInstance, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { notAcceptable } from './request-errors.ts'
import { answersOf } from './route-schema.ts'

/** Parameters but the weight: `application/json; charset=utf-8`, which many clients send, accepts our JSON. */
const PARAMETERS = /;(?!\s*q=)[^;,]*/gi

/**
 * The type of `types` (best first) that the client likes most (RFC 9110 §12.5.1); without `Accept`, the first.
 * @throws AppError not_acceptable (406)
 */
export function acceptedType<Type extends string>(request: FastifyRequest, types: readonly Type[]): Type {
  const type = preferredType(request, types)
  if (type === undefined) throw notAcceptable(request.headers.accept ?? '', types)
  return type
}

function preferredType<Type extends string>(request: FastifyRequest, types: readonly Type[]) {
  if (isUndemanding(request.headers.accept)) return types[0]
  const accept = request.headers.accept?.replaceAll(PARAMETERS, '')
  const preferred = new Negotiator({ headers: { accept: accept?.trim() || undefined } }).mediaType([...types])
  return types.find((one) => one === preferred)
}

/**
 * Refuses, before the handler runs, what could not be answered in any accepted type: a write leaves nothing behind.
 * `?format=` wins over `Accept`, where a route has it.
 */
export function registerNegotiation(app: FastifyInstance): void {
  app.addHook('preHandler', (request, _reply, done) => {
    if (!isUndemanding(request.headers.accept) && !hasFormat(request.query)) refuseUnacceptable(request)
    done()
  })
}

function refuseUnacceptable(request: FastifyRequest): void {
  const types = Object.entries(answersOf(request.routeOptions.schema)).flatMap(([status, answer]) =>
    status.startsWith('2') ? Object.keys(answer.content ?? {}) : [],
  )
  const { acceptedAs = [] } = request.routeOptions.config
  if (types.length > 0 && preferredType(request, acceptedAs) === undefined) acceptedType(request, types)
}

/** Whether any type will do. */
const isUndemanding = (accept: string | undefined): boolean => accept === undefined || accept === '*/*'

/**
 * The address of a representation that `Accept` chose, for Content-Location: this one with `format`. Its presence
 * tells `cache-rules.ts` that the answer is for this client alone.
 */
export function formatLocation(url: string, format: string): string {
  const [path, query = ''] = url.split('?', 2)
  return `${path}?${[...query.split('&').filter((parameter) => parameter !== ''), `format=${format}`].join('&')}`
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Types by which clients ask for what the route gives under a narrower name: `application/xml` for RSS. Of one
     * representation nothing is chosen, so it is given under its own.
     */
    acceptedAs?: readonly string[]
  }
}

const hasFormat = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && 'format' in query && query.format !== undefined

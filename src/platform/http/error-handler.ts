import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#src/platform/errors.ts'
import { type CorsOrigins, crossOriginHeaders } from './cors.ts'
import { Moved, sendMoved } from './moved.ts'
import { sendProblem } from './problem-details.ts'
import {
  bodyTooLarge,
  internalError,
  invalidUrl,
  malformedRequest,
  unavailable,
  unsupportedMediaType,
  urlTooLong,
} from './request-errors.ts'
import { bodyContent } from './route-schema.ts'

/** Recognises errors of a library that another part of the platform knows; undefined for all others. */
export type TranslateError = (error: unknown) => AppError | undefined

/** Makes the one place where errors become answers. Pages of `origins` may read them all. */
export function errorHandler(translate: TranslateError, origins: CorsOrigins) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof Moved) return sendMoved(request, reply, error)
    const known = knownError(error, request, translate) ?? internalError(error)
    // Those that come in thousands are told together, by who refuses them.
    if (known.status >= 500 && known.code !== 'overloaded') {
      const err = known.cause ?? known
      if (known.code === 'internal') request.log.error({ err }, 'request failed')
      else request.log.warn({ err, code: known.code }, 'request refused')
    }
    // Neither is there when the error came before @fastify/cors, or the router.
    if (!reply.hasHeader('vary') && !reply.hasHeader('access-control-allow-origin'))
      reply.headers(crossOriginHeaders(origins, request.headers.origin))
    return sendProblem(reply, known)
  }
}

/** Sets the handler for all routes; what fails before routing goes through `frameworkErrors`. */
export function registerErrorHandler(
  app: FastifyInstance,
  translate: TranslateError,
  origins: CorsOrigins,
): void {
  app.setErrorHandler(errorHandler(translate, origins))
}

function knownError(
  error: unknown,
  request: FastifyRequest,
  translate: TranslateError,
): AppError | undefined {
  if (error instanceof AppError) return error
  // A connection that broke while the body arrived; first, because a database's errors have the same codes.
  if (error !== null && error === request.raw.errored)
    return malformedRequest('The body did not arrive whole.')
  return translate(error) ?? fastifyError(error, request)
}

/** Fastify's own refusals, by their codes; all others are faults of ours. */
function fastifyError(error: unknown, request: FastifyRequest): AppError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return bodyTooLarge(request.routeOptions.bodyLimit)
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return unsupportedMediaType(
        request.method,
        request.headers['content-type'],
        Object.keys(bodyContent(request.routeOptions.schema)),
      )
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return malformedRequest('The body is not as long as Content-Length says.')
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_INVALID_URL':
      return invalidUrl(request.url)
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return urlTooLong('A part of the path is too long')
    case 'FST_ERR_HANDLER_TIMEOUT':
      return unavailable('The answer was not ready in time. Try again shortly.')
    default:
      return undefined
  }
}

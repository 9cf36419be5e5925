import type { IncomingMessage, ServerResponse } from 'node:http'
import fastify, { type FastifyBaseLogger, type RawServerDefault, type RouteOptions } from 'fastify'
import type { Logger } from 'pino'
import { z } from 'zod'
import { registerAllowedMethods } from './allowed-methods.ts'
import { registerBodyParsers } from './body-parsers.ts'
import { type CachingOptions, registerCacheRules } from './cache-rules.ts'
import { clientErrorHandler } from './client-errors.ts'
import { registerCommaLists } from './comma-lists.ts'
import { registerCompression } from './compression.ts'
import {
  CONNECTION_LIMITS,
  type ConnectionLimits,
  connectionOptions,
  limitConnections,
} from './connection-limits.ts'
import { type CorsOrigins, registerCors } from './cors.ts'
import { registerDocsPage } from './docs-page.ts'
import { errorHandler, registerErrorHandler, type TranslateError } from './error-handler.ts'
import { registerNegotiation } from './negotiate.ts'
import { type OpenApiOptions, registerOpenApi } from './openapi.ts'
import { registerProblemPages } from './problem-pages.ts'
import { registerRequestIds, requestId } from './request-id.ts'
import { MAX_HEAD_BYTES, registerRequestLimits } from './request-limits.ts'
import { RequestLog } from './request-log.ts'
import type { App, ZodTypeProvider } from './route-schema.ts'
import { createRouteTable, type RouteTable } from './routes.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { registerServerTiming } from './server-timing.ts'
import { registerValidation } from './validation.ts'

export type { App } from './route-schema.ts'

/** The most that a body may have. */
const MAX_BODY_BYTES = 5 * 1024 * 1024
/** A slug of 200 Chinese characters, percent-encoded, has 1,800. */
const MAX_PARAMETER_LENGTH = 2_400

/** Looks at a request before Fastify does. */
type FirstLook = (request: IncomingMessage, response: ServerResponse) => boolean

/** What the platform's HTTP is made with. */
export interface HttpOptions {
  log: Logger
  /** Whose `X-Forwarded-For` is believed: nobody's, everybody's, that of so many proxies, or of these addresses. */
  trustProxy: boolean | number | string[]
  corsOrigins: CorsOrigins
  caching?: CachingOptions
  /** Recognises errors that mean something to clients, such as a database that is away. */
  translate?: TranslateError
  openapi: OpenApiOptions
  /** Completes the schema of each route before anything reads it. */
  declare?: (route: RouteOptions) => void
  /** Others than the usual ones. */
  connections?: Partial<ConnectionLimits>
  /** Sees each request before all else; true: it has answered it. */
  first?: FirstLook
}

/**
 * An application with everything that routes rely on, and none of them: validation by zod, problem details,
 * content negotiation, CORS, `/openapi.json`, `/docs`, `/problems/{code}`. Routes are registered on it afterwards.
 */
export async function createHttpApp(options: HttpOptions): Promise<App> {
  const translate = options.translate ?? (() => undefined)
  const connections = { ...CONNECTION_LIMITS, ...options.connections }
  const app: App = fastify<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger>({
    loggerInstance: options.log,
    logController: new RequestLog(),
    trustProxy: trustedProxies(options.trustProxy),
    genReqId: requestId,
    requestIdHeader: false,
    bodyLimit: MAX_BODY_BYTES,
    ...connectionOptions(connections),
    http: {
      maxHeaderSize: MAX_HEAD_BYTES,
      headersTimeout: connections.headersWithinMs,
      connectionsCheckingInterval: connections.checkedEveryMs,
    },
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    // Requests under way and those that come on their connections are answered; idle connections end.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: errorHandler(translate, options.corsOrigins),
    clientErrorHandler: clientErrorHandler(options.corsOrigins),
  }).withTypeProvider<ZodTypeProvider>()

  limitConnections(app, connections)
  const table = createRouteTable()
  recordRoutes(app, table, options.declare)
  registerErrorHandler(app, translate, options.corsOrigins)
  if (options.first !== undefined) lookFirst(app, options.first)
  ignoreExpectations(app)
  registerServerTiming(app)
  registerRequestIds(app)
  registerRequestLimits(app)
  registerSecurityHeaders(app)
  app.decorateReply('cacheability', null)
  registerCompression(app)
  registerCacheRules(app, options.caching)
  registerAllowedMethods(app, table)
  await registerCors(app, options.corsOrigins)
  registerBodyParsers(app)
  registerCommaLists(app)
  registerValidation(app)
  registerNegotiation(app)
  await registerOpenApi(app, options.openapi)
  registerProblemPages(app)
  registerDocsPage(app)
  return app
}

/**
 * A number of proxies as a rule by hops: Fastify itself believes nobody then, since it can't know whether the
 * nearest peer is one. The operator who counts them says that nobody gets here but through them.
 */
const trustedProxies = (trust: HttpOptions['trustProxy']) =>
  typeof trust === 'number' ? (_address: string, hop: number) => hop < trust : trust

/** In front of Fastify, whose shortest way costs ten times what a refusal does. */
function lookFirst({ server }: App, first: FirstLook): void {
  const [handle] = server.listeners('request') as ((...args: Parameters<FirstLook>) => void)[]
  if (handle === undefined) throw new Error('The server has nobody who answers.')
  server.removeAllListeners('request').on('request', (request, response) => {
    if (!first(request, response)) handle(request, response)
  })
}

/**
 * An `Expect` of something else than 100-continue may be refused or ignored (RFC 9110 §10.1.1). Node refuses by itself, in
 * no words.
 */
function ignoreExpectations({ server }: App): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
}

/** Remembers each route, and makes its schema complete. */
function recordRoutes(app: App, table: RouteTable, declare: HttpOptions['declare']): void {
  app.addHook('onRoute', (route) => {
    // @fastify/cors' catch-all for preflights is no route of ours.
    if (route.method === 'OPTIONS') return
    declare?.(route)
    const { schema } = route
    // A documented operation knows its parameters; without a declaration there are none.
    if (schema?.operationId !== undefined) schema.querystring ??= z.strictObject({})
    // Without its media types named, a body of any other type would reach the handler unchecked.
    if (schema?.body instanceof z.ZodType)
      schema.body = { content: { 'application/json': { schema: schema.body } } }
    table.add(route)
  })
}

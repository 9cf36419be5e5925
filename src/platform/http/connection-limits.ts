import type { FastifyServerOptions, RawServerDefault } from 'fastify'
import type { App } from './route-schema.ts'

/** How long connections may take, and how many there may be: what keeps slow or idle clients from holding all of them. */
export interface ConnectionLimits {
  /** For the headers of a request; also for the first one of a connection that sends nothing. */
  readonly headersWithinMs: number
  /** For all of a request, its body included. */
  readonly requestWithinMs: number
  /** From an answer to the next request. Above the 60 s of common load balancers, which then end it first. */
  readonly keptAliveMs: number
  /** Without a byte in either direction, whatever is under way: a client that does not read its answer. */
  readonly silentMs: number
  /** How often the first two are looked after. */
  readonly checkedEveryMs: number
  /** Further connections are dropped. */
  readonly maxConnections: number
}

/** What the server keeps to. */
export const CONNECTION_LIMITS: ConnectionLimits = {
  headersWithinMs: 15_000,
  requestWithinMs: 60_000,
  keptAliveMs: 72_000,
  silentMs: 120_000,
  checkedEveryMs: 2_000,
  maxConnections: 10_000,
}

/**
 * The limits as Fastify and Node call them. No number of requests for a connection: Node announces the last one, but
 * leaves the connection open, and answers what comes on it with a bare 503.
 */
export const connectionOptions = (limits: ConnectionLimits) =>
  ({
    requestTimeout: limits.requestWithinMs,
    keepAliveTimeout: limits.keptAliveMs,
    connectionTimeout: limits.silentMs,
  }) satisfies FastifyServerOptions<RawServerDefault>

/** How often the log may speak of dropped connections. */
const TELL_EVERY_MS = 10_000

/** Bounds the number of connections, and says in the log when it is reached. */
export function limitConnections(app: App, { maxConnections }: ConnectionLimits): void {
  let toldAt = Number.NEGATIVE_INFINITY
  app.server.maxConnections = maxConnections
  app.server.on('drop', () => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return
    toldAt = performance.now()
    app.log.warn({ maxConnections }, 'connections dropped: there are too many')
  })
}

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import helmet from 'helmet'

/**
 * Headers for a browser that meets an answer. The API's answers load nothing; pages of ours set a policy of their
 * own. Three of helmet's defaults stay off, since they break pages over plain http on an address that is not
 * localhost: upgrade-insecure-requests, Cross-Origin-Opener-Policy and Origin-Agent-Cluster. Whoever terminates
 * TLS in front of us sends Strict-Transport-Security.
 */
const setHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  // The content is public: other sites may embed it.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  frameguard: { action: 'deny' },
  originAgentCluster: false,
  strictTransportSecurity: false,
})

/** Sets them on every answer. They are the same for all, so helmet is asked once. */
export function registerSecurityHeaders(app: FastifyInstance): void {
  const headers = headersOfHelmet()
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
}

function headersOfHelmet(): Record<string, string> {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  setHeaders(request, response, (error) => {
    if (error !== undefined) throw error
  })
  return Object.fromEntries(
    Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
  )
}

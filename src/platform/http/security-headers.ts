import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Headers for a browser that meets an answer. The API's answers load nothing; pages of ours set a policy of their
 * own. Three of helmet's defaults stay off, since they break pages over plain http on an address that is not
 * localhost: upgrade-insecure-requests, Cross-Origin-Opener-Policy and Origin-Agent-Cluster. Whoever terminates
 * TLS in front of us sends Strict-Transport-Security.
 */
export async function registerSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
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
}

import type { FastifyRequest } from 'fastify'
import {
  articleLifecycleRoutes,
  articleListRoutes,
  articleRoutes,
  articleWriteRoutes,
  namesInDocuments,
  nearbyRoutes,
  renderRoutes,
  untagArticle,
} from '#src/articles/index.ts'
import { auditRoutes, keepRefusals } from '#src/audit/index.ts'
import { authenticate, authorize, declareAccess, meRoute } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { feedRoutes, sitemapRoutes } from '#src/feeds/index.ts'
import { healthRoutes } from '#src/health/index.ts'
import { keyRoutes } from '#src/keys/index.ts'
import { createOverloadGuard, limitAddresses, limitKeys } from '#src/limits/index.ts'
import { createMetrics, measureRequests, metricsRoutes } from '#src/metrics/index.ts'
import { databaseProblem } from '#src/platform/db/errors.ts'
import { type App, createHttpApp } from '#src/platform/http/app.ts'
import { redirectRoutes } from '#src/redirects/index.ts'
import { citationRoutes, sourceRoutes } from '#src/sources/index.ts'
import { type NamesIn, taxonomyManagementRoutes, taxonomyRoutes, type Untag } from '#src/taxonomy/index.ts'
import packageJson from '../package.json' with { type: 'json' }

const tags = [
  { name: 'Articles', description: 'Stories: reading them, and writing new ones.' },
  { name: 'Sources', description: 'What articles cite, how far it is trusted, and for reference managers.' },
  { name: 'Taxonomy', description: 'Tags, topics and authors that articles are filed under.' },
  { name: 'Redirects', description: 'Old addresses of the site, and where they lead.' },
  { name: 'Feeds', description: 'What is new, for feed readers and search engines.' },
  { name: 'Access', description: 'API keys, their roles, and who asks.' },
  { name: 'Operations', description: 'Health and metrics, for those who run the server.' },
]

/** Whether a key makes no difference to the answer: a reader's, or any where nobody looks at keys. */
const readsAsAnybody = ({ actor, is404 }: FastifyRequest): boolean =>
  actor?.role === 'reader' || (actor === undefined && !is404)

/** The application, ready to listen: the HTTP platform, and each feature's routes on it. */
export async function buildApp(deps: Deps): Promise<App> {
  const { config, log } = deps
  const overload = createOverloadGuard({ log, origins: config.corsOrigins })
  const app = await createHttpApp({
    log,
    trustProxy: config.trustProxy,
    corsOrigins: config.corsOrigins,
    caching: { cdn: config.cdn, readsAsAnybody },
    translate: databaseProblem,
    declare: declareAccess,
    first: overload.refuse,
    openapi: {
      serverUrl: config.apiUrl,
      version: packageJson.version,
      tags,
      commonProblems: {
        '/v1': ['database_unavailable', 'rate_limited', 'overloaded'],
      },
    },
  })
  const metrics = createMetrics(deps.pool, overload)
  measureRequests(app, metrics)
  const refusals = keepRefusals(app, deps)
  await app.register(healthRoutes(deps))
  await app.register(async (scope: App) => {
    overload.count(scope)
    limitAddresses(scope, deps.limits)
    authenticate(scope, deps)
    limitKeys(scope, deps.limits)
    authorize(scope, deps)
    await scope.register(articleListRoutes(deps), { prefix: '/v1' })
    await scope.register(articleRoutes(deps), { prefix: '/v1' })
    await scope.register(nearbyRoutes(deps), { prefix: '/v1' })
    await scope.register(articleWriteRoutes(deps), { prefix: '/v1' })
    await scope.register(articleLifecycleRoutes(deps), { prefix: '/v1' })
    await scope.register(renderRoutes(deps), { prefix: '/v1' })
    await scope.register(citationRoutes(deps), { prefix: '/v1' })
    await scope.register(sourceRoutes(deps), { prefix: '/v1' })
    await scope.register(taxonomyRoutes(deps), { prefix: '/v1' })
    const untag: Untag = (id, names, trail) => untagArticle(deps, id, names, trail)
    const namesIn: NamesIn = (kind, ids) => namesInDocuments(deps, kind, ids)
    await scope.register(taxonomyManagementRoutes(deps, { untag, namesIn }), { prefix: '/v1' })
    await scope.register(redirectRoutes(deps), { prefix: '/v1' })
    await scope.register(auditRoutes(deps, refusals), { prefix: '/v1' })
    await scope.register(feedRoutes(deps))
    await scope.register(sitemapRoutes(deps))
    await scope.register(keyRoutes(deps), { prefix: '/v1' })
    await scope.register(meRoute, { prefix: '/v1' })
    await scope.register(metricsRoutes(metrics))
  })
  return app
}

import {
  articleLifecycleRoutes,
  articleListRoutes,
  articleRoutes,
  articleWriteRoutes,
  renderRoutes,
} from '#src/articles/index.ts'
import { authenticate } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { healthRoutes } from '#src/health/index.ts'
import { createMetrics, measureRequests, metricsRoutes } from '#src/metrics/index.ts'
import { databaseProblem } from '#src/platform/db/errors.ts'
import { type App, createHttpApp } from '#src/platform/http/app.ts'
import { cacheRules } from '#src/platform/http/cache-rules.ts'
import { citationRoutes, sourceRoutes } from '#src/sources/index.ts'
import { taxonomyRoutes } from '#src/taxonomy/index.ts'
import packageJson from '../package.json' with { type: 'json' }

const tags = [
  { name: 'Articles', description: 'Stories: reading them, and writing new ones.' },
  { name: 'Sources', description: 'What articles cite, how far it is trusted, and for reference managers.' },
  { name: 'Taxonomy', description: 'Tags and topics that articles are filed under.' },
  { name: 'Operations', description: 'Health and metrics, for those who run the server.' },
]

/** The application, ready to listen: the HTTP platform, and each feature's routes on it. */
export async function buildApp(deps: Deps): Promise<App> {
  const { config, log } = deps
  const app = await createHttpApp({
    log,
    trustProxy: config.trustProxy,
    corsOrigins: config.corsOrigins,
    translate: databaseProblem,
    openapi: {
      serverUrl: config.apiUrl,
      version: packageJson.version,
      tags,
      commonProblems: { '/v1': ['database_unavailable'] },
    },
  })
  const metrics = createMetrics(deps.pool)
  measureRequests(app, metrics)
  await app.register(healthRoutes(deps))
  await app.register(async (scope: App) => {
    authenticate(scope, deps)
    cacheRules(scope)
    await scope.register(articleListRoutes(deps), { prefix: '/v1' })
    await scope.register(articleRoutes(deps), { prefix: '/v1' })
    await scope.register(articleWriteRoutes(deps), { prefix: '/v1' })
    await scope.register(articleLifecycleRoutes(deps), { prefix: '/v1' })
    await scope.register(renderRoutes(deps), { prefix: '/v1' })
    await scope.register(citationRoutes(deps), { prefix: '/v1' })
    await scope.register(sourceRoutes(deps), { prefix: '/v1' })
    await scope.register(taxonomyRoutes(deps), { prefix: '/v1' })
    await scope.register(metricsRoutes(metrics))
  })
  return app
}

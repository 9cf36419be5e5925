import { z } from 'zod'
import { content, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import type { Metrics } from './registry.ts'

const example = `# HELP masthead_http_requests_total Answers, by method, route and status.
# TYPE masthead_http_requests_total counter
masthead_http_requests_total{method="GET",route="/v1/articles",status="200"} 42
`

/** Counts every answer of the application. Register it on the root. */
export function measureRequests(app: App, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
    const status = String(reply.statusCode)
    metrics.countRequest({ method: request.method, route, status }, reply.elapsedTime / 1_000)
    done()
  })
}

/** `/metrics`, in the text format of Prometheus; for admins. */
export function metricsRoutes(metrics: Metrics) {
  return async (app: App): Promise<void> => {
    app.get(
      '/metrics',
      {
        config: { isProbe: true },
        schema: {
          operationId: 'getMetrics',
          tags: ['Operations'],
          summary: 'Metrics for Prometheus',
          description: 'Requests, durations, database connections and the process itself. With an admin key.',
          response: {
            200: content({ 'text/plain': { schema: z.string(), example } }, { description: 'The metrics.' }),
            ...problems('unauthorized', 'forbidden'),
          },
        },
      },
      async (_request, reply) => {
        const text = await metrics.registry.metrics()
        return reply
          .header('cache-control', 'private, no-store')
          .type(metrics.registry.contentType)
          .send(text)
      },
    )
  }
}

import type { QueryConfig } from 'pg'
import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import { AppError } from '#src/platform/errors.ts'
import { json, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'

const Health = z
  .object({ status: z.literal('ok').meta({ description: 'The only value there is.' }) })
  .meta({ id: 'Health', description: 'The process answers.' })

const Readiness = z
  .object({
    status: z.literal('ready').meta({ description: 'The only value there is.' }),
    checks: z.object({ database: z.literal('ok') }).meta({ description: 'What was asked, each `ok`.' }),
  })
  .meta({ id: 'Readiness', description: 'Requests can be served.' })

/** A database that needs longer for nothing is not one to send readers to. */
const READY_WITHIN_MS = 1_000

/** 503. Names what is not ready. */
const notReady = (checks: Record<string, string>, cause: unknown) =>
  new AppError('unavailable', 503, 'Not ready: the database does not answer.', {
    headers: { 'retry-after': '1' },
    extensions: { checks },
    cause,
  })

/** `/livez`: the process runs. `/readyz`: it can serve. For supervisors, load balancers and containers. */
export function healthRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })

    app.get(
      '/livez',
      {
        config: { isProbe: true },
        schema: {
          operationId: 'getLiveness',
          tags: ['Operations'],
          summary: 'Whether the process runs',
          description: 'Answers as long as the process does, whatever the state of the database.',
          response: { 200: json(Health, { description: 'It runs.', example: { status: 'ok' } }) },
        },
      },
      async () => ({ status: 'ok' as const }),
    )

    app.get(
      '/readyz',
      {
        config: { isProbe: true },
        schema: {
          operationId: 'getReadiness',
          tags: ['Operations'],
          summary: 'Whether requests can be served',
          description: 'Asks the database. A 503 says in `checks` what is not ready.',
          response: {
            200: json(Readiness, {
              description: 'Requests can be served.',
              example: { status: 'ready', checks: { database: 'ok' } },
            }),
            ...problems('unavailable'),
          },
        },
      },
      async () => {
        try {
          // node-postgres takes a limit for one query; its types do not know it.
          const query: QueryConfig & { query_timeout: number } = {
            text: 'SELECT 1',
            query_timeout: READY_WITHIN_MS,
          }
          await deps.probe.query(query)
        } catch (error) {
          throw notReady({ database: 'unreachable' }, error)
        }
        return { status: 'ready' as const, checks: { database: 'ok' as const } }
      },
    )
  }
}

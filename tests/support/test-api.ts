import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, expect, inject } from 'vitest'
import { buildApp } from '#src/app.ts'
import { bootstrapAdminKey } from '#src/auth/index.ts'
import { closeDeps, createDeps, type Deps } from '#src/deps.ts'
import { type Config, readConfig } from '#src/platform/config.ts'
import { type ContractBreach, watchContract } from './contract.ts'

/** The admin key of every test. */
export const ADMIN_KEY = `mh_testadmin1_${'k'.repeat(43)}`

/** A running application on a database of its own. */
export interface TestApi {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly deps: Deps
  /** Requests without a key. */
  readonly reader: ReturnType<typeof supertest>
  /** Requests with the admin key. */
  readonly admin: ReturnType<typeof supertest.agent>
  /** POSTs an article, expects it to be created, and gives it. */
  create(input: Record<string, unknown>): Promise<Record<string, never> & { id: string; slug: string }>
  /** The rows of a statement, to look behind the API. */
  rows<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
}

/**
 * Starts the application on a copy of the migrated database; it stops with the test file. At its end every answer must
 * have kept to the schema that its route declares.
 */
export async function startApi(
  settings: Partial<Config> = {},
  via: (server: pg.ClientConfig) => pg.ClientConfig = (server) => server,
): Promise<TestApi> {
  const { template, ...server } = inject('admin')
  const database = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(`CREATE DATABASE ${database} TEMPLATE ${template} STRATEGY FILE_COPY`)
  const config: Config = {
    ...readConfig({ MASTHEAD_ADMIN_KEY: ADMIN_KEY, LOG_LEVEL: 'silent' }),
    ...settings,
  }
  const deps = createDeps(config, pino({ level: config.logLevel }), via({ ...server, database }))
  await bootstrapAdminKey(deps)
  const app = await buildApp(deps)
  const breaches: ContractBreach[] = watchContract(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  afterAll(async () => {
    await app.close()
    await closeDeps(deps)
    expect(breaches).toEqual([])
  })
  const admin = supertest.agent(url).set('authorization', `Bearer ${ADMIN_KEY}`)
  return {
    url,
    deps,
    admin,
    reader: supertest(url),
    async create(input) {
      const response = await admin.post('/v1/articles').send(input)
      if (response.status !== 201) throw new Error(`Not created: ${response.text}`)
      return response.body
    },
    async rows(text, values) {
      return (await deps.pool.query(text, values)).rows
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const { template: _template, ...server } = inject('admin')
  const client = new pg.Client({ ...server, database: 'postgres' })
  await client.connect()
  await client.query(statement)
  await client.end()
}

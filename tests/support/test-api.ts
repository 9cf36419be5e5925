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

/** A file's tests come in a crowd, all from one address with one key; those of the limits set their own. */
const unlimited = { RATE_LIMIT_READS: 'off', RATE_LIMIT_WRITES: 'off', RATE_LIMIT_FAILED_KEYS: 'off' }

type Role = 'reader' | 'viewer' | 'author' | 'editor' | 'admin'

/** A key, and requests that carry it. */
export interface KeyHolder {
  readonly id: string
  readonly key: string
  readonly requests: ReturnType<typeof supertest.agent>
}

/** A running application on a database of its own. */
export interface TestApi {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly deps: Deps
  /** Requests without a key. */
  readonly reader: ReturnType<typeof supertest>
  /** Requests with the admin key. */
  readonly admin: ReturnType<typeof supertest.agent>
  /** Makes a key with this role, and what else is said of it. */
  withKey(role: Role, input?: Record<string, unknown>): Promise<KeyHolder>
  /** Another node on the same database. */
  anotherNode(settings?: Partial<Config>): Promise<TestApi>
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
  return await serve(via({ ...server, database }), settings)
}

async function serve(connection: pg.ClientConfig, settings: Partial<Config>): Promise<TestApi> {
  const config: Config = {
    ...readConfig({ MASTHEAD_ADMIN_KEY: ADMIN_KEY, LOG_LEVEL: 'silent', ...unlimited }),
    ...settings,
  }
  const deps = createDeps(config, pino({ level: config.logLevel }), connection)
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
  const admin = requestsWith(url, ADMIN_KEY)
  return {
    url,
    deps,
    admin,
    reader: supertest(url),
    async withKey(role, input) {
      const response = await admin.post('/v1/api-keys').send({ name: `A ${role}`, role, ...input })
      if (response.status !== 201) throw new Error(`Not created: ${response.text}`)
      const { id, key } = response.body
      return { id, key, requests: requestsWith(url, key) }
    },
    anotherNode: (others = {}) => serve(connection, { ...settings, ...others }),
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

/** Requests that carry a key. */
export const requestsWith = (url: string, key: string) =>
  supertest.agent(url).set('authorization', `Bearer ${key}`)

async function onServer(statement: string): Promise<void> {
  const { template: _template, ...server } = inject('admin')
  const client = new pg.Client({ ...server, database: 'postgres' })
  await client.connect()
  await client.query(statement)
  await client.end()
}

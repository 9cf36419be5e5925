import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type EmbeddedConnection, openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'
import { launchServer, postgresOf, postmasterOf, postStory, startServer, statusOf } from './support/server.ts'
import { temporaryFolder } from './support/temporary-folder.ts'
import { usedFolders } from './support/used-folders.ts'
import { waitFor } from './support/wait-for.ts'

const usedFolder = usedFolders()

describe('faults', () => {
  test('a story that was acknowledged survives kill -9 of server and Postgres', async () => {
    const dataDir = await usedFolder()
    const first = await startServer(dataDir)
    await postStory(first, 'acknowledged')
    first.child.kill('SIGKILL')
    for (const pid of postgresOf(dataDir)) process.kill(pid, 'SIGKILL')
    expect(await statusOf(await startServer(dataDir), '/v1/articles/acknowledged')).toBe(200)
  })

  test('after kill -9 of the server alone the next one takes its Postgres over, and stops it', async () => {
    const dataDir = await usedFolder()
    const first = await startServer(dataDir)
    await postStory(first, 'acknowledged')
    const postmaster = postmasterOf(dataDir)
    first.child.kill('SIGKILL')

    const second = await startServer(dataDir)
    expect(await statusOf(second, '/v1/articles/acknowledged')).toBe(200)
    expect(postmasterOf(dataDir)).toBe(postmaster)
    second.child.kill('SIGTERM')
    await second.ended()
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('Postgres killed under the server: it is back within 2 s, with what was acknowledged', async () => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir)
    await postStory(server, 'acknowledged')
    const before = postmasterOf(dataDir)
    for (const pid of postgresOf(dataDir)) process.kill(pid, 'SIGKILL')

    await waitFor(() => postmasterOf(dataDir) !== before)
    await waitFor(async () => (await statusOf(server, '/readyz')) === 200, 2_000)
    expect(await statusOf(server, '/v1/articles/acknowledged')).toBe(200)
    await postStory(server, 'another')
  })

  test('Postgres frozen: 503 with Retry-After; thawed: 200', async () => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir)
    const pids = postgresOf(dataDir)
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    const answer = await fetch(`${server.url}/readyz`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.any(String)])
    for (const pid of pids) process.kill(pid, 'SIGCONT')
    await waitFor(async () => (await statusOf(server, '/readyz')) === 200, 2_000)
  })
})

describe('refuses in words, with exit code 1', () => {
  test('a configuration that is wrong, all of it at once', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, '.env'), 'SITE_TIMEZONE=Mars/Olympus\n')
    const server = launchServer(join(folder, 'data'), {
      cwd: folder,
      env: { PORT: 'http', LOG_LEVEL: 'loud', MASTHEAD_ADMIN_KEY: 'secret' },
    })
    expect(await server.ended()).toBe(1)
    for (const name of ['PORT', 'LOG_LEVEL', 'MASTHEAD_ADMIN_KEY', 'SITE_TIMEZONE']) {
      expect(server.stderr()).toMatch(new RegExp(`^\\s*${name}: must be|^\\s*${name}: must look`, 'm'))
    }
  })

  test('a port that is taken', async () => {
    const dataDir = await usedFolder()
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const server = launchServer(dataDir, { env: { PORT: String(port) } })
    expect(await server.ended()).toBe(1)
    expect(server.stderr()).toMatch(new RegExp(`^Another program listens on 127.0.0.1:${port}\\..*$`, 'm'))
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('a database that a newer Masthead migrated', async () => {
    const dataDir = await usedFolder()
    await withDatabase(dataDir, (client) =>
      client.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
                    VALUES ('1', '2', '29991231000000_future', now())`),
    )
    const server = launchServer(dataDir)
    expect(await server.ended()).toBe(1)
    expect(server.stderr()).toMatch(/29991231000000_future/)
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('an external database that is away, that has another password, or does not exist', async () => {
    const dataDir = temporaryFolder()
    const database = await openEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) })
    onTestFinished(() => database.close())
    const launch = (url: string) => launchServer(temporaryFolder(), { env: { DATABASE_URL: url } })
    const away = launch('postgresql://me:hidden@127.0.0.1:1/news')
    const wrong = launch(urlOf({ ...database.connection, password: 'hidden' }))
    const missing = launch(urlOf({ ...database.connection, database: 'nothing' }))

    expect(await Promise.all([away, wrong, missing].map((server) => server.ended()))).toEqual([1, 1, 1])
    expect(away.stderr()).toMatch(/^The database me@127\.0\.0\.1:1\/news .*ECONNREFUSED.*$/m)
    expect(wrong.stderr()).toMatch(/^The database .* password authentication failed.*$/m)
    expect(missing.stderr()).toMatch(/^The database .*"nothing" does not exist.*$/m)
    for (const server of [away, wrong, missing])
      expect(server.stdout() + server.stderr()).not.toMatch(/hidden/)
  })
})

async function withDatabase(dataDir: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const database = await openEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) })
  const client = new pg.Client(database.connection)
  await client.connect()
  await work(client)
  await client.end()
  await database.close()
}

const urlOf = ({ host, user, password, database }: EmbeddedConnection) =>
  `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(host)}`

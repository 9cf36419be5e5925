import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { type EmbeddedConnection, openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'
import { startNode } from './support/child-process.ts'
import {
  adminKey,
  copyOf,
  launchServer,
  postgresOf,
  postmasterOf,
  postStory,
  startServer,
  statusOf,
  type TestServer,
} from './support/server.ts'
import { makeTemporaryFolder, removeFolder, temporaryFolder } from './support/temporary-folder.ts'
import { waitFor } from './support/wait-for.ts'

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')

let template: Promise<string> | undefined
afterAll(async () => template && removeFolder(await template))

/** A data folder after a first start and a stop; the test's own copy. */
async function usedFolder(): Promise<string> {
  template ??= makeTemplate()
  return copyOf(await template)
}

async function makeTemplate(): Promise<string> {
  const folder = makeTemporaryFolder()
  const server = await startServer(folder)
  server.child.kill('SIGTERM')
  expect(await server.ended()).toBe(0)
  return folder
}

describe('start', () => {
  test('on an empty folder serves the seeds; after a stop everything is still there', async () => {
    const dataDir = temporaryFolder()
    const first = await startServer(dataDir)
    const { data } = (await (await fetch(`${first.url}/v1/articles`)).json()) as { data: { slug: string }[] }
    expect(data.length).toBeGreaterThan(0)
    await postStory(first, 'kept')
    first.child.kill('SIGTERM')
    expect(await first.ended()).toBe(0)

    const second = await startServer(dataDir)
    expect(await statusOf(second, '/v1/articles/kept')).toBe(200)
    expect(await statusOf(second, `/v1/articles/${data[0]?.slug}`)).toBe(200)
    expect(second.stderr()).not.toMatch(/Seeds/)
  })

  test('shows the admin key that it makes once, and never logs it', async () => {
    const dataDir = temporaryFolder()
    const env = { MASTHEAD_ADMIN_KEY: '', LOG_LEVEL: 'trace' }
    const first = await startServer(dataDir, { env })
    const key = readFileSync(join(dataDir, 'admin-key'), 'utf8').trim()
    expect(first.stderr()).toContain(key)
    const answer = await fetch(`${first.url}/metrics`, { headers: { authorization: `Bearer ${key}` } })
    expect(answer.status).toBe(200)
    first.child.kill('SIGTERM')
    await first.ended()
    const second = await startServer(dataDir, { env })
    expect(second.stderr()).not.toContain(key)
    expect(first.stdout() + second.stdout()).not.toContain(key.slice(-43))
  })

  test('that is interrupted leaves no process, and the next one serves', async () => {
    const dataDir = temporaryFolder()
    const first = launchServer(dataDir)
    await waitFor(() => postgresOf(dataDir).length > 0)
    first.child.kill('SIGINT')
    expect(await first.ended()).toBe(0)
    expect(postgresOf(dataDir)).toEqual([])
    expect(await statusOf(await startServer(dataDir), '/readyz')).toBe(200)
  })

  test('on a folder that another server has names its pid and port, and fails', async () => {
    const dataDir = await usedFolder()
    const first = await startServer(dataDir)
    const second = launchServer(dataDir)
    expect(await second.ended()).toBe(1)
    expect(second.stderr()).toContain(`pid ${first.pid}, port ${new URL(first.url).port}`)
    expect(await statusOf(first, '/readyz')).toBe(200)
  })

  test('leaves room for the command line, beside it and after it', async () => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir)
    const seed = startNode([cli, 'seed'], { env: { MASTHEAD_DATA_DIR: dataDir } })
    expect(await seed.ended()).toBe(0)
    expect(await statusOf(server, '/v1/articles')).toBe(200)
  })
})

describe('stop', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s, twice, leaves no process', async (signal) => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir)
    server.child.kill(signal)
    server.child.kill(signal)
    expect(await server.ended()).toBe(0)
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('answers the requests under way first', async () => {
    const server = await startServer(await usedFolder())
    const request = await beginPost(server)
    server.child.kill('SIGTERM')
    await waitFor(async () => (await statusOf(server, '/livez')) === 0)
    request.socket.write(request.rest)
    await waitFor(() => request.answer().startsWith('HTTP/1.1 201'))
    expect(await server.ended()).toBe(0)
  })

  test('does not wait for a request that never ends', async () => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir)
    await beginPost(server)
    server.child.kill('SIGTERM')
    await waitFor(() => server.child.exitCode !== null, 5_000)
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('does not wait for a Postgres that is frozen', async () => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir)
    for (const pid of postgresOf(dataDir)) process.kill(pid, 'SIGSTOP')
    server.child.kill('SIGTERM')
    await waitFor(() => server.child.exitCode !== null, 5_000)
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('follows an error that nobody caught: logged, orderly, exit code 1', async () => {
    const dataDir = await usedFolder()
    const trap = `data:text/javascript,process.on('SIGUSR2',()=>{throw new Error('nobody%20caught%20this')})`
    const server = await startServer(dataDir, { nodeArgs: ['--import', trap] })
    server.child.kill('SIGUSR2')
    expect(await server.ended()).toBe(1)
    expect(server.stdout()).toMatch(/"level":60.*nobody caught this/)
    expect(postgresOf(dataDir)).toEqual([])
  })
})

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

/** A POST whose head has arrived, and whose body has not. */
async function beginPost(server: TestServer): Promise<{ socket: Socket; rest: string; answer(): string }> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  let answer = ''
  socket.on('error', () => {})
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text
  })
  const rest = '# Under way\n'
  socket.write(
    `POST /v1/articles HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${adminKey}\r\n` +
      `content-type: text/markdown\r\ncontent-length: ${rest.length}\r\nexpect: 100-continue\r\n\r\n`,
  )
  await waitFor(() => answer.includes('100 Continue')) // else the request might not have begun
  answer = ''
  return { socket, rest, answer: () => answer.trimStart() }
}

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

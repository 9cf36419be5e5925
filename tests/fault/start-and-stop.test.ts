import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startNode } from './support/child-process.ts'
import {
  adminKey,
  launchServer,
  postgresOf,
  postStory,
  startServer,
  statusOf,
  type TestServer,
} from './support/server.ts'
import { temporaryFolder } from './support/temporary-folder.ts'
import { usedFolders } from './support/used-folders.ts'
import { waitFor } from './support/wait-for.ts'

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')
const usedFolder = usedFolders()

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
    await waitFor(() => server.child.exitCode !== null, 6_000)
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('does not wait for a Postgres that is frozen', async () => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir)
    for (const pid of postgresOf(dataDir)) process.kill(pid, 'SIGSTOP')
    server.child.kill('SIGTERM')
    await waitFor(() => server.child.exitCode !== null, 6_000)
    expect(postgresOf(dataDir)).toEqual([])
  })

  test('goes on, and ends, when nobody reads its output any more', async () => {
    const dataDir = await usedFolder()
    const server = await startServer(dataDir, { env: { LOG_LEVEL: 'trace' } })
    server.child.stdout?.destroy()
    server.child.stderr?.destroy()
    for (const path of ['/readyz', '/v1/articles', '/nowhere']) await statusOf(server, path)
    expect(await statusOf(server, '/readyz')).toBe(200)
    server.child.kill('SIGTERM')
    await waitFor(() => server.child.exitCode === 0)
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

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresProcesses } from '#src/platform/embedded-postgres/postgres-processes.ts'
import { startNode, type TestProcess } from './child-process.ts'

const main = join(import.meta.dirname, '..', '..', '..', 'src', 'main.ts')

/** The admin key of every server of these tests. */
export const adminKey = `mh_faulttest_${'k'.repeat(40)}`

/** A server in a process of its own. */
export interface TestServer extends TestProcess {
  url: string
  pid: number
}

/** Starts `main.ts` without waiting: on a free port, with the embedded database in `dataDir`. */
export function launchServer(
  dataDir: string,
  options: { env?: Record<string, string>; nodeArgs?: string[]; cwd?: string } = {},
): TestProcess {
  const env = {
    MASTHEAD_DATA_DIR: dataDir,
    MASTHEAD_ADMIN_KEY: adminKey,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...options.env,
  }
  return startNode([...(options.nodeArgs ?? []), main], { env, ...(options.cwd && { cwd: options.cwd }) })
}

/** The same, ready to serve. */
export async function startServer(...args: Parameters<typeof launchServer>): Promise<TestServer> {
  const server = launchServer(...args)
  const [, url = ''] = await server.prints(/listens on (http:\S+),/)
  return { ...server, url, pid: server.child.pid ?? 0 }
}

/** Sends a story, and gives its slug when it was stored. */
export async function postStory(server: TestServer, slug: string): Promise<string> {
  const response = await fetch(`${server.url}/v1/articles?slug=${slug}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'text/markdown' },
    body: `---\ntitle: ${slug}\ndraft: false\n---\nText.\n`,
  })
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`)
  return slug
}

/** The status of a GET; 0 when nobody answers. */
export const statusOf = (server: TestServer, path: string): Promise<number> =>
  fetch(`${server.url}${path}`, { signal: AbortSignal.timeout(10_000) }).then(
    ({ status }) => status,
    () => 0,
  )

/** The processes of the embedded Postgres of a data folder. */
export const postgresOf = (dataDir: string): number[] => postgresProcesses(join(dataDir, 'postgres'))

/** Its first process. */
export const postmasterOf = (dataDir: string): number =>
  Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)

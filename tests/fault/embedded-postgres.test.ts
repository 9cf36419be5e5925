import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'
import { postgresProcesses } from '#src/platform/embedded-postgres/postgres-processes.ts'
import { startNode, type TestProcess } from './support/child-process.ts'
import { temporaryFolder } from './support/temporary-folder.ts'
import { waitFor } from './support/wait-for.ts'

const isRoot = process.getuid?.() === 0

describe('a first start', () => {
  test('creates the database, and a later one finds what was written', async () => {
    const dataDir = temporaryFolder()
    const first = await open(dataDir)
    await note(first, 'kept')
    await first.close()
    expect(postgresProcesses(first.dataDir)).toEqual([])

    const second = await open(dataDir)
    expect([first.created, second.created]).toEqual([true, false])
    expect(await notes(second)).toEqual(['kept'])
  })

  test('by four processes at once creates one database, which all four use', async () => {
    const dataDir = temporaryFolder()
    const holders = await Promise.all([1, 2, 3, 4].map(() => hold(dataDir)))
    expect(holders.filter(({ database }) => database.created)).toHaveLength(1)
    for (const { database } of holders) expect(await query(database, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    for (const { process } of holders) process.child.kill('SIGTERM')
    await Promise.all(holders.map(({ process }) => process.ended()))
    expect(postgresProcesses(join(dataDir, 'postgres'))).toEqual([])
  })

  test('that is killed in the middle leaves nothing in the way of the next', async () => {
    const dataDir = temporaryFolder()
    const { child } = startHolder(dataDir)
    await waitFor(() => readdirSync(dataDir).some((name) => name.includes('.new-')))
    child.kill('SIGKILL')
    expect((await open(dataDir)).created).toBe(true)
    await waitFor(() => !readdirSync(dataDir).some((name) => name.includes('.new-')), 1_000)
  })

  test('keeps the password where only the owner may read it', async () => {
    const dataDir = temporaryFolder()
    await open(dataDir)
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
  })

  test.each([
    ['with blanks, quotes and Chinese in its name', `数据 "of" the 'news', 1`],
    ['longer than the path of a socket may be', 'x'.repeat(90)],
  ])('works in a folder %s', async (_, name) => {
    const database = await open(join(temporaryFolder(), name))
    expect(await query(database, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('works in a folder that only its owner may enter', async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o700)
    const database = await open(join(folder, 'data'))
    if (isRoot) onTestFinished(() => rmSync(dirname(database.dataDir), { recursive: true }))
    expect(database.dataDir).toMatch(
      isRoot ? /^\/var\/lib\/masthead\/[0-9a-f]{20}\/postgres$/ : `${folder}/data/postgres`,
    )
    await note(database, 'kept')
    await database.close()
    expect(await notes(await open(join(folder, 'data')))).toEqual(['kept'])
  })

  test('takes nothing from the environment', async () => {
    const { database } = await hold(temporaryFolder(), {
      PGSSLMODE: 'require',
      PGHOST: '192.0.2.1',
      PGPORT: '1',
      PGUSER: 'nobody',
      PGPASSWORD: 'wrong',
      PGDATABASE: 'nothing',
      PGDATA: '/nonexistent',
      LC_ALL: 'tlh_KX.UTF-8',
      TZ: 'Nowhere/Land',
    })
    expect(await query(database, 'SHOW timezone')).toEqual([{ TimeZone: 'UTC' }])
  })
})

describe('after kill -9', () => {
  test('of the process, the next one goes on with the Postgres that still runs', async () => {
    const dataDir = temporaryFolder()
    const { process, database } = await hold(dataDir)
    await note(database, 'kept')
    const postmaster = postmasterPid(database)
    process.child.kill('SIGKILL')
    await process.ended()

    const next = await open(dataDir)
    expect(postmasterPid(next)).toBe(postmaster)
    expect(await notes(next)).toEqual(['kept'])
    await next.close()
    expect(postgresProcesses(next.dataDir)).toEqual([])
  })

  test('of the process and Postgres, the next one recovers', async () => {
    const dataDir = temporaryFolder()
    const { process: holder, database } = await hold(dataDir)
    await note(database, 'kept')
    holder.child.kill('SIGKILL')
    for (const pid of postgresProcesses(database.dataDir)) process.kill(pid, 'SIGKILL')
    expect(await notes(await open(dataDir))).toEqual(['kept'])
  })

  test.each([
    ['postmaster alone', (database: EmbeddedPostgres) => [postmasterPid(database)]],
    ['whole of Postgres', (database: EmbeddedPostgres) => postgresProcesses(database.dataDir)],
  ])('of the %s under a running process, its pool works again', async (_, victims) => {
    const database = await open(temporaryFolder())
    const pool = openPool(database)
    await note(database, 'kept')
    await pool.query('SELECT 1')
    const before = postmasterPid(database)
    for (const pid of victims(database)) process.kill(pid, 'SIGKILL')

    await waitFor(() => postmasterPid(database) !== before)
    const { rows } = await waitFor(() => pool.query('SELECT text FROM note'))
    expect(rows).toEqual([{ text: 'kept' }])
  })

  test('of Postgres under two processes, it is started once, and stops with the last of them', async () => {
    const dataDir = temporaryFolder()
    const database = await open(dataDir)
    const holder = await hold(dataDir)
    const before = postmasterPid(database)
    process.kill(before, 'SIGKILL')
    await waitFor(() => postmasterPid(database) !== before)
    await waitFor(async () => (await presences(database)) === 2)

    await database.close()
    expect(await query(holder.database, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    holder.process.child.kill('SIGTERM')
    await holder.process.ended()
    expect(postgresProcesses(database.dataDir)).toEqual([])
  })
})

describe('a pid file that was left behind', () => {
  test.each<[whose: string, pid: (directory: string) => number | string | Promise<number>]>([
    ['of a process that is gone', () => 4_194_303],
    ['whose number is now that of a stranger of the same user', (directory) => startStranger(directory)],
    ['whose number is now that of a shell in its folder', (directory) => startStranger(directory, directory)],
    ['whose number is now ours', () => process.pid],
    ['whose process is a zombie', () => makeZombie()],
    ['with nothing in it', () => ''],
    ['with something else in it', () => 'no pid at all\n'],
  ])('%s does not keep Postgres from starting', async (_, pid) => {
    const dataDir = temporaryFolder()
    const first = await open(dataDir)
    await note(first, 'kept')
    await first.close()
    const number = await pid(first.dataDir)
    writeFileSync(join(first.dataDir, 'postmaster.pid'), pidFile(first.dataDir, number))
    writeFileSync(join(first.dataDir, '.s.PGSQL.5432.lock'), pidFile(first.dataDir, number))
    expect(await notes(await open(dataDir))).toEqual(['kept'])
  })
})

describe('refuses in words', () => {
  test('a database that somebody serves whose process is not to be seen', async () => {
    const dataDir = temporaryFolder()
    const { dataDir: directory, close } = await open(dataDir)
    await close()
    const stranger = createServer().listen(join(directory, '.s.PGSQL.5432'))
    await once(stranger, 'listening')
    await expect(open(dataDir)).rejects.toThrow(/another container/)
    stranger.close()
  })

  test('a data folder whose database is gone', async () => {
    const dataDir = temporaryFolder()
    const { dataDir: directory, close } = await open(dataDir)
    await close()
    rmSync(directory, { recursive: true })
    await expect(open(dataDir)).rejects.toThrow(/which is gone/)
    expect(existsSync(directory)).toBe(false)
  })

  test('a database whose password is gone', async () => {
    const dataDir = temporaryFolder()
    await (await open(dataDir)).close()
    rmSync(join(dataDir, 'postgres.json'))
    await expect(open(dataDir)).rejects.toThrow(/postgres\.json is missing/)
  })

  test('a database that Postgres does not start, with its own last words', async () => {
    const dataDir = temporaryFolder()
    const { dataDir: directory, close } = await open(dataDir)
    await close()
    writeFileSync(join(directory, 'PG_VERSION'), '17\n')
    await expect(open(dataDir)).rejects.toThrow(/initialized by PostgreSQL version 17/)
  })

  test('a data folder that is a file', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(open(file)).rejects.toThrow(/The data folder can't be used/)
  })
})

async function open(dataDir: string): Promise<EmbeddedPostgres> {
  const database = await openEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) })
  let isOpen = true
  const close = async () => {
    if (isOpen) await database.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...database, close }
}

const startHolder = (dataDir: string, env: Record<string, string> = {}) =>
  startNode([join(import.meta.dirname, 'support', 'database-holder.ts'), dataDir], { env })

/** The same in a process of its own. */
async function hold(
  dataDir: string,
  env?: Record<string, string>,
): Promise<{ process: TestProcess; database: EmbeddedPostgres }> {
  const holder = startHolder(dataDir, env)
  const [line] = await holder.prints(/^\{.*\}$/m)
  return { process: holder, database: JSON.parse(line) }
}

function openPool(database: EmbeddedPostgres): pg.Pool {
  const pool = new pg.Pool({ ...database.connection, max: 2 })
  pool.on('error', () => {})
  onTestFinished(() => pool.end())
  return pool
}

async function query(database: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client(database.connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const note = (database: EmbeddedPostgres, text: string) =>
  query(database, `CREATE TABLE note (text text); INSERT INTO note VALUES ('${text}')`)

const notes = async (database: EmbeddedPostgres) =>
  ((await query(database, 'SELECT text FROM note')) as { text: string }[]).map(({ text }) => text)

const presences = async (database: EmbeddedPostgres) =>
  (await query(database, `SELECT 1 FROM pg_stat_activity WHERE application_name = 'masthead presence'`))
    .length

const postmasterPid = ({ dataDir }: EmbeddedPostgres) =>
  Number.parseInt(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8'), 10)

const pidFile = (directory: string, pid: number | string) =>
  typeof pid === 'string' ? pid : `${pid}\n${directory}\n1790000000\n5432\n${directory}\n\n  1 1\nready   \n`

/** A process of the user that Postgres runs as. */
function startStranger(directory: string, cwd = '/'): number {
  const { uid, gid } = statSync(directory)
  const stranger = spawn('sleep', ['60'], { cwd, stdio: 'ignore', ...(isRoot && { uid, gid }) })
  onTestFinished(() => expect(stranger.kill(), 'it is still alive').toBe(true))
  if (stranger.pid === undefined) throw new Error('sleep did not start')
  return stranger.pid
}

/** A process that has ended, and whose parent does not ask for it. */
async function makeZombie(): Promise<number> {
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void parent.kill())
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  await waitFor(() => /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')))
  return pid
}

import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError } from 'pg'
import type { Logger } from 'pino'
import { findBinaries } from './binaries.ts'
import { databaseUser, ensureCluster } from './cluster.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { type Home, makeDataDir, openHome, rememberDirectory } from './home.ts'
import { takeKernelLock } from './kernel-lock.ts'
import { type Cluster, ensurePostmaster, isPostmaster, logFile, stopPostmaster } from './postmaster.ts'
import { openPresence, type Presence } from './presence.ts'
import { socketDirectory, socketPort } from './socket.ts'

/** What `new pg.Pool()` takes. `ssl` is off by name, else PGSSLMODE in the environment would rule. */
export interface EmbeddedConnection {
  /** The folder of a Unix socket. */
  host: string
  port: number
  user: string
  password: string
  database: string
  ssl: false
}

/** The Postgres of a data folder, shared by all processes that opened it. */
export interface EmbeddedPostgres {
  connection: EmbeddedConnection
  /** Where the cluster really is. */
  dataDir: string
  /** Whether this call made it. */
  created: boolean
  /** Lets go of it, and stops it when no other process uses it. End the pools first. */
  close(): Promise<void>
}

const watchEveryMs = 200
const bootWithinMs = 180_000
const enterWithinMs = 30_000
const leaveWithinMs = 1_000

/**
 * Starts the Postgres of a data folder or attaches to the one that runs, creating the cluster on first use, and
 * starts it again when it dies. `settings` are settings of the server, used when this process starts it.
 * @throws EmbeddedPostgresError
 */
export async function openEmbeddedPostgres(options: {
  dataDir: string
  log: Logger
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const { log, settings = {} } = options
  const dataDir = makeDataDir(options.dataDir)

  const opened = await underBootLock(dataDir, async () => {
    const home = openHome(dataDir, log)
    const binaries = findBinaries(home.owner, log)
    const created = await ensureCluster(home, binaries)
    rememberDirectory(home)
    const cluster: Cluster = { home, binaries, settings }
    const connection = connectionOf(home)
    return { cluster, connection, created, ...(await enter(cluster, connection)) }
  })

  const { cluster, connection, created } = opened
  const watcher = watch(cluster, connection, opened, log)
  return {
    connection,
    dataDir: cluster.home.directory,
    created,
    async close() {
      const entered = await watcher.stop()
      const lock = await takeKernelLock(dataDir, 'boot', leaveWithinMs).catch(() => null)
      // Without the lock: somebody is just entering, and will stop it some day.
      if (lock) await leave(cluster, entered).finally(() => lock.release())
      else await entered.presence.end()
    },
  }
}

/** One process at a time creates, starts or stops: two at once would destroy each other's initdb. */
async function underBootLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const lock = await takeKernelLock(dataDir, 'boot', bootWithinMs)
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

const connectionOf = (home: Home): EmbeddedConnection => ({
  host: socketDirectory(home),
  port: socketPort,
  user: databaseUser,
  password: home.password,
  database: 'masthead',
  ssl: false,
})

interface Entered {
  pid: number
  presence: Presence
}

/** What answered a moment ago may be dying: so each attempt to connect begins with a look at the postmaster. */
async function enter(cluster: Cluster, connection: EmbeddedConnection): Promise<Entered> {
  const deadline = Date.now() + enterWithinMs
  for (let isOurs = false; ; await sleep(20)) {
    const { pid, isNew } = await ensurePostmaster(cluster)
    isOurs ||= isNew
    try {
      return { pid, presence: await openPresence(connection) }
    } catch (error) {
      if (!isRefusal(error) && Date.now() < deadline) continue
      if (isOurs) await stopPostmaster(cluster)
      const reason = error instanceof Error ? error.message : String(error)
      throw new EmbeddedPostgresError(`The embedded Postgres lets nobody in: ${reason}`, { cause: error })
    }
  }
}

/** SQLSTATE class 28: wrong password or user. Anything else, such as 57P03 (starting up), may pass. */
const isRefusal = (error: unknown) => error instanceof DatabaseError && error.code?.startsWith('28')

async function leave(cluster: Cluster, { pid, presence }: Entered): Promise<void> {
  // No answer: from a frozen postmaster, which is to be stopped, or because another process has started a new one.
  const isUsed = await presence.hasCompany().catch(() => !isPostmaster(cluster, pid))
  await presence.end()
  if (!isUsed) await stopPostmaster(cluster)
}

/** Looks after the postmaster, and starts it again on the same socket: pools recover by themselves. */
function watch(cluster: Cluster, connection: EmbeddedConnection, entered: Entered, log: Logger) {
  let current = entered
  let restarting: Promise<void> | undefined
  let failures = 0
  let notBefore = 0

  const restart = async () => {
    log.warn({ log: logFile(cluster) }, 'Postgres has died: starting it again.')
    await current.presence.end()
    try {
      current = await underBootLock(cluster.home.dataDir, () => enter(cluster, connection))
      failures = 0
      log.info('Postgres is back.')
    } catch (error) {
      failures++
      notBefore = Date.now() + Math.min(watchEveryMs * 2 ** failures, 5_000)
      log.error({ err: error }, 'Postgres did not come back.')
    }
  }
  const timer = setInterval(() => {
    if (restarting || Date.now() < notBefore || isPostmaster(cluster, current.pid)) return
    restarting = restart().finally(() => {
      restarting = undefined
    })
  }, watchEveryMs).unref()

  return {
    /** Ends the watch, and gives what stands then. A recovery may take longer than there is time. */
    async stop(): Promise<Entered> {
      clearInterval(timer)
      await Promise.race([restarting, sleep(leaveWithinMs)])
      return current
    },
  }
}

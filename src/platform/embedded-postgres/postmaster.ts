import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { postgresEnvironment } from './cluster.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { giveToFolderOwner, type Home } from './home.ts'
import { isPostgresOf, postgresProcesses, signal } from './postgres-processes.ts'
import { makeSocketDirectory, removeSocketDirectory, socketDirectory, socketFile } from './socket.ts'

/** What it takes to start the Postgres of a data folder. */
export interface Cluster {
  home: Home
  binaries: Binaries
  /** Settings of the server, beside ours. */
  settings: Record<string, string>
}

const pollMs = 10
/** Recovery after a crash may have to replay 1 GB of WAL. */
const readyWithinMs = 120_000
const maxLogBytes = 10_000_000

/** A postmaster that is ready, and whether this process started it. */
export interface Postmaster {
  pid: number
  isNew: boolean
}

/** Gives the cluster's ready postmaster, an orphan's too, starting one where none lives. Under the boot lock. */
export async function ensurePostmaster(cluster: Cluster): Promise<Postmaster> {
  const { directory } = cluster.home
  const deadline = Date.now() + readyWithinMs
  let leaderlessSince = 0
  for (; Date.now() < deadline; await sleep(pollMs)) {
    const alive = postgresProcesses(directory)
    if (alive.length === 0) {
      await removeTraces(cluster)
      return { pid: await startPostmaster(cluster, deadline), isNew: true }
    }
    const file = readPidFile(directory)
    if (file && alive.includes(file.pid)) {
      if (file.status === 'ready') return { pid: file.pid, isNew: false }
      leaderlessSince = 0
      continue
    }
    // Children of a killed postmaster, who end by themselves, or a postmaster on its first steps.
    leaderlessSince ||= Date.now()
    if (Date.now() - leaderlessSince > 3_000) for (const pid of alive) signal(pid, 'SIGKILL')
  }
  throw new EmbeddedPostgresError(
    `Postgres was not ready within ${readyWithinMs / 1000} s. See ${logFile(cluster)}.`,
  )
}

/** Whether the cluster's postmaster is still `pid`. */
export const isPostmaster = (cluster: Cluster, pid: number): boolean =>
  isPostgresOf(pid, cluster.home.directory)

/**
 * Ends the cluster's Postgres and waits until its last process is gone: fast, then without a checkpoint (the next
 * start recovers), then by force. The limits leave room for a drain within the 5 s of the whole process.
 */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  const { directory } = cluster.home
  const started = Date.now()
  const steps: [NodeJS.Signals, afterMs: number][] = [
    ['SIGINT', 0],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_300],
  ]
  for (let alive = postgresProcesses(directory); alive.length > 0; alive = postgresProcesses(directory)) {
    const [name, afterMs = 0] = steps[0] ?? []
    if (name && Date.now() - started >= afterMs) {
      const postmaster = readPidFile(directory)?.pid
      if (name === 'SIGKILL') for (const pid of alive) signal(pid, name)
      else if (postmaster !== undefined && alive.includes(postmaster)) signal(postmaster, name)
      steps.shift()
    }
    await sleep(pollMs)
  }
  removeSocketDirectory(cluster.home)
}

async function startPostmaster(cluster: Cluster, deadline: number): Promise<number> {
  const { home, binaries } = cluster
  makeSocketDirectory(home)
  const log = openLog(cluster)
  const child = spawn(binaries.postgres, postmasterArguments(cluster), {
    ...home.owner,
    cwd: home.directory, // also what tells it from other processes before it has written its pid
    env: postgresEnvironment,
    detached: true, // a session of its own: Ctrl-C in the terminal is for us alone
    stdio: ['ignore', log.fd, log.fd],
  })
  closeSync(log.fd)
  child.unref()
  let spawnError: Error | undefined
  child.once('error', (error) => {
    spawnError = error
  })
  for (; Date.now() < deadline; await sleep(pollMs)) {
    if (spawnError || child.exitCode !== null || child.signalCode !== null) {
      const reason = spawnError?.message ?? lastWords(logFile(cluster), log.offset)
      throw new EmbeddedPostgresError(`Postgres did not start. It says: ${reason}`)
    }
    const file = readPidFile(home.directory)
    if (file?.pid === child.pid && file?.status === 'ready') return file.pid
  }
  throw new EmbeddedPostgresError(
    `Postgres was not ready within ${readyWithinMs / 1000} s. See ${logFile(cluster)}.`,
  )
}

function postmasterArguments({ home, settings }: Cluster): string[] {
  const all: Record<string, string> = {
    listen_addresses: '', // the socket alone: no port to be taken, nothing that other users can reach
    unix_socket_directories: `"${socketDirectory(home).replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    log_checkpoints: 'off',
    log_min_messages: 'log', // without the errors of statements: we report those, and they quote drafts
    ...settings,
  }
  return ['-D', home.directory, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** What lines 1 and 8 of postmaster.pid say. */
function readPidFile(directory: string): { pid: number; status: string } | undefined {
  try {
    const lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' }
  } catch {
    return undefined
  }
}

/**
 * Removes the lock files of a cluster that no process works in. Postgres itself believes them as long as any
 * process has that pid: a zombie in a container, or a stranger after a reboot.
 */
async function removeTraces({ home }: Cluster): Promise<void> {
  const socket = socketFile(socketDirectory(home))
  if (await answers(socket)) {
    throw new EmbeddedPostgresError(
      `The database in ${home.directory} is being served from where its process can't be seen ` +
        '(another container?). Stop that first.',
    )
  }
  for (const file of [join(home.directory, 'postmaster.pid'), socket, `${socket}.lock`])
    rmSync(file, { force: true })
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection
      .once('connect', () => resolve(true))
      .once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EAGAIN')) // EAGAIN: its queue is full
    connection.once('connect', () => connection.destroy())
  })
}

/** Where the server's own log of a data folder is. */
export const logFile = ({ home }: Cluster): string => join(home.dataDir, 'postgres.log')

function openLog(cluster: Cluster): { fd: number; offset: number } {
  const path = logFile(cluster)
  if (existsSync(path) && statSync(path).size > maxLogBytes) renameSync(path, `${path}.1`)
  const fd = openSync(path, 'a', 0o600)
  giveToFolderOwner(path, cluster.home.dataDir)
  return { fd, offset: statSync(path).size }
}

/** The reason in what the server logged since `offset`: its last fatal line, with the details that follow. */
function lastWords(path: string, offset: number): string {
  const lines = readFileSync(path).subarray(offset).toString().trim().split('\n')
  const fatal = lines.findLastIndex((line) => /FATAL|PANIC/.test(line))
  return fatal === -1 ? (lines.at(-1) ?? '') : lines.slice(fatal, fatal + 3).join('\n')
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'

/** A server in a process of its own. */
export interface BenchServer {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** What both sides are started with: nothing limits, caches or logs what is measured. */
export const benchEnvironment = (databaseUrl: string, folder: string) => ({
  DATABASE_URL: databaseUrl,
  MASTHEAD_DATA_DIR: folder,
  SITE_URL: 'https://bench.example',
  API_URL: 'https://api.bench.example',
  LOG_LEVEL: 'warn',
  PORT: '0',
  CACHE_MAX_BYTES: '0',
  RATE_LIMIT_READS: 'off',
})

/** Starts a server that says on stderr where it listens. */
export async function startServer(script: string, environment: Record<string, string>): Promise<BenchServer> {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return { url: await addressOf(child), pid: child.pid ?? 0, stop: () => stop(child) }
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const text of child.stderr?.setEncoding('utf8') ?? []) {
    said += text
    const address = /listens on (http:\/\/[^\s,]+)/.exec(said)?.[1]
    if (address !== undefined) {
      child.stderr?.resume()
      return address
    }
  }
  throw new Error(`The server did not start:\n${said}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

const TICKS_PER_SECOND = 100

/** CPU time of a process so far, in milliseconds (Linux, proc(5)). */
export const cpuOf = (pid: number): number => {
  const fields = statOf(pid)
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND
}

/** CPU time of all processes of a Postgres server so far, in milliseconds. */
export function cpuOfPostgres(postmaster: number): number {
  const children = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && parentOf(Number(name)) === postmaster,
  )
  return [postmaster, ...children.map(Number)].reduce((sum, pid) => sum + cpuIfThere(pid), 0)
}

const parentOf = (pid: number): number => {
  try {
    return Number(statOf(pid)[1])
  } catch {
    return 0 // it has just ended
  }
}

const cpuIfThere = (pid: number): number => {
  try {
    return cpuOf(pid)
  } catch {
    return 0
  }
}

/** The fields after the name, which may hold blanks and brackets. */
const statOf = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

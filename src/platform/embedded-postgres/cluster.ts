import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { EmbeddedPostgresError } from './errors.ts'
import type { Home } from './home.ts'

/** The database's superuser, and the name of its database. */
export const databaseUser = 'masthead'

/** Environment of Postgres' programs: nothing of ours, else LC_ALL, TZ, PGDATA and the like would rule. */
export const postgresEnvironment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

/**
 * Creates the cluster of `home` where there is none; true when it did (0.5 s). It grows in a folder of its own
 * and gets its name by rename: a killed initdb leaves nothing that looks like a database. Under the boot lock.
 */
export async function ensureCluster(home: Home, binaries: Binaries): Promise<boolean> {
  removeUnfinished(home.directory)
  if (existsSync(home.directory)) return false

  const unfinished = `${home.directory}.new-${randomBytes(4).toString('hex')}`
  try {
    await grow(home, binaries, unfinished)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return true
}

async function grow(home: Home, binaries: Binaries, unfinished: string): Promise<void> {
  mkdirSync(unfinished, { mode: 0o700 })
  const passwordFile = join(unfinished, 'password')
  writeFileSync(passwordFile, `${home.password}\n`, { mode: 0o600 })
  if (home.owner)
    for (const path of [unfinished, passwordFile]) chownSync(path, home.owner.uid, home.owner.gid)

  const grown = join(unfinished, 'postgres')
  await initdb(home, binaries, ['-D', grown, '-U', databaseUser, `--pwfile=${passwordFile}`])
  renameSync(grown, home.directory)
}

function initdb(home: Home, binaries: Binaries, args: string[]): Promise<void> {
  // The built-in C.UTF-8 sorts the same on every machine and needs no locale of the system.
  const format = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--auth=scram-sha-256']
  const child = spawn(binaries.initdb, [...args, ...format, '--no-instructions'], {
    ...home.owner,
    cwd: dirname(home.directory),
    env: postgresEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => output.push(text))
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => reject(failed(cause.message, cause)))
    child.once('close', (code) => (code === 0 ? resolve() : reject(failed(output.join('').trim()))))
  })
}

const failed = (reason: string, cause?: Error) =>
  new EmbeddedPostgresError(`The database could not be created. initdb says: ${reason}`, { cause })

function removeUnfinished(directory: string): void {
  const prefix = `${basename(directory)}.new-`
  for (const name of readdirSync(dirname(directory)).filter((name) => name.startsWith(prefix))) {
    try {
      rmSync(join(dirname(directory), name), { recursive: true, force: true })
    } catch {
      // An initdb whose parent was killed still writes there: harmless, and gone with the next start.
    }
  }
}

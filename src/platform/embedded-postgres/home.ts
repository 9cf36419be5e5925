import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { makeSystemDirectory, systemDirectory } from './binaries.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { findClosedFolder, type Owner, postgresOwner } from './owner.ts'

/** Where a data folder's database lives, whose it is, and its password. */
export interface Home {
  /** The data folder, by its real path. */
  dataDir: string
  /** The database cluster; absent until initdb ran. */
  directory: string
  /** As whom Postgres runs; null: as ourselves. */
  owner: Owner | null
  /** Tells this data folder from another that is later at the same path. */
  id: string
  password: string
}

/** `<dataDir>/postgres.json`, mode 0600. */
interface Record {
  id: string
  password: string
  /** Written once the cluster is there; relative to the data folder, so that it may be moved. */
  directory?: string
}

/** Makes the data folder where it is missing, and gives its real path. */
export function makeDataDir(dataDir: string): string {
  try {
    if (makeFolder(resolve(dataDir)) && process.getuid?.() === 0) chmodSync(dataDir, 0o755)
    const folder = realpathSync(dataDir)
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder')
    return folder
  } catch (cause) {
    throw unusable(dataDir, cause)
  }
}

/** Whether it had to be made. (`mkdirSync`'s own recursion never ends below /proc.) */
function makeFolder(path: string): boolean {
  if (existsSync(path)) return false
  makeFolder(dirname(path))
  mkdirSync(path)
  return true
}

/** Decides where the database of a data folder lives. Call it under the boot lock. */
export function openHome(dataDir: string, log: Logger): Home {
  const record = readRecord(dataDir) ?? writeRecord(dataDir, { id: newSecret(10), password: newSecret(24) })
  const { id, password } = record
  if (record.directory !== undefined) {
    const directory = existingDirectory(dataDir, record.directory)
    return { dataDir, directory, owner: enterableOwner(directory), id, password }
  }
  const local = join(dataDir, 'postgres')
  const owner = postgresOwner(existsSync(local) ? local : undefined)
  const closed = findClosedFolder(dataDir, owner)
  if (!closed) return { dataDir, directory: local, owner, id, password }

  // By a random id, not by a hash of the path: a new clone at the same path must not find the old database.
  const directory = join(systemDirectory, id, 'postgres')
  if (!existsSync(directory))
    log.info(`The Postgres user can't enter ${closed}: the database lives in ${directory}.`)
  makeSystemDirectory()
  mkdirSync(join(systemDirectory, id), { recursive: true })
  chmodSync(join(systemDirectory, id), 0o755)
  return { dataDir, directory, owner, id, password }
}

/** Notes that the database is where `home` says: from now on its absence is an error, not a first start. */
export function rememberDirectory({ dataDir, directory, id, password }: Home): void {
  const written = directory === join(dataDir, 'postgres') ? 'postgres' : directory
  if (readRecord(dataDir)?.directory !== written) writeRecord(dataDir, { id, password, directory: written })
}

/** Gives a file that root made in a user's data folder to that user, who will start the server next time. */
export function giveToFolderOwner(path: string, dataDir: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dataDir)
  chownSync(path, uid, gid)
}

function existingDirectory(dataDir: string, written: string): string {
  const directory = resolve(dataDir, written)
  if (existsSync(directory)) return directory
  throw new EmbeddedPostgresError(
    `The database of ${dataDir} was in ${directory}, which is gone. Put it back, ` +
      `or delete ${recordFile(dataDir)} to begin with an empty one.`,
  )
}

function enterableOwner(directory: string): Owner | null {
  const owner = postgresOwner(directory)
  const closed = findClosedFolder(directory, owner)
  if (!owner || !closed) return owner
  throw new EmbeddedPostgresError(
    `The Postgres user (uid ${owner.uid}) can't enter ${closed} on the way to its database ${directory}. ` +
      'Make that folder enterable (chmod a+x), or move the data folder.',
  )
}

const recordFile = (dataDir: string) => join(dataDir, 'postgres.json')
const newSecret = (bytes: number) => randomBytes(bytes).toString('hex')

function readRecord(dataDir: string): Record | undefined {
  const file = recordFile(dataDir)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(file, error)
  }
  if (!existsSync(join(dataDir, 'postgres'))) return undefined
  throw new EmbeddedPostgresError(
    `${file} is missing: it holds the password of the database in ${join(dataDir, 'postgres')}. Put it back.`,
  )
}

function writeRecord(dataDir: string, record: Record): Record {
  const file = recordFile(dataDir)
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true })
    giveToFolderOwner(`${file}.new`, dataDir)
    renameSync(`${file}.new`, file)
  } catch (cause) {
    throw unusable(dataDir, cause)
  }
  return record
}

function unusable(path: string, cause: unknown): EmbeddedPostgresError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new EmbeddedPostgresError(`The data folder can't be used (${path}): ${reason}`, { cause })
}

import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'

/** A user and group by number. */
export interface Owner {
  uid: number
  gid: number
}

/**
 * As whom Postgres has to run, since it refuses to be root: null is "as ourselves". A database that exists
 * keeps its owner, so that root may start what a user made; a new one of root's belongs to `postgres`, or to
 * `nobody` where no such user exists (initdb wants a name for the number).
 */
export function postgresOwner(existingDatabase: string | undefined): Owner | null {
  if (process.getuid?.() !== 0) return null
  if (existingDatabase !== undefined) {
    const { uid, gid } = statSync(existingDatabase)
    if (uid !== 0) return { uid, gid }
  }
  const owner = findUser('postgres') ?? findUser('nobody')
  if (owner) return owner
  throw new EmbeddedPostgresError(
    'Postgres refuses to run as root, and there is no user "postgres" or "nobody" to run it as. ' +
      'Start Masthead as an ordinary user, or set DATABASE_URL.',
  )
}

function findUser(name: string): Owner | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : Number.NaN
  })
  return uid !== undefined && gid !== undefined && uid > 0 && gid > 0 ? { uid, gid } : undefined
}

/** The innermost folder on the way to `path` (itself included) that `owner` may not enter, if any. */
export function findClosedFolder(path: string, owner: Owner | null): string | undefined {
  if (!owner) return undefined
  const { mode, uid, gid } = statSync(path)
  const enterBit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
  if ((mode & enterBit) === 0) return path
  const parent = dirname(path)
  return parent === path ? undefined : findClosedFolder(parent, owner)
}

import { chownSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'
import type { Home } from './home.ts'

/** Names the socket; nothing listens on a port of this number. */
export const socketPort = 5432

/** The socket that Postgres makes in a folder. */
export const socketFile = (directory: string): string => join(directory, `.s.PGSQL.${socketPort}`)

/** sockaddr_un holds 107 bytes on Linux, 103 on macOS. */
const maxSocketPathBytes = 103

/**
 * The folder of the cluster's Unix socket: the cluster's own, which only its owner can enter, or a private one
 * among the temporary files when that path is longer than a socket's may be.
 */
export function socketDirectory(home: Home): string {
  if (Buffer.byteLength(socketFile(home.directory)) <= maxSocketPathBytes) return home.directory
  return join(tmpdir(), `masthead-${home.id}`)
}

/** Makes {@link socketDirectory} where it is missing. */
export function makeSocketDirectory(home: Home): void {
  const directory = socketDirectory(home)
  const isMissing = mkdirSync(directory, { recursive: true, mode: 0o700 }) !== undefined
  if (isMissing && home.owner) chownSync(directory, home.owner.uid, home.owner.gid)
  if (statSync(directory).uid === (home.owner?.uid ?? process.getuid?.())) return
  throw new EmbeddedPostgresError(
    `${directory}, which is to hold the database's socket, belongs to somebody else.`,
  )
}

/** Removes {@link socketDirectory} when it was made among the temporary files. */
export function removeSocketDirectory(home: Home): void {
  const directory = socketDirectory(home)
  if (directory !== home.directory) rmSync(directory, { recursive: true, force: true })
}

import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { postgresProcesses, signal } from '#src/platform/embedded-postgres/postgres-processes.ts'

/** A folder for one test, gone after it. */
export function temporaryFolder(): string {
  const folder = makeTemporaryFolder()
  onTestFinished(() => removeFolder(folder))
  return folder
}

/** A folder that every user may enter: root's Postgres runs as somebody else. */
export function makeTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(fastestFolder(), 'masthead-test-')))
  chmodSync(folder, 0o755)
  return folder
}

/** Removes it, and ends the Postgres in it that a test has left. */
export function removeFolder(folder: string): void {
  for (const pid of postgresProcesses(join(folder, 'postgres'))) signal(pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Memory where it has room: making a database takes a third of the time there. A container's may be 64 MB. */
function fastestFolder(): string {
  if (!existsSync('/dev/shm')) return tmpdir()
  const { bavail, bsize } = statfsSync('/dev/shm')
  return bavail * bsize > 1e9 ? '/dev/shm' : tmpdir()
}

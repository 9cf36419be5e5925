import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Ids of the living Postgres processes of a cluster, by its folder's real path: each has that as its working
 * folder. A pid alone proves nothing: zombies still answer `kill -0`, and after a reboot the number belongs to
 * somebody else.
 */
export function postgresProcesses(folder: string): number[] {
  if (process.platform !== 'linux') return postmastersOf(folder)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isPostgresOf(pid, folder))
}

/** Whether `pid` is a living Postgres process of the cluster in `folder`. */
export function isPostgresOf(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return postmastersOf(folder).includes(pid)
  try {
    // The name, too: a shell that somebody left in the folder is not to be waited for, nor to be killed.
    return worksIn(pid, folder) && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'postgres\n'
  } catch {
    return false // ended meanwhile
  }
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch (error) {
    // A container's root without CAP_SYS_PTRACE may not ask for another user's cwd; arguments are public.
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder)
  }
}

/** Without /proc: by arguments. Children of a postmaster rename themselves and are not seen. Not run. */
function postmastersOf(folder: string): number[] {
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,stat=,args='], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line.includes(` -D ${folder} `) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => Number.parseInt(line, 10))
}

/** Sends a signal; false when the process is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

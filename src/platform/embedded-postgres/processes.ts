import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Ids of the living processes that work in `folder` (its real path). Every Postgres process has its data
 * folder as working folder. A pid alone proves nothing: zombies still answer `kill -0`, and after a reboot
 * the number belongs to somebody else.
 */
export function processesIn(folder: string): number[] {
  if (process.platform !== 'linux') return postmastersOf(folder)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && worksIn(pid, folder))
}

/** Whether process `pid` lives and works in `folder`. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform !== 'linux') return postmastersOf(folder).includes(pid)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch (error) {
    // A container's root without CAP_SYS_PTRACE may not ask for another user's cwd; arguments are public.
    return (error as NodeJS.ErrnoException).code === 'EACCES' && startedWith(pid, folder)
  }
}

function startedWith(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder)
  } catch {
    return false
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

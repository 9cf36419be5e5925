import { createHash } from 'node:crypto'
import { closeSync, constants, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock that the kernel holds for this process. */
export interface KernelLock {
  release(): Promise<void>
}

/**
 * Takes the lock `name` of a folder; null when somebody holds it. The kernel frees it with the process,
 * `kill -9` included: a file with a pid in it goes stale, and two processes that both find it stale both win.
 */
export function tryKernelLock(folder: string, name: string): Promise<KernelLock | null> {
  return process.platform === 'linux' ? bindAbstractSocket(folder, name) : openExclusively(folder, name)
}

/** Waits for the lock `name` of a folder. @throws Error after `timeoutMs` */
export async function takeKernelLock(folder: string, name: string, timeoutMs: number): Promise<KernelLock> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const lock = await tryKernelLock(folder, name)
    if (lock) return lock
    if (Date.now() > deadline) throw new Error(`The lock "${name}" of ${folder} is held by another process.`)
    await sleep(20)
  }
}

/** A name in Linux's abstract namespace (unix(7)): no file, so nothing to be left behind. */
function bindAbstractSocket(folder: string, name: string): Promise<KernelLock | null> {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  const server = createServer((socket) => socket.destroy()).unref()
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen({ path: `\0masthead-${name}-${hash}` }, () =>
      resolve({ release: () => new Promise((released) => server.close(() => released())) }),
    )
  })
}

/** BSD's and macOS' open(2) can take a flock while it opens. Written from the manual, not run. */
async function openExclusively(folder: string, name: string): Promise<KernelLock | null> {
  const O_EXLOCK = 0x20
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | O_EXLOCK
  try {
    const file = openSync(join(folder, `${name}.lock`), flags, 0o600)
    return { release: async () => closeSync(file) }
  } catch (error) {
    if (['EAGAIN', 'EWOULDBLOCK'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ServerRunning } from './errors.ts'
import { makeDataDir } from './home.ts'
import { tryKernelLock } from './kernel-lock.ts'

/** Who serves from a data folder. `port` 0 is one that the kernel is still to choose. */
interface ServerAddress {
  pid: number
  port: number
}

/** The right to serve from a data folder, held until `release` or the end of the process. */
interface Claim {
  /** Tells later comers the port that the server really got. */
  announce(address: ServerAddress): void
  release(): Promise<void>
}

/** Makes this process the one server of a data folder. @throws ServerRunning with pid and port of the other */
export async function claimServer(dataDir: string, address: ServerAddress): Promise<Claim> {
  const folder = makeDataDir(dataDir)
  const file = join(folder, 'server.json')
  const announce = (current: ServerAddress) => {
    rmSync(file, { force: true }) // one that root left behind can be removed by the folder's owner, not written
    writeFileSync(file, `${JSON.stringify(current)}\n`)
  }

  const lock = await tryKernelLock(folder, 'server')
  if (!lock) throw new ServerRunning(folder, await findHolder(file))
  announce(address)
  return {
    announce,
    async release() {
      rmSync(file, { force: true })
      await lock.release()
    },
  }
}

/** The lock is taken a moment before its holder writes the file, so an absent or old one is read again. */
async function findHolder(file: string): Promise<Partial<ServerAddress>> {
  for (let attempt = 0; attempt < 10; attempt++) {
    try {
      const holder: unknown = JSON.parse(readFileSync(file, 'utf8'))
      if (isAddress(holder) && isAlive(holder.pid)) return holder
    } catch {
      // not written yet
    }
    await sleep(20)
  }
  return {}
}

const isAddress = (value: unknown): value is ServerAddress =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  'port' in value &&
  typeof value.pid === 'number' &&
  typeof value.port === 'number'

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

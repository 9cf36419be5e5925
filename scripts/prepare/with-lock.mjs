import {
  appendFileSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PrepareError, say } from './run.mjs'

const patienceMs = 15 * 60_000

/**
 * Runs `work` while no other process prepares this clone. The lock file has our pid and those of our children,
 * which `work` notes: `npm ci` goes on when we are killed, and a second one beside it fails with ENOTEMPTY.
 */
export async function withLock(root, work) {
  const file = join(root, '.prepare.lock')
  await take(file, root)
  try {
    return await work((pid) => appendFileSync(file, `${pid}\n`))
  } finally {
    rmSync(file, { force: true })
  }
}

async function take(file, root) {
  const deadline = Date.now() + patienceMs
  for (let hasSaid = false; Date.now() < deadline; await sleep(100)) {
    try {
      return writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holders = readHolders(file)
    if (holders === undefined) continue
    const alive = holders.pids.filter((pid) => worksIn(pid, root))
    if (alive.length === 0) removeStale(file, holders.text)
    else if (!hasSaid) {
      say(`another process (pid ${alive[0]}) is preparing this folder: waiting for it …`)
      hasSaid = true
    }
  }
  throw new PrepareError(
    `Waited ${patienceMs / 60_000} minutes for the lock ${file}. If nobody needs it, delete it.`,
  )
}

/** Who is in the lock file; undefined when it is gone, or so new that nothing is in it yet. */
function readHolders(file) {
  try {
    const text = readFileSync(file, 'utf8')
    if (text === '' && Date.now() - statSync(file).mtimeMs < 5_000) return undefined
    return { text, pids: text.split('\n').filter(Boolean).map(Number) }
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Takes a dead process's lock away; one that another waiter has just made anew is put back. */
function removeStale(file, text) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (readFileSync(aside, 'utf8') === text) rmSync(aside)
  else renameSync(aside, file)
}

/** Whether a process lives and works in this clone: zombies and strangers with an old number do not. */
function worksIn(pid, root) {
  try {
    if (process.platform !== 'linux') return process.kill(pid, 0)
    return readlinkSync(`/proc/${pid}/cwd`) === root
  } catch (error) {
    return error.code === 'EPERM' || error.code === 'EACCES'
  }
}

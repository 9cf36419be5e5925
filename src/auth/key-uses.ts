import { LRUCache } from 'lru-cache'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { saveKeyUses } from './key-queries.ts'

/** One use of a key is noted, then none for so long. */
const NOTED_EVERY_MS = 60_000
/** How long uses wait for others to be written with them. */
const GATHERED_FOR_MS = 1_000
const MOST_KEYS = 10_000

/** When keys were last used: noted in memory, written together, off the path of requests. */
export interface KeyUses {
  /** `atMs`: database time */
  note(id: string, atMs: number): void
  /** Writes what is noted. Never fails: what can't be written is said in the log. */
  flush(): Promise<void>
}

/** Gathers the uses of keys, and writes them every second by one statement. */
export function createKeyUses(pool: Pool, log: Logger): KeyUses {
  const noted = new LRUCache<string, number>({ max: MOST_KEYS })
  let waiting = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  async function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const uses = [...waiting]
    waiting = new Map()
    if (uses.length === 0) return
    try {
      await saveKeyUses(pool, [uses.map(([id]) => id), uses.map(([, at]) => new Date(at))])
    } catch (error) {
      for (const [id] of uses) noted.delete(id) // so that the next use is written
      log.warn({ err: error }, 'uses of keys not written')
    }
  }

  return {
    note(id, atMs) {
      const last = noted.get(id)
      if (last !== undefined && atMs - last < NOTED_EVERY_MS) return
      noted.set(id, atMs)
      waiting.set(id, atMs)
      timer ??= setTimeout(flush, GATHERED_FOR_MS).unref()
    },
    flush,
  }
}

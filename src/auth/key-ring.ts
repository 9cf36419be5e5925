import { LRUCache } from 'lru-cache'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { findKey, findKeys, pollKeyVersion } from './key-queries.ts'
import { hashSecret, type KeyParts } from './key-text.ts'
import { createKeyUses } from './key-uses.ts'
import { type KnownKey, knownKey, opens } from './known-key.ts'
import type { Actor } from './permissions.ts'

const POLLED_EVERY_MS = 500
/** How long after the begin of a poll its answer counts: so a change elsewhere holds here within a second. */
const TRUSTED_FOR_MS = 1_000
/** Keys that are kept in memory; the others cost a query each time. */
const MOST_KEYS = 10_000

/** All keys, in memory: one that is known costs no query. */
export interface KeyRing {
  /** Begins to follow changes that other nodes make; until then each key is looked up. */
  watch(): void
  /**
   * Who the key belongs to; null: nobody.
   * @param beforeAsking called before the database is asked for a key that memory does not know to be good; may throw
   */
  identify(key: KeyParts, beforeAsking: () => void): Promise<Actor | null>
  /** Reads all keys anew, after a change. When it is done, nothing from before the call is trusted. */
  reload(): Promise<void>
  /** Ends the polling, and writes the last uses. */
  close(): Promise<void>
}

/**
 * Makes the ring. Two dangers shape it. What was read before a change must not be stored after it: each reading of all
 * keys begins and ends a generation, and a single key is kept only within the one in which it was asked for. And a node
 * that can't see changes must not go on by what it remembers: memory counts only while the polls succeed.
 * @param probe a pool of its own for the polls: a busy one must not delay them
 */
export function createKeyRing(pool: Pool, probe: Pool, log: Logger): KeyRing {
  const keys = new LRUCache<string, KnownKey>({ max: MOST_KEYS })
  const uses = createKeyUses(pool, log)
  let version: string | null = null
  let generation = 0
  /** When the last poll began by which `keys` is right. */
  let confirmedAt = Number.NEGATIVE_INFINITY
  /** Database time less this process' own. As late as it can be: a key never lives longer than it should. */
  let clockOffset = performance.timeOrigin
  let isWatching = false
  let isPollFailing = false
  let timer: NodeJS.Timeout | undefined
  let polling: Promise<void> | undefined

  const databaseNow = () => performance.now() + clockOffset

  async function load(beganAt: number): Promise<void> {
    generation += 1
    const mine = generation
    const rows = await findKeys(pool, [MOST_KEYS])
    if (generation !== mine) return
    generation += 1
    keys.clear()
    for (const row of rows) if (row.id !== null) keys.set(row.id, knownKey(row))
    version = rows[0]?.version ?? null
    confirmedAt = beganAt
  }

  async function poll(): Promise<void> {
    const beganAt = performance.now()
    const askedIn = generation
    const answer = await pollKeyVersion(probe)
    if (answer === undefined) throw new Error('The table key_version is empty.')
    clockOffset = answer.now.getTime() - beganAt
    if (generation !== askedIn) return // somebody reads all of them just now
    if (answer.version === version) confirmedAt = beganAt
    else await load(beganAt)
  }

  async function pollAndLog(): Promise<void> {
    try {
      await poll()
      isPollFailing = false
    } catch (error) {
      if (!isPollFailing && isWatching) log.warn({ err: error }, 'changes of keys can’t be followed')
      isPollFailing = true
    }
  }

  function pollOnAndOn(): void {
    const beganAt = performance.now()
    polling = pollAndLog().then(() => {
      if (!isWatching) return
      timer = setTimeout(pollOnAndOn, Math.max(0, POLLED_EVERY_MS - (performance.now() - beganAt))).unref()
    })
  }

  /** Asks the database for one key, and remembers it. */
  async function ask(id: string): Promise<{ key: KnownKey | undefined; nowMs: number }> {
    const askedIn = generation
    const [row] = await findKey(pool, [id])
    const key = row === undefined || row.id === null ? undefined : knownKey(row)
    if (generation === askedIn) {
      if (key === undefined) keys.delete(id)
      else keys.set(id, key)
    }
    return { key, nowMs: row?.now.getTime() ?? databaseNow() }
  }

  return {
    watch() {
      if (isWatching) return
      isWatching = true
      pollOnAndOn()
    },

    async identify({ id, secret }, beforeAsking) {
      const secretHash = hashSecret(secret)
      const known = keys.get(id)
      const isKnown = opens(known, secretHash, databaseNow())
      if (isKnown && known !== undefined && performance.now() - confirmedAt < TRUSTED_FOR_MS) {
        uses.note(id, databaseNow())
        return known.actor
      }
      // Memory that is not trusted still tells who has been good: a storm of wrong keys does not lock them out.
      if (!isKnown) beforeAsking()
      const { key, nowMs } = await ask(id)
      if (!opens(key, secretHash, nowMs) || key === undefined) return null
      uses.note(id, nowMs)
      return key.actor
    },

    async reload() {
      version = null
      confirmedAt = Number.NEGATIVE_INFINITY
      generation += 1
      if (!isWatching) return
      try {
        await load(performance.now())
      } catch (error) {
        // The change stands. Until they can be read, each key is looked up.
        log.warn({ err: error }, 'keys not read anew')
      }
    },

    async close() {
      isWatching = false
      clearTimeout(timer)
      await polling
      await uses.flush()
    },
  }
}

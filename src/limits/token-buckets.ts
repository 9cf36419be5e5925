import { LRUCache } from 'lru-cache'
import type { Rate } from '#src/platform/rate.ts'

/** What a bucket said to a request. */
export interface Charge {
  readonly isAllowed: boolean
  /** What may still come at once. */
  readonly remaining: number
  /** Milliseconds until the bucket is full. */
  readonly fullAfterMs: number
  /** Milliseconds until the next may come; 0 when it may come now. */
  readonly retryAfterMs: number
}

/** A token bucket for each key: full at the beginning, one out for each request, filling at a steady rate. */
export interface TokenBuckets {
  readonly rate: Rate
  /** Takes one out, if there is one. */
  take(key: string): Charge
  /** Puts back one that was taken. */
  giveBack(key: string): void
  /** How many keys have a bucket that is not known to be full. */
  readonly size: number
}

/** Some 15 MB. A key beyond it pushes out the one that was quiet longest, whose bucket is the likeliest to be full. */
const MAX_KEYS = 100_000

/**
 * Buckets by the generic cell rate algorithm (ITU-T I.371, annex A): one number a key, the time at which its bucket
 * will be full again. Without one, or with one that has passed, it is full: nothing needs to be refilled or swept.
 * @param now milliseconds of a clock that never goes back
 */
export function createTokenBuckets(rate: Rate, now: () => number, maxKeys: number = MAX_KEYS): TokenBuckets {
  const everyMs = rate.perMs / rate.count
  const capacityMs = everyMs * rate.burst
  const fullAt = new LRUCache<string, number>({ max: maxKeys })
  // Of a sum of many fractions a little is lost: a thousandth of a token is no token.
  const whole = (ms: number) => Math.floor(ms / everyMs + 0.001)
  return {
    rate,
    take(key) {
      const at = now()
      const emptiedMs = Math.max((fullAt.get(key) ?? at) - at, 0)
      const isAllowed = whole(capacityMs - emptiedMs) >= 1
      const fullAfterMs = isAllowed ? emptiedMs + everyMs : emptiedMs
      if (isAllowed) fullAt.set(key, at + fullAfterMs)
      return {
        isAllowed,
        remaining: whole(capacityMs - fullAfterMs),
        fullAfterMs,
        retryAfterMs: Math.max(fullAfterMs + everyMs - capacityMs, 0),
      }
    },
    giveBack(key) {
      const full = fullAt.get(key)
      if (full !== undefined) fullAt.set(key, full - everyMs)
    },
    get size() {
      return fullAt.size
    },
  }
}

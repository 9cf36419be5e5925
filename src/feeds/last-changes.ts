/** Remembers since when representations are what they are. */
export interface LastChanges {
  /**
   * Since when `key` has had `tag`, as far as this process knows, to the second; undefined while that second is that
   * of another version as well, and so names neither.
   */
  since(key: string, tag: string): Date | undefined
}

interface Known {
  readonly tag: string
  /** Since the epoch. */
  readonly second: number
  /** No other version was seen in that second, or in a later one by a clock that has gone back. */
  readonly isAlone: boolean
}

/** How many representations are remembered; the one that was asked for longest ago is forgotten first. */
const MOST_REMEMBERED = 1_000

/**
 * Dates of last change (RFC 9110 §8.8.2) for what the database has no date of: an article that leaves a feed, a tag
 * that is renamed, a schedule that comes true change a feed, and no row in it gets a newer date. What is not known
 * counts as changed now: a client that asks by date may get the same again, but never misses a change.
 * @param now milliseconds since the epoch
 */
export function rememberChanges(now: () => number = Date.now): LastChanges {
  const known = new Map<string, Known>()
  return {
    since(key, tag) {
      const entry = nextKnown(known.get(key), tag, Math.floor(now() / 1_000))
      known.delete(key)
      known.set(key, entry)
      const [oldest] = known.keys()
      if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest)
      return entry.isAlone ? new Date(entry.second * 1_000) : undefined
    },
  }
}

function nextKnown(before: Known | undefined, tag: string, second: number): Known {
  if (before === undefined) return { tag, second, isAlone: true }
  if (second <= before.second) {
    return { tag, second: before.second, isAlone: before.isAlone && before.tag === tag }
  }
  return before.isAlone && before.tag === tag ? before : { tag, second, isAlone: true }
}

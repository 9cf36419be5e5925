/** Lets what is done under one key be done one after the other, in the order in which it came. */
export interface Turns {
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** Makes turns for this process. Keys that nobody waits for are forgotten. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return {
    async take(key, work) {
      const before = last.get(key) ?? Promise.resolve()
      const mine = before.then(work, work)
      const settled = mine.catch(() => {})
      last.set(key, settled)
      try {
        return await mine
      } finally {
        if (last.get(key) === settled) last.delete(key)
      }
    },
  }
}

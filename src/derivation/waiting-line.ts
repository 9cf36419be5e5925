/** Lets a number of callers through at once, and a number wait for them, first come, first served. */
export interface WaitingLine {
  /** Resolves when it is the caller's turn; false when too many wait already. Each true wants a `leave`. */
  enter(): Promise<boolean>
  leave(): void
}

/** @param places how many are inside at once @param seats how many may wait */
export function createWaitingLine(places: number, seats: number): WaitingLine {
  const waiting: (() => void)[] = []
  let free = places
  return {
    async enter() {
      if (free > 0) {
        free -= 1
        return true
      }
      if (waiting.length >= seats) return false
      await new Promise<void>((resolve) => waiting.push(resolve))
      return true
    },
    leave() {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    },
  }
}

/** Lets a number of callers through at once; the others wait, and their askers take turns. */
export interface WaitingLine {
  /**
   * Resolves when it is the caller's turn; false when too much waits already. Each true wants a `leave`.
   * @param asker whose turn it is after one of each other asker
   * @param size how much room it takes while it waits
   */
  enter(asker: string, size: number): Promise<boolean>
  leave(): void
}

interface Waiting {
  readonly size: number
  readonly admit: () => void
}

/**
 * Makes a line. What bounds it is the room that is taken, not how many wait: thirty stories are no more than one long
 * report. One asker takes at most half of it, so that there is some left for the others.
 *
 * @param places how many are inside at once
 * @param room how much may wait, in the unit of `size`; what finds nothing waiting may always wait
 */
export function createWaitingLine(places: number, room: number): WaitingLine {
  // The asker whose turn is next comes first: a Map keeps the order in which its keys were added.
  const waiting = new Map<string, Waiting[]>()
  let free = places
  let taken = 0

  const roomOf = (asker: string) => waiting.get(asker)?.reduce((sum, { size }) => sum + size, 0) ?? 0
  const fits = (asker: string, size: number) =>
    (taken === 0 || taken + size <= room) && (!waiting.has(asker) || roomOf(asker) + size <= room / 2)

  /** The first of the asker whose turn it is, who then stands behind all others. */
  function next(): Waiting | undefined {
    for (const [asker, [first, ...others]] of waiting) {
      waiting.delete(asker)
      if (others.length > 0) waiting.set(asker, others)
      return first
    }
    return undefined
  }

  return {
    async enter(asker, size) {
      if (free > 0) {
        free -= 1
        return true
      }
      if (!fits(asker, size)) return false
      await new Promise<void>((resolve) => {
        waiting.set(asker, [...(waiting.get(asker) ?? []), { size, admit: resolve }])
        taken += size
      })
      return true
    },
    leave() {
      const first = next()
      if (first === undefined) {
        free += 1
        return
      }
      taken -= first.size
      first.admit()
    },
  }
}

/** A request that was refused. */
export interface Refusal {
  readonly operation: string
  readonly status: number
  /** Of a key that is good. */
  readonly actor: { readonly id: string; readonly name: string } | null
  readonly address: string | null
  /** What it was asked of, as the address has it: an id or slug; null: a collection, or nobody known asked. */
  readonly target: string | null
  readonly requestId: string | null
}

/** Refusals that are alike, as one. */
export interface Refusals extends Refusal {
  readonly count: number
}

/** Counts refusals in memory that does not grow with them. */
export interface RefusalTally {
  readonly size: number
  /** `count`: how often; absent: once. */
  add(refusal: Refusal & { readonly count?: number }): void
  /** Gives what was counted, and begins anew. */
  take(): Refusals[]
}

/**
 * Counts refusals of one operation with one status, by who was refused at which address. Of `maxGroups` groups with a
 * key and as many without: what comes beyond is counted by operation and status alone, of which there are few. So a
 * flood from many addresses neither fills the audit nor covers up what a key was refused.
 */
export function createRefusalTally(maxGroups: number): RefusalTally {
  const groups = new Map<string, Refusals>()
  const sizes = { known: 0, unknown: 0 }

  function groupOf(refusal: Refusal): Refusal {
    if (groups.has(keyOf(refusal))) return refusal
    const side = refusal.actor === null ? 'unknown' : 'known'
    if (sizes[side] >= maxGroups)
      return { ...refusal, actor: null, address: null, target: null, requestId: null }
    sizes[side] += 1
    return refusal
  }

  return {
    get size() {
      return groups.size
    },
    add({ count = 1, ...refusal }) {
      const group = groupOf(refusal)
      const key = keyOf(group)
      const present = groups.get(key)
      // One request can be named; of several none is the one.
      if (present === undefined) groups.set(key, { ...group, count })
      else groups.set(key, { ...present, requestId: null, count: present.count + count })
    },
    take() {
      const taken = [...groups.values()]
      groups.clear()
      sizes.known = 0
      sizes.unknown = 0
      return taken
    },
  }
}

const keyOf = ({ operation, status, actor, address, target }: Refusal) =>
  `${operation} ${status} ${actor?.id ?? ''} ${address ?? ''} ${target ?? ''}`

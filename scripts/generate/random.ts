/** Chance that can be repeated: the same seeds give the same numbers, on every machine. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  /** True in `share` of all cases. */
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

/** A stream of its own for each combination of seeds. (sfc32, C. Doty-Humphrey, PractRand; seeded by murmur3's mix.) */
export function random(...seeds: readonly number[]): Random {
  let state = 0x9e3779b9
  for (const seed of seeds) state = mixed(state ^ mixed(seed | 0) ^ mixed(Math.floor(seed / 2 ** 32)))
  let a = mixed(state + 1)
  let b = mixed(state + 2)
  let c = mixed(state + 3)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warmUp = 0; warmUp < 8; warmUp += 1) next()
  const below = (end: number) => Math.floor(next() * end)
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)]
    if (item === undefined) throw new RangeError('There is nothing to pick from.')
    return item
  }
  return { next, below, pick, chance: (share) => next() < share }
}

function mixed(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Draws ranks from 0 to below `size`, rank n as often as 1/(n + 1): how often words, tags and sources are used. */
export function zipf(size: number): (chance: Random) => number {
  const sums = new Float64Array(size)
  let sum = 0
  for (let rank = 0; rank < size; rank += 1) {
    sum += 1 / (rank + 1)
    sums[rank] = sum
  }
  return (chance) => {
    const wanted = chance.next() * sum
    let low = 0
    let high = size - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? sum) <= wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/** An id in the shape of a UUIDv7 (RFC 9562 §5.7), of a moment in milliseconds. */
export function idAt(moment: number, chance: Random): string {
  const time = hex(moment, 12)
  const low = (0x8000 | chance.below(0x4000)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(chance.below(0x1000), 3)}-${low}-${hex(chance.below(2 ** 24), 6)}${hex(chance.below(2 ** 24), 6)}`
}

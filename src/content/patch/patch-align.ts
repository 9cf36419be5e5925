import { isJsonObject, type Json } from '../json.ts'

/** A value that is in the list before and after, by its place in each. */
export interface Match {
  before: number
  after: number
}

/**
 * Which items stay, in the order that lets most of them stay: a longest increasing subsequence over items that are
 * the same. Mappings are the same when their label, or their first key and its value, are.
 */
export function alignItems(before: readonly Json[], after: readonly Json[]): Match[] {
  const places = new Map<string, number[]>()
  for (const [place, item] of before.entries()) {
    const key = identity(item)
    const others = places.get(key)
    if (others) others.push(place)
    else places.set(key, [place])
  }
  const candidates = after.flatMap((item, place): Match[] => {
    const at = places.get(identity(item))?.shift()
    return at === undefined ? [] : [{ before: at, after: place }]
  })
  return longestIncreasing(candidates)
}

function identity(item: Json): string {
  if (!isJsonObject(item)) return JSON.stringify(item)
  const [first] = Object.entries(item)
  return JSON.stringify(Object.hasOwn(item, 'label') ? { label: item.label } : { first })
}

/** Patience sorting: O(n log n), where comparing all with all takes seconds for 5,000 citations. */
function longestIncreasing(matches: readonly Match[]): Match[] {
  interface Link {
    match: Match
    previous: Link | undefined
  }
  const tails: Link[] = []
  for (const match of matches) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle]?.match.before ?? 0) < match.before) low = middle + 1
      else high = middle
    }
    tails[low] = { match, previous: tails[low - 1] }
  }
  const kept: Match[] = []
  for (let link = tails.at(-1); link; link = link.previous) kept.push(link.match)
  return kept.reverse()
}

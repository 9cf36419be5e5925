import { distance } from 'fastest-levenshtein'

/** Longer names are nobody's slip of the finger, and the distance's cost grows with the product of lengths. */
const LONGEST_NAME = 64

/** Case, `_` and `-` are spelling: `featured_image` is as near to `featuredImage` as can be. */
const withoutSpelling = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The known name that was probably meant; undefined when none is near enough to be suggested. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_NAME) return undefined
  const plain = withoutSpelling(name)
  let best: string | undefined
  let least = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const edits = distance(plain, withoutSpelling(candidate))
    // Two edits make any two-letter word out of any other.
    if (edits < least && edits < plain.length) {
      least = edits
      best = candidate
    }
  }
  return best
}

/** ` Did you mean "title"?`, or nothing: to stand behind a sentence that names what is unknown. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearestName(name, known)
  return near === undefined ? '' : ` Did you mean ${JSON.stringify(near)}?`
}

/** `base`, or the first of `base-2`, `base-3` … that is not in `taken`. */
export function firstFreeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base
  let n = 2
  while (taken.has(`${base}-${n}`)) n += 1
  return `${base}-${n}`
}

/**
 * The name under which writers of one family of slugs queue: `story`, `story-2` and `story-2-3` share one,
 * since the second of two `story` and the first of two `story-2` both want `story-2`.
 */
export function slugFamily(slug: string): string {
  return slug.replace(/(?:-\d+)+$/, '')
}

import type { Attributes } from 'sanitize-html'

/** What the sanitiser left out of one tag. */
export interface DroppedHtml {
  /** The element's name. */
  tag: string
  /** Is the element itself left out? */
  isElement: boolean
  /** Its attributes that are left out, by name. */
  attributes: readonly string[]
}

/** A tag as it was written, and what was kept of it; the sanitiser takes away from `kept`. */
export interface SanitizedTag {
  tag: string
  isKept: boolean
  given: Readonly<Attributes>
  kept: Readonly<Attributes>
}

// Without a site's scripts and style sheets these say nothing, and names and ids are changed rather than left out.
const silent = /^(?:class|id|name|target|rel|role|markdown|data-.*|xmlns.*)$/

/** What was left out of a tag; null for nothing that editors should know. */
export function droppedOf({ tag, isKept, given, kept }: SanitizedTag): DroppedHtml | null {
  if (!isKept) return { tag, isElement: true, attributes: [] }
  const attributes = Object.keys(given).filter((name) => !Object.hasOwn(kept, name) && !silent.test(name))
  return attributes.length === 0 ? null : { tag, isElement: false, attributes }
}

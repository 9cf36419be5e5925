/** What `If-Match` or `If-None-Match` lists: opaque tags in their quotes, without `W/`; `*` for any. */
export type ListedTags = '*' | readonly string[]

/** RFC 9110 §8.8.3: any character but a double quote and controls; so a tag may hold commas. */
const ENTITY_TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\uffff]*")/g

/** Reads `If-Match` or `If-None-Match` (RFC 9110 §13.1.1, §13.1.2). What is no tag is left out: it matches nothing. */
export function listedTags(header: string): ListedTags {
  return header.trim() === '*' ? '*' : [...header.matchAll(ENTITY_TAG)].map(([, tag = '']) => tag)
}

/** Whether a header is `*` or a list of entity tags, and nothing else (RFC 9110 §13.1.1; §5.6.1 has empty items pass). */
export function isTagList(header: string): boolean {
  const between = header.replace(ENTITY_TAG, '')
  return header.trim() === '*' || (between !== header && /^[\s,]*$/.test(between))
}

/** Whether `If-None-Match` names this tag: weak comparison (RFC 9110 §13.1.2); `*` names every one. */
export function matchesEntityTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const listed = listedTags(header)
  return listed === '*' || listed.includes(tag)
}

/**
 * The tag of the same representation under a content coding: the bytes differ, so must the strong tag
 * (RFC 9110 §8.8.3.3). `"3-abc"` under br is `"3-abc-br"`.
 */
export const codedTag = (tag: string, coding: string): string =>
  coding === 'identity' ? tag : `${tag.slice(0, -1)}-${coding}"`

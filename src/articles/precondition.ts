import { listedTags } from '#src/platform/http/entity-tags.ts'

/** What the tag of an article begins with; the representation and its coding come behind a hyphen. */
const REVISION = /^"(\d+)(?:-[^"]*)?"$/

/**
 * Whether `If-Match` (RFC 9110 §13.1.1) names the present revision: a list of entity tags or `*`; absent, it does.
 * Of a tag only the revision counts: whoever has read an article in any type and coding may write it.
 */
export function matchesRevision(header: string | undefined, revision: number): boolean {
  if (header === undefined) return true
  const tags = listedTags(header)
  return tags === '*' || tags.some((tag) => Number(REVISION.exec(tag)?.[1]) === revision)
}

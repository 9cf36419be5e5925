/**
 * Whether `If-Match` (RFC 9110 §13.1.1) names the present revision: a list of entity tags or `*`; absent, it does.
 * Of a tag only the revision counts: the representation and its coding, behind the first hyphen, do not.
 */
export function matchesRevision(header: string | undefined, revision: number): boolean {
  if (header === undefined || header.trim() === '*') return true
  return [...header.matchAll(/(?:W\/)?"(\d+)[^"]*"/g)].some(([, named]) => Number(named) === revision)
}

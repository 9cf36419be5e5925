import { isDeepStrictEqual } from 'node:util'
import type { FieldError } from '#src/platform/errors.ts'
import { invalidArticle } from './errors.ts'
import { type ArticleInput, type ArticlePatch, readOnlyKeys } from './input-schemas.ts'
import type { Article } from './schemas.ts'

const citationKeys = ['ordinal', 'html', 'source', 'referenceCount', 'explicit'] as const

/**
 * Refuses read-only fields that have another value than now, so that what was read can be sent back whole.
 * A new article has no present values: it may not have them at all.
 * @throws AppError `invalid_body` with `read_only_field` for each
 */
export function refuseReadOnly(input: ArticleInput | ArticlePatch, present: Article | null): void {
  const given: Record<string, unknown> = input
  // The status of a new article is the one thing of these that a POST decides.
  const keys = present === null ? readOnlyKeys : [...readOnlyKeys, 'status']
  const errors = differing(keys, given, present, '')
  const byLabel = new Map(present?.citations.map((citation) => [citation.label, citation]))
  for (const [index, citation] of (input.citations ?? []).entries()) {
    errors.push(...differing(citationKeys, citation, byLabel.get(citation.label), `/citations/${index}`))
  }
  if (errors.length > 0) throw invalidArticle(errors)
}

function differing(
  keys: readonly string[],
  given: Record<string, unknown>,
  present: object | null | undefined,
  path: string,
): FieldError[] {
  const values: Record<string, unknown> = { ...present }
  return keys
    .filter((key) => given[key] !== undefined && !isDeepStrictEqual(given[key], values[key]))
    .map((key) => ({
      in: 'body',
      path: `${path}/${key}`,
      code: 'read_only_field',
      message: `"${key}" is read-only: leave it out, or send it as it is.`,
    }))
}

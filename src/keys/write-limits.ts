import type { Pool } from 'pg'
import { normalizeName } from '#src/content/names.ts'
import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'
import type { FieldError } from '#src/platform/errors.ts'
import type { TermRef } from '#src/taxonomy/index.ts'
import { invalidKey } from './errors.ts'
import { findTopics } from './queries.ts'

/** Where alone a key may write; null: anywhere. */
export interface WriteLimits {
  readonly locales: readonly string[] | null
  readonly topicIds: readonly string[] | null
}

const LIMITED_ROLES: readonly ApiKeyRole[] = ['author', 'editor']

/**
 * Refuses limits that would mean nothing: those of a role that writes nothing or everything, and empty ones.
 * @throws AppError `invalid_body`
 */
export function refuseIdleLimits(role: ApiKeyRole, limits: WriteLimits): void {
  const given = { locales: limits.locales, topics: limits.topicIds }
  const errors = Object.entries(given).flatMap(([field, values]): FieldError[] => {
    if (values === null) return []
    const path = `/${field}`
    if (!LIMITED_ROLES.includes(role)) {
      const message = `${field} limit where a key may write: only one with the role "author" or "editor" has them. Send null for this one.`
      return [{ in: 'body', path, code: 'limit_not_for_role', message }]
    }
    if (values.length > 0) return []
    const message = `With no ${field} the key could write nowhere. Send null for all of them.`
    return [{ in: 'body', path, code: 'empty_limit', message }]
  })
  if (errors.length > 0) throw invalidKey(errors)
}

const slugOf = (ref: TermRef) => (typeof ref === 'object' && 'slug' in ref ? ref.slug : null)
const nameOf = (ref: TermRef) => (typeof ref === 'string' ? ref : (ref.name ?? ''))

/** The ids of topics, each once, in the order in which they are named. @throws AppError `invalid_body` */
export async function resolveTopicIds(pool: Pool, refs: readonly TermRef[]): Promise<string[]> {
  const slugs = refs.flatMap((ref) => slugOf(ref) ?? [])
  const norms = refs.flatMap((ref) => (slugOf(ref) === null ? normalizeName(nameOf(ref)) : []))
  const found = refs.length === 0 ? [] : await findTopics(pool, [slugs, norms])
  const errors: FieldError[] = []
  const ids = refs.map((ref, index) => {
    const slug = slugOf(ref)
    const topic = found.find((one) =>
      slug === null ? one.norm === normalizeName(nameOf(ref)) : one.slug === slug,
    )
    if (topic === undefined) {
      const message = `There is no topic "${slug ?? nameOf(ref)}".`
      errors.push({ in: 'body', path: `/topics/${index}`, code: 'unknown_topic', message })
    }
    return topic?.id ?? ''
  })
  if (errors.length > 0) throw invalidKey(errors)
  return [...new Set(ids)]
}

import type { Pool } from 'pg'
import { prepared } from '#src/platform/db/prepared.ts'
import { AppError, type FieldError } from '#src/platform/errors.ts'
import type { TermRef } from './schemas.ts'

/** How a payload names its tags, topics and authors. */
export interface TermRefs {
  readonly tags: readonly TermRef[]
  readonly topics: readonly TermRef[]
  readonly authors: readonly TermRef[]
}

type Field = keyof TermRefs

const findSlugs = prepared<{ field: Field; slug: string; name: string }>(
  'find_term_slugs',
  `SELECT 'tags' AS field, slug, name FROM tag WHERE slug = ANY($1)
    UNION ALL SELECT 'topics', slug, name FROM topic WHERE slug = ANY($2)
    UNION ALL SELECT 'authors', slug, name FROM author WHERE slug = ANY($3)`,
)

const slugOf = (ref: TermRef) => (typeof ref === 'object' && 'slug' in ref ? ref.slug : undefined)
const slugsOf = (refs: readonly TermRef[]) => refs.flatMap((ref) => slugOf(ref) ?? [])

/**
 * Puts names in the place of slugs: a document names its tags as its author would write them.
 * @throws AppError `invalid_body` for a slug that no one has
 */
export async function nameTerms(pool: Pool, refs: TermRefs): Promise<Record<Field, string[]>> {
  const slugs = [slugsOf(refs.tags), slugsOf(refs.topics), slugsOf(refs.authors)]
  const rows = slugs.some((list) => list.length > 0) ? await findSlugs(pool, slugs) : []
  const names = new Map(rows.map(({ field, slug, name }) => [`${field}/${slug}`, name]))
  const errors: FieldError[] = []
  const named = (field: Field) =>
    refs[field].map((ref, index) => {
      if (typeof ref === 'string') return ref
      const slug = slugOf(ref)
      if (slug === undefined) return ref.name ?? ''
      const name = names.get(`${field}/${slug}`)
      if (name === undefined) errors.push(unknownSlug(field, index, slug))
      return name ?? ''
    })
  const result = { tags: named('tags'), topics: named('topics'), authors: named('authors') }
  if (errors.length > 0) throw new AppError('invalid_body', 422, errors[0]?.message ?? '', { errors })
  return result
}

const unknownSlug = (field: Field, index: number, slug: string): FieldError => ({
  in: 'body',
  path: `/${field}/${index}/slug`,
  code: 'unknown_slug',
  message: `Nothing in ${field} has the slug "${slug}". A name instead of a slug is made when it is new.`,
})

import type { Pool } from 'pg'
import { displayName, normalizeName } from '#src/content/names.ts'
import { termSlug } from '#src/content/slug.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import type { TermLink } from './schemas.ts'

type Field = 'tags' | 'topics' | 'authors'

const findNorms = prepared<{ field: Field; norm: string; slug: string; name: string }>(
  'find_term_norms',
  `SELECT 'tags' AS field, a.norm, t.slug, t.name FROM tag_alias a JOIN tag t ON t.id = a.tag_id WHERE a.norm = ANY($1)
    UNION ALL SELECT 'topics', a.norm, t.slug, t.name FROM topic_alias a JOIN topic t ON t.id = a.topic_id
     WHERE a.norm = ANY($2)
    UNION ALL SELECT 'authors', a.norm, t.slug, t.name FROM author_alias a JOIN author t ON t.id = a.author_id
     WHERE a.norm = ANY($3)`,
)

/** What these names would link to: terms that exist, and those that would be made. Makes nothing. */
export async function describeTerms(
  pool: Pool,
  names: Record<Field, readonly string[]>,
): Promise<Record<Field, TermLink[]>> {
  const norms = [names.tags, names.topics, names.authors].map((list) => list.map(normalizeName))
  const rows = norms.some((list) => list.length > 0) ? await findNorms(pool, norms) : []
  const known = new Map(rows.map(({ field, norm, slug, name }) => [`${field}/${norm}`, { slug, name }]))
  const links = (field: Field) =>
    names[field].map(
      (name) =>
        known.get(`${field}/${normalizeName(name)}`) ?? { slug: termSlug(name), name: displayName(name) },
    )
  return { tags: links('tags'), topics: links('topics'), authors: links('authors') }
}

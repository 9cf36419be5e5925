import { type PreparedQuery, prepared } from '#src/platform/db/prepared.ts'
import { isPublic } from '#src/visibility/index.ts'

/** A tag or topic with the number of articles that the asker may see. */
export interface TermRow {
  slug: string
  name: string
  description: string | null
  position: number
  article_count: number
}

/**
 * A walk over a vocabulary by (position, slug), forward or backward; tags have no position and are ordered by slug.
 * Values: position and slug of the last term seen, whether the asker sees what is not public, how many.
 * Readers get only terms that a public article has: the others would tell what drafts are about.
 */
function termWalk(kind: 'tag' | 'topic', side: 'after' | 'before'): PreparedQuery<TermRow> {
  const position = kind === 'topic' ? 't.position' : '0'
  const [beyond, direction] = side === 'after' ? ['>', 'ASC'] : ['<', 'DESC']
  return prepared<TermRow>(
    `list_${kind}s_${side}`,
    `SELECT t.slug, t.name, t.description, ${position} AS position, count(a.id)::int AS article_count
       FROM ${kind} t
       LEFT JOIN article_${kind} l ON l.${kind}_id = t.id
       LEFT JOIN article a ON a.id = l.article_id AND a.trashed_at IS NULL AND ($3::boolean OR ${isPublic('a')})
      WHERE (${position}, t.slug) ${beyond} ($1::int, $2::text)
      GROUP BY t.id
     HAVING $3::boolean OR count(a.id) > 0
      ORDER BY position ${direction}, t.slug ${direction}
      LIMIT $4`,
  )
}

/** The vocabularies that have a list of their own, in both directions. */
export const termWalks = {
  tag: { after: termWalk('tag', 'after'), before: termWalk('tag', 'before') },
  topic: { after: termWalk('topic', 'after'), before: termWalk('topic', 'before') },
} as const

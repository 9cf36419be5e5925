import type { Pool } from 'pg'
import { prepared } from '#src/platform/db/prepared.ts'
import { isPublic } from '#src/visibility/index.ts'

/** A tag or topic with the number of articles that the asker may see. */
export interface TermRow {
  slug: string
  name: string
  description: string | null
  position: number
  article_count: number
}

/** A place in a vocabulary: position (0 for tags, which have none) and slug. */
export type TermKey = [position: number, slug: string]

/** Up to `count` terms beyond a place (null: from the beginning), as somebody sees them who may see all or not. */
export type TermWalk = (
  pool: Pool,
  from: TermKey | null,
  seesAll: boolean,
  count: number,
) => Promise<TermRow[]>

type Side = 'after' | 'before'

/**
 * A page of terms first, by the index, and only then their articles are counted: counting all of them took 1.7 s at
 * 200,000 articles. Readers get only terms that a public article has: the others would tell what drafts are about.
 */
function termPage(
  kind: 'tag' | 'topic',
  place: string,
  side: Side,
  order: string,
  position: string,
  n: number,
) {
  const articles = `FROM article_${kind} l JOIN article a ON a.id = l.article_id
    WHERE l.${kind}_id = t.id AND a.trashed_at IS NULL AND ($${n}::boolean OR ${isPublic('a')})`
  return prepared<TermRow>(
    `list_${kind}s_${side}`,
    `SELECT t.slug, t.name, t.description, ${position} AS position, (SELECT count(*)::int ${articles}) AS article_count
       FROM ${kind} t
      WHERE ${place} AND ($${n}::boolean OR EXISTS (SELECT ${articles}))
      ORDER BY ${order} LIMIT $${n + 1}`,
  )
}

function tagWalk(side: Side): TermWalk {
  const [beyond, direction] = side === 'after' ? ['>', 'ASC'] : ['<', 'DESC']
  const page = termPage('tag', `t.slug ${beyond} $1`, side, `t.slug ${direction}`, '0', 2)
  return (pool, from, seesAll, count) => page(pool, [from?.[1] ?? '', seesAll, count])
}

function topicWalk(side: Side): TermWalk {
  const [beyond, direction] = side === 'after' ? ['>', 'ASC'] : ['<', 'DESC']
  const place = `(t.position, t.slug) ${beyond} ($1::int, $2)`
  const order = `t.position ${direction}, t.slug ${direction}`
  const page = termPage('topic', place, side, order, 't.position', 3)
  return (pool, from, seesAll, count) => page(pool, [...(from ?? [-(2 ** 31), '']), seesAll, count])
}

/** The vocabularies that have a list of their own, in both directions. */
export const termWalks = {
  tag: { after: tagWalk('after'), before: tagWalk('before') },
  topic: { after: topicWalk('after'), before: topicWalk('before') },
} as const

const term = (kind: 'tag' | 'topic') =>
  prepared<{ id: string }>(
    `find_${kind}`,
    `SELECT id FROM ${kind} WHERE slug = $1 UNION SELECT ${kind}_id FROM ${kind}_alias WHERE norm = $2 LIMIT 1`,
  )

/** A term by its slug or one of its names. Values: the slug, the name normalised. */
export const findTerm = { tag: term('tag'), topic: term('topic') } as const

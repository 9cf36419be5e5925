import type { Pool } from 'pg'
import type { TermStatus } from '#src/generated/prisma/enums.ts'
import { FORMER_SLUG, publicCount } from '#src/listing/index.ts'
import { prepared } from '#src/platform/db/prepared.ts'
import { isPublic } from '#src/visibility/index.ts'
import type { TermKind } from './term-tables.ts'

/** A tag, topic or author with the number of articles that the asker may see. */
export interface TermRow {
  slug: string
  name: string
  /** Of tags and topics. */
  description: string | null
  /** Of topics; 0 for the others. */
  position: number
  /** Of topics; null for the others. */
  status: TermStatus | null
  /** Of authors, as the next two. */
  bio: string | null
  image: string | null
  url: string | null
  /** Every spelling, the name's among them. */
  spellings: string[]
  article_count: number
}

/** A place in a vocabulary: position (0 for tags and authors, which have none) and slug. */
export type TermKey = [position: number, slug: string]

/** Up to `count` terms beyond a place (null: from the beginning), as somebody sees them who may see all or not. */
export type TermWalk = (
  pool: Pool,
  from: TermKey | null,
  seesAll: boolean,
  count: number,
  /** The beginning of a name or alias, normalised; null: all. */
  prefix: string | null,
) => Promise<TermRow[]>

type Side = 'after' | 'before'

const OWN_COLUMNS: Record<TermKind, string> = {
  tag: 't.description, 0 AS position, NULL AS status, NULL AS bio, NULL AS image, NULL AS url',
  topic: 't.description, t.position, t.status, NULL AS bio, NULL AS image, NULL AS url',
  author: 'NULL AS description, 0 AS position, NULL AS status, t.bio, t.image, t.url',
}

/** The articles of the term `t` that are seen. `seesAll` is the placeholder of a boolean. */
const articlesOf = (kind: TermKind, seesAll: string) => `
  FROM article_${kind} l JOIN article a ON a.id = l.article_id
 WHERE l.${kind}_id = t.id AND a.trashed_at IS NULL AND (${seesAll} OR ${isPublic('a')})`

const columnsOf = (kind: TermKind, seesAll: string) => `t.slug, t.name, ${OWN_COLUMNS[kind]},
  ARRAY(SELECT s.spelling FROM ${kind}_alias s WHERE s.${kind}_id = t.id AND s.norm NOT LIKE '${FORMER_SLUG}%'
         ORDER BY s.norm) AS spellings,
  CASE WHEN ${seesAll} THEN (SELECT count(*)::int ${articlesOf(kind, 'true')}) ELSE ${publicCount('t.term_id')} END AS article_count`

/** Whether the term shows: to readers when a public article has it, as others would tell what drafts are about. */
const isSeen = (kind: TermKind, seesAll: string) =>
  `(${seesAll} OR EXISTS (SELECT ${articlesOf(kind, seesAll)}))`

/** Behind every text that begins as another one does, in the order of bytes. */
const LAST_CHARACTER = '\u{10FFFF}'

/**
 * A page of terms first, by the index, and only then their articles: for readers they are kept counted, as counting
 * all of them took 1.7 s at 200,000 articles. What begins with something is looked up among the spellings first, by their index.
 */
function termWalk(kind: TermKind, side: Side): TermWalk {
  const [beyond, direction] = side === 'after' ? ['>', 'ASC'] : ['<', 'DESC']
  const hasPosition = kind === 'topic'
  const place = hasPosition
    ? `(t.position, t.slug) ${beyond} ($1::int, $2)`
    : `$1::int IS NOT NULL AND t.slug ${beyond} $2`
  const order = hasPosition ? `t.position ${direction}, t.slug ${direction}` : `t.slug ${direction}`
  const walk = (name: string, filter: string) =>
    prepared<TermRow>(
      `list_${kind}s_${name}_${side}`,
      `SELECT ${columnsOf(kind, '$3::boolean')} FROM ${kind} t
        WHERE ${place} ${filter} AND ${isSeen(kind, '$3::boolean')}
        ORDER BY ${order} LIMIT $4`,
    )
  const all = walk('all', '')
  const beginning = walk(
    'beginning',
    `AND t.id IN (SELECT s.${kind}_id FROM ${kind}_alias s WHERE s.norm >= $5 AND s.norm < $6)`,
  )
  return (pool, from, seesAll, count, prefix) => {
    const values = [...(from ?? [-(2 ** 31), '']), seesAll, count]
    return prefix === null ? all(pool, values) : beginning(pool, [...values, prefix, prefix + LAST_CHARACTER])
  }
}

const bothWays = (kind: TermKind) => ({ after: termWalk(kind, 'after'), before: termWalk(kind, 'before') })

/** The vocabularies in their order, in both directions. */
export const termWalks: Record<TermKind, ReturnType<typeof bothWays>> = {
  tag: bothWays('tag'),
  topic: bothWays('topic'),
  author: bothWays('author'),
}

/** The id of the term with this slug, else with this name or alias, else the one that had the slug before. */
const idOf = (kind: TermKind) => `coalesce(
  (SELECT id FROM ${kind} WHERE slug = $1),
  (SELECT ${kind}_id FROM ${kind}_alias WHERE norm = $2),
  (SELECT ${kind}_id FROM ${kind}_alias WHERE norm = '${FORMER_SLUG}' || $1))`

const termRow = (kind: TermKind) =>
  prepared<TermRow>(
    `find_${kind}_row`,
    `SELECT ${columnsOf(kind, '$3::boolean')} FROM ${kind} t
      WHERE t.id = ${idOf(kind)} AND ${isSeen(kind, '$3::boolean')}`,
  )

/**
 * A term by its slug, one of its names, or a slug that it had. Values: the slug, the name normalised, whether the
 * asker sees what no public article has.
 */
export const findTermRow: Record<TermKind, ReturnType<typeof termRow>> = {
  tag: termRow('tag'),
  topic: termRow('topic'),
  author: termRow('author'),
}

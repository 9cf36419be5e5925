import type { Pool } from 'pg'
import { type PreparedQuery, prepared } from '#src/platform/db/prepared.ts'
import { isListedNow, publishedTerm } from './term-numbers.ts'

/** What has slugs and other spellings. */
export type Vocabulary = 'tag' | 'topic' | 'author'

/** A tag, topic, author, locale, domain or source by a name that a filter has. */
export interface FoundTerm {
  kind: Vocabulary | 'locale' | 'domain' | 'source'
  /** What it was found by: a slug, or the key of an alias. */
  by: 'slug' | 'alias'
  name: string
  term: number
  key: string
  slug: string
  /** What readers call it. */
  label: string
  /** Whether readers see an article that has it; of what is excluded this is not asked. */
  is_public: boolean
  /** About how many articles have it of those that are published. */
  count: number
  /** Months (`monthOf`) of the articles that have it, and perhaps more; null: not asked, of what is rare. */
  months: number[] | null
}

/** What a filter names, as the values of the statement: slugs and aliases, or the one slug, domain or id. */
export interface NamedTerms {
  readonly tag: NameLists
  readonly topic: NameLists
  readonly author: NameLists
  readonly locale: readonly [string | null]
  readonly domain: readonly [string | null]
  readonly source: readonly [string | null]
  readonly excludedTag: NameLists
  readonly excludedTopic: NameLists
}
type NameLists = readonly [slugs: readonly string[], aliases: readonly string[]]
type Part = keyof NamedTerms

/** Articles of a term that are looked up one by one, and not walked to: see `listStatement`. */
export const RARE = 300

/** The newest articles: what is common is among them. */
const NEWEST = 200

const newest = `newest AS MATERIALIZED (
  SELECT terms, published_at, unpublish_at FROM listing WHERE published_at <= statement_timestamp()
   ORDER BY published_at DESC, article_id DESC LIMIT ${NEWEST})`

/**
 * Whether readers see an article under a term: a common one among the newest, a rare one by the GIN index. The status is
 * hidden from that: it would be read for all that is published.
 */
const isPublic = (term: string) => `(
  EXISTS (SELECT FROM newest WHERE terms @> ARRAY[${publishedTerm}, ${term}] AND ${isListedNow('newest')})
  OR EXISTS (SELECT FROM listing WHERE terms @> ARRAY[${term}] AND (terms || '{}'::int[]) @> ARRAY[${publishedTerm}]
    AND published_at + '0'::interval <= statement_timestamp() AND unpublish_at + '0'::interval > statement_timestamp()))`

const count = (term: string) => `coalesce((SELECT count FROM term_count WHERE term_id = ${term}), 0)`

/** What is asked of a term that articles must have. */
const asked = (term: string) => `${isPublic(term)} AS is_public, ${count(term)} AS count,
  CASE WHEN ${count(term)} > ${RARE} THEN
    (SELECT coalesce(json_agg(m.month), '[]') FROM term_month m WHERE m.term_id = ${term}) END AS months`
const notAsked = 'true AS is_public, 0 AS count, NULL::json AS months'

/** By slugs, and by aliases: two scans, however many names there are. */
const vocabulary = (kind: Vocabulary, more: string) => (n: number) =>
  `
  SELECT '${kind}' AS kind, 'slug' AS by, t.slug AS name, t.term_id AS term, t.id::text AS key, t.slug, t.name AS label, ${more}
    FROM ${kind} t WHERE t.slug = ANY($${n}::text[])
  UNION ALL SELECT '${kind}', 'alias', s.norm, t.term_id, t.id::text, t.slug, t.name, ${more}
    FROM ${kind}_alias s JOIN ${kind} t ON t.id = s.${kind}_id WHERE s.norm = ANY($${n + 1}::text[])`

/** The statement's part for each, whose first value is the `n`th. */
const PARTS: Readonly<Record<Part, (n: number) => string>> = {
  tag: vocabulary('tag', asked('t.term_id')),
  topic: vocabulary('topic', asked('t.term_id')),
  author: vocabulary('author', asked('t.term_id')),
  locale: (n) => `
    SELECT 'locale' AS kind, 'slug' AS by, l.tag AS name, l.term_id AS term, l.tag AS key, l.tag AS slug, l.tag AS label,
      ${asked('l.term_id')} FROM locale l WHERE l.tag = $${n}`,
  domain: (n) => `
    SELECT 'domain' AS kind, 'slug' AS by, domain AS name, term_id AS term, id::text AS key, domain AS slug, domain AS label,
      ${notAsked} FROM source_domain WHERE domain = $${n}`,
  source: (n) => `
    SELECT 'source' AS kind, 'slug' AS by, id::text AS name, term_id AS term, id::text AS key, id::text AS slug,
      id::text AS label, ${notAsked} FROM source WHERE id = $${n}::uuid`,
  excludedTag: vocabulary('tag', notAsked),
  excludedTopic: vocabulary('topic', notAsked),
}
const allParts = Object.keys(PARTS) as Part[]

/** How many values a part has. */
const width = (part: Part) => (part === 'locale' || part === 'domain' || part === 'source' ? 1 : 2)

function statement(name: string, parts: readonly Part[]): PreparedQuery<FoundTerm> {
  let next = 1
  const texts = parts.map((part) => {
    const text = PARTS[part](next)
    next += width(part)
    return text
  })
  return prepared<FoundTerm>(name, `WITH ${newest} ${texts.join(' UNION ALL ')}`)
}

const findAny = statement('find_listing_terms', allParts)
/** A filter by one thing is what most are: it need not look everywhere. */
const findOne = Object.fromEntries(
  allParts.map((part) => [part, statement(`find_listing_${part.toLowerCase()}`, [part])]),
) as Record<Part, PreparedQuery<FoundTerm>>

/** Looks up what a filter names, in one statement. */
export async function findTerms(pool: Pool, names: NamedTerms): Promise<FoundTerm[]> {
  const named = allParts.filter((part) => (names[part][0]?.length ?? 0) > 0)
  const [only, ...others] = named
  return only !== undefined && others.length === 0
    ? await findOne[only](pool, names[only])
    : await findAny(
        pool,
        allParts.flatMap((part) => [...names[part]]),
      )
}

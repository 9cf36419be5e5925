import { displayName, normalizeName } from '#src/content/names.ts'
import { termSlug } from '#src/content/slug.ts'
import { Prisma } from '#src/generated/prisma/client.ts'
import type { TermStatus } from '#src/generated/prisma/enums.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { findFreeSlugs } from './find-free-slugs.ts'
import { type TermKind, termTables } from './term-tables.ts'

/** A tag, topic or author as an article links to it. */
export interface Term {
  readonly id: string
  readonly slug: string
  readonly name: string
}

/** What an article is filed under, in written order. */
export interface ArticleTerms {
  readonly tags: Term[]
  readonly topics: Term[]
  readonly authors: Term[]
}

interface FoundTerm extends Term {
  readonly kind: TermKind
  readonly norm: string
}

/**
 * Finds the tags, topics and authors of these names, and makes those that no one has used before.
 * Names that are the same after normalisation (case, width, blanks) are the same term, however many writers
 * use them first at once. `newTopics`: what topics are that are made; tags and authors are active at once.
 */
export async function resolveTerms(
  tx: Transaction,
  names: { tags: readonly string[]; topics: readonly string[]; authors: readonly string[] },
  newTopics: TermStatus,
): Promise<ArticleTerms> {
  const wanted: Record<TermKind, readonly string[]> = {
    tag: names.tags,
    topic: names.topics,
    author: names.authors,
  }
  const found = await findTerms(tx, wanted)
  // One kind after the other, names sorted within: every writer claims in the same order, so none deadlock.
  const tags = await completeTerms(tx, 'tag', names.tags, found)
  const topics = await completeTerms(tx, 'topic', names.topics, found, newTopics)
  const authors = await completeTerms(tx, 'author', names.authors, found)
  return { tags, topics, authors }
}

async function findTerms(tx: Transaction, names: Record<TermKind, readonly string[]>): Promise<FoundTerm[]> {
  const kinds = (Object.keys(termTables) as TermKind[]).filter((kind) => names[kind].length > 0)
  if (kinds.length === 0) return []
  const lookups = kinds.map((kind) => {
    const { term, alias, key } = termTables[kind]
    return Prisma.sql`SELECT ${kind} AS kind, a.norm, t.id, t.slug, t.name
      FROM ${alias} a JOIN ${term} t ON t.id = a.${key} WHERE a.norm = ANY(${names[kind].map(normalizeName)})`
  })
  return await tx.$queryRaw<FoundTerm[]>(Prisma.join(lookups, ' UNION ALL '))
}

async function completeTerms(
  tx: Transaction,
  kind: TermKind,
  names: readonly string[],
  found: readonly FoundTerm[],
  status: TermStatus = 'active',
): Promise<Term[]> {
  const known = new Map(found.filter((term) => term.kind === kind).map((term) => [term.norm, term]))
  const missing = new Map(names.map((name) => [normalizeName(name), displayName(name)]))
  for (const norm of known.keys()) missing.delete(norm)
  if (missing.size > 0) {
    await createTerms(tx, kind, missing, status)
    const only: Record<TermKind, readonly string[]> = { tag: [], topic: [], author: [] }
    only[kind] = [...missing.values()]
    for (const term of await findTerms(tx, only)) known.set(term.norm, term)
  }
  const terms = new Map<string, Term>()
  for (const name of names) {
    const term = known.get(normalizeName(name))
    if (term === undefined) throw new Error(`The ${kind} "${name}" was neither found nor made.`)
    // Two spellings may be aliases of one term: the article has it once, at its first place.
    if (!terms.has(term.id)) terms.set(term.id, { id: term.id, slug: term.slug, name: term.name })
  }
  return [...terms.values()]
}

/**
 * Makes the terms that no other writer is making at this moment: the alias row is the claim, its foreign key is
 * checked at COMMIT, and who loses the claim waits for the winner.
 */
async function createTerms(
  tx: Transaction,
  kind: TermKind,
  names: ReadonlyMap<string, string>,
  status: TermStatus,
): Promise<void> {
  const { term, alias, key } = termTables[kind]
  const sorted = [...names].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const claimed = await tx.$queryRaw<{ id: string; norm: string; spelling: string }[]>`
    INSERT INTO ${alias} (norm, spelling, ${key})
    SELECT norm, spelling, uuidv7()
      FROM unnest(${sorted.map(([norm]) => norm)}::text[], ${sorted.map(([, name]) => name)}::text[]) AS t(norm, spelling)
     ORDER BY norm COLLATE "C"
    ON CONFLICT (norm) DO NOTHING
    RETURNING ${key} AS id, norm, spelling`
  if (claimed.length === 0) return
  const slugs = await findFreeSlugs(
    tx,
    kind,
    claimed.map(({ spelling }) => termSlug(spelling)),
  )
  // Authors have no status; the others are active unless it is said.
  const [column, value] =
    status === 'active'
      ? [Prisma.empty, Prisma.empty]
      : [Prisma.sql`, status`, Prisma.sql`, ${status}::term_status`]
  await tx.$executeRaw`
    INSERT INTO ${term} (id, slug, name${column})
    SELECT t.*${value}
      FROM unnest(${claimed.map(({ id }) => id)}::uuid[], ${slugs}::text[], ${claimed.map(({ spelling }) => spelling)}::text[]) AS t`
}

/**
 * Makes proposed topics active: an article that has them is published, which is an editor's consent. So no topic that
 * readers see is a proposed one. By id, as all who lock several do.
 */
export async function activateTopics(tx: Transaction, topics: readonly Term[]): Promise<void> {
  if (topics.length === 0) return
  await tx.$executeRaw`
    WITH proposed AS (
      SELECT id FROM topic WHERE id = ANY(${topics.map(({ id }) => id)}::uuid[]) AND status = 'proposed'
       ORDER BY id FOR NO KEY UPDATE)
    UPDATE topic SET status = 'active' WHERE id IN (SELECT id FROM proposed)`
}

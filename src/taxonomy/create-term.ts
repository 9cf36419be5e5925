import { recordAudit, type Trail } from '#src/audit/index.ts'
import { displayName, normalizeName } from '#src/content/names.ts'
import { termSlug } from '#src/content/slug.ts'
import type { Deps } from '#src/deps.ts'
import { formerSlug, shareTaxonomy } from '#src/listing/index.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { nameTaken, termSlugTaken } from './errors.ts'
import { findFreeSlugs, lockSlugs } from './find-free-slugs.ts'
import { termDeed } from './term-deed.ts'
import { type TermKind, termTables } from './term-tables.ts'
import { type TermFields, writeFields } from './write-fields.ts'

/** A term to be. */
export interface NewTerm extends TermFields {
  readonly name: string
  /** Left out: made of the name. */
  readonly slug?: string | undefined
  /** Other spellings. */
  readonly aliases?: readonly string[] | null | undefined
}

/**
 * Makes a tag, topic or author, and gives its slug.
 * @throws AppError `name_taken`, `slug_taken`: both name who has it
 */
export async function createTerm(deps: Deps, trail: Trail, kind: TermKind, term: NewTerm): Promise<string> {
  return await transaction(deps.db, async (tx) => {
    await shareTaxonomy(tx)
    const id = await claimSpellings(tx, kind, null, [term.name, ...(term.aliases ?? [])])
    const slug = await settleSlug(tx, kind, term)
    const { term: table } = termTables[kind]
    await tx.$executeRaw`INSERT INTO ${table} (id, slug, name) VALUES (${id}::uuid, ${slug}, ${displayName(term.name)})`
    const { name: _name, slug: _slug, aliases: _aliases, ...fields } = term
    await writeFields(tx, kind, id, fields)
    await recordAudit(tx, trail, termDeed(kind, 'created', slug))
    return slug
  })
}

async function settleSlug(tx: Transaction, kind: TermKind, { slug, name }: NewTerm): Promise<string> {
  if (slug === undefined) {
    const [made] = await findFreeSlugs(tx, kind, [termSlug(name)])
    if (made === undefined) throw new Error(`No slug was made of the ${kind} "${name}".`)
    return made
  }
  await lockSlugs(tx, kind, [slug])
  await takeSlug(tx, kind, slug)
  return slug
}

/** Makes a slug free for who will have it: no term has it, and none had it. @throws AppError `slug_taken` */
export async function takeSlug(tx: Transaction, kind: TermKind, slug: string): Promise<void> {
  const { term, alias } = termTables[kind]
  const [holder] = await tx.$queryRaw<{ slug: string; name: string }[]>`
    SELECT slug, name FROM ${term} WHERE slug = ${slug}`
  if (holder !== undefined) throw termSlugTaken(kind, slug, holder)
  await tx.$executeRaw`DELETE FROM ${alias} WHERE norm = ${formerSlug(slug)}`
}

/**
 * Makes spellings those of one term, which may be yet to be made (`termId` null), and gives its id. The alias row is
 * the claim: whoever claims the same at the same moment waits for the winner.
 * @throws AppError `name_taken`
 */
export async function claimSpellings(
  tx: Transaction,
  kind: TermKind,
  termId: string | null,
  names: readonly string[],
): Promise<string> {
  const { term, alias, key } = termTables[kind]
  // The first spelling of a name wins: that of the term itself.
  const wanted = new Map([...names].reverse().map((name) => [normalizeName(name), displayName(name)]))
  const sorted = [...wanted].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const norms = sorted.map(([norm]) => norm)
  const claimed = await tx.$queryRaw<{ id: string; norm: string }[]>`
    WITH owner AS MATERIALIZED (SELECT coalesce(${termId}::uuid, uuidv7()) AS id)
    INSERT INTO ${alias} AS a (norm, spelling, ${key})
    SELECT norm, spelling, owner.id
      FROM unnest(${norms}::text[], ${sorted.map(([, name]) => name)}::text[]) AS t(norm, spelling), owner
     ORDER BY norm COLLATE "C"
    ON CONFLICT (norm) DO UPDATE SET spelling = excluded.spelling WHERE a.${key} = excluded.${key}
    RETURNING ${key} AS id, norm`
  const [first] = claimed
  if (first !== undefined && claimed.length === norms.length) return first.id
  const lost = norms.filter((norm) => !claimed.some((one) => one.norm === norm))
  const [holder] = await tx.$queryRaw<{ norm: string; slug: string; name: string }[]>`
    SELECT a.norm, t.slug, t.name FROM ${alias} a JOIN ${term} t ON t.id = a.${key}
     WHERE a.norm = ANY(${lost}::text[]) ORDER BY a.norm LIMIT 1`
  if (holder === undefined) throw new Error(`A spelling of the ${kind} was neither claimed nor found.`)
  const { norm, ...link } = holder
  throw nameTaken(kind, wanted.get(norm) ?? norm, link)
}

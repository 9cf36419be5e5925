import { recordAudit, type Trail } from '#src/audit/index.ts'
import { displayName, normalizeName } from '#src/content/names.ts'
import type { Deps } from '#src/deps.ts'
import { formerSlug, holdTaxonomy } from '#src/listing/index.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { claimSpellings, takeSlug } from './create-term.ts'
import { dropAliases, keepRead, type NamesIn, type ReadDocuments } from './dropped-aliases.ts'
import { getWrittenTerm } from './find-written-term.ts'
import { termDeed } from './term-deed.ts'
import { type TermKind, termTables, type WrittenTerm } from './term-tables.ts'
import { type TermFields, writeFields } from './write-fields.ts'

/** What changes in a term (RFC 7396). */
export interface TermChange extends TermFields {
  readonly name?: string | undefined
  readonly slug?: string | undefined
  /** All other spellings; null: none. */
  readonly aliases?: readonly string[] | null | undefined
}

/**
 * Changes a tag, topic or author, and gives its slug. A name that it had stays as an alias, since documents go on
 * spelling it so; a slug that it had goes on leading to it.
 * @throws AppError `not_found`, `name_taken`, `slug_taken`, `alias_in_use`
 */
export async function editTerm(
  deps: Deps,
  trail: Trail,
  namesIn: NamesIn,
  kind: TermKind,
  slug: string,
  change: TermChange,
): Promise<string> {
  const read: ReadDocuments = new Map()
  // Documents are read while nothing is locked; those that are written meanwhile, again.
  for (;;) {
    const edited = await transaction(deps.db, (tx) => editUnlessUnread(tx, trail, kind, slug, change, read))
    if ('slug' in edited) return edited.slug
    keepRead(read, await namesIn(kind, edited.unread))
  }
}

async function editUnlessUnread(
  tx: Transaction,
  trail: Trail,
  kind: TermKind,
  slug: string,
  change: TermChange,
  read: ReadDocuments,
): Promise<{ slug: string } | { unread: string[] }> {
  await holdTaxonomy(tx)
  const term = await getWrittenTerm(tx, kind, slug)
  const before = await contentsOf(tx, kind, term)
  const { aliases, ...fields } = change
  const name = displayName(change.name ?? term.name)
  const spellings = [name, ...(name === term.name ? [] : [term.name]), ...(aliases ?? [])]
  if (aliases !== undefined) {
    const unread = await dropAliases(tx, kind, term, spellings.map(normalizeName), read)
    if (unread.length > 0) return { unread }
  }
  await claimSpellings(tx, kind, term.id, spellings)
  const nextSlug = change.slug ?? term.slug
  if (nextSlug !== term.slug) await moveSlug(tx, kind, term, nextSlug)
  await writeFields(tx, kind, term.id, { ...fields, name, slug: nextSlug })
  if ((await contentsOf(tx, kind, term)) !== before) {
    await recordAudit(tx, trail, termDeed(kind, 'updated', term.slug, nextSlug))
  }
  return { slug: nextSlug }
}

/** All that a term says of itself and is called, as one text: the same when nothing has changed. */
async function contentsOf(tx: Transaction, kind: TermKind, { id }: WrittenTerm): Promise<string> {
  const { term, alias, key } = termTables[kind]
  const [row] = await tx.$queryRaw<{ contents: string }[]>`
    SELECT concat(t, (SELECT jsonb_agg(a ORDER BY a.norm) FROM ${alias} a WHERE a.${key} = t.id)) AS contents
      FROM ${term} t WHERE t.id = ${id}::uuid`
  return row?.contents ?? ''
}

async function moveSlug(tx: Transaction, kind: TermKind, term: WrittenTerm, slug: string): Promise<void> {
  const { alias, key } = termTables[kind]
  await takeSlug(tx, kind, slug)
  await tx.$executeRaw`
    INSERT INTO ${alias} (norm, spelling, ${key}) VALUES (${formerSlug(term.slug)}, ${term.slug}, ${term.id}::uuid)`
}

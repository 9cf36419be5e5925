import { displayName, normalizeName } from '#src/content/names.ts'
import type { Deps } from '#src/deps.ts'
import { FORMER_SLUG, formerSlug, holdTaxonomy } from '#src/listing/index.ts'
import { type Transaction, transaction } from '#src/platform/db/transaction.ts'
import { claimSpellings, takeSlug } from './create-term.ts'
import { getWrittenTerm } from './find-written-term.ts'
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
 * @throws AppError `not_found`, `name_taken`, `slug_taken`
 */
export async function editTerm(
  deps: Deps,
  kind: TermKind,
  slug: string,
  change: TermChange,
): Promise<string> {
  return await transaction(deps.db, async (tx) => {
    await holdTaxonomy(tx)
    const term = await getWrittenTerm(tx, kind, slug)
    const name = displayName(change.name ?? term.name)
    await respell(tx, kind, term, name, change.aliases)
    const nextSlug = change.slug ?? term.slug
    if (nextSlug !== term.slug) await moveSlug(tx, kind, term, nextSlug)
    const { aliases: _, ...fields } = change
    await writeFields(tx, kind, term.id, { ...fields, name, slug: nextSlug })
    return nextSlug
  })
}

async function respell(
  tx: Transaction,
  kind: TermKind,
  term: WrittenTerm,
  name: string,
  aliases: readonly string[] | null | undefined,
): Promise<void> {
  const spellings = [name, ...(name === term.name ? [] : [term.name]), ...(aliases ?? [])]
  if (aliases !== undefined) {
    const { alias, key } = termTables[kind]
    await tx.$executeRaw`
      DELETE FROM ${alias} WHERE ${key} = ${term.id}::uuid AND norm NOT LIKE ${`${FORMER_SLUG}%`}
        AND norm <> ALL(${spellings.map(normalizeName)}::text[])`
  }
  await claimSpellings(tx, kind, term.id, spellings)
}

async function moveSlug(tx: Transaction, kind: TermKind, term: WrittenTerm, slug: string): Promise<void> {
  const { alias, key } = termTables[kind]
  await takeSlug(tx, kind, slug)
  await tx.$executeRaw`
    INSERT INTO ${alias} (norm, spelling, ${key}) VALUES (${formerSlug(term.slug)}, ${term.slug}, ${term.id}::uuid)`
}

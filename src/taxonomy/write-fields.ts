import type { Transaction } from '#src/platform/db/transaction.ts'
import type { TermKind } from './term-tables.ts'

/** What a term says of itself beside its names. Absent: as it is. */
export interface TermFields {
  /** Of tags and topics. */
  readonly description?: string | null | undefined
  /** Of topics: the place in the navigation. */
  readonly position?: number | undefined
  /** Of topics: one that was proposed is taken in. */
  readonly status?: 'active' | undefined
  /** Of authors, as the next two. */
  readonly bio?: string | null | undefined
  readonly image?: string | null | undefined
  readonly url?: string | null | undefined
}

/** Writes those columns of a term that are given, and that its kind has. */
export async function writeFields(
  tx: Transaction,
  kind: TermKind,
  id: string,
  fields: TermFields & { readonly slug?: string; readonly name?: string },
): Promise<void> {
  const { slug, name, description, position, status, bio, image, url } = fields
  const where = { id }
  const select = { id: true }
  if (kind === 'tag') await tx.tag.update({ where, data: given({ slug, name, description }), select })
  else if (kind === 'topic')
    await tx.topic.update({ where, data: given({ slug, name, description, position, status }), select })
  else await tx.author.update({ where, data: given({ slug, name, bio, image, url }), select })
}

/** Without what is undefined, which Prisma's types do not take. */
function given<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

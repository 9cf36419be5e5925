import type { Deed } from '#src/audit/index.ts'
import type { TermKind } from './term-tables.ts'

/** What the audit keeps of a change of a term; `became`: its slug from now on, or that of the term it is a part of. */
export function termDeed(
  kind: TermKind,
  what: 'created' | 'updated' | 'merged' | 'deleted',
  slug: string,
  became: string = slug,
): Deed {
  const subject = { id: slug, ...(became === slug ? {} : { became }) }
  switch (kind) {
    case 'tag':
      return { action: `tag.${what}`, subject: { kind, ...subject } }
    case 'topic':
      return { action: `topic.${what}`, subject: { kind, ...subject } }
    case 'author':
      return { action: `author.${what}`, subject: { kind, ...subject } }
  }
}

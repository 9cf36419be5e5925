import { normalizeName } from '#src/content/names.ts'
import type { TermRow } from './queries.ts'
import type { Author, Tag, Topic } from './schemas.ts'
import type { TermKind } from './term-tables.ts'

function namedFields({ slug, name, spellings, article_count }: TermRow) {
  const own = normalizeName(name)
  const aliases = spellings.filter((spelling) => normalizeName(spelling) !== own)
  return { slug, name, aliases, articleCount: article_count }
}

/** A tag of the vocabulary. */
const tagView = (row: TermRow): Tag => ({ ...namedFields(row), description: row.description })

/** A topic of the vocabulary; to those who see what no public article has, also whether it is one yet. */
const topicView = (row: TermRow, seesAll: boolean): Topic => ({
  ...tagView(row),
  position: row.position,
  ...(seesAll && row.status !== null ? { status: row.status } : {}),
})

/** An author. */
const authorView = (row: TermRow): Author => {
  const { bio, image, url } = row
  return { ...namedFields(row), bio, image, url }
}

/** What answers show of a term of each kind, to somebody who sees all or not. */
export const termViews: Record<TermKind, (row: TermRow, seesAll: boolean) => Tag | Topic | Author> = {
  tag: tagView,
  topic: topicView,
  author: authorView,
}

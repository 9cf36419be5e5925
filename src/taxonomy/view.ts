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

/** A topic of the vocabulary. */
const topicView = (row: TermRow): Topic => ({ ...tagView(row), position: row.position })

/** An author. */
const authorView = (row: TermRow): Author => {
  const { bio, image, url } = row
  return { ...namedFields(row), bio, image, url }
}

/** What answers show of a term of each kind. */
export const termViews: Record<TermKind, (row: TermRow) => Tag | Topic | Author> = {
  tag: tagView,
  topic: topicView,
  author: authorView,
}

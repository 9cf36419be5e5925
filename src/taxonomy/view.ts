import type { TermRow } from './queries.ts'
import type { Tag, Topic } from './schemas.ts'

/** A tag of the vocabulary. */
export const tagView = (row: TermRow): Tag => ({
  slug: row.slug,
  name: row.name,
  description: row.description,
  articleCount: row.article_count,
})

/** A topic of the vocabulary. */
export const topicView = (row: TermRow): Topic => ({ ...tagView(row), position: row.position })

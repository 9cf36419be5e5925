import { z } from 'zod'
import { limits } from '#src/content/limits.ts'
import { normalizeName } from '#src/content/names.ts'
import { text } from '#src/platform/http/zod-types.ts'

/** A tag, topic or author as an article names it. */
export const TermLink = z
  .object({
    slug: z.string().meta({ description: 'Stable name for urls and filters.' }),
    name: z.string().meta({ description: 'Name for readers.' }),
  })
  .meta({ id: 'TermLink', description: 'A tag, topic or author, as an article names it.' })
export type TermLink = z.infer<typeof TermLink>

const termName = text(limits.termName, 1).refine((name) => normalizeName(name) !== '', {
  error: 'A name needs a visible character.',
})

/** How an article that comes in names a tag, topic or author. */
export const TermRef = z
  .union([
    termName,
    z.strictObject({ slug: text(limits.termName, 1), name: termName.optional() }),
    z.strictObject({ name: termName }),
  ])
  .meta({
    id: 'TermRef',
    description: 'A name (made when no one has used it), or the slug of one that exists.',
  })
export type TermRef = z.infer<typeof TermRef>

const counted = {
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  articleCount: z.int().meta({ description: 'Articles that the asker may see.' }),
}

/** A tag of the vocabulary. */
export const Tag = z.object(counted).meta({ id: 'Tag', description: 'A tag, and how many articles have it.' })
export type Tag = z.infer<typeof Tag>

/** A topic of the vocabulary. */
export const Topic = z
  .object({ ...counted, position: z.int().meta({ description: 'Place in the navigation, ascending.' }) })
  .meta({ id: 'Topic', description: 'A topic, and how many articles have it.' })
export type Topic = z.infer<typeof Topic>

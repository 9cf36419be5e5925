import { z } from 'zod'
import { reasonParameter } from '#src/audit/index.ts'
import { limits } from '#src/content/limits.ts'
import { normalizeName } from '#src/content/names.ts'
import { slugProblem } from '#src/content/slug.ts'
import {
  httpAddress,
  list,
  query,
  queryBoolean,
  queryLimit,
  queryText,
  text,
} from '#src/platform/http/zod-types.ts'

/** Spellings that one term may have. */
const MAX_ALIASES = 200

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

const named = {
  slug: z.string().meta({ description: 'Stable name for urls and filters.' }),
  name: z.string().meta({ description: 'Name for readers.' }),
  aliases: z
    .array(z.string())
    .meta({ description: 'Other spellings: an article that names one of them has this.' }),
  articleCount: z.int().meta({ description: 'How many articles have it, of those that you may see.' }),
}
const position = z.int().meta({
  description: 'Place in the navigation: lower comes first, those with the same are ordered by slug.',
})

const description = z.string().nullable().meta({ description: 'What it is about, for readers; plain text.' })

/** A tag of the vocabulary. */
export const Tag = z
  .object({ ...named, description })
  .meta({ id: 'Tag', description: 'A tag, and how many articles have it.' })
export type Tag = z.infer<typeof Tag>

/** A topic of the vocabulary. */
export const Topic = z
  .object({
    ...named,
    description,
    position,
    status: z.enum(['active', 'proposed']).optional().meta({
      description:
        '`proposed`: an author’s draft named it first, and no article of it was published yet. Only with a key that may see drafts.',
    }),
  })
  .meta({ id: 'Topic', description: 'A topic, and how many articles have it.' })
export type Topic = z.infer<typeof Topic>

/** An author, and what readers are told of them. */
export const Author = z
  .object({
    ...named,
    bio: z.string().nullable().meta({ description: 'Who they are, for readers; plain text.' }),
    image: z.string().nullable().meta({ description: 'Address of a picture.' }),
    url: z.string().nullable().meta({ description: 'Address of their own page.' }),
  })
  .meta({ id: 'Author', description: 'An author, and how many articles have them.' })
export type Author = z.infer<typeof Author>

const termSlug = text(200, 1).superRefine((slug, context) => {
  const problem = slugProblem(slug)
  if (problem !== null)
    context.addIssue({ code: 'custom', message: problem, params: { code: 'invalid_slug' } })
})

const httpUrl = httpAddress(limits.url)
const imageAddress = text(limits.url, 1).refine((address) => /^(https?:\/\/[^/]|\/(?!\/))/i.test(address), {
  error: 'Expected an http(s) address, or a path that begins with "/".',
})

const editable = {
  slug: termSlug.optional().meta({ description: 'Stable name for urls and filters.' }),
  aliases: list(termName, MAX_ALIASES).nullable().optional().meta({
    description:
      'All other spellings, in place of those there are. One that documents spell can’t be left out (409).',
  }),
}
const described = {
  ...editable,
  description: text(5_000, 1)
    .nullable()
    .optional()
    .meta({ description: 'What it is about, for readers; plain text.' }),
}
const placed = {
  ...described,
  position: z.int32().optional().meta({
    description:
      'Place in the navigation: lower comes first, those with the same are ordered by slug. 0 where none was given, as for the topics that articles make; so a negative one goes before all of these.',
  }),
}
const presented = {
  ...editable,
  bio: text(5_000, 1).nullable().optional().meta({ description: 'Who they are, for readers; plain text.' }),
  image: imageAddress.nullable().optional().meta({ description: 'Address of a picture.' }),
  url: httpUrl.nullable().optional().meta({ description: 'Address of their own page.' }),
}

const input = <Shape extends z.ZodRawShape>(shape: Shape, id: string, what: string) =>
  z.strictObject({ name: termName.meta({ description: 'Name for readers.' }), ...shape }).meta({
    id,
    description: `A new ${what}. Without a slug, one is made of the name.`,
  })
const patch = <Shape extends z.ZodRawShape>(shape: Shape, id: string) =>
  z.strictObject({ name: termName.optional().meta({ description: 'Name for readers.' }), ...shape }).meta({
    id,
    description: 'A JSON merge patch (RFC 7396): null removes, lists are replaced whole.',
  })

export const TagInput = input(described, 'TagInput', 'tag')
export const TopicInput = input(placed, 'TopicInput', 'topic')
export const AuthorInput = input(presented, 'AuthorInput', 'author')
export const TagPatch = patch(described, 'TagPatch')
export const TopicPatch = patch(
  {
    ...placed,
    status: z.enum(['active']).optional().meta({
      description: 'Takes a proposed topic in. Publishing an article that has it does so too.',
    }),
  },
  'TopicPatch',
)
export const AuthorPatch = patch(presented, 'AuthorPatch')

/** Where a term goes. */
export const TermMerge = z
  .strictObject({ into: text(200, 1).meta({ description: 'Slug of the one that stays.' }) })
  .meta({ id: 'TermMerge', description: 'What the term becomes part of.' })

/** Which term an address means. */
export const TermParams = z.strictObject({
  slug: queryText(200).meta({ description: 'Slug of the tag, topic or author.', examples: ['openai'] }),
})

export const TermListQuery = query({
  q: queryText(200)
    .optional()
    .meta({ description: 'The beginning of a name or alias; case makes no difference.' }),
  limit: queryLimit({ max: 100, default: 20 }),
  cursor: queryText(1_000).optional().meta({ description: '`page.next` or `page.prev` of another answer.' }),
})
export type TermListQuery = z.infer<typeof TermListQuery>

export const TermWriteQuery = query({ reason: reasonParameter })

export const TermDeleteQuery = query({
  force: queryBoolean
    .optional()
    .meta({ description: 'Also when articles have it: it is taken out of them.' }),
  reason: reasonParameter.meta({
    description: 'Kept in the audit, and with the revisions of articles that it is taken out of.',
  }),
})

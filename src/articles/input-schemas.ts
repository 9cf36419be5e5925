import { z } from 'zod'
import { CitationInputs } from '#src/citations/index.ts'
import { limits } from '#src/content/limits.ts'
import { httpAddress, instant, list, text } from '#src/platform/http/zod-types.ts'
import { TermRef } from '#src/taxonomy/index.ts'
import { articleLocale, articleSlug } from './schemas.ts'

/** What answers say of an article and nobody may set. */
export const readOnlyKeys = [
  'id',
  'excerpt',
  'html',
  'toc',
  'wordCount',
  'readingMinutes',
  'translations',
  'revision',
  'createdAt',
  'updatedAt',
  'firstPublishedAt',
  'links',
  'corrections',
  'createdBy',
  'pending',
  'trashedAt',
  'needsAttention',
] as const
type ReadOnlyKey = (typeof readOnlyKeys)[number]

const readOnly = z
  .unknown()
  .optional()
  .meta({ readOnly: true, description: 'Read-only: taken with its present value, refused with another.' })

/** Known, so that what was read can be sent back; `refuseReadOnly` compares them. */
const readOnlyShape = Object.fromEntries(readOnlyKeys.map((key) => [key, readOnly])) as Record<
  ReadOnlyKey,
  typeof readOnly
>

const imageSize = z.int().min(1).max(limits.imageSize).meta({ description: 'Pixels.' })
// The limits are those of front matter: what was read can be sent back.
const imageShape = {
  url: text(limits.url, 1).meta({ description: 'An http(s) address, or a path.' }),
  alt: text(limits.summary)
    .nullable()
    .optional()
    .meta({ description: 'What it shows, for those who do not see it.' }),
  caption: text(limits.summary).nullable().optional(),
  credit: text(limits.summary).nullable().optional().meta({ description: 'Who made it.' }),
  width: imageSize.nullable().optional(),
  height: imageSize.nullable().optional(),
}
const terms = list(TermRef, limits.terms)
const meta = z.record(text(limits.metaCharacters), z.unknown())

/** What an author may set, in a new article and in a patch alike. */
const editable = {
  title: text(limits.title, 1)
    .optional()
    .meta({ description: 'Without one, the first level-1 heading of the body is the title.' }),
  slug: articleSlug.optional().meta({
    description: 'The last part of its address: lower-case letters of any script, digits, hyphens.',
  }),
  locale: articleLocale.optional().meta({ description: 'BCP 47 language tag; left out: the site’s.' }),
  summary: text(limits.summary)
    .nullable()
    .optional()
    .meta({ description: 'What it is about, in a sentence or two; plain text.' }),
  body: text(limits.body).optional().meta({ description: 'Markdown; its footnotes become citations.' }),
  canonicalUrl: httpAddress(limits.url).nullable().optional().meta({
    description: 'Where it was published first, when that is elsewhere: an absolute http(s) address.',
  }),
  translationKey: text(limits.translationKey, 1)
    .nullable()
    .optional()
    .meta({ description: 'Any text that an article and its translations share; it joins them.' }),
  publishedAt: instant.nullable().optional().meta({
    description:
      'The publishing date. It publishes nothing by itself: a draft keeps it until it is published; of what is published, it moves the date.',
  }),
  unpublishAt: instant
    .nullable()
    .optional()
    .meta({ description: 'When it goes by itself, later than `publishedAt`; null: it stays.' }),
  modifiedAt: instant
    .nullable()
    .optional()
    .meta({ description: 'When the content last changed, as readers are told; nothing sets it by itself.' }),
}

const descriptions = {
  featuredImage: 'The picture that stands for the article.',
  tags: 'By name, in order; one that does not exist is made.',
  topics: 'The main topics, likewise.',
  authors: 'Likewise.',
  citations:
    'What is to be said of citations by hand. Merged with the footnotes of the body by `label`: a field that is set wins over what the note says, one with its value stays the note’s; a label without a footnote is a citation of its own.',
  meta: 'Any other keys of the front matter, as JSON values.',
} as const

/** A new article as JSON. Without a title, the first level-1 heading is it; without a slug, one is made of the title. */
export const ArticleInput = z
  .strictObject({
    ...editable,
    featuredImage: z
      .strictObject(imageShape)
      .nullable()
      .optional()
      .meta({ description: descriptions.featuredImage }),
    tags: terms.optional().meta({ description: descriptions.tags }),
    topics: terms.optional().meta({ description: descriptions.topics }),
    authors: terms.optional().meta({ description: descriptions.authors }),
    citations: CitationInputs.optional().meta({ description: descriptions.citations }),
    meta: meta.optional().meta({ description: descriptions.meta }),
    status: z.enum(['draft', 'published']).optional().meta({
      // Not as a `default`: by that, openapi-typescript makes the field one that must be given.
      description: '`draft` when left out. `published`: at once, or at a `publishedAt` to come.',
    }),
    ...readOnlyShape,
  })
  .meta({
    id: 'ArticleInput',
    description:
      'A new article. Without a title, the first level-1 heading is it; without a slug, one is made of the title.',
  })
export type ArticleInput = z.infer<typeof ArticleInput>

/** A JSON merge patch (RFC 7396) of an article: null removes, lists are replaced whole. */
export const ArticlePatch = z
  .strictObject({
    ...editable,
    featuredImage: z
      .strictObject({ ...imageShape, url: imageShape.url.optional() })
      .nullable()
      .optional()
      .meta({ description: `${descriptions.featuredImage} What is left out of it stays.` }),
    tags: terms
      .nullable()
      .optional()
      .meta({ description: `${descriptions.tags} The whole list.` }),
    topics: terms
      .nullable()
      .optional()
      .meta({ description: `${descriptions.topics} The whole list.` }),
    authors: terms
      .nullable()
      .optional()
      .meta({ description: `${descriptions.authors} The whole list.` }),
    citations: CitationInputs.nullable()
      .optional()
      .meta({
        description: `${descriptions.citations} The whole list: what was set of a label that is not in it, or of a field that its entry leaves out, is gone; the footnote itself stays, in the body.`,
      }),
    meta: meta
      .nullable()
      .optional()
      .meta({ description: `${descriptions.meta} Merged: null takes a key away, what is left out stays.` }),
    status: readOnly,
    ...readOnlyShape,
  })
  .meta({
    id: 'ArticlePatch',
    description: 'A JSON merge patch (RFC 7396): null removes, lists are replaced whole.',
  })
export type ArticlePatch = z.infer<typeof ArticlePatch>

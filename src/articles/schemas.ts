import { z } from 'zod'
import { Citation, CitationInput } from '#src/citations/index.ts'
import { limits } from '#src/content/limits.ts'
import { slugProblem } from '#src/content/slug.ts'
import { instant, list, text } from '#src/platform/http/zod-types.ts'
import { TermLink, TermRef } from '#src/taxonomy/index.ts'

/** The stored statuses, and `scheduled`: published, at an instant that is still to come. */
const ArticleStatus = z
  .enum(['draft', 'review', 'scheduled', 'published'])
  .meta({ id: 'ArticleStatus', description: '`scheduled`: published at an instant that is still to come.' })

const Instant = z.iso.datetime().meta({ description: 'RFC 3339, UTC, milliseconds.' })

/** The picture that stands for an article. */
const FeaturedImage = z
  .object({
    url: z.string().meta({ description: 'As the document has it; it may be relative.' }),
    alt: z.string().nullable(),
    caption: z.string().nullable(),
    credit: z.string().nullable(),
    width: z.int().nullable().meta({ description: 'Pixels.' }),
    height: z.int().nullable().meta({ description: 'Pixels.' }),
  })
  .meta({ id: 'FeaturedImage' })

const TocEntry = z
  .object({
    level: z.int().min(1).max(6),
    id: z.string().meta({ description: 'Id of the heading in `html`.' }),
    text: z.string(),
  })
  .meta({ id: 'TocEntry' })

const Correction = z
  .object({
    id: z.uuid(),
    type: z.enum(['correction', 'clarification', 'update', 'editorsNote', 'retraction']),
    text: z.string(),
    timestamp: Instant,
    revision: z.int(),
  })
  .meta({ id: 'Correction', description: 'A dated correction of a published article.' })

const listed = {
  id: z.uuid(),
  slug: z.string().meta({ description: 'Unique in its locale.' }),
  locale: z.string().meta({ description: 'BCP 47 language tag.' }),
  status: ArticleStatus,
  title: z.string(),
  summary: z.string().nullable(),
  excerpt: z.string().meta({ description: 'The beginning of the text, plain; derived.' }),
  wordCount: z.int().meta({ description: 'Chinese, Japanese and Korean characters count one each.' }),
  readingMinutes: z.int(),
  featuredImage: FeaturedImage.nullable(),
  tags: z.array(TermLink),
  topics: z.array(TermLink),
  authors: z.array(TermLink),
  meta: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Other front matter; without a key, only what PUBLIC_META names.' }),
  canonicalUrl: z.string().nullable(),
  translationKey: z.string().nullable(),
  translations: z
    .array(z.object({ locale: z.string(), slug: z.string() }))
    .meta({ description: 'Other articles with the same `translationKey`.' }),
  revision: z.int(),
  createdAt: Instant.meta({ description: 'Of the record.' }),
  updatedAt: Instant.meta({ description: 'Of the record.' }),
  modifiedAt: Instant.nullable().meta({ description: 'Of the content, for readers.' }),
  publishedAt: Instant.nullable(),
  firstPublishedAt: Instant.nullable(),
  unpublishAt: Instant.nullable(),
  links: z.object({
    self: z.string(),
    markdown: z.string(),
    canonical: z.string().meta({ description: 'Where readers find it.' }),
  }),
  corrections: z.array(Correction),
  createdBy: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'Id of the key; only with a key that may edit.' }),
  pending: z
    .object({
      revision: z.int(),
      baseRevision: z.int(),
      updatedAt: Instant,
      actor: z.object({ id: z.string(), name: z.string() }).nullable(),
    })
    .nullable()
    .optional()
    .meta({ description: 'Changes that wait; only with a key that may edit.' }),
  trashedAt: Instant.nullable().optional().meta({ description: 'Only with a key that may edit.' }),
  needsAttention: z
    .boolean()
    .optional()
    .meta({ description: 'An import had to guess; only with a key that may edit.' }),
}

/** An article, whole. */
export const Article = z
  .object({
    ...listed,
    body: z.string().meta({ description: 'Markdown, without the front matter.' }),
    html: z.string().meta({ description: 'The body rendered and sanitised, notes at its end.' }),
    toc: z.array(TocEntry),
    citations: z.array(Citation),
  })
  .meta({ id: 'Article', description: 'An article, whole.' })
export type Article = z.infer<typeof Article>

/** What a list shows of an article. */
export const ArticleListItem = z
  .object({ ...listed, citationCount: z.int() })
  .meta({ id: 'ArticleListItem', description: 'An article without body, html, toc and citations.' })
export type ArticleListItem = z.infer<typeof ArticleListItem>

const url = text(limits.url, 1)

/** A slug as it comes in. */
export const articleSlug = text(200, 1).superRefine((slug, context) => {
  const problem = slugProblem(slug)
  if (problem !== null)
    context.addIssue({ code: 'custom', message: problem, params: { code: 'invalid_slug' } })
})

/** A language tag as it comes in. */
export const articleLocale = text(limits.locale, 2).refine(isLanguageTag, {
  error: 'Not a BCP 47 language tag, such as "zh-CN".',
})

/** A new article as JSON. */
export const ArticleInput = z
  .strictObject({
    title: text(limits.title, 1).optional().meta({
      description: 'Left out: the first level-1 heading of the body.',
    }),
    slug: articleSlug.optional().meta({ description: 'Left out: made from the title.' }),
    locale: articleLocale.optional(),
    summary: text(limits.summary).nullable().optional(),
    body: text(limits.body).optional().meta({ description: 'Markdown.' }),
    featuredImage: z
      .strictObject({
        url,
        alt: text(1_000).nullable().optional(),
        caption: text(2_000).nullable().optional(),
        credit: text(500).nullable().optional(),
        width: z.int().min(1).max(100_000).nullable().optional(),
        height: z.int().min(1).max(100_000).nullable().optional(),
      })
      .nullable()
      .optional(),
    tags: list(TermRef, limits.terms).optional(),
    topics: list(TermRef, limits.terms).optional(),
    authors: list(TermRef, limits.terms).optional(),
    citations: list(CitationInput, limits.citations).optional(),
    meta: z
      .record(text(200, 1), z.unknown())
      .refine((meta) => Object.keys(meta).length <= limits.metaKeys, {
        error: `At most ${limits.metaKeys} keys.`,
      })
      .optional(),
    canonicalUrl: z
      .httpUrl({ error: 'Not an absolute http(s) address.' })
      .max(limits.url)
      .nullable()
      .optional(),
    translationKey: text(limits.translationKey, 1).nullable().optional(),
    publishedAt: instant.nullable().optional(),
    unpublishAt: instant.nullable().optional(),
    modifiedAt: instant.nullable().optional(),
    status: z.enum(['draft', 'published']).optional().meta({ default: 'draft' }),
  })
  .meta({ id: 'ArticleInput', description: 'A new article.' })
export type ArticleInput = z.infer<typeof ArticleInput>

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

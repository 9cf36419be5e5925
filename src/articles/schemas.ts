import { z } from 'zod'
import { Citation, SourceTier } from '#src/citations/index.ts'
import { limits } from '#src/content/limits.ts'
import { slugProblem } from '#src/content/slug.ts'
import { isTagList } from '#src/platform/http/entity-tags.ts'
import { instant, query, queryText, text } from '#src/platform/http/zod-types.ts'
import { TermLink } from '#src/taxonomy/index.ts'

/** The stored statuses, and `scheduled`: published, at an instant that is still to come. */
const ArticleStatus = z.enum(['draft', 'review', 'scheduled', 'published']).meta({
  id: 'ArticleStatus',
  description:
    '`draft`: being written. `review`: waits for an editor. `scheduled`: published, at an instant that is still to come. `published`: readers see it, until `unpublishAt`.',
})

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

const TranslationLink = z
  .object({ locale: z.string(), slug: z.string() })
  .meta({ id: 'TranslationLink', description: 'The same story in another language.' })

const ArticleLinks = z
  .object({
    self: z.string(),
    markdown: z.string(),
    canonical: z.string().meta({ description: 'Where readers find it.' }),
  })
  .meta({ id: 'ArticleLinks', description: 'Addresses of an article.' })

const PendingChanges = z
  .object({
    revision: z.int(),
    baseRevision: z.int(),
    updatedAt: Instant,
    actor: z.object({ id: z.string(), name: z.string() }).nullable(),
  })
  .meta({ id: 'PendingChanges', description: 'Changes of a published article that wait.' })

const listed = {
  id: z.uuid(),
  slug: z.string().meta({ description: 'Unique in its locale.' }),
  locale: z.string().meta({ description: 'BCP 47 language tag.' }),
  status: ArticleStatus,
  title: z.string(),
  summary: z.string().nullable().meta({ description: 'What its author says it is about.' }),
  excerpt: z.string().meta({ description: 'The beginning of the text, plain; derived.' }),
  wordCount: z.int().meta({ description: 'Chinese, Japanese and Korean characters count one each.' }),
  readingMinutes: z
    .int()
    .meta({ description: 'At 500 Chinese characters or 265 words a minute; at least 1.' }),
  featuredImage: FeaturedImage.nullable(),
  tags: z.array(TermLink),
  topics: z.array(TermLink),
  authors: z.array(TermLink),
  meta: z
    .record(z.string(), z.unknown())
    .meta({ description: 'Other front matter; without a key, only what PUBLIC_META names.' }),
  canonicalUrl: z
    .string()
    .nullable()
    .meta({ description: 'Where it was published first, when that is elsewhere.' }),
  translationKey: z
    .string()
    .nullable()
    .meta({ description: 'Any text that an article and its translations share; it joins them.' }),
  translations: z
    .array(TranslationLink)
    .meta({ description: 'Other articles with the same `translationKey`.' }),
  revision: z.int().meta({ description: 'Counts from 1; a change of the document makes the next one.' }),
  createdAt: Instant.meta({ description: 'Of the record.' }),
  updatedAt: Instant.meta({ description: 'Of the record.' }),
  modifiedAt: Instant.nullable().meta({ description: 'Of the content, for readers.' }),
  publishedAt: Instant.nullable().meta({
    description: 'From when readers see it, once it is published; of a draft the date that it is to have.',
  }),
  firstPublishedAt: Instant.nullable().meta({
    description: 'When readers first saw it, whatever its date says now.',
  }),
  unpublishAt: Instant.nullable().meta({ description: 'When it goes by itself; null: it stays.' }),
  links: ArticleLinks,
  corrections: z.array(Correction),
  createdBy: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'Id of the key; only with a key that may edit.' }),
  pending: PendingChanges.nullable()
    .optional()
    .meta({ description: 'Changes that wait; only with a key that may edit.' }),
  trashedAt: Instant.nullable().optional().meta({ description: 'Only with a key that may edit.' }),
  needsAttention: z
    .boolean()
    .optional()
    .meta({ description: 'An import had to guess; only with a key that may edit.' }),
}

/** Something worth saying about a document. */
const Finding = z
  .object({
    rule: z.string().meta({ description: 'What was found, for programs.' }),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    line: z.int().nullable().meta({ description: 'Of the document, front matter included, from 1.' }),
    column: z.int().nullable(),
    hint: z.string().nullable().meta({ description: 'What would be right.' }),
  })
  .meta({ id: 'Finding', description: 'Something worth saying about a document.' })

/** An article, whole. */
export const Article = z
  .object({
    ...listed,
    body: z.string().meta({ description: 'Markdown, without the front matter.' }),
    html: z.string().meta({ description: 'The body rendered and sanitised, notes at its end.' }),
    toc: z.array(TocEntry).meta({ description: 'The headings of the body, in order.' }),
    citations: z
      .array(Citation)
      .meta({ description: 'Its footnotes, read, and what was set by hand: in order of first reference.' }),
    findings: z.array(Finding).optional().meta({
      description:
        'What a PUT or PATCH has to say: comments that a rewritten front matter lost, a slug in it that is not the address’s.',
    }),
  })
  .meta({ id: 'Article', description: 'An article, whole.' })
export type Article = z.infer<typeof Article>

/** An article as structured data. Only what each has is named; the rest is schema.org's. */
export const NewsArticle = z
  .looseObject({
    '@context': z.literal('https://schema.org'),
    '@type': z.literal('NewsArticle'),
    headline: z.string(),
    url: z.string(),
    dateModified: Instant,
    inLanguage: z.string().meta({ description: 'BCP 47 language tag.' }),
    citation: z
      .array(z.looseObject({ '@type': z.string() }))
      .optional()
      .meta({ description: 'What it cites: CreativeWorks, by their types.' }),
  })
  .meta({ id: 'NewsArticle', description: 'An article as schema.org’s NewsArticle, in JSON-LD 1.1.' })

const includedOnly = 'Only when `include` names it.'

/** What a list shows of an article. */
export const ArticleListItem = z
  .object({
    ...listed,
    citationCount: z.int(),
    body: z.string().optional().meta({ description: includedOnly }),
    html: z.string().optional().meta({ description: includedOnly }),
    toc: z.array(TocEntry).optional().meta({ description: includedOnly }),
    citations: z.array(Citation).optional().meta({ description: includedOnly }),
  })
  .meta({
    id: 'ArticleListItem',
    description:
      'An article without body, html, toc and citations, but for those that `include` names. With `fields`: only what that names.',
  })
export type ArticleListItem = z.infer<typeof ArticleListItem>

/** A slug as it comes in. */
export const articleSlug = text(200, 1).superRefine((slug, context) => {
  const problem = slugProblem(slug)
  if (problem !== null)
    context.addIssue({ code: 'custom', message: problem, params: { code: 'invalid_slug' } })
})

/** A language tag as it comes in. */
export const articleLocale = text(limits.locale, 2).transform((tag, context) => {
  const canonical = canonicalTag(tag)
  if (canonical !== null) return canonical
  context.addIssue({ code: 'custom', message: 'Not a BCP 47 language tag, such as "zh-CN".' })
  return z.NEVER
})

/** Which article an address means. */
export const ArticleParams = z.strictObject({
  ref: queryText(200).meta({ description: 'Id or slug.', examples: ['silicon-valley-ai-war'] }),
})

/** What every write on an article may say in its query. */
export const WriteQuery = query({
  locale: articleLocale.optional().meta({ description: 'Of the slug; left out: the site’s.' }),
  reason: queryText(500)
    .optional()
    .meta({ description: 'Kept with the revision that the write makes; a transition makes none.' }),
})

/** The precondition of a write (RFC 9110 §13.1.1). */
export const IfMatch = z.looseObject({
  'if-match': z
    .string()
    .max(2_000)
    .refine(isTagList, {
      error:
        'Expected the ETag of what was read, in its quotes, such as "3-mZ5hB0qkXlQ"; a list of such; or *.',
      params: { code: 'invalid_entity_tag' },
    })
    .optional()
    .meta({ description: 'The ETag of what was read: refused with 412 when somebody else wrote since.' }),
})

/** When an article is to be public. */
export const PublishOptions = z
  .strictObject({
    publishAt: instant.optional().meta({ description: 'Left out: now, or the date it had before.' }),
    unpublishAt: instant.nullable().optional().meta({ description: 'null: for ever.' }),
  })
  .meta({ id: 'PublishOptions', description: 'When an article is to be public.' })
export type PublishOptions = z.infer<typeof PublishOptions>

/** `zh-cn` and `zh-CN` are one locale (RFC 5646 §4.5); null for what is no tag. */
function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

const RenderedCitation = z
  .object({
    ...Citation.shape,
    source: z
      .object({
        id: z.uuid().nullable().meta({ description: 'null: nothing cites it yet.' }),
        url: z.string(),
        domain: z.string(),
        tier: SourceTier,
      })
      .nullable(),
  })
  .meta({ id: 'RenderedCitation', description: 'A citation that a document would give.' })

const RenderedArticle = z
  .object({
    slug: z.string().nullable().meta({ description: 'That the document gives.' }),
    locale: z.string(),
    title: z.string().nullable(),
    summary: z.string().nullable(),
    body: z.string(),
    html: z.string(),
    toc: z.array(TocEntry),
    excerpt: z.string(),
    wordCount: z.int(),
    readingMinutes: z.int(),
    featuredImage: FeaturedImage.nullable(),
    tags: z.array(TermLink),
    topics: z.array(TermLink),
    authors: z.array(TermLink),
    citations: z.array(RenderedCitation),
    meta: z.record(z.string(), z.unknown()),
    canonicalUrl: z.string().nullable(),
    translationKey: z.string().nullable(),
    publishedAt: Instant.nullable(),
    unpublishAt: Instant.nullable(),
    modifiedAt: Instant.nullable(),
  })
  .meta({ id: 'RenderedArticle', description: 'The article that a document would become.' })

/** What a document would become. */
export const RenderedDocument = z
  .object({
    article: RenderedArticle,
    findings: z.array(Finding),
    errorCount: z.int(),
    warningCount: z.int(),
  })
  .meta({
    id: 'RenderedDocument',
    description: 'What a document would become, and what there is to say of it.',
  })
export type RenderedDocument = z.infer<typeof RenderedDocument>

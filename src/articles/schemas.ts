import { z } from 'zod'
import { Citation, SourceTier } from '#src/citations/index.ts'
import { limits } from '#src/content/limits.ts'
import { slugProblem } from '#src/content/slug.ts'
import { isTagList } from '#src/platform/http/entity-tags.ts'
import { instant, query, queryBoolean, queryText, text } from '#src/platform/http/zod-types.ts'
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
    url: z.string().meta({
      description:
        'As the document has it. A relative one, such as `pictures/bridge.jpg`, is to be resolved against where your pictures are (the server’s MEDIA_BASE_URL).',
    }),
    alt: z.string().nullable().meta({ description: 'Text in place of the picture; null: none was written.' }),
    caption: z.string().nullable().meta({ description: 'What stands below it; plain text.' }),
    credit: z.string().nullable().meta({ description: 'Who made it; plain text.' }),
    width: z.int().nullable().meta({ description: 'Pixels.' }),
    height: z.int().nullable().meta({ description: 'Pixels.' }),
  })
  .meta({ id: 'FeaturedImage', description: 'The picture that stands for an article.' })

const TocEntry = z
  .object({
    level: z.int().min(1).max(6).meta({ description: '2 for `<h2>`, and so on.' }),
    id: z.string().meta({ description: 'The heading’s id in `html`: link to `#<id>`.' }),
    text: z.string().meta({ description: 'The heading as plain text.' }),
  })
  .meta({ id: 'TocEntry', description: 'A heading of the body, for a table of contents.' })

const Correction = z
  .object({
    id: z.uuid().meta({ description: 'Id of the correction.' }),
    type: z
      .enum(['correction', 'clarification', 'update', 'editorsNote', 'retraction'])
      .meta({ description: 'What kind of note it is.' }),
    text: z.string().meta({ description: 'What was wrong, and what is right.' }),
    timestamp: Instant,
    revision: z.int().meta({ description: 'The revision of the article that it belongs to.' }),
  })
  .meta({ id: 'Correction', description: 'A dated correction of a published article.' })

const TranslationLink = z
  .object({
    locale: z.string().meta({ description: 'Its language, a BCP 47 tag: ask for it with `?locale=`.' }),
    slug: z.string().meta({ description: 'Its slug in that language.' }),
  })
  .meta({ id: 'TranslationLink', description: 'The same story in another language.' })

const ArticleLinks = z
  .object({
    self: z.string().meta({ description: 'This article in the API, by its id.' }),
    markdown: z.string().meta({ description: 'Its Markdown document in the API.' }),
    canonical: z.string().meta({
      description:
        'Its page on the readers’ site: `canonicalUrl` where there is one, else by SITE_URL and ARTICLE_URL_PATTERN.',
    }),
  })
  .meta({ id: 'ArticleLinks', description: 'Addresses of an article.' })

const PendingChanges = z
  .object({
    revision: z.int().meta({ description: 'Number of the waiting revision.' }),
    baseRevision: z.int().meta({ description: 'The published revision that it was made from.' }),
    updatedAt: Instant,
    actor: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'The key that made them; null: unknown.' }),
  })
  .meta({ id: 'PendingChanges', description: 'Changes of a published article that wait.' })

/** What a key alone is shown that may see drafts. */
const editorial = {
  createdBy: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'Id of the API key that created it. Only with a key that may see drafts.' }),
  pending: PendingChanges.nullable().optional().meta({
    description:
      'Changes of the published article that wait to be published; null: none. Only with a key that may see drafts.',
  }),
  trashedAt: Instant.nullable().optional().meta({
    description:
      'When it was put into the trash; null: it is not there. Only with a key that may see drafts.',
  }),
  needsAttention: z.boolean().optional().meta({
    description: 'Whether an import had to guess, such as a title. Only with a key that may see drafts.',
  }),
}
/** The fields that readers never get. */
export const editorialFields: readonly string[] = Object.keys(editorial)

const listed = {
  id: z.uuid().meta({ description: 'Stays the same for ever, also when the slug changes.' }),
  slug: z.string().meta({
    description: 'Its name in addresses: unique in its locale, so a translation may have the same one.',
  }),
  locale: z.string().meta({ description: 'Its language, a BCP 47 tag such as `zh-CN`.' }),
  status: ArticleStatus,
  title: z.string().meta({ description: 'Plain text: escape it in html.' }),
  summary: z
    .string()
    .nullable()
    .meta({ description: 'What it is about, as its author wrote it; null: nothing was written.' }),
  excerpt: z
    .string()
    .meta({ description: 'The beginning of the body as plain text: for cards where `summary` is null.' }),
  wordCount: z.int().meta({ description: 'Chinese, Japanese and Korean characters count one each.' }),
  readingMinutes: z
    .int()
    .meta({ description: 'At 500 Chinese characters or 265 words a minute; at least 1.' }),
  featuredImage: FeaturedImage.nullable().meta({
    description: 'The picture for cards and the top of the page; null: there is none.',
  }),
  tags: z.array(TermLink).meta({ description: 'In the order of the document.' }),
  topics: z.array(TermLink).meta({ description: 'Sections of the site, in the order of the document.' }),
  authors: z.array(TermLink).meta({ description: 'In the order of the byline.' }),
  meta: z.record(z.string(), z.unknown()).meta({
    description:
      'Front matter keys of the newsroom’s own, as they were written. Without a key, only those that the server’s setting PUBLIC_META names.',
  }),
  canonicalUrl: z
    .string()
    .nullable()
    .meta({ description: 'Where it was published first, when that is another site; else null.' }),
  translationKey: z
    .string()
    .nullable()
    .meta({ description: 'Any text that an article and its translations share; it joins them.' }),
  translations: z
    .array(TranslationLink)
    .meta({ description: 'Other articles with the same `translationKey`.' }),
  revision: z.int().meta({ description: 'Counts from 1; a change of the document makes the next one.' }),
  createdAt: Instant.meta({ description: 'When Masthead got it. For readers, show `publishedAt`.' }),
  updatedAt: Instant.meta({
    description:
      'When anything of it changed last, its status and dates included. For readers, show `modifiedAt`.',
  }),
  modifiedAt: Instant.nullable().meta({
    description: 'When its text changed last, as readers are told (“Updated …”); null: it did not.',
  }),
  publishedAt: Instant.nullable().meta({
    description: 'From when readers see it, once it is published; of a draft the date that it is to have.',
  }),
  firstPublishedAt: Instant.nullable().meta({
    description: 'When readers first saw it, whatever its date says now.',
  }),
  unpublishAt: Instant.nullable().meta({ description: 'When it goes by itself; null: it stays.' }),
  links: ArticleLinks,
  corrections: z
    .array(Correction)
    .meta({ description: 'What was said since publication of what had been wrong, oldest first.' }),
  ...editorial,
}

/** Something worth saying about a document. */
const Finding = z
  .object({
    rule: z.string().meta({ description: 'What was found, for programs.' }),
    severity: z
      .enum(['error', 'warning'])
      .meta({ description: '`error`: such a document is refused. `warning`: it is taken.' }),
    message: z.string().meta({ description: 'What was found, in words.' }),
    line: z
      .int()
      .nullable()
      .meta({ description: 'Line of the document, front matter included, from 1; null: of the whole.' }),
    column: z.int().nullable().meta({ description: 'Column in that line, from 1.' }),
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
    headline: z.string().meta({ description: 'The title.' }),
    url: z.string().meta({ description: 'Its page on the readers’ site.' }),
    dateModified: Instant,
    inLanguage: z.string().meta({ description: 'BCP 47 language tag.' }),
    citation: z
      .array(z.looseObject({ '@type': z.string() }))
      .optional()
      .meta({ description: 'What it cites: CreativeWorks, by their types.' }),
  })
  .meta({ id: 'NewsArticle', description: 'An article as schema.org’s NewsArticle, in JSON-LD 1.1.' })

const includedOnly = 'Only when `include` or `fields` names it.'

/** What a list shows of an article. */
export const ArticleListItem = z
  .object({
    ...listed,
    citationCount: z.int().meta({ description: 'How many citations it has.' }),
    body: z.string().optional().meta({ description: includedOnly }),
    html: z.string().optional().meta({ description: includedOnly }),
    toc: z.array(TocEntry).optional().meta({ description: includedOnly }),
    citations: z.array(Citation).optional().meta({ description: includedOnly }),
  })
  .meta({
    id: 'ArticleListItem',
    description:
      'An article without body, html, toc and citations, but for those that `include` or `fields` names. With `fields`: only what that names.',
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
  ref: queryText(200).meta({
    description: 'Id or slug of the article.',
    examples: ['silicon-valley-ai-war'],
  }),
})

const writeParameters = {
  locale: articleLocale.optional().meta({
    description: 'Language of the article, where it is named by its slug; left out: the site’s.',
  }),
  reason: queryText(500).optional().meta({
    description:
      'Why it is changed, in a few words: kept in the audit, and with the revision that the write makes.',
  }),
}

/** What every write on an article may say in its query. */
export const WriteQuery = query(writeParameters)

/** What a deletion may say. */
export const DeleteQuery = query({
  ...writeParameters,
  permanent: queryBoolean
    .optional()
    .meta({ description: 'Delete it for good, instead of putting it into the trash. Roles: admin.' }),
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
      .nullable()
      .meta({ description: 'What `url` leads to; null without an http(s) address.' }),
  })
  .meta({ id: 'RenderedCitation', description: 'A citation that a document would give.' })

const { shape: derived } = Article.pick({
  locale: true,
  summary: true,
  body: true,
  html: true,
  toc: true,
  excerpt: true,
  wordCount: true,
  readingMinutes: true,
  featuredImage: true,
  tags: true,
  topics: true,
  authors: true,
  meta: true,
  canonicalUrl: true,
  translationKey: true,
  publishedAt: true,
  unpublishAt: true,
  modifiedAt: true,
})

const RenderedArticle = z
  .object({
    ...derived,
    slug: z.string().nullable().meta({ description: 'The slug that the document gives; null: none.' }),
    title: z.string().nullable().meta({ description: 'The title that the document gives; null: none.' }),
    citations: z.array(RenderedCitation).meta({ description: 'As an article has them.' }),
  })
  .meta({ id: 'RenderedArticle', description: 'The article that a document would become.' })

/** What a document would become. */
export const RenderedDocument = z
  .object({
    article: RenderedArticle,
    findings: z.array(Finding).meta({ description: 'What is wrong or doubtful, in the order of the lines.' }),
    errorCount: z.int().meta({ description: 'How many findings are errors.' }),
    warningCount: z.int().meta({ description: 'How many findings are warnings.' }),
  })
  .meta({
    id: 'RenderedDocument',
    description: 'What a document would become, and what there is to say of it.',
  })
export type RenderedDocument = z.infer<typeof RenderedDocument>

import { type Citation, citationsOf } from './citations/citations.ts'
import { type Document, parseDocument } from './document.ts'
import { type Finding, warning } from './finding.ts'
import { type FeaturedImage, type FrontMatter, readFrontMatter } from './front-matter/front-matter.ts'
import type { JsonObject } from './json.ts'
import { limits } from './limits.ts'
import { type RenderOptions, renderBody, type TocEntry } from './markdown/render.ts'
import { displayName, normalizeName } from './names.ts'

/** Everything that is stored of a document: its two halves, its content, and what it says of its article's life. */
export interface DerivedArticle {
  document: { frontMatter: string; body: string }
  content: {
    title: string | null
    summary: string | null
    featuredImage: FeaturedImage | null
    tags: string[]
    topics: string[]
    authors: string[]
    citations: Citation[]
    meta: JsonObject
    canonicalUrl: string | null
    modifiedAt: string | null
    html: string
    toc: TocEntry[]
    excerpt: string
    wordCount: number
    readingMinutes: number
  }
  life: {
    slug: string | null
    locale: string | null
    draft: boolean | null
    publishedAt: string | null
    unpublishAt: string | null
    translationKey: string | null
    aliases: string[]
  }
  /** Where the title is from; null when there is none. */
  titleFrom: 'front-matter' | 'heading' | 'fallback' | null
  findings: Finding[]
}

export interface DeriveOptions {
  /** The zone of dates that name none: an IANA name. */
  timeZone: string
  /** The title of a document that gives none: an import's file name. */
  fallbackTitle?: string
  /** Relative addresses of images in html are resolved against it. */
  mediaBaseUrl?: string | null
}

/**
 * Derives an article from its document. The title is the front matter's, else the first heading of level 1 (which
 * stays in the body and is not shown twice), else `fallbackTitle`.
 * @throws DocumentError with all issues
 */
export function deriveArticle(source: string | Document, options: DeriveOptions): DerivedArticle {
  const document = typeof source === 'string' ? parseDocument(source) : source
  const frontMatter = readFrontMatter(document, { timeZone: options.timeZone })
  const rendered = renderBody(document.body, renderOptions(document, frontMatter, options))
  const { title, titleFrom } = titleOf(frontMatter.title, rendered.firstHeading?.text, options.fallbackTitle)
  const { slug, locale, draft, publishedAt, unpublishAt, translationKey, aliases } = frontMatter
  const { summary, featuredImage, tags, topics, authors, meta, canonicalUrl, modifiedAt } = frontMatter
  return {
    document: { frontMatter: document.frontMatter, body: document.body },
    content: {
      ...{ title, summary, featuredImage, tags, topics, authors },
      citations: citationsOf(rendered.notes, frontMatter.citations),
      ...{ meta, canonicalUrl, modifiedAt },
      html: rendered.html,
      toc: rendered.toc,
      ...rendered.statistics,
    },
    life: { slug, locale, draft, publishedAt, unpublishAt, translationKey, aliases },
    titleFrom,
    findings: [...frontMatter.findings, ...titleFindings(titleFrom), ...rendered.findings],
  }
}

function renderOptions(
  document: Document,
  { title, locale }: Pick<FrontMatter, 'title' | 'locale'>,
  options: DeriveOptions,
): RenderOptions {
  return {
    firstLine: document.bodyLine,
    isTitle: (heading) =>
      title === null
        ? heading.text !== ''
        : heading.opens && normalizeName(heading.text) === normalizeName(title),
    mediaBaseUrl: options.mediaBaseUrl ?? null,
    locale,
  }
}

function titleOf(
  given: string | null,
  heading: string | undefined,
  fallback: string | undefined,
): { title: string | null; titleFrom: DerivedArticle['titleFrom'] } {
  if (given !== null) return { title: given, titleFrom: 'front-matter' }
  const fromHeading = displayName(heading ?? '').slice(0, limits.title)
  if (fromHeading !== '') return { title: fromHeading, titleFrom: 'heading' }
  const fromFallback = displayName(fallback ?? '').slice(0, limits.title)
  return fromFallback === ''
    ? { title: null, titleFrom: null }
    : { title: fromFallback, titleFrom: 'fallback' }
}

function titleFindings(titleFrom: DerivedArticle['titleFrom']): Finding[] {
  const hint = 'Add "title: …" to the front matter, or a heading "# …".'
  return titleFrom === null || titleFrom === 'fallback'
    ? [warning('title-missing', 'There is no title.', null, hint)]
    : []
}

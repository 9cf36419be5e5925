import { storedDate } from '#src/citations/save-citations.ts'
import { firstFreeSlug } from '#src/content/free-slug.ts'
import { composeDocument } from '#src/content/front-matter/compose.ts'
import { slugFromTitle } from '#src/content/slug.ts'
import { titleSortKey } from '#src/content/sort-key.ts'
import { HAS_CITATIONS, monthTerm, statusTerm, TRASHED, yearTerm } from '#src/listing/term-numbers.ts'
import { Json, type TableRows, type Value } from './copy-rows.ts'
import type { PlannedArticle } from './plan-article.ts'
import { idAt } from './random.ts'
import type { Filed, Register } from './register.ts'
import type { Text } from './write-text.ts'

const columns = {
  article: `id locale slug status title summary html toc excerpt word_count reading_minutes featured_image meta
    translation_key revision citation_count tag_ids topic_ids author_ids published_at first_published_at unpublish_at
    created_at updated_at trashed_at`,
  revision: 'article_id number front_matter body title slug public_from at',
  article_tag: 'article_id tag_id position',
  article_topic: 'article_id topic_id position',
  article_author: 'article_id author_id position',
  citation: `id article_id label position ordinal text html title url archive_url doi isbn arxiv publisher container_title
    authors published_on published_on_precision accessed_on accessed_on_precision type explicit reference_count source_id`,
  listing: 'article_id published_at unpublish_at updated_at created_at title_key terms',
} as const

type Table = keyof typeof columns

/** The tables that articles are written to, in an order in which they can be. */
export const articleTables = Object.keys(columns) as Table[]

/** What an article is filed under, in written order. */
interface Filing {
  readonly tags: readonly Filed<string>[]
  readonly topics: readonly Filed<string>[]
  readonly authors: readonly Filed<string>[]
  readonly sources: readonly (Filed<string> | null)[]
}

/** Collects the rows of articles, table by table. */
export class ArticleRows {
  readonly #register: Register
  readonly #timeZone: string
  /** By locale. */
  readonly #slugs: Map<string, Set<string>>
  #rows = emptyRows()

  constructor(register: Register, timeZone: string, slugs: Map<string, Set<string>>) {
    this.#register = register
    this.#timeZone = timeZone
    this.#slugs = slugs
  }

  /** Adds an article. */
  add(article: PlannedArticle, text: Text): void {
    const { words, title, chance, createdAt } = article
    const id = idAt(createdAt, chance)
    const slug = this.#freeSlug(words.locale, title)
    const filing = this.#file(article, text)
    this.#rows.article.push(articleRow(id, slug, article, text, filing))
    this.#rows.revision.push(revisionRow(id, slug, article, text))
    this.#rows.article_tag.push(...links(id, filing.tags))
    this.#rows.article_topic.push(...links(id, filing.topics))
    this.#rows.article_author.push(...links(id, filing.authors))
    this.#rows.citation.push(...citationRows(id, article, text, filing))
    this.#list(id, article, filing, text)
  }

  /** The rows since it was asked last. */
  take(): TableRows[] {
    const rows = this.#rows
    this.#rows = emptyRows()
    return articleTables.map((table) => ({ table, columns: columns[table].split(/\s+/), rows: rows[table] }))
  }

  #freeSlug(locale: string, title: string): string {
    const taken = this.#slugs.get(locale) ?? new Set()
    this.#slugs.set(locale, taken)
    const slug = firstFreeSlug(slugFromTitle(title), taken)
    taken.add(slug)
    return slug
  }

  #file({ tags, topics, authors, createdAt }: PlannedArticle, { works }: Text): Filing {
    const file = (kind: 'tag' | 'topic' | 'author', names: readonly string[]) =>
      names.map((name) => this.#register.term(kind, name, createdAt))
    return {
      tags: file('tag', tags),
      topics: file('topic', topics),
      authors: file('author', authors),
      sources: works.map(({ citation: { source } }) =>
        source === null ? null : this.#register.source(source.url, source.domain, createdAt),
      ),
    }
  }

  /** As `saveListing` does it, and compared with it in a test. */
  #list(id: string, article: PlannedArticle, { tags, topics, authors, sources }: Filing, text: Text): void {
    const { publishedAt, unpublishAt, updatedAt, createdAt, title, words } = article
    const domains = text.works.flatMap(({ citation: { source } }) =>
      source === null ? [] : [this.#register.domain(source.domain).term],
    )
    const cited = [...sources.flatMap((source) => (source === null ? [] : [source.term])), ...domains]
    const terms = [
      ...ownTerms(article, this.#timeZone),
      this.#register.locale(words.locale),
      ...(text.works.length > 0 ? [HAS_CITATIONS] : []),
      ...[...tags, ...topics, ...authors].map(({ term }) => term),
      ...[...new Set(cited)].sort((a, b) => a - b),
    ]
    const row = [
      instant(publishedAt) ?? 'infinity',
      instant(unpublishAt) ?? 'infinity',
      instant(updatedAt),
      instant(createdAt),
    ]
    this.#rows.listing.push([id, ...row, titleSortKey(title), terms])
  }
}

const emptyRows = (): Record<Table, Value[][]> => ({
  article: [],
  revision: [],
  article_tag: [],
  article_topic: [],
  article_author: [],
  citation: [],
  listing: [],
})

const instant = (moment: number | null) => (moment === null ? null : new Date(moment))
const links = (id: string, filed: readonly Filed<string>[]) => filed.map((one, n): Value[] => [id, one.id, n])
const ids = (filed: readonly Filed<string>[]) => filed.map(({ id }) => id)

function articleRow(id: string, slug: string, article: PlannedArticle, text: Text, filing: Filing): Value[] {
  const { words, status, title, summary, featuredImage, meta, publishedAt, unpublishAt, createdAt } = article
  const firstPublishedAt = status === 'published' ? publishedAt : null
  return [
    ...[id, words.locale, slug, status, title, summary, text.html, new Json(text.toc), text.excerpt],
    ...[text.wordCount, text.readingMinutes, featuredImage && new Json(featuredImage), new Json(meta)],
    ...[
      article.translationKey,
      1,
      text.works.length,
      ids(filing.tags),
      ids(filing.topics),
      ids(filing.authors),
    ],
    ...[publishedAt, firstPublishedAt, unpublishAt, createdAt, article.updatedAt, article.trashedAt].map(
      instant,
    ),
  ]
}

function revisionRow(id: string, slug: string, article: PlannedArticle, text: Text): Value[] {
  const { words, title, status, summary, featuredImage, meta, tags, topics, authors, translationKey } =
    article
  const { publishedAt, unpublishAt, createdAt } = article
  const { body } = text
  const document = composeDocument({
    ...{
      body,
      title,
      slug,
      locale: words.locale,
      draft: status !== 'published',
      summary,
      featuredImage,
      meta,
    },
    ...{ tags, topics, authors, translationKey },
    publishedAt: instant(publishedAt)?.toISOString(),
    unpublishAt: instant(unpublishAt)?.toISOString(),
  })
  const frontMatter = document.slice(0, document.length - body.length)
  const publicFrom = status === 'published' ? publishedAt : null
  return [id, 1, frontMatter, body, title, slug, instant(publicFrom), instant(createdAt)]
}

function citationRows(
  articleId: string,
  article: PlannedArticle,
  text: Text,
  { sources }: Filing,
): Value[][] {
  return text.works.map(({ citation }, n) => {
    const published = storedDate(citation.publishedOn)
    const accessed = storedDate(citation.accessedOn)
    return [
      ...[
        idAt(article.createdAt, article.chance),
        articleId,
        String(n + 1),
        n,
        n + 1,
        citation.text,
        citation.html,
      ],
      ...[citation.title, citation.url, citation.archiveUrl, citation.doi, citation.isbn, citation.arxiv],
      ...[citation.publisher, citation.containerTitle, new Json(citation.authors)],
      ...[
        published.on,
        published.precision,
        accessed.on,
        accessed.precision,
        citation.type,
        citation.explicit,
      ],
      ...[text.references[n] ?? 0, sources[n]?.id ?? null],
    ]
  })
}

function ownTerms({ status, publishedAt, trashedAt }: PlannedArticle, timeZone: string): number[] {
  const life = trashedAt === null ? statusTerm(status) : TRASHED
  if (publishedAt === null) return [life]
  const local = Temporal.Instant.fromEpochMilliseconds(publishedAt).toZonedDateTimeISO(timeZone)
  return [life, yearTerm(new Date(publishedAt).getUTCFullYear()), monthTerm(local.year, local.month)]
}

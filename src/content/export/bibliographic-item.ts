import { type CitationFields, type CitationType, citationTypes } from '../citations/citations.ts'
import { type AuthorName, authorName } from './author-name.ts'
import { citationKey } from './citation-key.ts'
import { plainLine } from './plain-line.ts'
import { webAddress } from './web-address.ts'

/**
 * A work as bibliographies list it: what CSL-JSON, BibTeX and RIS are written from. All texts are single lines of
 * well-formed Unicode without markup; dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
 */
export interface BibliographicItem {
  /** Citation key: lower-case ASCII letters, digits and hyphens. */
  id: string
  type: CitationType
  /** What kind of its type, in words: `PhD thesis`. */
  genre: string | null
  title: string | null
  authors: AuthorName[]
  containerTitle: string | null
  publisher: string | null
  publishedOn: string | null
  accessedOn: string | null
  /** In the characters of a URI only. */
  url: string | null
  archiveUrl: string | null
  /** Without resolver or prefix: `10.1371/journal.pone.0115253`. */
  doi: string | null
  isbn: string | null
  /** Without prefix: `2401.00001`. */
  arxiv: string | null
  /** BCP 47. */
  language: string | null
  abstract: string | null
  /** The reference as its author wrote it: holds what has no field of its own, such as pages. */
  note: string | null
}

/** What an item is made from: a citation, as it is derived, stored or shown. */
export type CitedWork = Omit<CitationFields, 'authors' | 'type'> & {
  label: string
  text: string
  authors: readonly string[]
  /** A CSL 1.0.2 type; another is as good as none. */
  type: string | null
}

/** What of an article says how to cite it. Instants are RFC 3339. */
export interface CitableArticle {
  slug: string
  locale: string
  title: string
  summary: string | null
  authors: readonly { name: string }[]
  publishedAt: string | null
  modifiedAt: string | null
  canonicalUrl: string | null
  links: { canonical: string }
}

/** Who publishes the article, and in which time zone (an IANA name) its days begin. */
export interface PublishingSite {
  name: string
  url: string
  timeZone: string
}

/**
 * A citation as a bibliographic item. Nothing is lost: the note's text goes along. A citation whose type can't be
 * told is what its identifiers say, else a web page, else a document.
 * @param scope what the label is unique in, when citations of several articles are exported together: the article's id
 */
export function itemOfCitation(citation: CitedWork, scope?: string): BibliographicItem {
  const type = typeOf(citation)
  const authors = authorNames(citation.authors)
  const title = plainLine(citation.title)
  const publishedOn = partialDate(citation.publishedOn)
  const url = webAddress(citation.url)
  const { containerTitle, publisher } = outlet(type, citation)
  const names = [containerTitle, publisher, title]
  const key = { authors, url, names, publishedOn, label: citation.label }
  return {
    id: citationKey(scope === undefined ? key : { ...key, scope }),
    type,
    genre: type === 'thesis' ? degreeOf(citation.text) : null,
    title,
    authors,
    containerTitle,
    publisher,
    publishedOn,
    accessedOn: partialDate(citation.accessedOn),
    url,
    archiveUrl: webAddress(citation.archiveUrl),
    doi: identifier(citation.doi, /^(?:(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\/|doi[:： ]\s*)/i),
    isbn: identifier(citation.isbn, /^isbn(?:-1[03])?[:： ]\s*/i),
    arxiv: identifier(citation.arxiv, /^(?:(?:https?:\/\/)?arxiv\.org\/abs\/|arxiv[:： ]\s*)/i),
    language: null,
    abstract: null,
    note: noteOf(citation),
  }
}

/** Does the note cite a work, or is it a remark: without a type, a title, an address or an identifier? */
export function citesWork({ type, title, url, archiveUrl, doi, isbn, arxiv }: CitedWork): boolean {
  return isCitationType(type) || [title, url, archiveUrl, doi, isbn, arxiv].some((field) => field !== null)
}

/**
 * The article itself as something to be cited: an article of a newspaper, which is the site. Its date is the day, at
 * the site, of its publication; of one that is not published, of its last change.
 */
export function itemOfArticle(article: CitableArticle, site: PublishingSite): BibliographicItem {
  const instant = article.publishedAt ?? article.modifiedAt
  const publishedOn = instant === null ? null : dayIn(site.timeZone, instant)
  const siteName = plainLine(site.name)
  return {
    id: citationKey({ authors: [], url: site.url, names: [siteName], publishedOn, label: article.slug }),
    type: 'article-newspaper',
    genre: null,
    title: plainLine(article.title),
    authors: authorNames(article.authors.map(({ name }) => name)),
    containerTitle: siteName,
    publisher: siteName,
    publishedOn,
    accessedOn: null,
    url: webAddress(article.canonicalUrl) ?? webAddress(article.links.canonical),
    archiveUrl: null,
    doi: null,
    isbn: null,
    arxiv: null,
    language: plainLine(article.locale),
    abstract: plainLine(article.summary),
    note: null,
  }
}

const knownTypes: ReadonlySet<string> = new Set(citationTypes)
/** What appears in an outlet rather than with a publisher. */
const outletTypes = new Set<CitationType>([
  'article-magazine',
  'article-newspaper',
  'broadcast',
  'post',
  'post-weblog',
  'webpage',
])

function isCitationType(type: string | null): type is CitationType {
  return type !== null && knownTypes.has(type)
}

function typeOf({ type, isbn, arxiv, doi, url }: CitedWork): CitationType {
  if (isCitationType(type)) return type
  if (isbn !== null) return 'book'
  if (arxiv !== null) return 'article'
  return url !== null && doi === null ? 'webpage' : 'document'
}

/**
 * Of what appears in an outlet, an author names the outlet alone, and it is read as the publisher. Styles print the
 * container of such types and no publisher; as both, those of web pages would print it twice.
 */
function outlet(
  type: CitationType,
  citation: CitedWork,
): Pick<BibliographicItem, 'containerTitle' | 'publisher'> {
  const containerTitle = plainLine(citation.containerTitle)
  const publisher = plainLine(citation.publisher)
  return containerTitle === null && outletTypes.has(type)
    ? { containerTitle: publisher, publisher: null }
    : { containerTitle, publisher }
}

function authorNames(names: readonly string[]): AuthorName[] {
  return names.flatMap((name) => {
    const line = plainLine(name)
    return line !== null && /[\p{L}\p{N}]/u.test(line) ? [authorName(line)] : []
  })
}

function partialDate(text: string | null): string | null {
  return text !== null && /^\d{4}(?:-\d\d){0,2}$/.test(text) ? text : null
}

function identifier(text: string | null, prefix: RegExp): string | null {
  return plainLine(plainLine(text)?.replace(prefix, ''))
}

/** The degree of a thesis, in the words that biblatex and CSL styles know; null where the note names none or both. */
function degreeOf(text: string): string | null {
  const isDoctoral = /博士|doctoral|\bPh\.? ?D\b|\bD\.? ?Phil\b/i.test(text)
  const isMasters = /硕士|master['’]?s\b/i.test(text)
  if (isDoctoral === isMasters) return null
  return isDoctoral ? 'PhD thesis' : "Master's thesis"
}

function noteOf({ text, title, url }: CitedWork): string | null {
  const note = plainLine(text)
  return note === plainLine(title) || note === plainLine(url) ? null : note
}

function dayIn(timeZone: string, instant: string): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const parts = Object.fromEntries(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  )
  return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`
}

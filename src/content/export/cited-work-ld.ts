import type { CitationType } from '../citations/citations.ts'
import { isOrganisation } from '../citations/parsing/organisations.ts'
import type { AuthorName } from './author-name.ts'
import type { BibliographicItem } from './bibliographic-item.ts'
import { type Thing, thing } from './schema-org.ts'

/** CSL's types as schema.org's subtypes of CreativeWork; what has none of its own is a CreativeWork. */
const workTypes: Readonly<Partial<Record<CitationType, string>>> = {
  article: 'ScholarlyArticle', // a preprint (CSL 1.0.2)
  'article-journal': 'ScholarlyArticle',
  'article-magazine': 'Article',
  'article-newspaper': 'NewsArticle',
  bill: 'Legislation',
  book: 'Book',
  chapter: 'Chapter',
  classic: 'Book',
  collection: 'Collection',
  dataset: 'Dataset',
  entry: 'Article',
  'entry-dictionary': 'Article',
  'entry-encyclopedia': 'Article',
  figure: 'ImageObject',
  graphic: 'ImageObject',
  legislation: 'Legislation',
  manuscript: 'Manuscript',
  map: 'Map',
  motion_picture: 'Movie',
  musical_score: 'SheetMusic',
  'paper-conference': 'ScholarlyArticle',
  periodical: 'Periodical',
  personal_communication: 'Message',
  post: 'SocialMediaPosting',
  'post-weblog': 'BlogPosting',
  regulation: 'Legislation',
  report: 'Report',
  review: 'Review',
  'review-book': 'Review',
  software: 'SoftwareApplication',
  song: 'MusicRecording',
  standard: 'TechArticle',
  thesis: 'Thesis',
  treaty: 'Legislation',
  webpage: 'WebPage',
}

/** What a work of a type appears in. */
const containerTypes: Readonly<Partial<Record<CitationType, string>>> = {
  'article-journal': 'Periodical',
  'article-magazine': 'Periodical',
  'article-newspaper': 'Newspaper',
  chapter: 'Book',
  'entry-dictionary': 'Book',
  'entry-encyclopedia': 'Book',
  'paper-conference': 'Book',
  post: 'WebSite',
  'post-weblog': 'Blog',
  webpage: 'WebSite',
}

/**
 * A cited work as schema.org describes it: a CreativeWork of the subtype that its CSL type means. A work without a
 * title is named by its note. Dates have the precision that was written (ISO 8601); schema.org has no property for the
 * day of access.
 */
export function citedWorkLd(item: BibliographicItem): Thing {
  const type = workTypes[item.type] ?? 'CreativeWork'
  return thing(type, {
    name: item.title ?? item.note,
    author: item.authors.map(authorLd),
    datePublished: item.publishedOn,
    publisher: item.publisher === null ? null : thing('Organization', { name: item.publisher }),
    isPartOf: containerLd(item),
    url: item.url,
    archivedAt: item.archiveUrl,
    isbn: type === 'Book' ? item.isbn : null,
    identifier: identifiersLd(item),
    sameAs: otherAddresses(item),
    inLanguage: item.language,
  })
}

/** An author as far as the name tells: the inverted form is a person's, a word for an organisation is one's. */
export function authorLd(name: AuthorName): Thing {
  if ('literal' in name) {
    return thing(isOrganisation(name.literal) ? 'Organization' : 'Person', { name: name.literal })
  }
  const { family, given } = name
  return thing('Person', { name: `${given} ${family}`, familyName: family, givenName: given })
}

/** The ISBN of a part is that of the book it is in. */
function containerLd({ type, containerTitle, isbn }: BibliographicItem): Thing | null {
  const container = containerTypes[type] ?? 'CreativeWork'
  const ofBook = container === 'Book' ? isbn : null
  if (containerTitle === null && ofBook === null) return null
  return thing(container, { name: containerTitle, isbn: ofBook })
}

/** What schema.org has no property for on this type. */
function identifiersLd({ type, doi, arxiv, isbn }: BibliographicItem): Thing[] {
  const hasPlace = workTypes[type] === 'Book' || containerTypes[type] === 'Book'
  const identifiers = { DOI: doi, arXiv: arxiv, ISBN: hasPlace ? null : isbn }
  return Object.entries(identifiers).flatMap(([propertyID, value]) =>
    value === null ? [] : [thing('PropertyValue', { propertyID, value })],
  )
}

/** Where resolvers lead to the work, unless it is cited by that very address. */
function otherAddresses({ doi, arxiv, url }: BibliographicItem): string[] {
  const addresses = [
    ...(doi === null ? [] : [`https://doi.org/${encodedPath(doi)}`]),
    ...(arxiv === null ? [] : [`https://arxiv.org/abs/${encodedPath(arxiv)}`]),
  ]
  return addresses.filter((address) => address !== url)
}

/** DOIs hold `#`, `?` and `<`, which end or break a path (DOI Handbook §2.5.2.4). */
const encodedPath = (text: string) => encodeURI(text.toWellFormed()).replace(/[?#]/g, encodeURIComponent)

import type { CitationType } from '../citations/citations.ts'
import type { AuthorName } from './author-name.ts'
import type { BibliographicItem } from './bibliographic-item.ts'
import { withUniqueKeys } from './citation-key.ts'

/** A date of CSL-JSON: year, month, day, as far as they are known. */
export interface CslDate {
  'date-parts': [number[]]
}

/** An item of CSL-JSON (CSL 1.0.2, `csl-data.json`): the variables that are written here. */
export interface CslItem {
  id: string
  type: CitationType
  'citation-key': string
  title?: string
  author?: AuthorName[]
  'container-title'?: string
  publisher?: string
  issued?: CslDate
  accessed?: CslDate
  URL?: string
  archive?: string
  archive_location?: string
  DOI?: string
  ISBN?: string
  number?: string
  genre?: string
  language?: string
  abstract?: string
  note?: string
}

/**
 * The items as CSL-JSON (CSL 1.0.2; media type `application/vnd.citationstyles.csl+json`), to be written by
 * `JSON.stringify`. Keys are made unique in the list. An archived copy is its host's `archive_location`; arXiv, for
 * which CSL has no variable, is in `number`, as Zotero writes it.
 */
export function cslJson(items: readonly BibliographicItem[]): CslItem[] {
  return withUniqueKeys(items).map((item) => ({
    id: item.id,
    type: item.type,
    'citation-key': item.id,
    ...given('title', item.title),
    ...(item.authors.length === 0 ? {} : { author: [...item.authors] }),
    ...given('container-title', item.containerTitle),
    ...given('publisher', item.publisher),
    ...given('issued', cslDate(item.publishedOn)),
    ...given('accessed', cslDate(item.accessedOn)),
    ...given('URL', item.url),
    ...given('archive', item.archiveUrl === null ? null : new URL(item.archiveUrl).hostname),
    ...given('archive_location', item.archiveUrl),
    ...given('DOI', item.doi),
    ...given('ISBN', item.isbn),
    ...given('number', item.arxiv === null ? null : `arXiv:${item.arxiv}`),
    ...given('genre', item.genre),
    ...given('language', item.language),
    ...given('abstract', item.abstract),
    ...given('note', item.note),
  }))
}

function given<Name extends keyof CslItem>(
  name: Name,
  value: CslItem[Name] | null,
): Pick<CslItem, Name> | object {
  return value === null ? {} : { [name]: value }
}

function cslDate(date: string | null): CslDate | null {
  return date === null ? null : { 'date-parts': [date.split('-').map(Number)] }
}

import type { CitationFields } from './citations.ts'

/** The fields of a work of which nothing is known. */
export const nothingKnown: Readonly<CitationFields> = {
  title: null,
  url: null,
  archiveUrl: null,
  doi: null,
  isbn: null,
  arxiv: null,
  publisher: null,
  containerTitle: null,
  authors: [],
  publishedOn: null,
  accessedOn: null,
  type: null,
}

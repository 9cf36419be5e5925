import type { CitationFields } from './citations.ts'
import type { Note } from './notes.ts'

/**
 * What a note says of the work it cites. Never a guess: what can't be told is null.
 * The title and url are the first link's; a bare url has no title.
 */
export function parseCitation(note: Note): CitationFields {
  return {
    title: note.firstLink?.title ?? null,
    url: note.firstLink?.url ?? null,
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
}

import type { CitationFields } from '#src/content/citations/citations.ts'
import { parseCitation } from '#src/content/citations/parse-citation.ts'
import type { Note } from '#src/content/markdown/notes.ts'
import { renderBody } from '#src/content/markdown/render.ts'

export type Said = Partial<CitationFields>

export const url = 'https://example.org/a'

/** The note that a footnote of a document makes. */
function noteOf(markdown: string): Note {
  const note = renderBody(`x[^1]\n\n[^1]: ${markdown}\n`).notes[0]
  if (note === undefined) throw new Error(`No note: ${markdown}`)
  return note
}

/** What the note says of its work: all fields. */
export function fieldsOf(markdown: string): CitationFields {
  return parseCitation(noteOf(markdown))
}

/** What the note says: the fields that are neither null nor empty. */
export function said(markdown: string): Said {
  const fields = Object.entries(fieldsOf(markdown))
  return Object.fromEntries(fields.filter(([, value]) => value !== null && value.length > 0))
}

/** Who made it and where it stands: those three fields, null and [] where the note does not say. */
export function makersIn(markdown: string): Said {
  const { publisher, containerTitle, authors } = fieldsOf(markdown)
  return { publisher, containerTitle, authors }
}

export const nobody = { publisher: null, containerTitle: null, authors: [] } as const

/** A footnote of a document: its definition, and where the text refers to it. */
export interface Note {
  /** As its definition writes it; `inline-1`, `inline-2` … for notes written in place (`^[…]`). */
  label: string
  /** Order of the first reference in the text, from 1; null when nothing refers to it. */
  ordinal: number | null
  /** Plain text, paragraphs on lines of their own. */
  text: string
  /** Sanitised, without back links. */
  html: string
  referenceCount: number
  /** The same text, block by block, with what the plain text leaves out. */
  blocks: readonly (readonly NoteRun[])[]
  /** The document's line on which the definition begins. */
  line: number
}

/** A stretch of a note. */
export interface NoteRun {
  text: string
  isEmphasised: boolean
  /** Where it leads, as written; null for what is no link to the web. `text` is the same where nothing else is said. */
  url: string | null
}

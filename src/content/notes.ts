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
  /** The first link; `title` is null where the text is the url itself. `url` is as written. */
  firstLink: { title: string | null; url: string } | null
  /** The document's line on which the definition begins. */
  line: number
}

import { escapeHtml } from './html-text.ts'
import type { NumberedNote } from './note-numbering.ts'
import type { Words } from './words.ts'

/** A note that is shown, with its sanitised html. */
export interface ShownNote {
  note: NumberedNote
  html: string
}

/**
 * The list of notes at the end of an article, as GitHub and DPUB-ARIA 1.1 mark it up: each note with a link back to
 * each of its references. Empty without notes.
 *
 * @param heading the notes' own heading in html, and its id; null when the author wrote none
 */
export function notesSection(
  notes: readonly ShownNote[],
  heading: { html: string; id: string } | null,
  words: Words,
): string {
  if (notes.length === 0) return ''
  const named =
    heading === null
      ? ` aria-label="${escapeHtml(words.notes)}"`
      : ` aria-labelledby="${escapeHtml(heading.id)}"`
  const items = notes.map(({ note, html }) => {
    return `<li id="${escapeHtml(note.definition.id)}">\n${withBackLinks(html, note, words)}</li>\n`
  })
  return `<section class="footnotes" role="doc-endnotes"${named}>\n${heading?.html ?? ''}<ol>\n${items.join('')}</ol>\n</section>\n`
}

function withBackLinks(html: string, { references, ordinal }: NumberedNote, words: Words): string {
  const links = references
    .map(({ id }, index) => {
      const number = index === 0 ? '' : `<sup>${index + 1}</sup>`
      const label = escapeHtml(words.backTo(`${ordinal}${index === 0 ? '' : `-${index + 1}`}`))
      return `<a href="#${escapeHtml(id)}" class="footnote-backref" role="doc-backlink" aria-label="${label}">↩${number}</a>`
    })
    .join(' ')
  const lastParagraph = /<\/p>\s*$/.exec(html)
  if (!lastParagraph) return `${html}<p>${links}</p>\n`
  return `${html.slice(0, lastParagraph.index)} ${links}</p>\n`
}

import { type MarkedOptions, Parser, type Token, type Tokens } from 'marked'
import { ArticleRenderer, referenceHtml } from './article-renderer.ts'
import type { ReferenceToken } from './footnotes.ts'
import { isHeading, notesHeading, type TocEntry, tocOf } from './headings.ts'
import type { NumberedNote } from './note-numbering.ts'
import { notesSection } from './notes-section.ts'
import { type HtmlPiece, sanitizePieces } from './sanitize.ts'

/** An article in html, with its table of contents and the html of each note. */
export interface ArticleHtml {
  html: string
  toc: TocEntry[]
  noteHtml: ReadonlyMap<NumberedNote, string>
}

/**
 * The html of what is shown: the text, then its notes under the heading that the author gave them. Sanitised.
 * @param ids ids of notes and references, which headings keep off
 */
export function articleHtml(
  tokens: readonly Token[],
  notes: readonly NumberedNote[],
  ids: ReadonlySet<string>,
  mediaBaseUrl: string | null,
): ArticleHtml {
  const shown = notes.filter((note) => note.ordinal !== null)
  const heading = shown.length === 0 ? null : notesHeading(tokens)
  const main = heading ? tokens.filter((token) => token !== heading) : tokens
  const inOrder = heading ? [...main, heading] : main
  const toc = tocOf([...inOrder, ...notes.flatMap((note) => note.definition.tokens)], ids)
  const options = parserOptions(toc, new Set([...ids, ...[...toc.values()].map(({ id }) => id)]))
  const blocks = [main, heading ? [heading] : [], ...notes.map((note) => note.definition.tokens)]
  const pieces = blocks.map((piece): HtmlPiece => {
    return { html: Parser.parse([...piece], options), isOurs: !piece.some(holdsRawHtml) }
  })
  const [mainHtml = '', headingHtml = '', ...clean] = sanitizePieces(pieces, { mediaBaseUrl, ids: new Set() })
  const noteHtml = new Map(notes.map((note, index) => [note, clean[index] ?? '']))
  const section = notesSection(
    shown.map((note) => ({ note, html: noteHtml.get(note) ?? '' })),
    heading && { html: headingHtml, id: toc.get(heading)?.id ?? '' },
  )
  const entries = inOrder.flatMap((token) => (isHeading(token) ? (toc.get(token) ?? []) : []))
  return { html: mainHtml + section, toc: entries, noteHtml }
}

function parserOptions(
  toc: ReadonlyMap<Tokens.Heading, TocEntry>,
  ids: ReadonlySet<string>,
): MarkedOptions<string, string> {
  return {
    gfm: true,
    renderer: new ArticleRenderer(toc, ids),
    extensions: {
      childTokens: {},
      renderers: {
        footnoteDefinition: () => '',
        footnoteReference: (token) => referenceHtml(token as ReferenceToken),
      },
    },
  }
}

function holdsRawHtml(token: Token): boolean {
  if (token.type === 'html') return true
  if (!token.raw?.includes('<')) return false
  if (token.type === 'list') return (token as Tokens.List).items.some(holdsRawHtml)
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table
    return [header, ...rows].some((row) => row.some((cell) => cell.tokens.some(holdsRawHtml)))
  }
  return 'tokens' in token && token.tokens !== undefined && token.tokens.some(holdsRawHtml)
}

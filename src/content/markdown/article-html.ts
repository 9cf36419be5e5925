import { Parser, type Token, type Tokens } from 'marked'
import { ArticleRenderer } from './article-renderer.ts'
import { type ContainerToken, isCalloutTitle } from './callouts.ts'
import { childBlocks } from './child-blocks.ts'
import type { FigureToken } from './figures.ts'
import type { ReferenceToken } from './footnotes.ts'
import { isHeading, notesHeading, type TocEntry, tocOf } from './headings.ts'
import { escapeText } from './html-text.ts'
import { asBrowsersReadIt } from './html-tree.ts'
import type { NumberedNote } from './note-numbering.ts'
import { notesSection } from './notes-section.ts'
import { sanitize } from './sanitize.ts'

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
  const allIds = new Set([...ids, ...[...toc.values()].map(({ id }) => id)])
  const render = (blocks: readonly Token[]) => renderPart(blocks, toc, allIds, mediaBaseUrl)
  const mainHtml = render(main)
  const headingHtml = heading ? render([heading]) : ''
  const noteHtml = new Map(notes.map((note) => [note, render(note.definition.tokens)]))
  const section = notesSection(
    shown.map((note) => ({ note, html: noteHtml.get(note) ?? '' })),
    heading && { html: headingHtml, id: toc.get(heading)?.id ?? '' },
  )
  const entries = inOrder.flatMap(sectionHeadings).flatMap((token) => toc.get(token) ?? [])
  return { html: mainHtml + section, toc: entries, noteHtml }
}

/** The headings that divide the text: those at its top, also within html, but none of quotes, lists, call-outs. */
function sectionHeadings(token: Token): Tokens.Heading[] {
  if (isHeading(token)) return [token]
  const isHtml = token.type === 'container' && !isCalloutTitle(childBlocks(token)[0])
  return isHtml ? childBlocks(token).flatMap(sectionHeadings) : []
}

/**
 * A part of an article, by itself, so that an element which it leaves open ends with it. The sanitiser takes 0.1 ms to
 * start, and there may be 5,000 notes: only what holds raw html needs it.
 */
function renderPart(
  blocks: readonly Token[],
  toc: ReadonlyMap<Tokens.Heading, TocEntry>,
  ids: Set<string>,
  mediaBaseUrl: string | null,
): string {
  const isRaw = blocks.some(holdsRawHtml)
  const renderer = new ArticleRenderer({ toc, mediaBaseUrl, holdsRawHtml: isRaw })
  const html = Parser.parse([...blocks], {
    gfm: true,
    renderer,
    extensions: {
      childTokens: {},
      renderers: {
        footnoteDefinition: () => '',
        footnoteReference: (token) => renderer.reference(token as ReferenceToken),
        container: (token) => renderer.container(token as ContainerToken),
        figure: (token) => renderer.figure(token as FigureToken),
        foreign: ({ raw }) => escapeText(raw),
      },
    },
  })
  return isRaw ? asBrowsersReadIt(sanitize(html, { mediaBaseUrl, ids })) : html
}

/** Is there html that the author wrote? Asked of every token: a list's `raw` may not be what its items hold. */
function holdsRawHtml(token: Token): boolean {
  if (token.type === 'html') return true
  if (token.type === 'list') return (token as Tokens.List).items.some(holdsRawHtml)
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table
    return [header, ...rows].some((row) => row.some((cell) => cell.tokens.some(holdsRawHtml)))
  }
  return 'tokens' in token && token.tokens !== undefined && token.tokens.some(holdsRawHtml)
}

import { Parser, type Token, type Tokens } from 'marked'
import { ArticleRenderer } from './article-renderer.ts'
import { type ContainerToken, isCalloutTitle } from './callouts.ts'
import { childBlocks } from './child-blocks.ts'
import type { FigureToken } from './figures.ts'
import type { ReferenceToken } from './footnotes.ts'
import { isHeading, notesHeading, type TocEntry, tocOf } from './headings.ts'
import type { SanitizedPart } from './html-findings.ts'
import { escapeText } from './html-text.ts'
import { asBrowsersReadIt } from './html-tree.ts'
import type { NumberedNote } from './note-numbering.ts'
import { notesSection } from './notes-section.ts'
import { withRawIdLinks } from './raw-ids.ts'
import { sanitize } from './sanitize.ts'
import type { Words } from './words.ts'

/** An article in html, with its table of contents and the html of each note. */
export interface ArticleHtml {
  html: string
  toc: TocEntry[]
  noteHtml: ReadonlyMap<NumberedNote, string>
  /** What was left out of raw html. */
  sanitized: SanitizedPart[]
}

/** How an article is written in html. */
export interface HtmlOptions {
  /** Relative addresses of images are resolved against it; null leaves them. */
  mediaBaseUrl: string | null
  words: Words
}

/**
 * The html of what is shown: the text, then its notes under the heading that the author gave them. Sanitised.
 * @param ids ids of notes and references, which headings keep off
 */
export function articleHtml(
  tokens: readonly Token[],
  notes: readonly NumberedNote[],
  ids: ReadonlySet<string>,
  { mediaBaseUrl, words }: HtmlOptions,
): ArticleHtml {
  const shown = notes.filter((note) => note.ordinal !== null)
  const heading = shown.length === 0 ? null : notesHeading(tokens)
  const main = heading ? tokens.filter((token) => token !== heading) : tokens
  const inOrder = heading ? [...main, heading] : main
  const toc = tocOf([...inOrder, ...notes.flatMap((note) => note.definition.tokens)], ids)
  const allIds = new Set([...ids, ...[...toc.values()].map(({ id }) => id)])
  const ownIds = allIds.size
  const sanitized: SanitizedPart[] = []
  const render = (blocks: readonly Token[]) =>
    renderPart(blocks, { toc, ids: allIds, mediaBaseUrl, words, sanitized })
  const mainHtml = render(main)
  const headingHtml = heading ? render([heading]) : ''
  const noteHtml = new Map(notes.map((note) => [note, render(note.definition.tokens)]))
  const section = notesSection(
    shown.map((note) => ({ note, html: noteHtml.get(note) ?? '' })),
    heading && { html: headingHtml, id: toc.get(heading)?.id ?? '' },
    words,
  )
  const entries = inOrder.flatMap(sectionHeadings).flatMap((token) => toc.get(token) ?? [])
  const html = mainHtml + section
  if (allIds.size === ownIds) return { html, toc: entries, noteHtml, sanitized }
  const linkedNotes = [...noteHtml].map(([note, part]) => [note, withRawIdLinks(part, allIds)] as const)
  return { html: withRawIdLinks(html, allIds), toc: entries, noteHtml: new Map(linkedNotes), sanitized }
}

/** The headings that divide the text: those at its top, also within html, but none of quotes, lists, call-outs. */
function sectionHeadings(token: Token): Tokens.Heading[] {
  if (isHeading(token)) return [token]
  const isHtml = token.type === 'container' && !isCalloutTitle(childBlocks(token)[0])
  return isHtml ? childBlocks(token).flatMap(sectionHeadings) : []
}

interface PartOptions extends HtmlOptions {
  toc: ReadonlyMap<Tokens.Heading, TocEntry>
  /** All ids of the article; those of raw html are added. */
  ids: Set<string>
  /** What was left out is added. */
  sanitized: SanitizedPart[]
}

/**
 * A part of an article, by itself, so that an element which it leaves open ends with it. The sanitiser takes 0.1 ms to
 * start, and there may be 5,000 notes: only what holds raw html needs it.
 */
function renderPart(
  blocks: readonly Token[],
  { toc, ids, mediaBaseUrl, words, sanitized }: PartOptions,
): string {
  const isRaw = blocks.some(holdsRawHtml)
  const renderer = new ArticleRenderer({ toc, mediaBaseUrl, words, holdsRawHtml: isRaw })
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
  if (!isRaw) return html
  const { html: safe, dropped } = sanitize(html, { mediaBaseUrl, ids })
  sanitized.push({ blocks, dropped })
  return asBrowsersReadIt(safe)
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

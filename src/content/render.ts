import type { Token, Tokens } from 'marked'
import { articleHtml } from './article-html.ts'
import { bodyFindings } from './body-findings.ts'
import { DocumentError } from './document-error.ts'
import { type Finding, warning } from './finding.ts'
import {
  collectDefinitions,
  type Definitions,
  definitionExtension,
  isDefinition,
  referenceExtensions,
} from './footnotes.ts'
import { isHeading, type TocEntry } from './headings.ts'
import { ArticleLexer, NestingTooDeep } from './markdown-lexer.ts'
import { type NumberedNote, numberNotes } from './note-numbering.ts'
import type { Note } from './notes.ts'
import { blockText, inlineText } from './plain-text.ts'
import { lineStarts, type Position, positionAt } from './text-position.ts'
import { type TextStatistics, textStatistics } from './text-statistics.ts'

export type { Note, TocEntry }

/** A body in all its derived forms. */
export interface Rendered {
  html: string
  toc: TocEntry[]
  /** In order of their first reference, then those that nothing refers to. */
  notes: Note[]
  /** The first heading of level 1; `opens` when nothing but blanks stands before it. */
  firstHeading: { text: string; opens: boolean } | null
  statistics: TextStatistics
  findings: Finding[]
}

export interface RenderOptions {
  /** The document's line on which the body starts; 1 without. */
  firstLine?: number
  /** Leaves the first heading of level 1 out of html and toc: it is the title, which is shown elsewhere. */
  omitTitleHeading?: boolean | ((heading: { text: string; opens: boolean }) => boolean)
  /** Relative addresses of images are resolved against it. */
  mediaBaseUrl?: string | null
}

/**
 * Renders a Markdown body: GFM with footnotes, heading ids, CJK-friendly emphasis; sanitised. Deterministic.
 * @throws DocumentError `too_deep` for a text that nests deeper than 50 levels
 */
export function renderBody(body: string, options: RenderOptions = {}): Rendered {
  const { text, removed } = withoutControls(body)
  const firstLine = options.firstLine ?? 1
  const { tokens, definitions } = lex(text, firstLine)
  const locate = locator(text, tokens, firstLine)
  const titleHeading =
    tokens.find((token): token is Tokens.Heading => isHeading(token) && token.depth === 1) ?? null
  const firstHeading = titleHeading && {
    text: inlineText(titleHeading.tokens),
    opens: tokens.slice(0, tokens.indexOf(titleHeading)).every((token) => token.type === 'space'),
  }
  const omit =
    typeof options.omitTitleHeading === 'function'
      ? options.omitTitleHeading
      : () => options.omitTitleHeading === true
  const shown = firstHeading && omit(firstHeading) ? tokens.filter((token) => token !== titleHeading) : tokens
  const ids = new Set<string>()
  const notes = numberNotes(shown, definitions, ids)
  const { html, toc, noteHtml } = articleHtml(shown, notes, ids, options.mediaBaseUrl ?? null)
  return {
    html,
    toc,
    notes: notes.map((note) => noteOf(note, noteHtml.get(note) ?? '', locate)),
    firstHeading,
    statistics: textStatistics(shown),
    findings: [...controlFindings(removed, firstLine), ...bodyFindings(tokens, definitions, notes, locate)],
  }
}

function lex(text: string, firstLine: number): { tokens: Token[]; definitions: Definitions } {
  let definitions: Definitions | null = null
  const definitionsOf = () => {
    definitions ??= collectDefinitions(lexer.tokens)
    return definitions
  }
  const references = referenceExtensions(definitionsOf)
  const lexer = new ArticleLexer({
    gfm: true,
    extensions: {
      renderers: {},
      childTokens: {},
      block: [definitionExtension.tokenizer],
      inline: references.map(({ tokenizer }) => tokenizer),
    },
  })
  try {
    const tokens = lexer.lex(text)
    return { tokens, definitions: definitionsOf() }
  } catch (error) {
    if (!(error instanceof NestingTooDeep)) throw error
    const offset = Math.max(0, text.indexOf(error.excerpt.slice(0, 100)))
    const place = positionAt(lineStarts(text), offset)
    const message = 'The text is nested too deeply: quotes, lists, emphasis or notes within each other.'
    const hint = 'At most 50 levels are read.'
    const at = { line: firstLine + place.line - 1, column: place.column }
    throw new DocumentError([{ code: 'too_deep', field: null, message, ...at, hint }])
  }
}

function noteOf(note: NumberedNote, html: string, locate: (needle: string) => Position | null): Note {
  const { definition, label, ordinal, references } = note
  return {
    label,
    ordinal,
    text: blockText(definition.tokens),
    html,
    referenceCount: references.length,
    firstLink: firstLink(definition.tokens),
    line: locate(definition.raw)?.line ?? 1,
  }
}

function firstLink(tokens: readonly Token[]): Note['firstLink'] {
  for (const token of tokens) {
    if (token.type === 'link') {
      const { href, tokens: inner, autolink } = token as Tokens.Link
      if (/^https?:\/\//i.test(href)) {
        const text = inlineText(inner)
        return { title: autolink || text === href || text === '' ? null : text, url: href }
      }
    }
    const inner =
      token.type === 'list' ? (token as Tokens.List).items : 'tokens' in token ? (token.tokens ?? []) : []
    const found = isDefinition(token) ? null : firstLink(inner)
    if (found) return found
  }
  return null
}

const control = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/g

/** The body as it is rendered: control characters, which neither html nor feeds may hold, are blanks or nothing. */
function withoutControls(body: string): {
  text: string
  removed: { char: string; line: number; column: number }[]
} {
  const text = body.replace(/\r\n?/g, '\n')
  if (text.search(control) < 0) return { text, removed: [] }
  const starts = lineStarts(text)
  const removed = [...text.matchAll(control)].slice(0, 20).map((match) => ({
    char: `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    ...positionAt(starts, match.index),
  }))
  return { text: text.replace(control, (char) => (char === '\v' || char === '\f' ? ' ' : '')), removed }
}

function controlFindings(
  removed: readonly { char: string; line: number; column: number }[],
  firstLine: number,
): Finding[] {
  return removed.map(({ char, line, column }) =>
    warning(
      'control-character',
      `The control character ${char} is not shown.`,
      { line: firstLine + line - 1, column },
      'Remove it.',
    ),
  )
}

/** Lexing keeps each block's source, so the places of top-level blocks are the sums of their lengths. */
function locator(text: string, tokens: readonly Token[], firstLine: number) {
  let starts: readonly number[] | null = null
  const offsets = new Map<Token, number>()
  let at = 0
  for (const token of tokens) {
    offsets.set(token, at)
    at += token.raw.length
  }
  return (needle: string, block?: Token): Position | null => {
    const [firstLineOfNeedle = ''] = needle.trimStart().split('\n', 1)
    const offset = text.indexOf(firstLineOfNeedle, block ? (offsets.get(block) ?? 0) : 0)
    if (offset < 0) return null
    starts ??= lineStarts(text)
    const { line, column } = positionAt(starts, offset)
    return { line: firstLine + line - 1, column }
  }
}

import type { Token, Tokens } from 'marked'
import { articleHtml } from './article-html.ts'
import { bodyFindings } from './body-findings.ts'
import { BodyPlaces } from './body-places.ts'
import { DocumentError } from './document-error.ts'
import { type Finding, warning } from './finding.ts'
import {
  collectDefinitions,
  type Definitions,
  definitionExtension,
  isDefinition,
  referenceExtension,
} from './footnotes.ts'
import { isHeading, type TocEntry } from './headings.ts'
import { limits } from './limits.ts'
import { ArticleLexer } from './markdown-lexer.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'
import { type NumberedNote, numberNotes } from './note-numbering.ts'
import type { Note } from './notes.ts'
import { blockText, inlineText } from './plain-text.ts'
import { type TextStatistics, textStatistics } from './text-statistics.ts'

export type { Note, TocEntry }

/** The first heading of level 1; `opens` when nothing but blanks stands before it. */
export interface FirstHeading {
  text: string
  opens: boolean
}

/** A body in all its derived forms. */
export interface Rendered {
  html: string
  toc: TocEntry[]
  /** In order of their first reference, then those that nothing refers to. */
  notes: Note[]
  firstHeading: FirstHeading | null
  statistics: TextStatistics
  findings: Finding[]
}

export interface RenderOptions {
  /** The document's line on which the body starts; 1 without. */
  firstLine?: number
  /** Is this heading the title, which is shown elsewhere? Then html and toc leave it out. */
  isTitle?: (heading: FirstHeading) => boolean
  /** Relative addresses of images are resolved against it. */
  mediaBaseUrl?: string | null
}

/**
 * Renders a Markdown body: GFM with footnotes, heading ids, CJK-friendly emphasis; sanitised. Deterministic.
 * @throws DocumentError `too_deep` for a text that nests deeper than 50 levels (raw html: 200), `too_large` for one
 * with more notes than an article may have
 */
export function renderBody(body: string, options: RenderOptions = {}): Rendered {
  const { text, removed } = withoutControls(body)
  try {
    return renderText(text, removed, options)
  } catch (error) {
    if (!(error instanceof NestingTooDeep)) throw error
    const offset = Math.max(0, text.indexOf(error.excerpt.slice(0, 100)))
    const message = 'The text is nested too deeply: quotes, lists, emphasis, notes or html within each other.'
    const place = new BodyPlaces(text, [], options.firstLine ?? 1).at(offset)
    throw new DocumentError([
      { code: 'too_deep', field: null, message, ...place, hint: 'At most 50 levels are read.' },
    ])
  }
}

function renderText(text: string, removed: readonly Control[], options: RenderOptions): Rendered {
  const firstLine = options.firstLine ?? 1
  const { tokens, definitions } = lex(text)
  const titleHeading =
    tokens.find((token): token is Tokens.Heading => isHeading(token) && token.depth === 1) ?? null
  const firstHeading = titleHeading && {
    text: inlineText(titleHeading.tokens),
    opens: tokens.slice(0, tokens.indexOf(titleHeading)).every((token) => token.type === 'space'),
  }
  const isTitleShownElsewhere = firstHeading !== null && options.isTitle?.(firstHeading) === true
  const shown = isTitleShownElsewhere ? tokens.filter((token) => token !== titleHeading) : tokens
  const ids = new Set<string>()
  const notes = numberNotes(shown, definitions, ids)
  refuseTooMany(notes, firstLine)
  const { html, toc, noteHtml } = articleHtml(shown, notes, ids, options.mediaBaseUrl ?? null)
  const places = new BodyPlaces(text, tokens, firstLine)
  return {
    html,
    toc,
    notes: notes.map((note) => noteOf(note, noteHtml.get(note) ?? '', places)),
    firstHeading,
    statistics: textStatistics(shown),
    findings: [...controlFindings(removed, places), ...bodyFindings(tokens, definitions, notes, places)],
  }
}

function lex(text: string): { tokens: Token[]; definitions: Definitions } {
  let definitions: Definitions | null = null
  const definitionsOf = () => {
    definitions ??= collectDefinitions(lexer.tokens)
    return definitions
  }
  const lexer = new ArticleLexer({
    gfm: true,
    extensions: {
      renderers: {},
      childTokens: {},
      block: [definitionExtension.tokenizer],
      inline: [referenceExtension(definitionsOf).tokenizer],
    },
  })
  const tokens = lexer.lex(text)
  return { tokens, definitions: definitionsOf() }
}

/** Each note and each reference is a link in html, and each note a citation. */
function refuseTooMany(notes: readonly NumberedNote[], firstLine: number): void {
  const references = notes.reduce((sum, note) => sum + note.references.length, 0)
  if (notes.length <= limits.citations && references <= limits.references) return
  const message =
    notes.length > limits.citations
      ? `The text has ${notes.length} notes; at most ${limits.citations} fit.`
      : `The text refers to notes ${references} times; at most ${limits.references} fit.`
  throw new DocumentError([{ code: 'too_large', field: null, message, line: firstLine, column: 1 }])
}

function noteOf(note: NumberedNote, html: string, places: BodyPlaces): Note {
  const { definition, label, ordinal, references } = note
  return {
    label,
    ordinal,
    text: blockText(definition.tokens),
    html,
    referenceCount: references.length,
    firstLink: firstLink(definition.tokens),
    line: places.ofDefinition(definition)?.line ?? 1,
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

interface Control {
  char: string
  offset: number
}

/** The body as it is rendered: control characters, which neither html nor feeds may hold, are blanks or nothing. */
function withoutControls(body: string): { text: string; removed: Control[] } {
  const text = body.replace(/\r\n?/g, '\n')
  if (text.search(control) < 0) return { text, removed: [] }
  let gone = 0
  const removed = [...text.matchAll(control)].slice(0, 20).map((match): Control => {
    const char = `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    const offset = match.index - gone
    if (blankOf(match[0]) === '') gone++
    return { char, offset }
  })
  return { text: text.replace(control, blankOf), removed }
}

function blankOf(char: string): string {
  return char === '\v' || char === '\f' ? ' ' : ''
}

function controlFindings(removed: readonly Control[], places: BodyPlaces): Finding[] {
  return removed.map(({ char, offset }) =>
    warning(
      'control-character',
      `The control character ${char} is not shown.`,
      places.at(offset),
      'Remove it.',
    ),
  )
}

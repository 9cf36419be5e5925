import type { Token, Tokens } from 'marked'
import { DocumentError } from '../document-error.ts'
import type { Finding } from '../finding.ts'
import { limits } from '../limits.ts'
import { TooMuchText } from '../too-much-text.ts'
import { type ArticleHtml, articleHtml } from './article-html.ts'
import { shownReferenceIds } from './article-renderer.ts'
import { bodyFindings } from './body-findings.ts'
import { BodyPlaces } from './body-places.ts'
import { containerExtension } from './callouts.ts'
import { readableBody } from './control-characters.ts'
import { figureExtension } from './figures.ts'
import {
  collectDefinitions,
  type Definitions,
  type DefinitionToken,
  definitionExtension,
  type ReferenceToken,
  referenceExtension,
} from './footnotes.ts'
import { foreignExtension } from './foreign-markup.ts'
import { isHeading, type TocEntry } from './headings.ts'
import { markdownInHtmlExtension } from './markdown-in-html.ts'
import { ArticleLexer } from './markdown-lexer.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'
import { type NumberedNote, numberNotes, visitReferences } from './note-numbering.ts'
import { noteBlocks } from './note-runs.ts'
import type { Note } from './notes.ts'
import { blockText, inlineText } from './plain-text.ts'
import { type TextStatistics, textStatistics } from './text-statistics.ts'
import { wordsFor } from './words.ts'

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
  /** The article's language (BCP 47), for the few words that are ours; by the text without one. */
  locale?: string | null
}

/**
 * Renders a Markdown body: GFM with footnotes, heading ids, CJK-friendly emphasis; sanitised. Deterministic.
 * @throws DocumentError `too_deep` for a text that nests deeper than 50 levels (raw html: 200), `too_large` for one
 * with more notes than an article may have, or with a list item of more than 5,000 lines
 */
export function renderBody(body: string, options: RenderOptions = {}): Rendered {
  const { text, findings } = readableBody(body, options.firstLine ?? 1)
  try {
    return renderText(text, findings, options)
  } catch (error) {
    if (error instanceof NestingTooDeep || error instanceof TooMuchText) throw refusal(error, text, options)
    throw error
  }
}

function refusal(error: NestingTooDeep | TooMuchText, text: string, options: RenderOptions): DocumentError {
  const offset = Math.max(0, text.indexOf(error.excerpt.slice(0, 100)))
  const place = new BodyPlaces(text, [], options.firstLine ?? 1).at(offset)
  if (error instanceof TooMuchText) {
    const hint = 'Put a blank line where the item ends.'
    return new DocumentError([{ code: 'too_large', field: null, message: error.message, ...place, hint }])
  }
  const message = 'The text is nested too deeply: quotes, lists, emphasis, notes or html within each other.'
  const hint = 'At most 50 levels are read.'
  return new DocumentError([{ code: 'too_deep', field: null, message, ...place, hint }])
}

function renderText(text: string, characters: readonly Finding[], options: RenderOptions): Rendered {
  const firstLine = options.firstLine ?? 1
  const lexed = lex(text)
  const { tokens, definitions } = lexed
  const titleHeading =
    tokens.find((token): token is Tokens.Heading => isHeading(token) && token.depth === 1) ?? null
  const firstHeading = titleHeading && {
    text: inlineText(titleHeading.tokens),
    opens: tokens.slice(0, tokens.indexOf(titleHeading)).every((token) => token.type === 'space'),
  }
  const isTitleShownElsewhere = firstHeading !== null && options.isTitle?.(firstHeading) === true
  const shown = isTitleShownElsewhere ? tokens.filter((token) => token !== titleHeading) : tokens
  const title = isTitleShownElsewhere && titleHeading ? titleHeading.tokens : []
  const { notes, html, toc, noteHtml, sanitized } = renderShown({ text, shown, title, definitions }, options)
  const places = new BodyPlaces(text, tokens, firstLine)
  const inTitle = new Set<DefinitionToken>()
  visitReferences(title, ({ definition }) => inTitle.add(definition))
  const of = { ...lexed, notes, inTitle, sanitized }
  return {
    html,
    toc,
    notes: notes.map((note) => noteOf(note, noteHtml.get(note) ?? '', places)),
    firstHeading,
    statistics: textStatistics(shown),
    findings: [...characters, ...bodyFindings(of, places)],
  }
}

interface Lexed {
  tokens: Token[]
  definitions: Definitions
  usedDefinitions: ReadonlySet<string>
  hasLinkDefinitions: boolean
  hasDoubtfulAddresses: boolean
}

function lex(text: string): Lexed {
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
      block: [
        definitionExtension.tokenizer,
        containerExtension.tokenizer,
        figureExtension.tokenizer,
        markdownInHtmlExtension.tokenizer,
      ],
      inline: [referenceExtension(definitionsOf).tokenizer, foreignExtension.tokenizer],
    },
  })
  const tokens = lexer.lex(text)
  const { usedDefinitions, hasDoubtfulAddresses } = lexer
  const hasLinkDefinitions = Object.keys(tokens.links).length > 0
  return { tokens, definitions: definitionsOf(), usedDefinitions, hasLinkDefinitions, hasDoubtfulAddresses }
}

interface Readable {
  text: string
  /** What readers see. */
  shown: readonly Token[]
  /** The title, where it is shown elsewhere. */
  title: readonly Token[]
  definitions: Definitions
}

type Shown = ArticleHtml & { notes: NumberedNote[] }

/**
 * What readers see, with its notes. A reference that vanished with the raw html around it (`<textarea>[^1]`) is none:
 * then all is numbered once more. Once is enough, as without it there are only fewer.
 */
function renderShown(readable: Readable, options: RenderOptions): Shown {
  const first = renderOnce(readable, options, new Set())
  const references = first.notes.flatMap((note) => note.references)
  const ids = shownReferenceIds(first.html)
  const hidden = references.filter(({ id }) => !ids.has(id))
  if (hidden.length === 0) return first
  for (const reference of references) reference.ordinal = 0
  return renderOnce(readable, options, new Set(hidden))
}

function renderOnce(
  { text, shown, title, definitions }: Readable,
  { firstLine, mediaBaseUrl, locale }: RenderOptions,
  hidden: ReadonlySet<ReferenceToken>,
): Shown {
  const ids = new Set<string>()
  const notes = numberNotes(shown, definitions, ids, hidden, title)
  refuseTooMany(notes, firstLine ?? 1)
  const words = wordsFor(locale ?? null, text)
  return { notes, ...articleHtml(shown, notes, ids, { mediaBaseUrl: mediaBaseUrl ?? null, words }) }
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
    blocks: noteBlocks(definition.tokens),
    line: places.ofDefinition(definition)?.line ?? 1,
  }
}

import type { Token, TokenizerExtension, Tokens } from 'marked'
import { normalizeLabel } from '../citations/citations.ts'
import { definitionStart } from './article-grammar.ts'
import { childBlocks } from './child-blocks.ts'
import type { ArticleLexer } from './markdown-lexer.ts'

/** `[^label]: …` with its blocks. */
export interface DefinitionToken extends Tokens.Generic {
  type: 'footnoteDefinition'
  label: string
  tokens: Token[]
  /** Its id in html, `fn-<label>`; set when notes are numbered. */
  id: string
}

/** `[^label]`, once its note is known; `id` is set when references are numbered. */
export interface ReferenceToken extends Tokens.Generic {
  type: 'footnoteReference'
  definition: DefinitionToken
  id: string
  ordinal: number
}

/** The definitions of a text: the first of each label, and those that came too late. */
export interface Definitions {
  byLabel: Map<string, DefinitionToken>
  duplicates: DefinitionToken[]
  /** Labels that the text refers to and nothing defines, as written. */
  undefinedLabels: Set<string>
}

/** Is this token a footnote definition? */
export function isDefinition(token: Token): token is DefinitionToken {
  return token.type === 'footnoteDefinition'
}

/** Is this a definition, or a list or a quote in which there is nothing else (`- [^1]: …`)? Then nothing of it is shown here. */
export function holdsOnlyDefinitions(token: Token): boolean {
  if (isDefinition(token)) return true
  if (token.type !== 'list' && token.type !== 'list_item' && token.type !== 'blockquote') return false
  const blocks = childBlocks(token).filter(({ type }) => type !== 'space' && type !== 'def')
  return blocks.length > 0 && blocks.every(holdsOnlyDefinitions)
}

/** Is this token a reference to a footnote? */
export function isReference(token: Token): token is ReferenceToken {
  return token.type === 'footnoteReference'
}

/** The definitions among block tokens, at any depth. */
export function collectDefinitions(tokens: readonly Token[]): Definitions {
  const definitions: Definitions = { byLabel: new Map(), duplicates: [], undefinedLabels: new Set() }
  collect(tokens, definitions)
  return definitions
}

function collect(tokens: readonly Token[], definitions: Definitions): void {
  for (const token of tokens) {
    if (isDefinition(token)) {
      const key = normalizeLabel(token.label)
      if (definitions.byLabel.has(key)) definitions.duplicates.push(token)
      else definitions.byLabel.set(key, token)
    }
    collect(isDefinition(token) ? token.tokens : childBlocks(token), definitions)
  }
}

/**
 * Reads definitions (`[^1]: …`, several paragraphs by indentation), before marked takes them for link definitions,
 * which lose every note that is written without blanks: as Chinese is.
 */
export const definitionExtension: TokenizerExtension = {
  name: 'footnoteDefinition',
  level: 'block',
  tokenizer(src): DefinitionToken | undefined {
    const first = src.charCodeAt(0)
    if (first !== 91 && first !== 32) return undefined // [ or blank
    const start = definitionStart.exec(src)
    if (!start) return undefined
    const { raw, content } = definitionAt(src, start[0].length)
    const lexer = this.lexer as unknown as ArticleLexer
    const tokens = lexer.blocksOfNote(content)
    return { type: 'footnoteDefinition', raw, label: (start[1] ?? '').trim(), tokens, id: '' }
  },
}

const reference = /^\[\^([^[\]\n]{1,200})\]/
// Closing brackets are looked for this far, and no more often than this in vain: hostile input is all `^[`.
const maxInlineNoteLength = 4_000
const maxUnclosedNotes = 200

/**
 * Reads references and notes written in place (Pandoc's `^[…]`). What refers to nothing stays text.
 * @param definitions of the text; asked for when the first line is lexed, after all blocks
 */
export function referenceExtension(definitions: () => Definitions): TokenizerExtension {
  let unclosedNotes = 0
  return {
    name: 'footnoteReference',
    level: 'inline',
    tokenizer(src): ReferenceToken | undefined {
      const first = src.charCodeAt(0)
      if ((first !== 91 && first !== 94) || this.lexer.state.inRawBlock) return undefined // [ or ^
      if (src.startsWith('[^')) return referenceAt(src, definitions())
      if (!src.startsWith('^[') || unclosedNotes > maxUnclosedNotes) return undefined
      const end = closingBracket(src)
      if (end === null) unclosedNotes++
      return end === null
        ? undefined
        : noteInPlace(src.slice(0, end + 1), (text) => this.lexer.inlineTokens(text))
    },
  }
}

function referenceAt(src: string, definitions: Definitions): ReferenceToken | undefined {
  const match = reference.exec(src)
  if (!match) return undefined
  const label = (match[1] ?? '').trim()
  const definition = definitions.byLabel.get(normalizeLabel(label))
  if (definition) return { type: 'footnoteReference', raw: match[0], definition, id: '', ordinal: 0 }
  const after = src.slice(match[0].length, match[0].length + 3)
  if (!after.startsWith('(') && !isCharacterClass(label, after)) definitions.undefinedLabels.add(label)
  return undefined
}

function noteInPlace(raw: string, lex: (text: string) => Token[]): ReferenceToken | undefined {
  const text = raw.slice(2, -1)
  if (text.trim() === '') return undefined
  const tokens = [{ type: 'paragraph', raw: text, text, tokens: lex(text) }]
  const definition: DefinitionToken = { type: 'footnoteDefinition', raw, label: '', tokens, id: '' }
  return { type: 'footnoteReference', raw, definition, id: '', ordinal: 0 }
}

/** `[^a-z]`, `[^\s]`, `[^abc]+`: a class of a regular expression that somebody wrote about. */
function isCharacterClass(label: string, after: string): boolean {
  const isRepeated = /^(?:\+|\{\d|[*?][)$/|]|\)[+*?{])/.test(after)
  return isRepeated || /\\|^(?:.-.)+$|[a-z0-9]-[a-z0-9]_|^[^\p{L}\p{N}]+$/u.test(label)
}

function closingBracket(src: string): number | null {
  let depth = 0
  const last = Math.min(src.length, maxInlineNoteLength)
  for (let at = 1; at < last; at++) {
    const unit = src.charCodeAt(at)
    if (unit === 92)
      at++ // backslash
    else if (unit === 91) depth++
    else if (unit === 93 && --depth === 0) return at
  }
  return null
}

// What a lazy line (one that continues a paragraph without indentation) must not begin.
const blockStart =
  /^ {0,3}(?:#{1,6}(?:\s|$)|>|```|~~~|[*+-][ \t]|\d{1,9}[.)][ \t]|<\/?[a-z]|(?:[-*_][ \t]*){3,}$|\[\^[^\]\n]+\][:：]|\|)/i
const indented = /^(?: {4}|(?: {0,3})\t)/

/**
 * How far a definition goes, and what it holds: its first line, lines that continue the paragraph, and every block
 * that is indented by four blanks or a tab. A first line may be empty.
 */
function definitionAt(src: string, from: number): { raw: string; content: string } {
  const lines: string[] = []
  let at = 0
  let end = 0
  let blanks = 0
  let inFence = false
  while (at < src.length || lines.length === 0) {
    const lineEnd = src.indexOf('\n', at)
    const next = lineEnd < 0 ? src.length : lineEnd + 1
    const line = src.slice(lines.length === 0 ? from : at, lineEnd < 0 ? src.length : lineEnd)
    const isBlank = line.trim() === ''
    const isFirst = lines.length === 0
    if (!isFirst && isBlank) blanks++
    else if (isFirst || indented.test(line)) {
      lines.push(...Array<string>(blanks).fill(''), isFirst ? line.trimStart() : line.replace(indented, ''))
      if (/^ {0,3}(?:```|~~~)/.test(lines.at(-1) ?? '')) inFence = !inFence
      blanks = 0
    } else if (blanks === 0 && !inFence && !blockStart.test(line)) lines.push(line)
    else break
    at = next
    if (blanks === 0) end = lineEnd < 0 ? src.length : next
  }
  return { raw: src.slice(0, end), content: lines.join('\n') }
}

import type { Token, TokenizerExtension, Tokens } from 'marked'
import type { ArticleLexer, TextRange } from './markdown-lexer.ts'
import type { Words } from './words.ts'

/** The kinds of call-out that GitHub has, and the folded block of VuePress and Docusaurus. */
type CalloutKind = 'note' | 'tip' | 'important' | 'warning' | 'caution' | 'details'

/** The first block of a call-out: its kind, and the title that its author gave it, if any. */
export interface CalloutTitleToken extends Tokens.Generic {
  type: 'calloutTitle'
  kind: CalloutKind
  /** Can readers fold it, and is it folded at first? */
  fold: 'open' | 'closed' | null
  /** Inline; empty without a title of the author's. */
  tokens: Token[]
}

/** Blocks that stand together: a call-out (its first block is its title) or Markdown inside html. */
export interface ContainerToken extends Tokens.Generic {
  type: 'container'
  tokens: Token[]
}

// GitHub's five, and the names that Obsidian, VuePress, Docusaurus and MkDocs have for them.
const kinds: Readonly<Record<string, CalloutKind>> = {
  note: 'note',
  info: 'note',
  tip: 'tip',
  hint: 'tip',
  success: 'tip',
  important: 'important',
  warning: 'warning',
  warn: 'warning',
  attention: 'warning',
  caution: 'caution',
  danger: 'caution',
  error: 'caution',
}

/** Is this token a call-out's title? */
export function isCalloutTitle(token: Token | undefined): token is CalloutTitleToken {
  return token?.type === 'calloutTitle'
}

const marker = /^\[!([a-z]{1,20})\]([+-]?)(?:[ \t]+([^\n]*))?(?:\n|$)/i

/** The name of the call-out that a quote's text opens with (`[!NOTE]`), known or not; null when it opens with none. */
export function calloutName(text: string): string | null {
  return marker.exec(text)?.[1] ?? null
}

/**
 * Makes a quote that opens with `[!NOTE]` a call-out: GitHub's alerts, with the titles and folds of Obsidian.
 * @param firstQueued how many inline runs were waiting before the quote was lexed
 */
export function markCallout(quote: Tokens.Blockquote, lexer: ArticleLexer, firstQueued: number): void {
  const [first] = quote.tokens
  if (first?.type !== 'paragraph') return
  const paragraph = first as Tokens.Paragraph
  const match = marker.exec(paragraph.text)
  const kind = kinds[match?.[1]?.toLowerCase() ?? '']
  if (!match || kind === undefined) return
  const fold = match[2] === '-' ? 'closed' : match[2] === '+' ? 'open' : null
  const queued = lexer.inlineQueue.slice(firstQueued).find(({ tokens }) => tokens === paragraph.tokens)
  paragraph.text = paragraph.text.slice(match[0].length)
  if (queued) queued.src = paragraph.text
  const rest = paragraph.text.trim() === '' ? quote.tokens.slice(1) : quote.tokens
  quote.tokens = [calloutTitle(kind, fold, match[3] ?? '', lexer), ...rest]
}

function calloutTitle(
  kind: CalloutKind,
  fold: CalloutTitleToken['fold'],
  title: string,
  lexer: ArticleLexer,
): CalloutTitleToken {
  const text = title.trim()
  return { type: 'calloutTitle', raw: title, kind, fold, tokens: text === '' ? [] : lexer.inline(text) }
}

/** The start of a container: `:::note`, `::: tip Title`, `:::warning[Title]`, `:::: details`. */
export const containerStart = ' {0,3}:{3,}[ \\t]*[a-zA-Z]'
const openingLine =
  /^ {0,3}(:{3,})[ \t]*([a-z]{1,20})(?![\w-])[ \t]*(?:\[([^\]\n]*)\])?[ \t]*(?:\{[^}\n]*\})?([^\n]*)(?:\n|$)/i
const fenceLine = /^ {0,3}(?:(:{3,})[ \t]*([^\n]*)|(`{3,}|~{3,})[^\n]*)(?:\n|$)/gm

/** Reads containers (`:::note … :::`) as call-outs. One of an unknown name, or that is never closed, stays text. */
export const containerExtension: TokenizerExtension = {
  name: 'container',
  level: 'block',
  tokenizer(src): ContainerToken | Tokens.Generic | undefined {
    const first = src.charCodeAt(0)
    if (first !== 58 && first !== 32) return undefined // : or blank
    const opening = openingLine.exec(src)
    if (!opening) return undefined
    const [line, fence = '', name = '', bracketed, rest = ''] = opening
    const kind = name.toLowerCase() === 'details' ? 'details' : kinds[name.toLowerCase()]
    const lexer = this.lexer as unknown as ArticleLexer
    const end = kind === undefined ? null : lexer.closing(() => closingFence(src, line.length, fence.length))
    if (kind === undefined || end === null) return lineOfText(line, lexer)
    const content = src.slice(line.length, end.from)
    const title = calloutTitle(kind, kind === 'details' ? 'closed' : null, bracketed ?? rest, lexer)
    return { type: 'container', raw: src.slice(0, end.to), tokens: [title, ...lexer.blocksOf(content)] }
  },
}

/** A line by itself: marked would join all that follow each other, and copy what it has for each (quadratic). */
function lineOfText(raw: string, lexer: ArticleLexer): Tokens.Generic {
  const text = raw.trim()
  return { type: lexer.state.top ? 'paragraph' : 'text', raw, text, tokens: lexer.inline(text) }
}

/** The line that closes a container whose content begins at `from`: containers inside it have lines of their own. */
function closingFence(src: string, from: number, length: number): TextRange | null {
  const open: number[] = []
  let code: string | null = null
  fenceLine.lastIndex = from
  for (let match = fenceLine.exec(src); match; match = fenceLine.exec(src)) {
    const [line, colons = '', name = '', ticks] = match
    if (ticks !== undefined) {
      if (code === null) code = ticks
      else if (ticks.startsWith(code)) code = null
    } else if (code !== null) continue
    else if (name.trim() !== '') open.push(colons.length)
    else {
      while (open.length > 0 && (open.at(-1) ?? 0) < colons.length) open.pop()
      if (open.length === 0 && colons.length >= length)
        return { from: match.index, to: match.index + line.length }
      open.pop()
    }
  }
  return null
}

/**
 * A call-out in html: a note (WAI-ARIA 1.2) under its title, or what readers unfold.
 * @param title in html; the kind's name when it is empty
 */
export function calloutHtml(
  { kind, fold }: CalloutTitleToken,
  title: string,
  content: string,
  words: Words,
): string {
  const shown = title === '' ? words.callouts[kind] : title
  const classes = kind === 'details' ? '' : ` class="callout callout-${kind}"`
  if (fold !== null) {
    const open = fold === 'open' ? ' open' : ''
    return `<details${classes}${open}>\n<summary>${shown}</summary>\n${content}</details>\n`
  }
  return `<div${classes} role="note">\n<p class="callout-title">${shown}</p>\n${content}</div>\n`
}

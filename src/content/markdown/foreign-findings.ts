import type { Token, Tokens } from 'marked'
import { type Finding, warning } from '../finding.ts'
import type { BodyPlaces } from './body-places.ts'
import { calloutName } from './callouts.ts'
import type { ForeignToken } from './foreign-markup.ts'

/** What readers see as it is written, since only the system that it was written for knows it. */
interface Foreign {
  source: string
  what: string
  hint: string
}

/**
 * The markup of other systems in a top-level block, in reading order: shortcodes, wiki links, attribute lists,
 * `[TOC]`, call-outs of unknown kinds.
 */
export function foreignFindings(block: Token, places: BodyPlaces): Finding[] {
  const found = [...foreignIn([block])]
  if (found.length === 0) return []
  const placeOf = places.within(block)
  return found.map(({ source, what, hint }) => {
    const shown = source.replace(/\s+/g, ' ')
    const named = shown.length > 60 ? `${shown.slice(0, 59)}…` : shown
    return warning(
      'shortcode-unknown',
      `${named} is ${what}, and shown as it is written.`,
      placeOf(source),
      hint,
    )
  })
}

function* foreignIn(tokens: readonly Token[]): Generator<Foreign> {
  for (const token of tokens) {
    if (token.type === 'foreign') yield ofForeignToken(token as ForeignToken)
    else if (isParagraph(token)) yield* ofParagraph(token.raw)
    else if (token.type === 'blockquote') yield* ofQuote(token as Tokens.Blockquote)
    if (token.type === 'list') yield* foreignIn((token as Tokens.List).items)
    else if (token.type === 'table') yield* foreignInTable(token as Tokens.Table)
    else if ('tokens' in token && token.tokens) yield* foreignIn(token.tokens)
  }
}

// In a tight list item, a paragraph is a text of inline tokens.
function isParagraph(token: Token): boolean {
  return token.type === 'paragraph' || (token.type === 'text' && 'tokens' in token)
}

function foreignInTable({ header, rows }: Tokens.Table): Generator<Foreign> {
  return foreignIn([header, ...rows].flatMap((row) => row.flatMap(({ tokens }) => tokens)))
}

function ofForeignToken({ raw, kind }: ForeignToken): Foreign {
  if (kind === 'wikilink') {
    return { source: raw, what: 'a link of a wiki', hint: 'Write [text](address).' }
  }
  if (kind === 'attributes') {
    return { source: raw, what: 'a list of attributes', hint: 'Remove it.' }
  }
  if (/^\{\{[<%]\s*figure\b/.test(raw)) {
    const hint = 'Give it a line of its own, and src="…"; every value belongs in quotes.'
    return { source: raw, what: 'a figure that can not be read', hint }
  }
  return { source: raw, what: 'a shortcode that is not known', hint: 'Write what it stands for.' }
}

const tocMarker = /^(?:@?\[_?toc_?\](?:\([^)\n]*\))?|\$\{toc\})$/i

function* ofParagraph(raw: string): Generator<Foreign> {
  const text = raw.trim()
  if (text.length < 100 && tocMarker.test(text)) {
    const hint = 'Remove it: the table of contents is a field of the article, "toc".'
    yield { source: text, what: 'the place of a table of contents', hint }
  }
  if (!raw.includes(':::')) return
  for (const [line] of raw.matchAll(/^ {0,3}:{3,}[ \t]*[^\s:].*$/gm)) {
    const hint =
      'Known are note, tip, important, warning, caution and details, each closed by ::: on its own line.'
    yield { source: line.trim(), what: 'a container that is not known or not closed', hint }
  }
}

function* ofQuote({ tokens }: Tokens.Blockquote): Generator<Foreign> {
  const [first] = tokens
  const name = first?.type === 'paragraph' ? calloutName(first.raw) : null
  if (name === null) return
  const hint = 'Known are [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] and [!CAUTION].'
  yield { source: `[!${name}]`, what: 'a call-out that is not known', hint }
}

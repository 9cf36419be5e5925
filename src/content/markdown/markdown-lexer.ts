import { Lexer, type MarkedOptions, type Token, Tokenizer, type Tokens } from 'marked'
import { limits } from '../limits.ts'
import { TooMuchText } from '../too-much-text.ts'
import { containerStart, markCallout } from './callouts.ts'
import { type Emphasis, emphasisOf } from './emphasis.ts'
import { figureStart } from './figures.ts'
import { foreignStart, withoutShortcodes } from './foreign-markup.ts'
import { imageOutsideCommonMark, withDecodedAddress } from './images.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'

/** How deep quotes, lists and notes may nest, and how deep emphasis, links and notes inside a line. */
const maxBlockDepth = 50
const maxInlineDepth = 50

const definition = '\\[\\^([^\\[\\]\\n]{1,200})\\][:：]'

/** The start of a footnote definition; its label is the first group. The colon may be that of Chinese type. */
export const definitionStart = new RegExp(`^ {0,3}${definition}`)

// What is never closed is looked for to the end of the text.
const maxUnclosed = 50

/** A part of a text, by its offsets. */
export interface TextRange {
  from: number
  to: number
}

interface InlineRun {
  emphasis: Emphasis | null
  /** Where this run begins in the one that `emphasis` was computed for. */
  offset: number
}

/**
 * marked's lexer, with emphasis paired by `emphasisOf`, bounded nesting, and blocks that a footnote definition
 * interrupts (as in GFM; marked would read `[^1]: 主要…` as one more line of a paragraph or as a link definition).
 */
export class ArticleLexer extends Lexer<string, string> {
  readonly #runs: InlineRun[] = []
  #nextRun: InlineRun | null = null
  #blockDepth = 0
  #unclosed = 0

  constructor(options: MarkedOptions<string, string>) {
    const tokenizer = new ArticleTokenizer()
    super({ ...options, tokenizer })
    tokenizer.articleLexer = this
    tokenizer.rules = articleRules(tokenizer.rules)
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (this.#runs.length > maxInlineDepth) throw new NestingTooDeep(src)
    this.#runs.push(this.#nextRun ?? { emphasis: null, offset: 0 })
    this.#nextRun = null
    try {
      return super.inlineTokens(src, tokens)
    } finally {
      this.#runs.pop()
    }
  }

  /** Lexes what a container holds, one level deeper. */
  nested<Result>(src: string, lex: () => Result): Result {
    if (this.#blockDepth >= maxBlockDepth) throw new NestingTooDeep(src)
    this.#blockDepth++
    try {
      return lex()
    } finally {
      this.#blockDepth--
    }
  }

  /** Lexes the blocks that a container holds. */
  blocksOf(content: string): Token[] {
    const { top } = this.state
    this.state.top = true
    const tokens = this.nested(content, () => this.blockTokens(content, []))
    this.state.top = top
    return tokens
  }

  /** Where a container closes, if `find` finds it; after many in vain it is not asked again, as each looks to the end. */
  closing(find: () => TextRange | null): TextRange | null {
    if (this.#unclosed >= maxUnclosed) return null
    const range = find()
    if (range === null) this.#unclosed++
    return range
  }

  /** The emphasis that opens where `src` begins in its run, with its contents lexed; undefined when none does. */
  emphasisAt(src: string, masked: string, kinds: string): Tokens.Em | Tokens.Strong | Tokens.Del | undefined {
    const run = this.#runs.at(-1)
    if (!run) return undefined
    run.emphasis ??= this.#emphasisOf(masked)
    const at = run.offset + masked.length - src.length
    const span = run.emphasis.spans.get(at)
    if (!span || !kinds.includes(span.kind)) return undefined
    const raw = src.slice(0, span.end - at)
    const text = raw.slice(span.width, -span.width)
    // The contents keep this run's pairs: paired again by themselves, their edges would look like blanks.
    this.#nextRun = { emphasis: run.emphasis, offset: at + span.width }
    return { type: span.kind, raw, text, tokens: this.inlineTokens(text) }
  }

  #emphasisOf(masked: string): Emphasis {
    const emphasis = emphasisOf(withoutShortcodes(masked))
    if (emphasis.depth > maxInlineDepth) throw new NestingTooDeep(masked)
    return emphasis
  }
}

const urlStart = /^(?:https?|ftp|www)/i
const maxMailLength = 400
// Where a bare url ends, also in Chinese text: blanks, full stops, commas, brackets, quotes, dashes, ellipses.
const urlEnd =
  /[\s<\u2014\u2018-\u201F\u2026\u3000-\u3003\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65]/
// Where marked's rule for text stops: a tenth of the time that the rule takes. What is rare is left to the rule.
const textEnd = /[\\<![`*~_@]|\{(?=[{%:#.])| {2}|https?|ftp:\/\/|www\.|mailto:|xmpp:/gi
const rareTextEnd = /^(?:@| {2}|www\.|mailto:|xmpp:)$/i

/** How much of a text of this length stands before a note written in place, or before what other systems replace. */
function textLength(src: string, length: number): number {
  const isBeforeNote = length > 1 && src.charCodeAt(length - 1) === 94 && src.charCodeAt(length) === 91 // ^[
  const end = isBeforeNote ? length - 1 : length
  const text = src.slice(0, end + 1)
  if (!text.includes('{', 1)) return end
  foreignStart.lastIndex = 1
  return Math.min(end, foreignStart.exec(text)?.index ?? end)
}

class ArticleTokenizer extends Tokenizer<string, string> {
  articleLexer: ArticleLexer | null = null

  override emStrong(src: string, masked: string): Tokens.Em | Tokens.Strong | undefined {
    const first = src.charCodeAt(0)
    if (first !== 42 && first !== 95) return undefined // * _
    return this.articleLexer?.emphasisAt(src, masked, 'em strong') as Tokens.Em | Tokens.Strong | undefined
  }

  override del(src: string, masked: string): Tokens.Del | undefined {
    if (src.charCodeAt(0) !== 126) return undefined // ~
    return this.articleLexer?.emphasisAt(src, masked, 'del') as Tokens.Del | undefined
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    const firstQueued = this.lexer.inlineQueue.length
    const quote = this.#nested(src, () => super.blockquote(src))
    if (quote && this.articleLexer) markCallout(quote, this.articleLexer, firstQueued)
    return quote
  }

  override list(src: string): Tokens.List | undefined {
    if (listStart.test(src)) refuseEndlessItem(src)
    return this.#nested(src, () => super.list(src))
  }

  override tag(src: string): Tokens.Tag | undefined {
    const closing = closingOf(src)
    const isClosed = closing === null || this.articleLexer?.closing(() => rangeOf(src, closing))
    return isClosed ? super.tag(src) : undefined
  }

  override url(src: string): Tokens.Link | undefined {
    if (!urlStart.test(src)) return super.url(src.slice(0, maxMailLength))
    const head = src.slice(0, limits.url)
    const end = head.search(urlEnd)
    // Longer than any url may be: marked would look to the end of it from each url inside it.
    if (end < 0 && head.length < src.length) return undefined
    return super.url(end < 0 ? head : head.slice(0, end))
  }

  override link(src: string): Tokens.Link | Tokens.Image | undefined {
    const token = super.link(src) ?? imageOutsideCommonMark(src, (text) => this.lexer.inlineTokens(text))
    return token && withDecodedAddress(token)
  }

  override reflink(
    src: string,
    links: Parameters<Tokenizer<string, string>['reflink']>[1],
  ): ReturnType<Tokenizer<string, string>['reflink']> {
    const token = super.reflink(src, links)
    return token && token.type !== 'text' ? withDecodedAddress(token) : token
  }

  /** The text of a tight list item, all its lines at once: marked looks for a heading's underline from each of them. */
  override text(src: string): Tokens.Text | undefined {
    const match = this.rules.block.paragraph.exec(src)
    if (!match) return super.text(src)
    const text = (match[1] ?? '').replace(/\n$/, '')
    return { type: 'text', raw: match[0], text, tokens: this.lexer.inline(text) }
  }

  override inlineText(src: string): Tokens.Text | undefined {
    const isPlain = !/[`~]/.test(src.charAt(0)) && !this.lexer.state.inRawBlock
    textEnd.lastIndex = 1
    const end = isPlain ? textEnd.exec(src) : null
    if (isPlain && (end === null || !rareTextEnd.test(end[0]))) {
      const raw = src.slice(0, textLength(src, end?.index ?? src.length))
      return { type: 'text', raw, text: raw, escaped: false }
    }
    const token = super.inlineText(src)
    const length = token ? textLength(src, token.raw.length) : 0
    return length === token?.raw.length ? token : super.inlineText(src.slice(0, length))
  }

  #nested<Result>(src: string, lex: () => Result): Result {
    return this.articleLexer ? this.articleLexer.nested(src, lex) : lex()
  }
}

/** What closes the comment, instruction, declaration or CDATA section that `src` begins with; null for a tag. */
function closingOf(src: string): string | null {
  if (src.startsWith('<!--')) return '-->'
  if (src.startsWith('<![')) return ']]>'
  if (src.startsWith('<?')) return '?>'
  return src.startsWith('<!') ? '>' : null
}

function rangeOf(src: string, needle: string): TextRange | null {
  const from = src.indexOf(needle)
  return from < 0 ? null : { from, to: from + needle.length }
}

const listStart = /^ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t]|\n|$)/
const maxLazyLines = 5_000

/**
 * A list item takes in the lines that follow it, and marked copies the item for each of those that are not indented:
 * 13 s for 100,000 of them.
 */
function refuseEndlessItem(src: string): void {
  let lazyLines = 0
  let isAfterBlank = false
  for (let at = 0; at < src.length; ) {
    const lineEnd = src.indexOf('\n', at)
    const next = lineEnd < 0 ? src.length : lineEnd + 1
    const line = src.slice(at, next)
    const isBlank = line.trim() === ''
    const isLazy = !isBlank && !/^[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]/.test(line)
    if (isAfterBlank && isLazy && !/^[ \t]/.test(line)) return
    lazyLines = isLazy ? lazyLines + 1 : 0
    if (lazyLines > maxLazyLines)
      throw new TooMuchText(src, `A list item goes on for more than ${maxLazyLines} lines.`)
    isAfterBlank = isBlank
    at = next
  }
}

type Rules = Tokenizer<string, string>['rules']
let edited: { base: Rules['block']; grammar: Rules } | null = null

/**
 * marked's grammar, in which a footnote definition, a call-out and a figure end paragraphs, quotes, list items and tables, and the name in a
 * mail address has at most 64 characters (RFC 5321): unbounded, `*a*a*a…` is looked through to its end from each star.
 */
function articleRules(rules: Rules): Rules {
  if (edited?.base !== rules.block) edited = { base: rules.block, grammar: editedGrammar(rules) }
  return { ...rules, ...edited.grammar }
}

function editedGrammar({ block, inline, other }: Rules): Rules {
  const ending = ` {0,3}${definition.replace('(', '(?:')}|${containerStart}|${figureStart}`
  const endedBy = (rule: RegExp, ahead: string) =>
    new RegExp(rule.source.replaceAll(ahead, `${ahead}${ending}|`), rule.flags)
  // A list item ends where a heading begins: the one of its rules that stands alone.
  const headings = [1, 2, 3, 4].map(
    (indent) =>
      new RegExp(
        `${other.headingBeginRegex(indent).source}|^(?:${ending.replaceAll('{0,3}', `{0,${indent - 1}}`)})`,
      ),
  )
  const boundedMail = (rule: RegExp) =>
    new RegExp(rule.source.replaceAll(']+@', ']{1,64}@').replaceAll(']+(@)', ']{1,64}(@)'), rule.flags)
  return {
    inline: { ...inline, text: boundedMail(inline.text), url: boundedMail(inline.url) },
    block: {
      ...block,
      paragraph: endedBy(block.paragraph, '(?:\\n(?!'),
      blockquote: endedBy(block.blockquote, '(?:\\n(?!'),
      lheading: endedBy(block.lheading, '|\\n(?!'),
      table: endedBy(block.table, '(?:(?! *\\n|'),
    },
    other: {
      ...other,
      headingBeginRegex: (indent) =>
        headings[Math.max(0, Math.min(3, indent - 1))] ?? other.headingBeginRegex(indent),
    },
  }
}

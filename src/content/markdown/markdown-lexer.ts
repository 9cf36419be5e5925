import { Lexer, type MarkedOptions, type Token, type Tokens, type TokensList } from 'marked'
import { TooMuchText } from '../too-much-text.ts'
import { type ArticleGrammar, articleGrammar } from './article-grammar.ts'
import { ArticleTokenizer } from './article-tokenizer.ts'
import { type Emphasis, emphasisOf } from './emphasis.ts'
import { withoutShortcodes } from './foreign-markup.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'

/** How deep quotes, lists and notes may nest, and how deep emphasis, links and notes inside a line. */
const maxBlockDepth = 50
const maxInlineDepth = 50

// What is never closed is looked for to the end of the text.
const maxUnclosed = 50

/** A part of a text, by its offsets. */
export interface TextRange {
  from: number
  to: number
}

interface InlineRun {
  text: string
  mayHaveEmphasis: boolean
  /** For each number of backticks, how far before the end of the text so many last stand together. */
  lastBackticks: ReadonlyMap<number, number> | null
  emphasis: Emphasis | null
  /** Where this run begins in the one that `emphasis` was computed for. */
  offset: number
}

/**
 * marked's lexer, with emphasis paired by `emphasisOf`, bounded nesting, and blocks that a footnote definition
 * interrupts (as in GFM; marked would read `[^1]: 主要…` as one more line of a paragraph or as a link definition).
 */
export class ArticleLexer extends Lexer<string, string> {
  /** The labels of link definitions that the text refers to. */
  readonly usedDefinitions = new Set<string>()
  /** May there be addresses that are not shown? */
  hasDoubtfulAddresses = false
  readonly #tokenizer: ArticleTokenizer
  readonly #grammar: ArticleGrammar
  readonly #runs: InlineRun[] = []
  #nextRun: Pick<InlineRun, 'emphasis' | 'offset'> | null = null
  #noteStart: string | null = null
  #blockDepth = 0
  #unclosed = 0

  constructor(options: MarkedOptions<string, string>) {
    const tokenizer = new ArticleTokenizer()
    super({ ...options, tokenizer })
    this.#tokenizer = tokenizer
    this.#grammar = articleGrammar(tokenizer.rules)
    tokenizer.articleLexer = this
    tokenizer.rules = this.#grammar.rulesFor({ hasDefinitions: false, hasManyBackticks: false })
  }

  override blockTokens(src: string, ...rest: [Token[]?, boolean?]): Token[]
  override blockTokens(src: string, ...rest: [TokensList, boolean?]): TokensList
  override blockTokens(src: string, tokens: Token[] = [], isLastParagraphClipped = false): Token[] {
    refuseEndlessItem(src)
    return super.blockTokens(src, tokens, isLastParagraphClipped)
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (this.#runs.length > maxInlineDepth) throw new NestingTooDeep(src)
    const mayHaveEmphasis = /[*_~]/.test(src)
    const inherited = this.#nextRun ?? { emphasis: null, offset: 0 }
    this.#runs.push({ text: src, mayHaveEmphasis, lastBackticks: null, ...inherited })
    this.#nextRun = null
    this.#tokenizer.useEmphasis(mayHaveEmphasis)
    if (mayHaveEmphasis) this.#chooseRules(src)
    try {
      return super.inlineTokens(src, tokens)
    } finally {
      this.#runs.pop()
      const outer = this.#runs.at(-1)
      if (outer) this.#tokenizer.useEmphasis(outer.mayHaveEmphasis)
    }
  }

  #chooseRules(src: string): void {
    this.#tokenizer.rules = this.#grammar.rulesFor({
      hasDefinitions: src.includes(']') && Object.keys(this.tokens.links).length > 0,
      hasManyBackticks: src.includes('`') && src.split('`', maxBackticks).length === maxBackticks,
    })
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

  /** Lexes the blocks of a note. */
  blocksOfNote(content: string): Token[] {
    this.#noteStart = content
    return this.blocksOf(content)
  }

  /** Called for each address of a link or an image. */
  meetAddress(address: string): void {
    if (!harmlessAddress.test(address)) this.hasDoubtfulAddresses = true
  }

  /** Is this where a note begins? There, `[译注]: …` is text. */
  isNoteStart(src: string): boolean {
    return src.length === this.#noteStart?.length && src === this.#noteStart
  }

  /** Is the code span that `src` begins with closed? So many backticks must stand together once more. */
  isCodeClosed(src: string): boolean {
    const run = this.#runs.at(-1)
    if (!run) return true
    run.lastBackticks ??= lastBackticks(run.text)
    const opening = /^`+/.exec(src)?.[0].length ?? 0
    const last = run.lastBackticks.get(opening)
    return last !== undefined && last < src.length
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

const harmlessAddress = /^(?:https?:\/|[/#.?]|[^:]*$)/i
const maxBackticks = 500

function lastBackticks(text: string): ReadonlyMap<number, number> {
  const runs = text.matchAll(/`+/g)
  return new Map(Array.from(runs, ({ 0: { length }, index }) => [length, text.length - index]))
}

const itemStart = /^[ \t]*(?:[*+-]|\d{1,9}[.)])(?:[ \t]|$)/
const maxLazyLines = 5_000

/**
 * A list item takes in the lines that follow it, and marked copies the item for each of those that are not indented:
 * 13 s for 100,000 of them. Asked once of all that a container holds: of each list by itself, it would be quadratic.
 */
function refuseEndlessItem(src: string): void {
  if (src.length < 2 * maxLazyLines) return
  let itemAt = -1
  let lazyLines = 0
  let isAfterBlank = false
  for (let at = 0; at < src.length; ) {
    const lineEnd = src.indexOf('\n', at)
    const next = lineEnd < 0 ? src.length : lineEnd + 1
    const line = src.slice(at, lineEnd < 0 ? src.length : lineEnd)
    const isBlank = line.trim() === ''
    if (itemStart.test(line)) {
      itemAt = at
      lazyLines = 0
    } else if (isAfterBlank && !isBlank && !/^[ \t]/.test(line)) itemAt = -1
    else if (!isBlank && itemAt >= 0) lazyLines++
    if (lazyLines > maxLazyLines)
      throw new TooMuchText(src.slice(itemAt), `A list item goes on for more than ${maxLazyLines} lines.`)
    isAfterBlank = isBlank
    at = next
  }
}

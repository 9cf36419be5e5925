import { Lexer, type MarkedOptions, type Token, Tokenizer, type Tokens } from 'marked'
import { type Emphasis, emphasisOf } from './emphasis.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'

/** How deep quotes, lists and notes may nest, and how deep emphasis, links and notes inside a line. */
const maxBlockDepth = 50
const maxInlineDepth = 50

const definition = '\\[\\^([^\\[\\]\\n]{1,200})\\][:：]'

/** The start of a footnote definition; its label is the first group. The colon may be that of Chinese type. */
export const definitionStart = new RegExp(`^ {0,3}${definition}`)

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
    const emphasis = emphasisOf(masked)
    if (emphasis.depth > maxInlineDepth) throw new NestingTooDeep(masked)
    return emphasis
  }
}

// Where a bare url ends in Chinese text: full stops, commas, brackets, quotes, dashes, ellipses.
const urlEnd =
  /[\u2014\u2018-\u201F\u2026\u3000-\u3003\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65]/
const imageWithBlanks =
  /^!\[([^\]\n]{0,500})\]\((?!<)(?=[^()"\n]{1,500}\.(?:avif|gif|jpe?g|png|svg|webp)\))([^()"\n]{1,510})\)/i

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
    return this.#nested(src, () => super.blockquote(src))
  }

  override list(src: string): Tokens.List | undefined {
    return this.#nested(src, () => super.list(src))
  }

  override url(src: string): Tokens.Link | undefined {
    const token = super.url(src)
    const end = token ? token.raw.search(urlEnd) : -1
    return token && end >= 0 ? super.url(src.slice(0, end)) : token
  }

  override link(src: string): Tokens.Link | Tokens.Image | undefined {
    const token = super.link(src)
    if (token || src.charCodeAt(0) !== 33) return token // !
    const match = imageWithBlanks.exec(src)
    if (!match) return undefined
    const [raw, text = '', href = ''] = match
    return { type: 'image', raw, text, href: href.trim(), title: null, tokens: this.lexer.inlineTokens(text) }
  }

  // A note written in place begins with a character that text would swallow.
  override inlineText(src: string): Tokens.Text | undefined {
    const token = super.inlineText(src)
    const end = (token?.raw.length ?? 0) - 1
    const isBeforeNote = end > 0 && src.charCodeAt(end) === 94 && src.charCodeAt(end + 1) === 91 // ^[
    return isBeforeNote ? super.inlineText(src.slice(0, end)) : token
  }

  #nested<Result>(src: string, lex: () => Result): Result {
    return this.articleLexer ? this.articleLexer.nested(src, lex) : lex()
  }
}

type Rules = Tokenizer<string, string>['rules']
let edited: { base: Rules['block']; grammar: Rules } | null = null

/**
 * marked's grammar, in which a footnote definition ends paragraphs, quotes, list items and tables, and the name in a
 * mail address has at most 64 characters (RFC 5321): unbounded, `*a*a*a…` is looked through to its end from each star.
 */
function articleRules(rules: Rules): Rules {
  if (edited?.base !== rules.block) edited = { base: rules.block, grammar: editedGrammar(rules) }
  return { ...rules, ...edited.grammar }
}

function editedGrammar({ block, inline, other }: Rules): Rules {
  const ending = ` {0,3}${definition.replace('(', '(?:')}`
  const endedBy = (rule: RegExp, ahead: string) =>
    new RegExp(rule.source.replaceAll(ahead, `${ahead}${ending}|`), rule.flags)
  // A list item ends where a heading begins: the one of its rules that stands alone.
  const headings = [1, 2, 3, 4].map(
    (indent) => new RegExp(`${other.headingBeginRegex(indent).source}|^ {0,${indent - 1}}${definition}`),
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

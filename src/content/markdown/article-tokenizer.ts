import { Tokenizer, type Tokens } from 'marked'
import { normalizeLabel } from '../citations/citations.ts'
import { limits } from '../limits.ts'
import { markCallout } from './callouts.ts'
import { isElementName } from './html-elements.ts'
import { imageOutsideCommonMark, withDecodedAddress } from './images.ts'
import { textLength } from './inline-text.ts'
import { isAddressLike } from './link-definitions.ts'
import type { ArticleLexer, TextRange } from './markdown-lexer.ts'

const urlStart = /^(?:https?|ftp|www)/i
const maxMailLength = 400
// Where a bare url ends, also in Chinese text: blanks, full stops, commas, brackets, quotes, dashes, ellipses.
const urlEnd =
  /[\s<\u2014\u2018-\u201F\u2026\u3000-\u3003\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65]/
/** marked's tokenizer for articles: emphasis, addresses and tables as its lexer bounds them. */
export class ArticleTokenizer extends Tokenizer<string, string> {
  articleLexer: ArticleLexer | null = null

  /**
   * For a run that has delimiters of emphasis, or has none. marked hides code and links from our own rules only (a third
   * of its time), so that a run without gets its own.
   */
  useEmphasis(isNeeded: boolean): void {
    this.emStrong = isNeeded ? this.#emStrong : Tokenizer.prototype.emStrong
    this.del = isNeeded ? this.#del : Tokenizer.prototype.del
  }

  #emStrong(src: string, masked: string): Tokens.Em | Tokens.Strong | undefined {
    const first = src.charCodeAt(0)
    if (first !== 42 && first !== 95) return undefined // * _
    return this.articleLexer?.emphasisAt(src, masked, 'em strong') as Tokens.Em | Tokens.Strong | undefined
  }

  #del(src: string, masked: string): Tokens.Del | undefined {
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
    return this.#nested(src, () => super.list(src))
  }

  /** The head of a table by itself, before its rows: marked takes in all the lines that follow, then looks at the head. */
  override table(src: string): Tokens.Table | undefined {
    const head = /^[^\n]*\n[^\n]*/.exec(src)?.[0]
    return head !== undefined && super.table(head) ? super.table(src) : undefined
  }

  /** Html of a name that no element has is text: `List<String>`. */
  override html(src: string): Tokens.HTML | undefined {
    const name = /^ {0,3}<\/?([a-z][\w-]*)/i.exec(src)?.[1]
    return name !== undefined && !isElementName(name) ? undefined : super.html(src)
  }

  override def(src: string): Tokens.Def | undefined {
    if (this.articleLexer?.isNoteStart(src)) return undefined
    const token = super.def(src)
    return token && isAddressLike(token.href) ? token : undefined
  }

  override codespan(src: string): Tokens.Codespan | undefined {
    if (src.charCodeAt(0) !== 96) return undefined // `
    return this.articleLexer?.isCodeClosed(src) ? super.codespan(src) : undefined
  }

  override tag(src: string): Tokens.Tag | undefined {
    const name = /^<\/?([a-z][\w-]*)/i.exec(src)?.[1]
    if (name !== undefined && !isElementName(name)) return undefined
    const closing = closingOf(src)
    const isClosed = closing === null || this.articleLexer?.closing(() => rangeOf(src, closing))
    return isClosed ? super.tag(src) : undefined
  }

  override url(src: string): Tokens.Link | undefined {
    if (!urlStart.test(src)) return this.#checked(super.url(src.slice(0, maxMailLength)))
    const head = src.slice(0, limits.url)
    const end = head.search(urlEnd)
    // Longer than any url may be: marked would look to the end of it from each url inside it.
    if (end < 0 && head.length < src.length) return undefined
    return this.#checked(super.url(end < 0 ? head : head.slice(0, end)))
  }

  override link(src: string): Tokens.Link | Tokens.Image | undefined {
    const token = super.link(src) ?? imageOutsideCommonMark(src, (text) => this.lexer.inlineTokens(text))
    return token && this.#withAddress(token)
  }

  override autolink(src: string): Tokens.Link | undefined {
    const token = super.autolink(src)
    return token && this.#withAddress(token)
  }

  override reflink(
    src: string,
    links: Parameters<Tokenizer<string, string>['reflink']>[1],
  ): ReturnType<Tokenizer<string, string>['reflink']> {
    const token = super.reflink(src, links)
    if (!token || token.type === 'text') return token
    const { reflink, nolink } = this.rules.inline
    const match = reflink.exec(src) ?? nolink.exec(src)
    if (match) this.articleLexer?.usedDefinitions.add(normalizeLabel(match[2] || match[1] || ''))
    return this.#withAddress(token)
  }

  /** The text of a tight list item, all its lines at once: marked looks for a heading's underline from each of them. */
  override text(src: string): Tokens.Text | undefined {
    const match = this.rules.block.paragraph.exec(src)
    if (!match) return super.text(src)
    const text = (match[1] ?? '').replace(/\n$/, '')
    return { type: 'text', raw: match[0], text, tokens: this.lexer.inline(text) }
  }

  override inlineText(src: string): Tokens.Text | undefined {
    if (src === '') return undefined
    const raw = src.slice(0, textLength(src))
    return { type: 'text', raw, text: raw, escaped: this.lexer.state.inRawBlock }
  }

  #withAddress<Linked extends Tokens.Link | Tokens.Image>(token: Linked): Linked {
    return this.#checked(withDecodedAddress(token))
  }

  #checked<Linked extends Tokens.Link | Tokens.Image | undefined>(token: Linked): Linked {
    if (token) this.articleLexer?.meetAddress(token.href)
    return token
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

import type { Token, TokenizerExtension, Tokens } from 'marked'
import type { ContainerToken } from './callouts.ts'
import type { ArticleLexer, TextRange } from './markdown-lexer.ts'

const opening =
  /^ {0,3}<(div|section|article|aside|details|figure|blockquote|center|header|footer|address)\b(?=[^<>\n]{0,500}?\smarkdown\s*=\s*["']?(?:1|block|true|on|yes)\b)[^<>\n]{0,1000}>/i

/**
 * Reads what stands in `<div markdown="1">` as Markdown (PHP Markdown Extra, kramdown, Python-Markdown). Without the
 * attribute, a blank line after the tag does it, as in CommonMark.
 */
export const markdownInHtmlExtension: TokenizerExtension = {
  name: 'container',
  level: 'block',
  tokenizer(src): ContainerToken | undefined {
    const first = src.charCodeAt(0)
    if (first !== 60 && first !== 32) return undefined // < or blank
    const match = opening.exec(src)
    if (!match) return undefined
    const [tag, name = ''] = match
    const lexer = this.lexer as unknown as ArticleLexer
    const close = lexer.closing(() => endOfElement(src, tag.length, name))
    if (close === null) return undefined
    const end = /^[ \t]*(?:\n|$)/.exec(src.slice(close.to))?.[0].length ?? 0
    const content = src.slice(tag.length, close.from).replace(/^[ \t]*\n/, '')
    const closingTag = src.slice(close.from, close.to)
    const tokens = [
      htmlToken(`${tag}\n`),
      ...lexer.blocksOf(withoutIndentation(content)),
      htmlToken(`${closingTag}\n`),
    ]
    return { type: 'container', raw: src.slice(0, close.to + end), tokens }
  },
}

/** The tag that closes an element whose content begins at `from`; elements of its name may nest in it. */
function endOfElement(src: string, from: number, name: string): TextRange | null {
  const tags = new RegExp(`<(/?)${name}\\b[^<>]{0,1000}>`, 'gi')
  tags.lastIndex = from
  let depth = 1
  for (let match = tags.exec(src); match; match = tags.exec(src)) {
    depth += match[1] === '/' ? -1 : 1
    if (depth === 0) return { from: match.index, to: tags.lastIndex }
  }
  return null
}

function htmlToken(text: string): Tokens.HTML & Token {
  return { type: 'html', block: true, raw: text, text, pre: false }
}

/** The text without the indentation that all of its lines have: it is the html's. */
function withoutIndentation(text: string): string {
  const widths = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.search(/[^ \t]/)]))
  const width = widths.reduce((least, one) => Math.min(least, one), 8)
  return width === 0 ? text : text.replace(new RegExp(`^[ \\t]{${width}}`, 'gm'), '')
}

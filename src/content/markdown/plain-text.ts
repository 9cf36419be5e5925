import type { Token, Tokens } from 'marked'
import { childBlocks } from './child-blocks.ts'
import { joinLines } from './cjk.ts'
import { decodeEntities, textOfHtml } from './html-text.ts'

/** The text of inline tokens on one line: without markup, references and images' addresses. */
export function inlineText(tokens: readonly Token[]): string {
  return joinLines(rawInlineText(tokens))
}

/** The text of block tokens, each block on lines of its own. */
export function blockText(tokens: readonly Token[]): string {
  return textBlocks(tokens).join('\n')
}

/** The texts of the blocks that have one, in reading order; a table row and a list item are a block each. */
export function textBlocks(tokens: readonly Token[]): string[] {
  return tokens.flatMap(blockTexts).filter((text) => text !== '')
}

function blockTexts(token: Token): string[] {
  switch (token.type) {
    case 'list':
      return (token as Tokens.List).items.flatMap((item) => textBlocks(item.tokens))
    case 'table':
      return tableTexts(token as Tokens.Table)
    case 'blockquote':
    case 'container':
      return textBlocks(childBlocks(token))
    case 'code':
      return [(token as Tokens.Code).text.trim()]
    case 'html':
      return [joinLines(textOfHtml((token as Tokens.HTML).text))]
    case 'paragraph':
    case 'heading':
    case 'text':
    case 'calloutTitle':
    case 'figure':
      return [inlineText('tokens' in token && token.tokens ? token.tokens : [token])]
    default:
      return []
  }
}

function tableTexts(table: Tokens.Table): string[] {
  return [table.header, ...table.rows].map((row) =>
    row
      .map((cell) => inlineText(cell.tokens))
      .join(' ')
      .trim(),
  )
}

/** The text of inline tokens with its blanks and line ends as written. */
export function rawInlineText(tokens: readonly Token[]): string {
  return tokens.map(tokenText).join('')
}

function tokenText(token: Token): string {
  switch (token.type) {
    case 'text':
    case 'link':
    case 'image':
    case 'strong':
    case 'em':
    case 'del':
      return 'tokens' in token && token.tokens ? rawInlineText(token.tokens) : decodeEntities(token.raw)
    case 'escape':
    case 'codespan':
      return String(token.text)
    case 'foreign':
      return token.raw
    case 'br':
      return '\n'
    case 'html':
      return /^<br\b/i.test(token.raw) ? '\n' : ''
    default:
      return ''
  }
}

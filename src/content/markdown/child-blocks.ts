import type { Token, Tokens } from 'marked'

const holdingBlocks = new Set(['blockquote', 'list_item', 'container'])

/** The blocks inside a block of the text: those of quotes, lists, call-outs and html. A note's are its own. */
export function childBlocks(token: Token): readonly Token[] {
  if (token.type === 'list') return (token as Tokens.List).items
  return holdingBlocks.has(token.type) && 'tokens' in token ? (token.tokens ?? []) : []
}

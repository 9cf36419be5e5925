import type { Token, Tokens } from 'marked'
import { childBlocks } from './child-blocks.ts'
import type { NoteRun } from './notes.ts'
import { inlineText, rawInlineText, textBlocks } from './plain-text.ts'

/** The blocks of a note that have text (paragraphs, items, rows), each as runs of text, emphasis and web links. */
export function noteBlocks(tokens: readonly Token[]): NoteRun[][] {
  return tokens.flatMap(blocksOf).filter((runs) => runs.some(({ text }) => text.trim() !== ''))
}

function blocksOf(token: Token): NoteRun[][] {
  switch (token.type) {
    case 'list':
      return (token as Tokens.List).items.flatMap((item) => noteBlocks(item.tokens))
    case 'blockquote':
    case 'container':
      return noteBlocks(childBlocks(token))
    case 'paragraph':
    case 'heading':
    case 'text':
      return [inlineRuns('tokens' in token && token.tokens ? token.tokens : [token], false)]
    default:
      return textBlocks([token]).map((text) => [{ text, isEmphasised: false, url: null }])
  }
}

function inlineRuns(tokens: readonly Token[], isEmphasised: boolean): NoteRun[] {
  return tokens.flatMap((token): NoteRun[] => {
    if (token.type === 'link') {
      const { href, tokens: inner } = token as Tokens.Link
      const isWeb = /^https?:\/\//i.test(href)
      if (isWeb) return [{ text: inlineText(inner) || href, isEmphasised, url: href }]
    }
    const hasInner = token.type === 'link' || token.type === 'strong' || token.type === 'del'
    if (token.type === 'em') return inlineRuns((token as Tokens.Em).tokens, true)
    if (hasInner) return inlineRuns((token as Tokens.Strong).tokens, isEmphasised)
    const text = rawInlineText([token])
    return text === '' ? [] : [{ text, isEmphasised, url: null }]
  })
}

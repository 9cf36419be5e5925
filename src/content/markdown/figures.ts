import type { Token, TokenizerExtension, Tokens } from 'marked'
import { decodeEntities } from './html-text.ts'
import { type ImageParts, pixels } from './images.ts'
import type { ArticleLexer } from './markdown-lexer.ts'

/** An image with its caption, written as Hugo's shortcode: `{{< figure src="a.png" caption="…" >}}`. */
export interface FigureToken extends Tokens.Generic {
  type: 'figure'
  image: ImageParts
  /** Where the image leads. */
  link: string | null
  /** The caption, inline. */
  tokens: Token[]
}

/** The start of a figure on a line of its own. */
export const figureStart = ' {0,3}\\{\\{[<%][ \\t\\n]*figure[ \\t\\n]'
const opening = new RegExp(`^${figureStart}`)
const maxLength = 4_000
const argument = /\s*([a-z]{1,20})=(?:"((?:\\.|[^"\\])*)"|`([^`]*)`|([^\s"'`<>]+))/y

/**
 * Reads Hugo's figure shortcode, on a line of its own: src, alt, caption (Markdown), title, attr with attrlink, link,
 * width, height. Without `src`, or with anything else in it, it stays text.
 */
export const figureExtension: TokenizerExtension = {
  name: 'figure',
  level: 'block',
  tokenizer(src): FigureToken | undefined {
    const first = src.charCodeAt(0)
    if ((first !== 123 && first !== 32) || !opening.test(src)) return undefined // { or blank
    const head = src.slice(0, maxLength)
    const start = opening.exec(head)?.[0].length ?? 0
    const closing = head.slice(0, start).includes('{{<') ? '>}}' : '%}}'
    const end = head.indexOf(closing, start)
    const lineEnd = end < 0 ? null : /^[ \t]*(?:\n|$)/.exec(head.slice(end + closing.length))
    if (!lineEnd) return undefined
    const named = namedArguments(head.slice(start, end).replace(/[\s/]+$/, ''))
    const address = named?.get('src')
    if (named === null || address === undefined || address === '') return undefined
    const link = named.get('link') ?? null
    const lexer = this.lexer as unknown as ArticleLexer
    lexer.meetAddress(address)
    if (link !== null) lexer.meetAddress(link)
    return {
      type: 'figure',
      raw: head.slice(0, end + closing.length + lineEnd[0].length),
      image: imageOf(address, named),
      link,
      tokens: this.lexer.inline(captionOf(named)),
    }
  },
}

function imageOf(src: string, named: ReadonlyMap<string, string>): ImageParts {
  const alt = decodeEntities(named.get('alt') ?? '')
  return { src, alt, title: null, width: pixels(named.get('width')), height: pixels(named.get('height')) }
}

function captionOf(named: ReadonlyMap<string, string>): string {
  const title = named.get('title')
  const credit = named.get('attr')
  const link = named.get('attrlink')
  const parts = [
    title === undefined ? '' : `**${title}**`,
    named.get('caption') ?? '',
    credit === undefined || link === undefined ? (credit ?? '') : `[${credit}](<${link}>)`,
  ]
  return parts.filter((part) => part.trim() !== '').join(' ')
}

/** The arguments by name; null when there is anything else. */
function namedArguments(text: string): ReadonlyMap<string, string> | null {
  const named = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    argument.lastIndex = at
    const match = argument.exec(text)
    if (!match) return null
    const quoted = match[2]?.replace(/\\(.)/gs, '$1')
    named.set(match[1] ?? '', quoted ?? match[3] ?? match[4] ?? '')
    at = argument.lastIndex
  }
  return named
}

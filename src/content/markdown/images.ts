import type { Token, Tokens } from 'marked'
import { decodeEntities } from './html-text.ts'

/** What html needs of an image; width and height in CSS pixels, where they are known. */
export interface ImageParts {
  src: string
  alt: string
  title: string | null
  width: number | null
  height: number | null
}

/** An image of which the author said how large it is, in CSS pixels. */
export type SizedImage = Tokens.Image & { width?: number | null; height?: number | null }

// An address with blanks, which CommonMark refuses, or one with a size (`=300x200`, as markdown-it-imsize has it).
const image = /^!\[([^\]\n]{0,500})\]\((?!<)([^()\n]{1,800})\)/
const pictureFile = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:\?[^\s]*)?$/i

/**
 * The image that `src` begins with where CommonMark sees none: its path has blanks (`![图](/图 片.png)`), or its size
 * is written after it.
 */
export function imageOutsideCommonMark(src: string, lex: (text: string) => Token[]): SizedImage | undefined {
  if (!src.startsWith('![')) return undefined
  const match = image.exec(src)
  if (!match) return undefined
  const [raw, text = '', destination = ''] = match
  const size = /[ \t]=(\d{0,5})x(\d{0,5})$/.exec(destination.trim())
  const unsized = destination.trim().slice(0, size?.index)
  const title = /[ \t]"([^"]*)"$/.exec(unsized.trim())
  const href = unsized.slice(0, title?.index).trim()
  if (href === '' || href.includes('"') || (!size && !pictureFile.test(href))) return undefined
  const tokens = lex(text)
  const sides = { width: pixels(size?.[1]), height: pixels(size?.[2]) }
  return { type: 'image', raw, text, href, title: title?.[1] ?? null, tokens, ...sides }
}

/** A link or an image whose address and title have their character references resolved (CommonMark 0.31 §2.5). */
export function withDecodedAddress<Linked extends Tokens.Link | Tokens.Image>(token: Linked): Linked {
  token.href = decodeEntities(token.href)
  if (token.title) token.title = decodeEntities(token.title)
  return token
}

/** A length in CSS pixels (`300`, `300px`), or null for none and for other units. */
export function pixels(text: string | undefined): number | null {
  const match = /^(\d{1,5})(?:px)?$/.exec(text?.trim() ?? '')
  return match ? Number(match[1]) : null
}

import { Renderer, type Token, type Tokens } from 'marked'
import { imageAddress, linkAddress, relOf } from './addresses.ts'
import { type ContainerToken, calloutHtml, isCalloutTitle } from './callouts.ts'
import type { FigureToken } from './figures.ts'
import { holdsOnlyDefinitions, isReference, type ReferenceToken } from './footnotes.ts'
import type { TocEntry } from './headings.ts'
import { decodeEntities, escapeAttribute, escapeText } from './html-text.ts'
import type { ImageParts, SizedImage } from './images.ts'
import { inlineText } from './plain-text.ts'
import { ownId } from './sanitize.ts'
import type { Words } from './words.ts'

/** How a part of an article is rendered. */
export interface RendererOptions {
  toc: ReadonlyMap<Tokens.Heading, TocEntry>
  mediaBaseUrl: string | null
  /** Does the part hold raw html? Then it is sanitised afterwards, and our ids are marked as ours. */
  holdsRawHtml: boolean
  words: Words
}

/**
 * marked's renderer for what readers see. All but raw html is written as the sanitiser writes it: everything escaped,
 * addresses of known schemes only, hence safe as it is (a property in the tests: the sanitiser changes nothing in it).
 */
export class ArticleRenderer extends Renderer<string, string> {
  readonly #options: RendererOptions
  readonly #id: string

  constructor(options: RendererOptions) {
    super()
    this.#options = options
    this.#id = options.holdsRawHtml ? ownId : 'id'
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return text.replace(new RegExp(ownId, 'gi'), '_')
  }

  override text(token: Tokens.Text | Tokens.Escape): string {
    if ('tokens' in token && token.tokens) return this.parser.parseInline(token.tokens)
    return escapeText(token.type === 'escape' ? token.text : decodeEntities(token.raw))
  }

  override codespan({ text }: Tokens.Codespan): string {
    return `<code>${escapeText(text)}</code>`
  }

  override code({ text, lang }: Tokens.Code): string {
    const language = /^[\w+#.-]{1,40}(?=\s|$)/.exec(lang ?? '')?.[0]
    const attribute = language === undefined ? '' : ` class="language-${language}"`
    return `<pre><code${attribute}>${escapeText(text.replace(/\n$/, ''))}\n</code></pre>\n`
  }

  override hr(): string {
    return '<hr />\n'
  }

  override br(): string {
    return '<br />'
  }

  override checkbox({ checked }: Tokens.Checkbox): string {
    return `<input ${checked ? 'checked ' : ''}disabled type="checkbox" /> `
  }

  override heading(heading: Tokens.Heading): string {
    const id = this.#options.toc.get(heading)?.id
    const attribute = id === undefined ? '' : ` ${this.#id}="${escapeAttribute(id)}"`
    return `<h${heading.depth}${attribute}>${this.parser.parseInline(heading.tokens)}</h${heading.depth}>\n`
  }

  override list(list: Tokens.List): string {
    if (!list.items.some(holdsOnlyDefinitions)) return super.list(list)
    const items = list.items.filter((item) => !holdsOnlyDefinitions(item))
    return items.length === 0 ? '' : super.list({ ...list, items })
  }

  override blockquote(quote: Tokens.Blockquote): string {
    if (holdsOnlyDefinitions(quote)) return ''
    return this.#callout(quote.tokens) ?? super.blockquote(quote)
  }

  /** A call-out, or Markdown within html. */
  container({ tokens }: ContainerToken): string {
    return this.#callout(tokens) ?? this.parser.parse(tokens)
  }

  override image(token: Tokens.Image): string {
    const { href, title, tokens, width = null, height = null }: SizedImage = token
    return this.#image({ src: href, alt: inlineText(tokens), title: title || null, width, height })
  }

  figure({ image, link, tokens }: FigureToken): string {
    const html = this.#image(image)
    const href = link === null ? null : linkAddress(link)
    const caption = tokens.length === 0 ? '' : `<figcaption>${this.parser.parseInline(tokens)}</figcaption>\n`
    return `<figure>\n${href === null ? html : linkHtml(href, null, html)}\n${caption}</figure>\n`
  }

  override link(link: Tokens.Link): string {
    const references: ReferenceToken[] = []
    const tokens = withoutReferences(link.tokens, references)
    const text = link.autolink ? escapeText(link.text) : this.parser.parseInline(tokens)
    const href = linkAddress(link.href)
    // A link in a link is no html: the references follow it.
    const after = references.map((token) => this.reference(token)).join('')
    return `${href === null ? text : linkHtml(href, link.title || null, text)}${after}`
  }

  /** A reference in the text: the number of its note, linked. Nothing where it was not numbered. */
  reference({ id, ordinal, definition }: ReferenceToken): string {
    if (ordinal === 0) return ''
    const href = escapeAttribute(`#${definition.id}`)
    return `<sup><a href="${href}" ${this.#id}="${escapeAttribute(id)}" class="footnote-ref" role="doc-noteref">${ordinal}</a></sup>`
  }

  #callout(tokens: readonly Token[]): string | null {
    const [title, ...content] = tokens
    if (!isCalloutTitle(title)) return null
    return calloutHtml(
      title,
      this.parser.parseInline(title.tokens),
      this.parser.parse(content),
      this.#options.words,
    )
  }

  #image({ src, alt, title, width, height }: ImageParts): string {
    const address = imageAddress(src, this.#options.mediaBaseUrl)
    if (address === null) return escapeText(alt)
    const named = title === null ? '' : ` title="${escapeAttribute(title)}"`
    const size = `${width === null ? '' : ` width="${width}"`}${height === null ? '' : ` height="${height}"`}`
    return `<img src="${escapeAttribute(address)}" alt="${escapeAttribute(alt)}"${named}${size} loading="lazy" />`
  }
}

/** The ids of the references in html. (In a text, `<` is escaped.) */
export function shownReferenceIds(html: string): ReadonlySet<string> {
  const references = html.matchAll(/<a href="[^"]*" id="([^"]*)" class="footnote-ref"/g)
  return new Set(Array.from(references, (match) => match[1] ?? ''))
}

function linkHtml(href: string, title: string | null, html: string): string {
  const rel = relOf(href)
  const named = title === null ? '' : ` title="${escapeAttribute(title)}"`
  return `<a href="${escapeAttribute(href)}"${named}${rel === null ? '' : ` rel="${rel}"`}>${html}</a>`
}

function withoutReferences(tokens: readonly Token[], found: ReferenceToken[]): Token[] {
  return tokens.flatMap((token) => {
    if (isReference(token)) {
      found.push(token)
      return []
    }
    if (!('tokens' in token) || !token.tokens || token.type === 'image') return [token]
    return [{ ...token, tokens: withoutReferences(token.tokens, found) }]
  })
}

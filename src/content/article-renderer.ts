import { Renderer, type Token, type Tokens } from 'marked'
import { isReference, type ReferenceToken } from './footnotes.ts'
import type { TocEntry } from './headings.ts'
import { escapeHtml } from './html-text.ts'
import { inlineText } from './plain-text.ts'

const idAttribute = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi

/** marked's renderer with heading ids, plain alternative texts, and no reference inside a link. */
export class ArticleRenderer extends Renderer<string, string> {
  readonly #toc: ReadonlyMap<Tokens.Heading, TocEntry>
  readonly #ids: ReadonlySet<string>

  /** @param ids those of headings, notes and references: no raw html may have them */
  constructor(toc: ReadonlyMap<Tokens.Heading, TocEntry>, ids: ReadonlySet<string>) {
    super()
    this.#toc = toc
    this.#ids = ids
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return text.replace(idAttribute, (attribute, quoted?: string, single?: string, bare?: string) =>
      this.#ids.has(quoted ?? single ?? bare ?? '') ? '' : attribute,
    )
  }

  override heading(heading: Tokens.Heading): string {
    const id = this.#toc.get(heading)?.id
    const attribute = id === undefined ? '' : ` id="${escapeHtml(id)}"`
    return `<h${heading.depth}${attribute}>${this.parser.parseInline(heading.tokens)}</h${heading.depth}>\n`
  }

  override image(image: Tokens.Image): string {
    const text = inlineText(image.tokens)
    return super.image({
      ...image,
      text: escapeHtml(text),
      tokens: [{ type: 'html', raw: '', text: escapeHtml(text) }],
    })
  }

  override link(link: Tokens.Link): string {
    const references: ReferenceToken[] = []
    const tokens = withoutReferences(link.tokens, references)
    if (references.length === 0) return super.link(link)
    // A link in a link is no html: the references follow it.
    return super.link({ ...link, tokens }) + references.map(referenceHtml).join('')
  }
}

/** A reference in the text: the number of its note, linked. Nothing where it was not numbered. */
export function referenceHtml({ id, ordinal, definition }: ReferenceToken): string {
  if (ordinal === 0) return ''
  const href = escapeHtml(`#${definition.id}`)
  return `<sup><a href="${href}" id="${escapeHtml(id)}" class="footnote-ref" role="doc-noteref">${ordinal}</a></sup>`
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

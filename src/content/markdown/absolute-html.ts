import { imageAddresses } from './addresses.ts'
import { decodeEntities, escapeAttribute, textOfHtml } from './html-text.ts'

/** What relative addresses are resolved against. */
export interface AddressBases {
  /** Where readers find the article: links are relative to it. */
  page: string
  /** The folder that pictures, sounds and films are relative to. */
  media: string
}

// The html is ours: in a text every `<` is escaped, and values stand between double quotes.
const tag = /<[a-z][a-z0-9]*(?:\s+[^\s=>"/]+(?:="[^"]*")?)+\s*\/?>/gi
const address = /(\s)(src|srcset|poster|href|cite)="([^"]*)"/gi

/**
 * Rendered html for a place other than the site: relative addresses are resolved. Those within the article (`#fn-1`)
 * stay.
 */
export function absoluteHtml(html: string, bases: AddressBases): string {
  return html.replace(tag, (element) =>
    element.replace(address, (attribute, blank: string, name: string, value: string) => {
      const found = resolvedValue(name.toLowerCase(), decodeEntities(value), bases)
      return found === null ? attribute : `${blank}${name}="${escapeAttribute(found)}"`
    }),
  )
}

/** Without the first level-1 heading where that is the title. With a note in it it stays: the note leads back to it. */
export function withoutRepeatedTitle(html: string, title: string): string {
  const [heading, content = ''] = /<h1\b[^>]*>(.*?)<\/h1>\s*/s.exec(html) ?? []
  if (heading === undefined || content.includes('role="doc-noteref"')) return html
  return comparable(textOfHtml(content)) === comparable(title) ? html.replace(heading, () => '') : html
}

const comparable = (text: string) => text.normalize('NFC').replace(/\s+/g, '')

function resolvedValue(name: string, value: string, bases: AddressBases): string | null {
  if (name === 'href' || name === 'cite') return value.startsWith('#') ? null : resolved(value, bases.page)
  const media = bases.media.endsWith('/') ? bases.media : `${bases.media}/`
  return name === 'srcset' ? imageAddresses(value, media) : resolved(value, media)
}

/** Null for what is absolute already, and for what can't be resolved. */
const resolved = (value: string, base: string): string | null =>
  URL.canParse(value) ? null : (URL.parse(value, base)?.href ?? null)

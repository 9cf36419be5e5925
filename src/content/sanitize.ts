import { createRequire } from 'node:module'
import type sanitizeHtmlType from 'sanitize-html'
import type { Attributes, IOptions, Tag } from 'sanitize-html'
import { NestingTooDeep } from './nesting-too-deep.ts'

/** What the sanitiser needs to know beside the html. */
export interface SanitizeOptions {
  /** Relative addresses of images are resolved against it; null leaves them. */
  mediaBaseUrl: string | null
  /** Ids met so far: a second element with one of them loses it. */
  ids: Set<string>
}

const maxDataImage = 64 * 1024

const allowedTags = [
  ...[
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'p',
    'blockquote',
    'pre',
    'hr',
    'div',
    'section',
    'article',
    'aside',
  ],
  ...[
    'header',
    'footer',
    'address',
    'figure',
    'figcaption',
    'details',
    'summary',
    'ul',
    'ol',
    'li',
    'dl',
    'dt',
    'dd',
  ],
  ...['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ...[
    'a',
    'abbr',
    'b',
    'bdi',
    'bdo',
    'br',
    'center',
    'cite',
    'code',
    'data',
    'del',
    'dfn',
    'em',
    'i',
    'ins',
    'kbd',
  ],
  ...[
    'mark',
    'q',
    'rb',
    'rp',
    'rt',
    'rtc',
    'ruby',
    's',
    'samp',
    'small',
    'span',
    'strike',
    'strong',
    'sub',
    'sup',
  ],
  ...['time', 'tt', 'u', 'var', 'wbr', 'img', 'picture', 'source', 'audio', 'video', 'track', 'input'],
]

const allowedAttributes: IOptions['allowedAttributes'] = {
  '*': ['id', 'lang', 'dir', 'title', 'role', 'aria-label', 'aria-labelledby', 'aria-hidden'],
  a: ['href', 'rel'],
  abbr: ['title'],
  audio: ['src', 'controls', 'preload'],
  bdo: ['dir'],
  blockquote: ['cite'],
  col: ['span'],
  colgroup: ['span'],
  data: ['value'],
  del: ['cite', 'datetime'],
  details: ['open'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'decoding'],
  input: ['type', 'checked', 'disabled'],
  ins: ['cite', 'datetime'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  q: ['cite'],
  source: ['src', 'srcset', 'type', 'media', 'sizes'],
  td: ['align', 'colspan', 'rowspan', 'headers'],
  th: ['align', 'colspan', 'rowspan', 'headers', 'scope', 'abbr'],
  time: ['datetime'],
  track: ['src', 'kind', 'srclang', 'label', 'default'],
  video: ['src', 'controls', 'preload', 'poster', 'width', 'height'],
}

/** A piece of html; `isOurs` when its markup is all the renderer's, hence closed. */
export interface HtmlPiece {
  html: string
  isOurs: boolean
}

const separator = '\uFFFF'

/**
 * Sanitises pieces that are shown apart, so that an element which one leaves open does not swallow the next. Those
 * without raw html go through together: the sanitiser takes 0.1 ms to start, and there may be 50,000 notes.
 */
export function sanitizePieces(pieces: readonly HtmlPiece[], options: SanitizeOptions): string[] {
  const ours = pieces.filter((piece) => piece.isOurs).map(({ html }) => html.replaceAll(separator, ''))
  const clean = (ours.length === 0 ? '' : sanitize(ours.join(separator), options)).split(separator).values()
  return pieces.map((piece) => {
    if (piece.isOurs) return clean.next().value ?? ''
    refuseDeepHtml(piece.html)
    return sanitize(piece.html, options)
  })
}

/**
 * Keeps what an article may show, and drops the rest: scripts, styles, forms, frames, event handlers, addresses of
 * any scheme but http(s), mailto, tel and small `data:` images. Images load lazily, links to elsewhere get
 * `rel="noopener"`.
 */
function sanitize(html: string, options: SanitizeOptions): string {
  return sanitizer()(html, {
    allowedTags,
    allowedAttributes,
    allowedClasses: { code: [/^language-[\w+#.-]{1,40}$/], a: ['footnote-ref', 'footnote-backref'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
    allowProtocolRelative: true,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'xmp',
      'noscript',
      'template',
      'title',
      'noembed',
      'noframes',
    ],
    parseStyleAttributes: false,
    transformTags: {
      '*': (tagName, attribs) => transformed(tagName, attribs, options),
    },
  })
}

const maxHtmlDepth = 200
// Elements without a closing tag, and those whose closing tag html lets people leave out.
const notNested =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|d[td]|t[rdh]|option)$/i

/** The sanitiser's parser looks through all open elements for each new one. */
function refuseDeepHtml(html: string): void {
  let depth = 0
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    if (notNested.test(name)) continue
    depth = Math.max(0, depth + (slash === '/' ? -1 : 1))
    if (depth > maxHtmlDepth) throw new NestingTooDeep(`<${name}`)
  }
}

/** No element of html: what is renamed to it is dropped. */
const notAllowed = 'x-dropped'

function transformed(tagName: string, attribs: Attributes, options: SanitizeOptions): Tag {
  if (attribs.id !== undefined && !isFreeId(attribs.id, options.ids)) delete attribs.id
  if (tagName === 'a') transformLink(attribs)
  else if (tagName === 'img') transformImage(attribs, options.mediaBaseUrl)
  else if (tagName === 'input') attribs.disabled = ''
  const isUseless =
    (tagName === 'img' && !attribs.src) || (tagName === 'input' && attribs.type !== 'checkbox')
  return { tagName: isUseless ? notAllowed : tagName, attribs }
}

function isFreeId(id: string, ids: Set<string>): boolean {
  if (!/^[^\s"'<>&]{1,300}$/.test(id) || ids.has(id)) return false
  ids.add(id)
  return true
}

function transformLink(attribs: Attributes): void {
  if (attribs.href !== undefined && /^\s*(?:https?:)?\/\//i.test(attribs.href)) {
    const rel = new Set(
      (attribs.rel ?? '')
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => /^[a-z]+$/.test(word)),
    )
    attribs.rel = [...rel.add('noopener')].join(' ')
  } else delete attribs.rel
}

function transformImage(attribs: Attributes, mediaBaseUrl: string | null): void {
  const src = attribs.src?.trim() ?? ''
  if (/^data:/i.test(src)) {
    const isSmallImage =
      /^data:image\/(?:png|gif|jpe?g|webp|avif);base64,/i.test(src) && src.length <= maxDataImage
    if (!isSmallImage) delete attribs.src
  } else if (mediaBaseUrl !== null && src !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(src)) {
    attribs.src = URL.parse(src, mediaBaseUrl)?.href ?? src
  }
  attribs.loading = 'lazy'
}

const require = createRequire(import.meta.url)
let loaded: typeof sanitizeHtmlType | null = null

function sanitizer(): typeof sanitizeHtmlType {
  loaded ??= require('sanitize-html') as typeof sanitizeHtmlType
  return loaded
}

import { createRequire } from 'node:module'
import type sanitizeHtmlType from 'sanitize-html'
import type { Attributes, IOptions, Tag } from 'sanitize-html'
import { imageAddress, imageAddresses, linkSchemes, relOf } from './addresses.ts'
import { withoutControls } from './control-characters.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'

/** What the sanitiser needs to know beside the html. */
export interface SanitizeOptions {
  /** Relative addresses of images are resolved against it; null leaves them. */
  mediaBaseUrl: string | null
  /** Ids of ours: no raw html may have them. Those of raw html are added, as a second element loses one. */
  ids: Set<string>
}

/** How the renderer writes its own ids where raw html stands beside them; raw html can't spell it. */
export const ownId = 'masthead-own-id'

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

/**
 * Keeps what an article may show, and drops the rest: scripts, styles, forms, frames, event handlers, addresses of
 * any scheme but http(s), mailto, tel and small `data:` images. Images load lazily, links to elsewhere get
 * `rel="noopener"`.
 */
export function sanitize(html: string, options: SanitizeOptions): string {
  refuseDeepHtml(html)
  return withoutControls(sanitizer()(html, sanitizerOptions(options)))
}

function sanitizerOptions(options: SanitizeOptions): IOptions {
  return {
    allowedTags,
    allowedAttributes,
    allowedClasses: {
      code: [/^language-[\w+#.-]{1,40}$/],
      a: ['footnote-ref'],
      div: [/^callout(?:-[a-z]{1,20})?$/],
      details: [/^callout(?:-[a-z]{1,20})?$/],
      p: ['callout-title'],
    },
    allowedSchemes: linkSchemes,
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
  }
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

function transformed(tagName: string, given: Attributes, options: SanitizeOptions): Tag {
  const clean = readableAttributes(given)
  const attribs = ownId in clean ? withOwnId(clean) : withoutTakenId(clean, options.ids)
  if (tagName === 'a') transformLink(attribs)
  else if (tagName === 'img') transformImage(attribs, options.mediaBaseUrl)
  else if (tagName === 'source') transformSource(attribs, options.mediaBaseUrl)
  else if (tagName === 'input') attribs.disabled = ''
  const isUseless =
    (tagName === 'img' && !attribs.src) || (tagName === 'input' && attribs.type !== 'checkbox')
  return { tagName: isUseless ? notAllowed : tagName, attribs }
}

/** What is taken out of the html at the end is gone before addresses are looked at, as in `java&#x7F;script:`. */
function readableAttributes(given: Attributes): Attributes {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, withoutControls(value)]))
}

function withOwnId(given: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      name === 'id' ? [] : [[name === ownId ? 'id' : name, value]],
    ),
  )
}

/** What is not ours looks like no reference of ours, and has no id that is taken. */
function withoutTakenId({ ...attribs }: Attributes, ids: Set<string>): Attributes {
  if (attribs.class?.includes('footnote')) delete attribs.class
  if (attribs.id !== undefined && !isFreeId(attribs.id, ids)) delete attribs.id
  return attribs
}

function isFreeId(id: string, ids: Set<string>): boolean {
  if (!/^[^\s"'<>&]{1,300}$/.test(id) || ids.has(id)) return false
  ids.add(id)
  return true
}

function transformLink(attribs: Attributes): void {
  const rel = attribs.href === undefined ? null : relOf(attribs.href)
  if (rel === null) delete attribs.rel
  else {
    const words = (attribs.rel ?? '').toLowerCase().split(/\s+/)
    attribs.rel = [...new Set([...words.filter((word) => /^[a-z]+$/.test(word)), rel])].join(' ')
  }
}

function transformImage(attribs: Attributes, mediaBaseUrl: string | null): void {
  const address = imageAddress(attribs.src ?? '', mediaBaseUrl)
  if (address === null) delete attribs.src
  else attribs.src = address
  attribs.loading = 'lazy'
}

/** Read here, because the sanitiser complains on stdout of what it can't read, and resolves no addresses. */
function transformSource(attribs: Attributes, mediaBaseUrl: string | null): void {
  const addresses = attribs.srcset === undefined ? null : imageAddresses(attribs.srcset, mediaBaseUrl)
  if (addresses === null) delete attribs.srcset
  else attribs.srcset = addresses
}

const require = createRequire(import.meta.url)
let loaded: typeof sanitizeHtmlType | null = null

function sanitizer(): typeof sanitizeHtmlType {
  loaded ??= require('sanitize-html') as typeof sanitizeHtmlType
  return loaded
}

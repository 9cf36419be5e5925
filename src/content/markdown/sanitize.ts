import { createRequire } from 'node:module'
import type sanitizeHtmlType from 'sanitize-html'
import type { Attributes, IOptions, Tag } from 'sanitize-html'
import { imageAddress, imageAddresses, linkSchemes, relOf } from './addresses.ts'
import { withoutControls } from './control-characters.ts'
import { type DroppedHtml, droppedOf, type SanitizedTag } from './dropped-html.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'

/** What the sanitiser needs to know beside the html. */
export interface SanitizeOptions {
  /** Relative addresses of images are resolved against it; null leaves them. */
  mediaBaseUrl: string | null
  /** The ids in use. Those of raw html are added, as they are written: a second element loses its id. */
  ids: Set<string>
}

/** Html that is safe to show, and what was left out of it, in reading order. */
export interface SanitizedHtml {
  html: string
  dropped: DroppedHtml[]
}

/**
 * What ids of raw html begin with, as GitHub has it. In a page, an element's id is a property of `window` and of
 * `document`: `<a id="config">` would take the place of a script's variable, and `id="fn-9"` that of a note of ours.
 * Links within the article are led to the new name (`withRawIdLinks`).
 */
export const rawIdPrefix = 'user-content-'

/** How the renderer writes its own ids where raw html stands beside them; raw html can't spell it. */
export const ownId = 'masthead-own-id'

const allowedTags =
  `h1 h2 h3 h4 h5 h6 p blockquote pre hr div section article aside header footer address figure
  figcaption details summary ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td a abbr b bdi bdo br
  center cite code data del dfn em i ins kbd mark q rb rp rt rtc ruby s samp small span strike strong sub sup time tt u
  var wbr img picture source audio video track input`.split(/\s+/)
const isAllowed = new Set(allowedTags)

/** Elements that are left out with all that they hold: it is no text, or none that browsers would show. */
export const nonTextTags = `script style textarea option xmp noscript template title noembed noframes`.split(
  ' ',
)

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
 * @throws NestingTooDeep
 */
export function sanitize(html: string, options: SanitizeOptions): SanitizedHtml {
  const tags: SanitizedTag[] = []
  const safe = withoutControls(sanitizer()(html, sanitizerOptions(options, tags)))
  return { html: safe, dropped: tags.flatMap((tag) => droppedOf(tag) ?? []) }
}

function sanitizerOptions(options: SanitizeOptions, tags: SanitizedTag[]): IOptions {
  return {
    ...depthGuard(),
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
    nonTextTags,
    parseStyleAttributes: false,
    transformTags: {
      '*': (tag, given) => {
        const transformation = transformed(tag, given, options)
        const { tagName, attribs: kept } = transformation
        tags.push({ tag, given, kept, isKept: isAllowed.has(tagName) })
        return transformation
      },
    },
  }
}

// Browsers themselves stop at 512. Elements whose closing tag html lets people leave out may be open in great numbers.
const maxHtmlDepth = 200
const maxOpenElements = 1_000
const closesItself = /^(?:p|li|d[td]|t[rdh]|thead|tbody|tfoot|option|r[tp])$/

/**
 * Refuses what nests too deeply, as the sanitiser's own parser sees it: it looks through all open elements for each tag,
 * and later stages go down into each of them.
 */
function depthGuard(): Pick<IOptions, 'onOpenTag' | 'onCloseTag'> {
  let open = 0
  let nested = 0
  return {
    onOpenTag: (name) => {
      open++
      if (!closesItself.test(name)) nested++
      if (nested > maxHtmlDepth || open > maxOpenElements) throw new NestingTooDeep(`<${name}`)
    },
    onCloseTag: (name) => {
      open--
      if (!closesItself.test(name)) nested--
    },
  }
}

/** No element of html: what is renamed to it is dropped. */
const notAllowed = 'x-dropped'

function transformed(tagName: string, given: Attributes, options: SanitizeOptions): Tag {
  const clean = readableAttributes(given)
  const attribs = ownId in clean ? withOwnId(clean) : withRawId(clean, tagName, options.ids)
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

/** What is not ours looks like nothing of ours. `<a name>` is how ids were once given to places. */
function withRawId({ ...attribs }: Attributes, tagName: string, ids: Set<string>): Attributes {
  if (attribs.class?.includes('footnote')) delete attribs.class
  if (/^\s*doc-/i.test(attribs.role ?? '')) delete attribs.role
  const id = attribs.id ?? (tagName === 'a' ? attribs.name : undefined)
  delete attribs.id
  if (id === undefined || !/^[^\s"'<>&]{1,300}$/.test(id)) return attribs
  const prefixed = `${rawIdPrefix}${id}`
  if (ids.has(prefixed)) return attribs
  ids.add(prefixed)
  return { ...attribs, id: prefixed }
}

function transformLink(attribs: Attributes): void {
  const rel = attribs.href === undefined ? null : relOf(attribs.href)
  if (rel === null) delete attribs.rel
  else {
    const words = (attribs.rel ?? '').toLowerCase().split(/\s+/)
    const kept = words.filter((word) => /^[a-z]+$/.test(word) && word !== 'opener')
    attribs.rel = [...new Set([...kept, rel])].join(' ')
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

import { type DefaultTreeAdapterTypes, html as htmlNames, parseFragment, serialize } from 'parse5'

type Element = DefaultTreeAdapterTypes.Element
type Node = DefaultTreeAdapterTypes.ChildNode

/** What an article may consist of. Written down apart from the sanitiser's own list: two must be wrong at once. */
const ELEMENTS = new Set(
  `h1 h2 h3 h4 h5 h6 p blockquote pre hr div section article aside header footer address figure figcaption details
  summary ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td a abbr b bdi bdo br center cite code
  data del dfn em i ins kbd mark q rb rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr img
  picture source audio video track input`.split(/\s+/),
)

const ATTRIBUTES = new Set(
  `id lang dir title role aria-label aria-labelledby aria-hidden aria-describedby href rel class cite span value
  datetime open src alt width height loading decoding type checked disabled start reversed srcset media sizes align
  colspan rowspan headers scope abbr kind srclang label default controls preload poster`.split(/\s+/),
)

const CLASSES =
  /^(?:language-[\w+#.-]+|footnotes|footnote-ref|footnote-backref|sr-only|callout callout-[a-z]+|callout-title)$/

const ADDRESSES = new Set(['href', 'src', 'cite', 'poster'])
const PAGE = 'https://page.example/'
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:'])
const RASTER_IMAGE = /^data:image\/(?:png|gif|jpe?g|webp|avif);base64,/i

/** What in a piece of html could run, load or deceive, as an HTML5 parser sees it; empty when it is safe. */
export function dangersIn(html: string): string[] {
  const { childNodes } = parseFragment(html)
  return [...childNodes.flatMap(dangersOfNode), ...mutationsOf(html)]
}

function dangersOfNode(node: Node): string[] {
  if (node.nodeName === '#text') return []
  if (!('tagName' in node)) return [`a ${node.nodeName}`]
  const { tagName, namespaceURI, childNodes } = node
  const isForeign = namespaceURI !== htmlNames.NS.HTML
  return [
    ...(isForeign || !ELEMENTS.has(tagName) ? [`<${tagName}>`] : []),
    ...(tagName === 'input' && attribute(node, 'type') !== 'checkbox' ? ['<input> that is no box'] : []),
    ...node.attrs.flatMap(({ name, value }) => dangersOfAttribute(tagName, name, value)),
    ...childNodes.flatMap(dangersOfNode),
  ]
}

function dangersOfAttribute(tagName: string, name: string, value: string): string[] {
  const where = `<${tagName} ${name}=${JSON.stringify(value)}>`
  if (!ATTRIBUTES.has(name)) return [where]
  if (ADDRESSES.has(name)) return isSafeAddress(tagName, name, value) ? [] : [where]
  if (name === 'srcset')
    return value.split(',').every((one) => isSafeAddress(tagName, name, one.trim())) ? [] : [where]
  if (name === 'class') return CLASSES.test(value) ? [] : [where]
  return []
}

/** By the parser that browsers use (WHATWG URL), which drops blanks and control characters as they do. */
function isSafeAddress(tagName: string, name: string, value: string): boolean {
  const url = URL.parse(value, PAGE)
  // What is no address leads nowhere; a relative one can't be anything else.
  if (url === null) return !/^[\0-\x20]*[a-z][a-z0-9+.-]*:/i.test(value)
  if (SCHEMES.has(url.protocol)) return true
  return tagName === 'img' && name === 'src' && RASTER_IMAGE.test(value)
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((one) => one.name === name)?.value

/** Html that changes its meaning when a page writes it out and reads it in again, or that ends its container. */
function mutationsOf(html: string): string[] {
  const once = writtenOut(html)
  const twice = writtenOut(once)
  const inPage = parseFragment(`<div id="container">${html}</div><p id="after"></p>`)
  const ids = inPage.childNodes.map((node) => ('tagName' in node ? attribute(node, 'id') : node.nodeName))
  return [
    ...(once === twice ? [] : ['reads differently the second time']),
    ...(ids.join() === 'container,after' ? [] : ['ends its container']),
  ]
}

/** Without the line end with which `pre` may begin, which each reading takes away (HTML §13.3). */
const writtenOut = (html: string) => serialize(parseFragment(html)).replace(/<pre>\n+/g, '<pre>')

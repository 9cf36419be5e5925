import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html as htmlNames,
  parseFragment,
  type TreeAdapter,
} from 'parse5'
import { escapeAttribute, escapeText } from './html-text.ts'
import { NestingTooDeep } from './nesting-too-deep.ts'

type Tree = DefaultTreeAdapterTypes.DefaultTreeAdapterMap
type Node = DefaultTreeAdapterTypes.ChildNode
type Attributes = DefaultTreeAdapterTypes.Element['attrs']

// No deeper than the sanitiser lets through; elements that browsers open again may nest a little deeper.
const maxDepth = 1_500

const voidElements = new Set(['area', 'br', 'col', 'embed', 'hr', 'img', 'input', 'source', 'track', 'wbr'])

/**
 * Html as a browser reads it (HTML Living Standard §13.2), written so that it is read as the same again: elements that
 * can't stand where they were written (a block in a paragraph, text between table rows) are where browsers put them.
 *
 * @param html sanitised
 * @throws NestingTooDeep where browsers would make many more elements than were written: bold that spans paragraphs
 * is opened again in each of them
 */
export function asBrowsersReadIt(html: string): string {
  let { html: read, isMoved } = readOnce(html)
  // What is moved may stand where it can't be written: a link in a link, an item in an item.
  for (let times = 1; isMoved && times < maxReadings; times++) {
    const again = readOnce(read)
    isMoved = again.html !== read
    read = again.html
  }
  return read
}

const maxReadings = 5

/** `isMoved`: elements may stand elsewhere than written, or have other names. */
function readOnce(html: string): { html: string; isMoved: boolean } {
  const written = html.split('<').length
  let left = 2 * written + 1_000
  const treeAdapter: TreeAdapter<Tree> = {
    ...defaultTreeAdapter,
    createElement: (...element) => {
      if (left-- <= 0) throw new NestingTooDeep(html.slice(0, 100))
      return defaultTreeAdapter.createElement(...element)
    },
  }
  // Inside a <div>: without a context, parse5 takes a <td> that stands alone for one.
  const context = defaultTreeAdapter.createElement('div', htmlNames.NS.HTML, [])
  const writer = new TreeWriter()
  const read = writer.nodes(parseFragment(context, html, { treeAdapter }).childNodes)
  return { html: read, isMoved: writer.hasRenamed || html.includes('<table') }
}

const listsOfItems = new Map([
  ['li', ['ul', 'ol']],
  ['dt', ['dl']],
  ['dd', ['dl']],
])

class TreeWriter {
  hasRenamed = false
  readonly #ids = new Set<string>()
  readonly #ancestors: string[] = []

  nodes(nodes: readonly Node[]): string {
    let html = ''
    for (const node of nodes) {
      if ('value' in node) html += escapeText(node.value)
      else if ('tagName' in node) html += this.#element(node)
    }
    return html
  }

  #element({ tagName, attrs, childNodes }: DefaultTreeAdapterTypes.Element): string {
    const name = this.#isStray(tagName) ? 'div' : tagName
    if (name !== tagName) this.hasRenamed = true
    if (tagName === 'sup' && childNodes.length === 0) return ''
    // A link that stands around a reference ends before it, and with it the reference's own `<sup>`.
    const isLowered = this.#ancestors.at(-1) !== 'sup' && attrs.some(isReferenceClass)
    if (isLowered) return `<sup>${this.#written(name, attrs, childNodes)}</sup>`
    return this.#written(name, attrs, childNodes)
  }

  #written(name: string, attrs: Attributes, childNodes: readonly Node[]): string {
    const attributes = attrs
      .filter((attribute) => attribute.name !== 'id' || this.#isFirst(attribute.value))
      .map(attributeHtml)
      .join('')
    if (voidElements.has(name)) return `<${name}${attributes} />`
    if (this.#ancestors.length > maxDepth) throw new NestingTooDeep(`<${name}`)
    this.#ancestors.push(name)
    const written = this.nodes(childNodes)
    // Browsers leave out the line end that follows the tag.
    const content = name === 'pre' ? written.replace(/^\n+/, '') : written
    this.#ancestors.pop()
    return `<${name}${attributes}>${content}</${name}>`
  }

  /** An item without its list ends the item that it is shown in: a note. */
  #isStray(tagName: string): boolean {
    return listsOfItems.get(tagName)?.every((list) => !this.#ancestors.includes(list)) === true
  }

  /** What browsers open again in the next paragraph has its id again. */
  #isFirst(id: string): boolean {
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    return true
  }
}

function isReferenceClass({ name, value }: Attributes[number]): boolean {
  return name === 'class' && value === 'footnote-ref'
}

function attributeHtml({ name, value }: { name: string; value: string }): string {
  return value === '' && name !== 'alt' ? ` ${name}` : ` ${name}="${escapeAttribute(value)}"`
}

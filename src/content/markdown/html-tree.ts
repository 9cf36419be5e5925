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
  return new TreeWriter().nodes(parseFragment(context, html, { treeAdapter }).childNodes)
}

const listsOfItems = new Map([
  ['li', ['ul', 'ol']],
  ['dt', ['dl']],
  ['dd', ['dl']],
])

class TreeWriter {
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
    const attributes = attrs
      .filter((attribute) => attribute.name !== 'id' || this.#isFirst(attribute.value))
      .map(attributeHtml)
      .join('')
    if (voidElements.has(name)) return `<${name}${attributes} />`
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

function attributeHtml({ name, value }: { name: string; value: string }): string {
  return value === '' && name !== 'alt' ? ` ${name}` : ` ${name}="${escapeAttribute(value)}"`
}

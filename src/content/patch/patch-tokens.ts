import type { CST } from 'yaml'

/** An entry of a mapping or an item of a list, as its tokens stand in the source. */
export type ItemTokens = CST.CollectionItem

/** Where the `:` of an entry ends; null without one. */
export function colonEnd(item: ItemTokens): number | null {
  const colon = item.sep?.find(({ type }) => type === 'map-value-ind')
  return colon ? endOf(colon) : null
}

/** Where an entry begins: its key with its tag and anchor, or the `?` before it. */
export function entryStart(item: ItemTokens): number {
  const first = item.start.find(({ type }) => type === 'explicit-key-ind' || isProperty(type))
  return first?.offset ?? item.key?.offset ?? item.sep?.[0]?.offset ?? item.value?.offset ?? 0
}

/** Is this an entry written with `?`? */
export function isExplicitKey(item: ItemTokens): boolean {
  return item.start.some(({ type }) => type === 'explicit-key-ind')
}

/** Does a comment of its own stand before the entry? */
export function hasCommentBefore(item: ItemTokens): boolean {
  return item.start.some(({ type }) => type === 'comment')
}

/** The `-` of a list's item; undefined for what follows the last one. */
export function dashOf(item: ItemTokens): CST.SourceToken | undefined {
  return item.start.find(({ type }) => type === 'seq-item-ind')
}

/** Tag and anchor of an entry's value, from the first to the end of the last; null without. */
export function valueProperties(item: ItemTokens): { start: number; end: number } | null {
  const properties = (item.sep ?? []).filter(({ type }) => isProperty(type))
  const [first] = properties
  const last = properties.at(-1)
  return first && last ? { start: first.offset, end: endOf(last) } : null
}

/** Does an item of a flow collection say anything, or does it only hold blanks and comments before the bracket? */
export function isFlowElement(item: ItemTokens): boolean {
  return item.key !== undefined || item.value !== undefined || item.start.some(({ type }) => isProperty(type))
}

/** Where an entry or item ends, without the comment behind it. */
export function itemEnd(item: ItemTokens): number {
  if (item.value) return tokenEnd(item.value)
  const said = (item.sep ?? []).findLast(({ type }) => type === 'map-value-ind' || isProperty(type))
  if (said) return endOf(said)
  if (item.key) return tokenEnd(item.key)
  const started = item.start.findLast(
    ({ type }) => type === 'seq-item-ind' || type === 'explicit-key-ind' || isProperty(type),
  )
  return started ? endOf(started) : 0
}

/** Where a value ends: comments and blank lines after it are not its own, but for a block scalar that keeps them. */
export function tokenEnd(token: CST.Token): number {
  switch (token.type) {
    case 'block-map':
    case 'block-seq':
      return Math.max(token.offset, ...token.items.slice(-2).map(itemEnd))
    case 'flow-collection': {
      const close = token.end.find(({ type }) => type === 'flow-seq-end' || type === 'flow-map-end')
      return close ? endOf(close) : token.offset
    }
    case 'block-scalar':
      return blockScalarEnd(token)
    default:
      return 'source' in token ? endOf(token) : token.offset
  }
}

/** The header of a block scalar (`|`, `>-`), its comment left out. */
export function blockScalarHeader(token: CST.BlockScalar): { start: number; end: number; source: string } {
  const header = token.props.find(({ type }) => type === 'block-scalar-header')
  const source = header && 'source' in header ? header.source : '|'
  const start = header?.offset ?? token.offset
  return { start, end: start + source.length, source }
}

function blockScalarEnd(token: CST.BlockScalar): number {
  const header = blockScalarHeader(token)
  const content = blockScalarContent(token)
  const keeps = header.source.includes('+')
  const said = keeps ? token.source.replace(/\r?\n$/, '').length : token.source.trimEnd().length
  const blanks = /^[ \t]*/.exec(token.source.slice(said))?.[0].length ?? 0
  return said === 0 ? header.end : content + said + blanks
}

function blockScalarContent(token: CST.BlockScalar): number {
  const last = token.props.at(-1)
  return last && 'source' in last ? endOf(last) : token.offset
}

function isProperty(type: CST.SourceToken['type']): boolean {
  return type === 'anchor' || type === 'tag'
}

function endOf(token: { offset: number; source: string }): number {
  return token.offset + token.source.length
}

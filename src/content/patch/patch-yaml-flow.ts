import { type CST, isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml'
import type { SourceEntry, SourceNode } from '../front-matter/source-node.ts'
import { isSameJson, type Json } from '../json.ts'
import { alignItems } from './patch-align.ts'
import { NotInPlace, type SourceEdits } from './patch-edits.ts'
import { type EntryChanges, entryChanges, someEntryStays } from './patch-entries.ts'
import {
  colonEnd,
  entryStart,
  type ItemTokens,
  isFlowElement,
  itemEnd,
  tokenEnd,
  valueProperties,
} from './patch-tokens.ts'
import { type FlowLanguage, flowEntry, flowText, styleOf } from './patch-yaml-text.ts'

/** What is needed to change values between brackets. */
export interface FlowEdits {
  edits: SourceEdits
  language: FlowLanguage
  /** Nodes whose value is another afterwards: other places may refer to them. */
  touched: Set<unknown>
  /** Whether lines that go take the blank lines and the indented comments after them along. */
  takesTails: boolean
}

/**
 * Changes a collection between brackets item by item.
 * @returns false when nothing of it would stay
 */
export function changeFlowCollection(
  context: FlowEdits,
  node: unknown,
  was: SourceNode,
  target: Json,
): boolean {
  if (isMap(node) && someEntryStays(was.entries, target) && was.entries) {
    if (node.srcToken?.type !== 'flow-collection') return false
    changeFlowMap(context, node, was.entries, entryChanges(was.entries, target))
    return true
  }
  if (!isSeq(node) || !Array.isArray(target) || target.length === 0 || !was.items?.length) return false
  changeFlowList(context, node, was.items, target)
  return true
}

/** Changes the entries of a mapping between braces. */
export function changeFlowMap(
  context: FlowEdits,
  map: YAMLMap,
  entries: readonly SourceEntry[],
  { changed, added }: EntryChanges,
): void {
  const elements = elementsOf(map.srcToken, entries.length)
  const kept = [...elements.keys()].filter((place) => !changed.has(place) || changed.get(place) !== undefined)
  for (const [place, value] of changed) {
    const element = elements[place]
    const entry = entries[place]
    if (value !== undefined && element && entry) {
      changeFlowEntry(context, element, map.items[place]?.value, entry.node, value)
    }
  }
  const texts = added.map(([key, value]) => flowEntry(key, value, context.language))
  const plan = [...kept, ...texts.map((text) => ({ text }))]
  spliceElements(context.edits, map.srcToken, elements, plan)
}

function changeFlowEntry(
  context: FlowEdits,
  element: ItemTokens,
  node: unknown,
  was: SourceNode,
  target: Json,
): void {
  const { edits, language, touched } = context
  touched.add(node)
  if (changeFlowCollection(context, node, was, target)) return
  const colon = colonEnd(element)
  const properties = valueProperties(element)
  const text = flowText(target, language, element.value)
  if (colon === null) edits.insert(itemEnd(element), `: ${text}`)
  else if (properties) edits.replace(properties.start, itemEnd(element), text)
  else if (element.value) edits.replace(element.value.offset, tokenEnd(element.value), text)
  else edits.insert(colon, ` ${text}`)
}

function changeFlowList(
  context: FlowEdits,
  list: YAMLSeq,
  items: readonly SourceNode[],
  target: readonly Json[],
): void {
  const { edits, language, touched } = context
  const elements = elementsOf(list.srcToken, items.length)
  const matches = alignItems(
    items.map(({ value }) => value),
    target,
  )
  const placeOf = new Map(matches.map(({ before, after }) => [after, before]))
  const like = styleOf(elements.map(({ value }) => value))
  const plan = target.map((value, after) => {
    const before = placeOf.get(after)
    const item = before === undefined ? undefined : items[before]
    if (before === undefined || !item) return { text: flowText(value, language, like) }
    if (isSameJson(item.value, value)) return before
    touched.add(list.items[before])
    const isChanged = changeFlowCollection(context, list.items[before], item, value)
    return isChanged ? before : { text: flowText(value, language) }
  })
  spliceElements(edits, list.srcToken, elements, plan)
}

function elementsOf(token: CST.Token | undefined, count: number): ItemTokens[] {
  if (token?.type !== 'flow-collection') throw new NotInPlace('Brackets without tokens.')
  const elements = token.items.filter(isFlowElement)
  if (elements.length !== count) throw new NotInPlace('Brackets hold more than their items.')
  return elements
}

/** Elements that stay (by their place, in order), and the texts of those that come. */
type Plan = readonly (number | { text: string })[]

function spliceElements(
  edits: SourceEdits,
  token: CST.Token | undefined,
  elements: readonly ItemTokens[],
  plan: Plan,
): void {
  if (token?.type !== 'flow-collection') throw new NotInPlace('Brackets without tokens.')
  const separator = separatorOf(edits.source, elements)
  const [first] = elements
  const last = elements.at(-1)
  if (!first || !last) {
    const open = token.start.offset + 1
    edits.insert(open, plan.map((part) => (typeof part === 'number' ? '' : part.text)).join(separator))
    return
  }
  let previous = -1
  let texts: string[] = []
  for (const part of plan) {
    if (typeof part !== 'number') {
      texts.push(part.text)
      continue
    }
    spliceBefore(edits, elements, { previous, next: part, texts, separator })
    previous = part
    texts = []
  }
  const kept = elements[previous]
  if (kept && (texts.length > 0 || previous < elements.length - 1)) {
    edits.replace(itemEnd(kept), itemEnd(last), texts.map((text) => separator + text).join(''))
  } else if (!kept) edits.replace(entryStart(first), itemEnd(last), texts.join(separator))
}

function spliceBefore(
  edits: SourceEdits,
  elements: readonly ItemTokens[],
  gap: { previous: number; next: number; texts: readonly string[]; separator: string },
): void {
  const { previous, next, texts, separator } = gap
  const kept = elements[next]
  const firstGone = elements[previous + 1]
  if (!kept || !firstGone || (next === previous + 1 && texts.length === 0)) return
  edits.replace(entryStart(firstGone), entryStart(kept), texts.map((text) => text + separator).join(''))
}

/** What stands between the first two, when that is no more than a comma and blanks. */
function separatorOf(source: string, elements: readonly ItemTokens[]): string {
  const [first, second] = elements
  const between = first && second ? source.slice(itemEnd(first), entryStart(second)) : ', '
  return /^\s*,\s*$/.test(between) ? between : ', '
}

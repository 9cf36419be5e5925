import { type CST, isMap, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import type { SourceEntry, SourceNode } from '../front-matter/source-node.ts'
import { yamlItems, yamlOf } from '../front-matter/yaml-writer.ts'
import { isSameJson, type Json } from '../json.ts'
import { alignItems } from './patch-align.ts'
import { NotInPlace, type SourceEdits } from './patch-edits.ts'
import { type EntryChanges, entryChanges, someEntryStays } from './patch-entries.ts'
import {
  dashOf,
  entryStart,
  hasCommentBefore,
  type ItemTokens,
  isExplicitKey,
  itemEnd,
} from './patch-tokens.ts'
import { changeFlowCollection, type FlowEdits } from './patch-yaml-flow.ts'
import { lineText, styleOf } from './patch-yaml-text.ts'
import { replaceBlockValue } from './patch-yaml-value.ts'

/**
 * Changes the entries of a mapping in block style: those that go take their lines along, new ones come at its end.
 * @param endsAt where new lines go; absent: after its last entry
 */
export function changeBlockMap(
  context: FlowEdits,
  map: YAMLMap,
  entries: readonly SourceEntry[],
  { changed, added }: EntryChanges,
  endsAt?: number,
): void {
  const { edits } = context
  const tokens = map.items.map(tokensOf)
  const [first] = tokens
  const last = tokens.at(-1)
  if (!first || !last) throw new NotInPlace('A mapping without entries.')
  const column = edits.column(entryStart(first))
  const goes = (place: number) => changed.has(place) && changed.get(place) === undefined
  const afterHead = removeHead(edits, tokens, goes)
  for (const [place, token] of tokens.entries()) {
    const value = changed.get(place)
    const entry = entries[place]
    if (goes(place)) {
      if (place >= afterHead) removeLines(context, entryStart(token), itemEnd(token), column)
    } else if (value !== undefined && entry) {
      changeBlockEntry(context, token, map.items[place], entry, value, column)
    }
  }
  if (added.length > 0) {
    const text = yamlOf(Object.fromEntries(added), ' '.repeat(column))
    edits.insertLines(endsAt ?? edits.nextLine(itemEnd(last)), text.split('\n').slice(0, -1))
  }
}

/**
 * The first entries of a mapping that begins behind a dash share its line: when they go, the next one moves up; with
 * a comment before it, it stays below the dash.
 * @returns the place of the first entry that is not dealt with
 */
function removeHead(
  edits: SourceEdits,
  tokens: readonly ItemTokens[],
  goes: (place: number) => boolean,
): number {
  const [first] = tokens
  if (!first || !goes(0) || edits.beginsLine(entryStart(first))) return 0
  const place = tokens.findIndex((_, index) => !goes(index))
  const next = tokens[place]
  const gone = tokens[place - 1]
  if (!next || !gone) throw new NotInPlace('Nothing would be left behind the dash.')
  const start = entryStart(first)
  const isCommented = tokens.slice(1, place + 1).some(hasCommentBefore)
  if (!isCommented) edits.replace(start, entryStart(next), '')
  else edits.replace(edits.lastTextEnd(start), edits.lineEnd(itemEnd(gone)), '')
  return place
}

function removeLines({ edits, takesTails }: FlowEdits, start: number, end: number, column: number): void {
  if (!edits.beginsLine(start)) throw new NotInPlace('Something else stands on the line.')
  const next = edits.nextLine(end)
  edits.replace(edits.lineStart(start), takesTails ? edits.afterTail(next, column) : next, '')
}

function changeBlockEntry(
  context: FlowEdits,
  token: ItemTokens,
  pair: Pair | undefined,
  { key, node: was }: SourceEntry,
  target: Json,
  column: number,
): void {
  const { edits, touched } = context
  touched.add(pair?.value)
  if (isExplicitKey(token)) {
    const start = entryStart(token)
    const text = yamlOf({ [key]: target }, ' '.repeat(column)).slice(column)
    const lines = text.split('\n').slice(0, -1)
    edits.replace(start, edits.lineEnd(itemEnd(token)), lines.join(edits.lineEndText))
  } else if (!changeCollection(context, pair?.value, was, target)) {
    replaceBlockValue(edits, token, target, column)
  }
}

/** Changes a list or mapping item by item. @returns false when nothing of it would stay as it is */
function changeCollection(context: FlowEdits, node: unknown, was: SourceNode, target: Json): boolean {
  if ((isMap(node) || isSeq(node)) && node.flow) return changeFlowCollection(context, node, was, target)
  if (isMap(node) && was.entries && someEntryStays(was.entries, target)) {
    changeBlockMap(context, node, was.entries, entryChanges(was.entries, target))
    return true
  }
  if (!isSeq(node) || !Array.isArray(target) || target.length === 0 || !was.items?.length) return false
  changeBlockList(context, node, was.items, target)
  return true
}

function changeBlockList(
  context: FlowEdits,
  list: YAMLSeq,
  items: readonly SourceNode[],
  target: readonly Json[],
): void {
  const { edits } = context
  const rows = rowsOf(edits, list, items.length)
  const style = listStyle(rows)
  const matches = alignItems(
    items.map(({ value }) => value),
    target,
  )
  let before = 0
  let after = 0
  for (const match of [...matches, { before: items.length, after: target.length }]) {
    const gone = rows.slice(before, match.before)
    const place = gone[0]?.start ?? rows[before - 1]?.next ?? rows[before]?.start ?? 0
    edits.insertLines(place, itemLines(target.slice(after, match.after), style))
    for (const { start, next, column } of gone) {
      edits.replace(start, context.takesTails ? edits.afterTail(next, column) : next, '')
    }
    changeRow(context, rows[match.before], style, {
      node: list.items[match.before],
      was: items[match.before],
      target: target[match.after],
    })
    before = match.before + 1
    after = match.after + 1
  }
}

function changeRow(
  context: FlowEdits,
  row: Row | undefined,
  style: ListStyle,
  { node, was, target }: { node: unknown; was: SourceNode | undefined; target: Json | undefined },
): void {
  if (!row || !was || target === undefined || isSameJson(was.value, target)) return
  context.touched.add(node)
  if (changeCollection(context, node, was, target)) return
  context.edits.insertLines(row.start, itemLines([target], style))
  context.edits.replace(row.start, row.next, '')
}

/** An item of a list with its lines: all of them, from the dash's to the start of the next. */
interface Row {
  token: ItemTokens
  column: number
  start: number
  next: number
  /** The blanks after the dash. */
  gap: string
}

function rowsOf(edits: SourceEdits, list: YAMLSeq, count: number): Row[] {
  const tokens = list.srcToken?.type === 'block-seq' ? list.srcToken.items : []
  const rows = tokens.flatMap((token): Row[] => {
    const dash = dashOf(token)
    if (!dash) return []
    if (!edits.beginsLine(dash.offset)) throw new NotInPlace('A list begins behind a dash.')
    const gap = /^ +(?=[^\s#])/.exec(edits.source.slice(dash.offset + 1, dash.offset + 40))?.[0] ?? ' '
    const start = edits.lineStart(dash.offset)
    return [{ token, column: dash.offset - start, start, next: edits.nextLine(itemEnd(token)), gap }]
  })
  if (rows.length !== count) throw new NotInPlace('A list holds more than its items.')
  return rows
}

/** How new items of a list are written. */
interface ListStyle {
  indent: string
  gap: string
  like: CST.Token | null
}

function listStyle(rows: readonly Row[]): ListStyle {
  const like = styleOf(rows.map(({ token }) => token.value))
  return { indent: ' '.repeat(rows[0]?.column ?? 0), gap: rows[0]?.gap ?? ' ', like }
}

function itemLines(items: readonly Json[], { indent, gap, like }: ListStyle): string[] {
  return items.flatMap((item) => {
    if (typeof item === 'string') return [`${indent}-${gap}${lineText(item, like)}`]
    return yamlItems([item], indent, gap).split('\n').slice(0, -1)
  })
}

function tokensOf(pair: Pair): ItemTokens {
  const token = pair.srcToken
  if (!token) throw new NotInPlace('An entry without tokens.')
  return token
}

import { isAlias, isMap, isSeq, type YAMLMap } from 'yaml'
import type { SourceNode } from '../front-matter/source-node.ts'
import { parseYaml } from '../front-matter/yaml-front-matter.ts'
import { yamlOf } from '../front-matter/yaml-writer.ts'
import { NotInPlace, SourceEdits } from './patch-edits.ts'
import type { EntryChanges } from './patch-entries.ts'
import { changeBlockMap } from './patch-yaml-block.ts'
import { changeFlowMap, type FlowEdits } from './patch-yaml-flow.ts'
import { type FlowLanguage, flowText } from './patch-yaml-text.ts'

/** A block of YAML, or of JSON, which YAML 1.2 contains. */
export interface YamlBlock {
  text: string
  language: FlowLanguage
  /** Its values, as they were read; null when it has none. */
  root: SourceNode | null
  /** What ends the lines that are added. */
  lineEnd: string
  /**
   * Whether what goes takes the blank lines and the indented comments after it along: a block scalar before it would
   * read them as its own.
   */
  takesTails: boolean
}

/**
 * The block with the changes made in place: whatever has not changed stays as it is written, byte for byte. (The
 * `yaml` package's own `toString` indents and pads anew.) Aliases of a value that changes are written out.
 * @throws NotInPlace when it is written in a way that can't be changed in place
 */
export function spliceYaml(block: YamlBlock, changes: EntryChanges): string {
  const { source, parsed } = parseYaml(block.text, { keepSourceTokens: true })
  const edits = new SourceEdits(source, block.lineEnd)
  const context: FlowEdits = {
    edits,
    language: block.language,
    touched: new Set(),
    takesTails: block.takesTails,
  }
  const { contents } = parsed
  if (contents === null) edits.insertLines(source.length, addedLines(changes, 0))
  else if (!isMap(contents) || !block.root?.entries) throw new NotInPlace('No mapping of keys to values.')
  else if (!contents.flow) changeBlockMap(context, contents, block.root.entries, changes, source.length)
  else if (isEmptyLine(edits, contents, block.language)) replaceEmptyLine(edits, contents, changes)
  else changeFlowMap(context, contents, block.root.entries, changes)
  if (block.root) writeOutAliases(context, contents, block.root)
  const text = edits.appliedTo(block.text)
  const isEmptied = !contents?.flow && changes.added.length === 0 && entriesLeft(block.root, changes) === 0
  // A block of nothing but comments would be text between two thematic breaks.
  return isEmptied && text.trim() !== '' ? `${text}{}${block.lineEnd}` : text
}

function entriesLeft(root: SourceNode | null, { changed }: EntryChanges): number {
  const gone = [...changed.values()].filter((value) => value === undefined)
  return (root?.entries?.length ?? 0) - gone.length
}

function addedLines({ added }: EntryChanges, column: number): string[] {
  return yamlOf(Object.fromEntries(added), ' '.repeat(column)).split('\n').slice(0, -1)
}

function isEmptyLine(edits: SourceEdits, map: YAMLMap, language: FlowLanguage): boolean {
  const [start, end] = map.range ?? [0, 0]
  const rest = edits.source.slice(end, edits.lineEnd(end))
  return language === 'yaml' && map.items.length === 0 && edits.beginsLine(start) && rest.trim() === ''
}

function replaceEmptyLine(edits: SourceEdits, map: YAMLMap, changes: EntryChanges): void {
  const [start, end] = map.range ?? [0, 0]
  edits.replace(edits.lineStart(start), edits.nextLine(end), '')
  edits.insertLines(edits.lineStart(start), addedLines(changes, 0))
}

/** Aliases of a value that is another now, or gone, would say something else than before: they get the old value. */
function writeOutAliases({ edits, language, touched }: FlowEdits, contents: unknown, root: SourceNode): void {
  const anchored = new Map<string, { node: unknown; at: number }>()
  const walk = (node: unknown, was: SourceNode | undefined): void => {
    if (!was) return
    if (isAlias(node)) {
      const target = anchored.get(node.source)
      const [start, end] = node.range ?? [0, 0]
      if (!target || edits.isReplaced(start)) return
      if (!touched.has(target.node) && !edits.isReplaced(target.at)) return
      edits.replace(start, end, flowText(was.value, language))
      return
    }
    if (!isMap(node) && !isSeq(node) && !hasAnchor(node)) return
    if (hasAnchor(node)) anchored.set(node.anchor, { node, at: node.range?.[0] ?? 0 })
    if (isSeq(node)) for (const [place, item] of node.items.entries()) walk(item, was.items?.[place])
    if (isMap(node)) {
      for (const [place, pair] of node.items.entries()) walk(pair.value, was.entries?.[place]?.node)
    }
  }
  walk(contents, root)
}

function hasAnchor(node: unknown): node is { anchor: string; range?: [number, number, number] | null } {
  return typeof node === 'object' && node !== null && 'anchor' in node && typeof node.anchor === 'string'
}

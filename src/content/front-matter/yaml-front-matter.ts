import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type YAMLMap,
} from 'yaml'
import type { Json } from '../json.ts'
import type { SourceEntry, SourceNode } from './source-node.ts'
import { yamlIssue } from './yaml-messages.ts'

/** What is wrong in a front matter block, by offset into the document. */
export interface SyntaxIssue {
  code: 'front_matter_syntax' | 'front_matter_duplicate_key' | 'front_matter_too_complex' | 'invalid_value'
  message: string
  offset: number
  hint?: string
  /** Duplicate keys: where the key stood first. */
  firstOffset?: number
}

/** A block as its parser read it. `root` is null when nothing could be read, or when there is nothing to read. */
export interface ParsedBlock {
  root: SourceNode | null
  issues: SyntaxIssue[]
}

const maxDepth = 64
// An author's front matter has some dozens of values; ten thousand is a list of aliases that unfolds itself.
const maxNodes = 20_000

/**
 * Reads YAML 1.2 (core schema) front matter. Strings stay strings, dates too; numbers that JSON would print
 * otherwise (`0123`, `1.10`) stay the text that was written; duplicate keys are issues; aliases unfold to a bounded
 * number of values.
 *
 * @param yaml the block, bare CRs read as line ends
 * @param offset where the block starts in its document
 */
export function parseYamlBlock(yaml: string, offset: number): ParsedBlock {
  const { source, parsed } = parseYaml(yaml)
  if (parsed.errors.length > 0) {
    const issues = parsed.errors.slice(0, 1).map((error) => yamlIssue(error, source, offset))
    return { root: null, issues }
  }
  const reader = new YamlReader(source, offset)
  const root = parsed.contents === null ? null : reader.read(parsed.contents, 0)
  return { root, issues: reader.issues }
}

/**
 * The tree of a YAML block, with its tokens where they are wanted. `source` is what its offsets count in: as long as
 * `yaml`, and equal to it but for blanks and line ends.
 */
export function parseYaml(
  yaml: string,
  { keepSourceTokens = false } = {},
): { source: string; parsed: Document.Parsed } {
  const source = readableByYaml(yaml)
  const parsed = parseDocument(source, {
    version: '1.2',
    schema: 'core',
    strict: true,
    uniqueKeys: false,
    prettyErrors: false,
    // With 'silent', all that follows a line "--- a" would be dropped without a word.
    logLevel: 'error',
    keepSourceTokens,
  })
  return { source, parsed }
}

/** YAML 1.1 took lines of nothing but tabs, and readers took a bare CR as a line end: same length, other blanks. */
function readableByYaml(yaml: string): string {
  return yaml.replace(/\r(?!\n)/g, '\n').replace(/^[ \t]+(?=\r?$)/gm, (blanks) => ' '.repeat(blanks.length))
}

class YamlReader {
  readonly issues: SyntaxIssue[] = []
  readonly #source: string
  readonly #offset: number
  // Aliases may only point back, so the anchors met so far are all that can be meant. (Alias.resolve walks the
  // whole document for each one.)
  readonly #anchors = new Map<string, unknown>()
  #count = 0

  constructor(source: string, offset: number) {
    this.#source = source
    this.#offset = offset
  }

  read(node: unknown, depth: number): SourceNode {
    this.#count++
    if (depth > maxDepth || this.#count > maxNodes) {
      this.#refuse(node)
      return nothing(this.#offsetOf(node))
    }
    if (isAlias(node)) return this.#readAlias(node, depth)
    if (hasAnchor(node)) this.#anchors.set(node.anchor, node)
    if (isScalar(node)) return this.#readScalar(node)
    if (isSeq(node)) {
      const items = this.#whileWithinBounds(node.items, (item) => this.read(item, depth + 1))
      const value = items.map((item) => item.value)
      return { value, text: null, offset: this.#offsetOf(node), quoted: false, entries: null, items }
    }
    if (isMap(node)) return this.#readMap(node, depth)
    return nothing(this.#offsetOf(node))
  }

  #readAlias(alias: Alias, depth: number): SourceNode {
    const target = this.#anchors.get(alias.source)
    const offset = this.#offsetOf(alias)
    if (target === undefined) {
      const message = `*${alias.source} names an anchor that is not defined before it.`
      this.issues.push({
        code: 'front_matter_syntax',
        message,
        offset,
        hint: 'Put text that begins with * in quotes.',
      })
      return nothing(offset)
    }
    return { ...this.read(target, depth + 1), offset }
  }

  #readScalar(node: Scalar): SourceNode {
    const quoted = node.type !== Scalar.PLAIN && node.type !== undefined
    const offset = this.#offsetOf(node)
    const source = node.source ?? ''
    const value = scalarValue(node.value, source)
    const text = value === null ? null : quoted || typeof value === 'string' ? String(value) : source
    return { value, text, offset, quoted, entries: null, items: null }
  }

  #readMap(map: YAMLMap, depth: number): SourceNode {
    const seen = new Map<string, number>()
    const entries = this.#whileWithinBounds(map.items, (pair): SourceEntry => {
      const keyNode = pair.key
      const keyOffset = this.#offsetOf(keyNode)
      const key = isScalar(keyNode) ? (keyNode.source ?? String(keyNode.value ?? '')) : null
      if (key === null) {
        const message = 'A key must be a word, not a list or a mapping.'
        this.issues.push({
          code: 'front_matter_syntax',
          message,
          offset: keyOffset,
          hint: 'Put the key in quotes.',
        })
      }
      const firstOffset = seen.get(key ?? '')
      if (firstOffset !== undefined) {
        const message = `The key "${key}" is given twice.`
        this.issues.push({
          code: 'front_matter_duplicate_key',
          message,
          offset: keyOffset,
          firstOffset,
          hint: 'Keep one of them.',
        })
      }
      seen.set(key ?? '', firstOffset ?? keyOffset)
      const node = pair.value === null ? nothing(keyOffset) : this.read(pair.value, depth + 1)
      return { key: key ?? '', keyOffset, node: node.value === null ? { ...node, offset: keyOffset } : node }
    })
    const value: Json = Object.fromEntries(entries.map(({ key, node }) => [key, node.value]))
    return { value, text: null, offset: this.#offsetOf(map), quoted: false, entries, items: null }
  }

  #whileWithinBounds<Item, Result>(items: readonly Item[], read: (item: Item) => Result): Result[] {
    const results: Result[] = []
    for (const item of items) {
      if (this.#count > maxNodes) break
      results.push(read(item))
    }
    return results
  }

  #refuse(node: unknown): void {
    if (this.issues.some((issue) => issue.code === 'front_matter_too_complex')) return
    const message = `The front matter holds more than ${maxNodes.toLocaleString('en')} values, or is nested deeper than ${maxDepth} levels.`
    const hint = 'Aliases (*name) that unfold each other do that: write the values out.'
    this.issues.push({ code: 'front_matter_too_complex', message, offset: this.#offsetOf(node), hint })
  }

  #offsetOf(node: unknown): number {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
    const start = Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0
    return this.#offset + Math.min(start, this.#source.length)
  }
}

function hasAnchor(node: unknown): node is { anchor: string } {
  return typeof node === 'object' && node !== null && 'anchor' in node && typeof node.anchor === 'string'
}

function scalarValue(value: unknown, source: string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && String(value) === source) return value
  return source
}

function nothing(offset: number): SourceNode {
  return { value: null, text: null, offset, quoted: false, entries: null, items: null }
}

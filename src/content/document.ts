import matter from 'gray-matter'
import { DocumentError, type DocumentIssue } from './document-error.ts'
import { type Finding, warning } from './finding.ts'
import { comparableKey, fieldOfKey } from './front-matter/front-matter-keys.ts'
import { parseJsonBlock } from './front-matter/json-front-matter.ts'
import {
  beginsLikeFrontMatter,
  isFrontMatter,
  isMeantAsFrontMatter,
} from './front-matter/recognise-front-matter.ts'
import type { SourceEntry, SourceNode } from './front-matter/source-node.ts'
import {
  type FrontMatterBlock,
  type FrontMatterFormat,
  findFrontMatterBlock,
} from './front-matter/split-document.ts'
import { parseTomlBlock } from './front-matter/toml-front-matter.ts'
import { type ParsedBlock, parseYamlBlock, type SyntaxIssue } from './front-matter/yaml-front-matter.ts'
import { fullWidthColon } from './front-matter/yaml-messages.ts'
import { isJsonObject, type JsonObject } from './json.ts'
import { countLineEnds, lineStarts, positionAt } from './text-position.ts'
import { unreadableCharacters } from './unreadable-characters.ts'

/** A document as read: its two halves, whose concatenation is the text, and what its front matter says. */
export interface Document {
  /** Byte order marks, front matter with its fences, one blank line after it. Empty without. */
  frontMatter: string
  body: string
  format: FrontMatterFormat | 'none'
  /** Plain JSON values; dates are strings as written. */
  data: JsonObject
  /** The values with their places and spelling; null without front matter. */
  source: SourceNode | null
  /** The line of the document on which the body starts. */
  bodyLine: number
  findings: Finding[]
}

export interface ParseOptions {
  /** What a key given twice is: an error, or (import of old files) a finding, the last one being taken. */
  duplicateKeys?: 'error' | 'last'
}

const maxCharacters = 16 * 1024 * 1024
const maxFrontMatterCharacters = 512 * 1024

/**
 * Splits a document and reads its front matter: YAML (`---`), TOML (`+++`) or JSON. A `---` that opens no mapping is
 * a thematic break and belongs to the body.
 *
 * `frontMatter + body === text` for every text that is read.
 *
 * @throws DocumentError with all issues
 */
export function parseDocument(text: string, options: ParseOptions = {}): Document {
  refuseUnreadable(text)
  const block = findFrontMatterBlock(text)
  if (!block) return withoutFrontMatter(text)
  const format = formatOf(block, text)
  if (format === null) return withoutFrontMatter(text)
  const inner = text.slice(block.start, block.end)
  if (block.end - block.start > maxFrontMatterCharacters) {
    if (!isMeantAsFrontMatter(block, inner)) return withoutFrontMatter(text)
    const message = `The front matter is longer than ${maxFrontMatterCharacters / 1024} Ki characters.`
    throw documentError(text, [{ code: 'front_matter_too_complex', message, offset: block.opensAt }])
  }
  const parsed = parseBlock(inner, format, block)
  if (!isFrontMatter(block, inner, parsed)) return withoutFrontMatter(text)
  refuseTemplate(text, block, parsed)
  if (!block.closed) refuseUnclosed(text, block)
  const { root, duplicates } = settled(text, parsed, options)
  return {
    frontMatter: text.slice(0, block.bodyStart),
    body: text.slice(block.bodyStart),
    format,
    data: root && isJsonObject(root.value) ? root.value : {},
    source: root,
    bodyLine: countLineEnds(text.slice(0, block.bodyStart)) + 1,
    findings: duplicates,
  }
}

function withoutFrontMatter(text: string): Document {
  const bodyStart = /^\uFEFF*/.exec(text)?.[0].length ?? 0
  return {
    frontMatter: text.slice(0, bodyStart),
    body: text.slice(bodyStart),
    format: 'none',
    data: {},
    source: null,
    bodyLine: 1,
    findings: [],
  }
}

function refuseUnreadable(text: string): void {
  if (text.length > maxCharacters) {
    const message = `The document is longer than ${maxCharacters / 1024 / 1024} Mi characters.`
    throw new DocumentError([{ code: 'too_large', field: null, message, line: 1, column: 1 }])
  }
  const issues = unreadableCharacters(text)
  if (issues.length > 0) throw new DocumentError(issues)
}

const languages: Record<string, FrontMatterFormat> = {
  '': 'yaml',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  json: 'json',
}
const executable = /^(?:js|javascript|jsx|ts|typescript|coffee|coffeescript|cson|cjs|mjs|ruby|php|python)$/

function formatOf(block: FrontMatterBlock, text: string): FrontMatterFormat | null {
  if (block.fence === '+++') return block.language === '' ? 'toml' : null
  if (block.fence !== '---') return block.language === '' ? 'json' : null
  const format = languages[block.language]
  if (format !== undefined) return format
  const isMeant = block.closed && beginsLikeFrontMatter(text.slice(block.start, block.end))
  if (!isMeant && !executable.test(block.language)) return null
  const message = `Front matter in "${block.language}" is not read, and never executed.`
  const hint = 'Write it in YAML between lines of ---, in TOML between +++, or as JSON after ---json.'
  throw documentError(text, [{ code: 'front_matter_language', message, offset: block.opensAt, hint }])
}

/**
 * gray-matter finds the engine of the language; ours are the only ones it has (as it comes, `---js` is `eval`ed), and
 * options are always given (without them it caches, shares objects and swallows the second error). Engines read the
 * block that `findFrontMatterBlock` found: gray-matter's own ends at any line that begins with `---`, knows no CR and
 * no `...`.
 */
function parseBlock(inner: string, format: FrontMatterFormat, block: FrontMatterBlock): ParsedBlock {
  let parsed: ParsedBlock = { root: null, issues: [] }
  const engine = (parse: (source: string, offset: number) => ParsedBlock) => ({
    parse: () => {
      // Hexo writes the JSON between ;;; without its braces.
      const bare = block.fence === ';;;' && !/^\s*\{/.test(inner)
      parsed = bare ? parse(`{${inner}}`, block.start - 1) : parse(inner, block.start)
      return {}
    },
  })
  const refused = () => {
    throw new TypeError('Executable front matter is never read.')
  }
  // What stands for the block is a word: gray-matter's rule for comments is quadratic in blanks, and takes a comment
  // that ends with a bare CR for all the rest.
  const standIn = saysSomething(inner) ? 'something' : ''
  matter(`---${format}\n${standIn}\n---\n`, {
    engines: {
      yaml: engine(parseYamlBlock),
      toml: engine(parseTomlBlock),
      json: engine(parseJsonBlock),
      javascript: { parse: refused },
      coffee: { parse: refused },
    },
  })
  return parsed
}

/** Is there a line that is neither blank nor a comment? */
function saysSomething(inner: string): boolean {
  return inner.split(/\r\n|\r|\n/).some((line) => /^[^#]/.test(line.trim()))
}

/** A placeholder is what is wrong with its line; where nothing is wrong, braces are text. */
function refuseTemplate(text: string, block: FrontMatterBlock, parsed: ParsedBlock): void {
  const [issue] = parsed.issues
  if (!issue || block.fence === '{') return
  const starts = lineStarts(text)
  const { line } = positionAt(starts, issue.offset)
  const start = starts[line - 1] ?? 0
  const match = placeholder.exec(text.slice(start, starts[line] ?? text.length))
  if (!match?.[1]) return
  const offset = start + match[0].length - match[1].length
  const message = `${match[1]} is a template's placeholder that nobody filled in.`
  const hint = 'Put the value itself, or quotes around text that means these braces.'
  throw documentError(text, [{ code: 'front_matter_template', message, offset, hint }])
}

const placeholder = /^[\w-]+[ \t]*[:=][ \t]*(\{\{.*?\}\}|\{%.*?%\})/

function refuseUnclosed(text: string, block: FrontMatterBlock): void {
  const close = block.fence === '{' ? 'the closing } on a line of its own' : `a line ${block.fence}`
  const message = 'The front matter that begins here is never closed.'
  const hint = `Add ${close} after its last key.`
  throw documentError(text, [{ code: 'front_matter_unclosed', message, offset: block.opensAt, hint }])
}

function settled(
  text: string,
  parsed: ParsedBlock,
  options: ParseOptions,
): { root: SourceNode | null; duplicates: Finding[] } {
  const starts = lineStarts(text)
  const tolerated = options.duplicateKeys === 'last' ? 'front_matter_duplicate_key' : null
  const issues = [...parsed.issues, ...equalKeys(parsed.root)].sort((a, b) => a.offset - b.offset)
  const errors = issues.filter((issue) => issue.code !== tolerated)
  if (errors.length > 0) throw documentError(text, errors)
  const duplicates = issues.map((issue) =>
    warning(
      issue.code,
      duplicateInWords(issue, starts),
      positionAt(starts, issue.offset),
      'The last one is taken.',
    ),
  )
  const { root } = parsed
  if (root !== null && root.entries === null) {
    const message = 'The front matter is not a mapping of keys to values.'
    const hint =
      fullWidthColon(String(root.value)) ?? 'Write each as "key: value", with a blank after the colon.'
    throw documentError(text, [{ code: 'front_matter_not_a_mapping', message, offset: root.offset, hint }])
  }
  return { root, duplicates }
}

/** Keys that are one to us, though not to their language: `Title` and `title`. */
function equalKeys(root: SourceNode | null): SyntaxIssue[] {
  const seen = new Map<string, SourceEntry>()
  return (root?.entries ?? []).flatMap((entry): SyntaxIssue[] => {
    if (fieldOfKey(entry.key) === null) return []
    const key = comparableKey(entry.key)
    const first = seen.get(key)
    seen.set(key, first ?? entry)
    // Two that are spelled alike are told by the parser.
    if (!first || first.key === entry.key) return []
    const message = `"${first.key}" and "${entry.key}" are one key.`
    return [
      {
        code: 'front_matter_duplicate_key',
        message,
        offset: entry.keyOffset,
        firstOffset: first.keyOffset,
        hint: 'Keep one of them.',
      },
    ]
  })
}

function duplicateInWords(issue: SyntaxIssue, starts: readonly number[]): string {
  if (issue.firstOffset === undefined) return issue.message
  const first = positionAt(starts, issue.firstOffset).line
  const second = positionAt(starts, issue.offset).line
  return `${issue.message.replace(/\.$/, '')}, on line ${first} and on line ${second}.`
}

type OffsetIssue = Pick<DocumentIssue, 'code' | 'message' | 'hint'> & { offset: number; firstOffset?: number }

function documentError(text: string, issues: readonly OffsetIssue[]): DocumentError {
  const starts = lineStarts(text)
  return new DocumentError(
    issues.map(({ code, message, offset, firstOffset, hint }) => ({
      code,
      field: null,
      message: duplicateInWords({ message, offset, firstOffset } as SyntaxIssue, starts),
      ...positionAt(starts, offset),
      ...(hint === undefined ? {} : { hint }),
    })),
  )
}

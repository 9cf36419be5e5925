import type { Document } from '../document.ts'
import { type Finding, warning } from '../finding.ts'
import { type FrontMatterBlock, findFrontMatterBlock } from '../front-matter/split-document.ts'
import { yamlOf } from '../front-matter/yaml-writer.ts'
import type { JsonObject } from '../json.ts'
import { NotInPlace } from './patch-edits.ts'
import { changedMapping, type EntryChanges } from './patch-entries.ts'
import { rewriteToml } from './patch-toml.ts'
import { spliceYaml, type YamlBlock } from './patch-yaml.ts'

/** Front matter with changes made, to be read before it is trusted. */
export interface PatchedFrontMatter {
  frontMatter: string
  /** What its keys say, as far as that is known before reading. */
  data: JsonObject | null
  /** What is lost by taking it. */
  findings: Finding[]
}

/**
 * The ways to make these changes, the one that loses least first: in place; else, where it is written in a way that
 * can't be spliced, all of it anew.
 * @param body what will follow
 * @throws DocumentError where TOML has no form for a value
 */
export function* patchedFrontMatters(
  document: Document,
  changes: EntryChanges,
  body: string,
): Generator<PatchedFrontMatter> {
  const { frontMatter, format, source } = document
  const block = findFrontMatterBlock(frontMatter)
  const data = changedMapping(source?.entries ?? [], changes)
  const isSame = changes.changed.size === 0 && changes.added.length === 0
  if (isSame) yield { frontMatter, data, findings: [] }
  if (format === 'none' || !block) {
    const made = `---\n${yamlOf(data)}---\n\n`.replaceAll('\n', lineEndOf(body))
    // An empty one keeps a body that begins like front matter from being read as such.
    yield { frontMatter: frontMatter + made, data, findings: [] }
    return
  }
  if (isSame) return
  const replaced = (inner: string) => frontMatter.slice(0, block.start) + inner + frontMatter.slice(block.end)
  const lineEnd = lineEndOf(frontMatter)
  const inner = frontMatter.slice(block.start, block.end)
  if (format === 'toml') {
    const { text, isReformatted } = rewriteToml(inner, source?.entries ?? [], changes, lineEnd)
    yield { frontMatter: replaced(text), data: null, findings: isReformatted ? [rewritten] : [] }
    return
  }
  const inPlace = [false, true].map((takesTails) =>
    splicedBlock(document, block, changes, { lineEnd, takesTails }),
  )
  for (const spliced of new Set(inPlace)) {
    if (spliced !== null) yield { frontMatter: replaced(spliced), data, findings: [] }
  }
  const anew = format === 'yaml' ? yamlOf(data) : jsonOf(data, block, inner)
  yield { frontMatter: replaced(anew.replaceAll('\n', lineEnd)), data, findings: [rewritten] }
}

const rewritten = warning(
  'front-matter-rewritten',
  'The front matter was written anew: its comments and its layout are only in the older revision.',
)

function splicedBlock(
  { frontMatter, format, source: root }: Document,
  block: FrontMatterBlock,
  changes: EntryChanges,
  style: Pick<YamlBlock, 'lineEnd' | 'takesTails'>,
): string | null {
  const inner = frontMatter.slice(block.start, block.end)
  const isBare = format === 'json' && isBareJson(block, inner)
  const language = format === 'json' || isJson(inner) ? 'json' : 'yaml'
  try {
    const text = spliceYaml({ text: isBare ? `{${inner}}` : inner, language, root, ...style }, changes)
    return isBare ? text.slice(1, -1) : text
  } catch (error) {
    if (error instanceof NotInPlace) return null
    throw error
  }
}

/** Hexo writes the JSON between ;;; without its braces. */
function isBareJson({ fence }: FrontMatterBlock, inner: string): boolean {
  return fence === ';;;' && !/^\s*\{/.test(inner)
}

function isJson(text: string): boolean {
  try {
    return /^\s*\{/.test(text) && JSON.parse(text) !== null
  } catch {
    return false
  }
}

function jsonOf(data: JsonObject, block: FrontMatterBlock, inner: string): string {
  const text = JSON.stringify(data, null, 2)
  if (isBareJson(block, inner)) return text.slice(2, -1)
  return block.fence === '{' ? text : `${text}\n`
}

/** What ends the first line of a text; LF for a text of one. */
export function lineEndOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
}

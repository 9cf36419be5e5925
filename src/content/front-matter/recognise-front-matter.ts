import { fieldOfKey } from './front-matter-keys.ts'
import type { FrontMatterBlock } from './split-document.ts'
import type { ParsedBlock } from './yaml-front-matter.ts'

/**
 * Is a block front matter, and not prose between thematic breaks? It is when it is a mapping; also when it is meant
 * as one and broken, so that its author is told instead of finding it in the text.
 */
export function isFrontMatter(block: FrontMatterBlock, inner: string, parsed: ParsedBlock): boolean {
  // A block that names its language is meant, however broken it is.
  if (block.fence === '+++' || block.fence === ';;;' || block.language !== '') {
    return block.closed || isMeantAsFrontMatter(block, inner)
  }
  if (parsed.issues.length > 0 || !block.closed) return isMeantAsFrontMatter(block, inner)
  if (parsed.root === null) return inner.trim() === '' || /^[ \t]*#[ \t]*[\w-]+[ \t]*:/m.test(inner)
  return parsed.root.entries !== null || namesField(inner)
}

/** Does the first line that says anything give a key, and is what follows no prose? */
export function isMeantAsFrontMatter(block: FrontMatterBlock, inner: string): boolean {
  if (block.fence === ';;;') return /^\s*(?:\{|")/.test(inner)
  if (block.fence === '{') return /^\s*\{\s*"(?:[^"\\\r\n]|\\.)*"\s*:/.test(inner)
  if (!key[block.fence].test(firstLine(inner))) return false
  return block.fence === '+++' || namesField(inner) || !holdsParagraph(inner)
}

/** Does a block after an unknown word (`---note`) begin as front matter of any language does? */
export function beginsLikeFrontMatter(inner: string): boolean {
  const line = firstLine(inner)
  return /^\s*[{["]/.test(line) || key['---'].test(line) || key['+++'].test(line)
}

const key = {
  '---': /^(?:\?[ \t]|[ \t]*["']?[\p{L}\p{N}_-]+["']?[ \t]*[:：])/u,
  '+++': /^[ \t]*(?:["']?[\w.-]+["']?[ \t]*=|\[)/,
}

const lineEnd = /\r\n|\r|\n/
// Of half a megabyte nobody needs more to see what it is.
const seen = 65_536

function linesOf(inner: string): string[] {
  return inner.slice(0, seen).split(lineEnd)
}

/** The first line that is neither blank nor a comment. */
function firstLine(inner: string): string {
  return linesOf(inner).find((line) => /^[^#]/.test(line.trim())) ?? ''
}

/** Is one of its keys a field of articles, if with a full-width colon? */
function namesField(inner: string): boolean {
  return linesOf(inner).some((line) => {
    const name = /^["']?([\p{L}\p{N}_-]{1,40})["']?[ \t]*[:：]/u.exec(line)?.[1]
    return name !== undefined && fieldOfKey(name) !== null
  })
}

/** Does a line of prose follow a blank one? In YAML it would be a key, an item, a comment, or indented. */
function holdsParagraph(inner: string): boolean {
  const lines = linesOf(inner)
  return lines.some((line, index) => {
    const isFirstAfterBlank = index > 0 && lines[index - 1]?.trim() === '' && line.trim() !== ''
    return isFirstAfterBlank && /^[^\s#?\-"'[\]{},&*!|>]/.test(line) && !key['---'].test(line)
  })
}

/** The languages that front matter may be written in. */
export type FrontMatterFormat = 'yaml' | 'toml' | 'json'

/** A fenced block at the start of a document that may be front matter. All offsets are into the document. */
export interface FrontMatterBlock {
  fence: '---' | '+++' | ';;;' | '{'
  /** What is written after the opening fence (`---js`), lower case; empty without. */
  language: string
  /** Where the opening fence stands. */
  opensAt: number
  /** The front matter between its fences: `text.slice(start, end)`. */
  start: number
  end: number
  /** Where the body starts; the text's length when there is none. */
  bodyStart: number
  closed: boolean
}

const openingFence = /(---|\+\+\+|;;;)[ \t]*(?:([A-Za-z][\w.+-]*)[ \t]*)?(?:\r\n|\r|\n|$)/y
const byteOrderMarks = /^\uFEFF*/
// Byte order marks are blanks to \s.
const jsonOpening = /^\s*(?=\{\s*")/
const lineEnd = /\r\n|\r|\n/g
const blankLine = /[ \t]*(?:\r\n|\r|\n)/y

/**
 * The block that opens a document as front matter does, or null when nothing does. Whether it *is* front matter is
 * for its parser to say: `---` may be a thematic break as well.
 *
 * Byte order marks and blank lines may come first. `---` is closed by `---` or `...`, each with blanks after it;
 * one blank line after the closing fence belongs to the front matter, so that a body starts with its text.
 */
export function findFrontMatterBlock(text: string): FrontMatterBlock | null {
  const opensAt = afterBlankLines(text, byteOrderMarks.exec(text)?.[0].length ?? 0)
  openingFence.lastIndex = opensAt
  const match = openingFence.exec(text)
  if (!match) return findJsonBlock(text)
  const fence = match[1] as '---' | '+++' | ';;;'
  const start = opensAt + match[0].length
  const language = (match[2] ?? '').toLowerCase()
  for (const line of linesFrom(text, start)) {
    const content = text.slice(line.start, line.end)
    if (closes(content, fence)) {
      const bodyStart = afterBlankLine(text, line.next)
      return { fence, language, opensAt, start, end: line.start, bodyStart, closed: true }
    }
  }
  return { fence, language, opensAt, start, end: text.length, bodyStart: text.length, closed: false }
}

function closes(line: string, fence: string): boolean {
  if (!line.startsWith(fence) && !(fence === '---' && line.startsWith('...'))) return false
  return line.slice(3).trim() === ''
}

/** Front matter that is a bare JSON object, as Hugo writes it: up to its closing brace, which ends its line. */
function findJsonBlock(text: string): FrontMatterBlock | null {
  const match = jsonOpening.exec(text)
  if (!match) return null
  const opensAt = match[0].length
  const end = endOfJsonObject(text, opensAt)
  const rest = end === null ? null : /^[ \t]*(?:\r\n|\r|\n|$)/.exec(text.slice(end))
  if (end === null || !rest) {
    return {
      fence: '{',
      language: '',
      opensAt,
      start: opensAt,
      end: text.length,
      bodyStart: text.length,
      closed: false,
    }
  }
  const bodyStart = afterBlankLine(text, end + rest[0].length)
  return { fence: '{', language: '', opensAt, start: opensAt, end, bodyStart, closed: true }
}

function endOfJsonObject(text: string, from: number): number | null {
  let depth = 0
  let inString = false
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return at + 1
  }
  return null
}

function afterBlankLine(text: string, at: number): number {
  blankLine.lastIndex = at
  return at + (blankLine.exec(text)?.[0].length ?? 0)
}

/** Line by line: one expression for all of them finds exponentially many ways to read `\r\n\r\n…`. */
function afterBlankLines(text: string, from: number): number {
  let at = from
  for (let next = afterBlankLine(text, at); next > at; next = afterBlankLine(text, at)) at = next
  return at
}

function* linesFrom(text: string, from: number): Generator<{ start: number; end: number; next: number }> {
  let start = from
  lineEnd.lastIndex = from
  for (let match = lineEnd.exec(text); match; match = lineEnd.exec(text)) {
    const next = lineEnd.lastIndex
    yield { start, end: match.index, next }
    start = next
    lineEnd.lastIndex = next
  }
  if (start < text.length) yield { start, end: text.length, next: text.length }
}

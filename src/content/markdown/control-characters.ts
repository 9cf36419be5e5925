import { type Finding, warning } from '../finding.ts'
import { lineStarts, positionAt } from '../text-position.ts'

// C0 but tab and line ends, DEL, and what is no character: XML 1.0 §2.2, hence feeds, have no place for them.
const control = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/g
// Shown, but hardly meant: what a wrong decoding left, and blanks without width that break words and emphasis.
const doubtful = /[\uFFFD\u200B\u2060\uFEFF]/g
const maxReported = 20

/** The text without control characters. */
export function withoutControls(text: string): string {
  return text.search(control) < 0 ? text : text.replace(control, '')
}

/** A body as it is rendered, and what there is to say of its characters. */
export interface ReadableBody {
  /** Lines end with LF; control characters are gone, vertical tabs and form feeds are blanks. */
  text: string
  findings: Finding[]
}

/** Takes out of a body what neither html nor feeds may hold. */
export function readableBody(body: string, firstLine: number): ReadableBody {
  const lines = body.replace(/\r\n?/g, '\n')
  const hasControls = lines.search(control) >= 0
  if (!hasControls && lines.search(doubtful) < 0) return { text: lines, findings: [] }
  const starts = lineStarts(lines)
  const found = (characters: RegExp, findingOf: (char: string) => [string, string, string]) =>
    [...lines.matchAll(characters)].slice(0, maxReported).map((match) => {
      const { line, column } = positionAt(starts, match.index)
      const [rule, message, hint] = findingOf(match[0])
      return warning(rule, message, { line: firstLine + line - 1, column }, hint)
    })
  return {
    text: hasControls ? lines.replace(control, (char) => (/[\v\f]/.test(char) ? ' ' : '')) : lines,
    findings: [...found(control, controlFinding), ...found(doubtful, doubtfulFinding)],
  }
}

function controlFinding(char: string): [string, string, string] {
  return ['control-character', `The control character ${codePoint(char)} is not shown.`, 'Remove it.']
}

function doubtfulFinding(char: string): [string, string, string] {
  return char === '\uFFFD'
    ? ['replacement-character', 'A character was lost here (U+FFFD).', 'Put it back; save the text as UTF-8.']
    : ['invisible-character', `The character ${codePoint(char)} can not be seen.`, 'Remove it.']
}

function codePoint(char: string): string {
  return `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

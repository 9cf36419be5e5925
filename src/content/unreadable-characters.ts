import type { DocumentIssue } from './document-error.ts'
import { lineStarts, positionAt } from './text-position.ts'

const unreadable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const maxReported = 20

/**
 * The characters of a text that neither Postgres nor UTF-8 can carry: NUL, and halves of a surrogate pair. At most
 * the first 20.
 */
export function unreadableCharacters(text: string): DocumentIssue[] {
  if (isReadable(text)) return []
  const starts = lineStarts(text)
  const issues: DocumentIssue[] = []
  for (const match of text.matchAll(unreadable)) {
    const isNul = match[0] === '\0'
    issues.push({
      code: isNul ? 'nul_character' : 'lone_surrogate',
      field: null,
      message: isNul
        ? 'A NUL character (U+0000) can not be stored.'
        : `Half of a surrogate pair (U+${match[0].charCodeAt(0).toString(16).toUpperCase()}) is no character.`,
      ...positionAt(starts, match.index),
      hint: isNul ? 'Remove it.' : 'Save the text as UTF-8 again, or remove it.',
    })
    if (issues.length === maxReported) break
  }
  return issues
}

/** Can the text be stored: no NUL, no lone surrogate? */
export function isReadable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

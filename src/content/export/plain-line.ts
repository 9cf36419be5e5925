/**
 * A text as one line of well-formed Unicode: control characters and runs of white space are one blank, ends are
 * trimmed. Null when nothing is left. No export format can be broken by a line break that was never let in.
 */
export function plainLine(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  // \s has the separators that some readers split lines at (U+2028, U+2029), \p{Cc} the rest (U+0085, U+001E).
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line === '' ? null : line
}

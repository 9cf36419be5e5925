/** A place in a text. Line and column count from 1; a column is a UTF-16 code unit, as editors count. */
export interface Position {
  line: number
  column: number
}

/** Where each line of `text` starts. CRLF, CR and LF each end a line, also mixed in one text. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  if (text.includes('\r')) {
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length)
  } else {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  }
  return starts
}

/** The line and column of an offset, given the text's `lineStarts`. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** How many line ends a text holds. */
export function countLineEnds(text: string): number {
  return lineStarts(text).length - 1
}

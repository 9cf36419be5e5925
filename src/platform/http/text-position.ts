/** A place in a text: both from 1; columns count UTF-16 code units, as editors do. */
export interface TextPosition {
  line: number
  column: number
}

/** The place of an offset (UTF-16 code units, from 0). Lines end with LF, CRLF or CR. */
export function positionAt(text: string, offset: number): TextPosition {
  let line = 1
  let lineStart = 0
  for (const lineEnd of text.slice(0, offset).matchAll(/\r\n|\n|\r/g)) {
    line += 1
    lineStart = lineEnd.index + lineEnd[0].length
  }
  return { line, column: offset - lineStart + 1 }
}

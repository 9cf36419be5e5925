/** A piece of a source that is replaced by another; empty where something is only put in. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** The source can't be changed in place: it has to be written anew. */
export class NotInPlace extends Error {
  override readonly name = 'NotInPlace'
}

/** A source with the changes to make in it. Offsets are those of the source as it was. */
export class SourceEdits {
  readonly source: string
  readonly lineEndText: string
  readonly #edits: Edit[] = []

  /**
   * @param source its lines end with LF or CRLF
   * @param lineEndText what ends the lines that are added
   */
  constructor(source: string, lineEndText: string) {
    this.source = source
    this.lineEndText = lineEndText
  }

  replace(start: number, end: number, text: string): void {
    if (start < end || text !== '') this.#edits.push({ start, end, text })
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text)
  }

  /** Puts lines in, before the line that begins at `at`. */
  insertLines(at: number, lines: readonly string[]): void {
    this.insert(at, lines.map((line) => line + this.lineEndText).join(''))
  }

  /** Is the character at this offset replaced or removed? */
  isReplaced(at: number): boolean {
    return this.#edits.some(({ start, end }) => start <= at && at < end)
  }

  lineStart(at: number): number {
    return this.source.lastIndexOf('\n', at - 1) + 1
  }

  /** Where the line's text ends. */
  lineEnd(at: number): number {
    const end = this.source.indexOf('\n', at)
    if (end < 0) return this.source.length
    return end > at && this.source[end - 1] === '\r' ? end - 1 : end
  }

  /** Where the next line begins. */
  nextLine(at: number): number {
    const end = this.source.indexOf('\n', at)
    return end < 0 ? this.source.length : end + 1
  }

  /** Where the lines from `at` on end that are blank, or comments further right than `column`. */
  afterTail(at: number, column: number): number {
    let next = at
    while (next < this.source.length) {
      const line = this.source.slice(next, this.lineEnd(next))
      const indent = /^ */.exec(line)?.[0].length ?? 0
      const isTail = line.trim() === '' || (indent > column && line[indent] === '#')
      if (!isTail) break
      next = this.nextLine(next)
    }
    return next
  }

  /** Where the text before `at` ends on its line: the blanks between are left out. */
  lastTextEnd(at: number): number {
    const start = this.lineStart(at)
    return start + this.source.slice(start, at).trimEnd().length
  }

  column(at: number): number {
    return at - this.lineStart(at)
  }

  /** Do only blanks stand before it on its line? */
  beginsLine(at: number): boolean {
    return /^ *$/.test(this.source.slice(this.lineStart(at), at))
  }

  /**
   * `original` with all changes made.
   * @param original the source, possibly with other blanks and line ends in its places
   * @throws NotInPlace when changes overlap
   */
  appliedTo(original: string): string {
    const inOrder = this.#edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
    const parts: string[] = []
    let at = 0
    for (const { start, end, text } of inOrder) {
      if (start < at) throw new NotInPlace('Two changes overlap.')
      parts.push(original.slice(at, start), text)
      at = end
    }
    return [...parts, original.slice(at)].join('')
  }
}

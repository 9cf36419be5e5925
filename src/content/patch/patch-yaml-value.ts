import type { Json } from '../json.ts'
import type { SourceEdits } from './patch-edits.ts'
import { NotInPlace } from './patch-edits.ts'
import { blockScalarHeader, colonEnd, type ItemTokens, tokenEnd, valueProperties } from './patch-tokens.ts'
import { blockText } from './patch-yaml-text.ts'

/** Where the present value of an entry stands. */
interface ValuePlace {
  /** What of it stands behind the key; null when nothing does. */
  inline: { start: number; end: number } | null
  /** The lines below that are its own, from the end of the line above to the end of the last. */
  below: { start: number; end: number } | null
}

/**
 * Gives an entry of a mapping in block style another value. The blanks behind its colon and the comment on its line
 * stay.
 * @param column of the key
 */
export function replaceBlockValue(edits: SourceEdits, token: ItemTokens, target: Json, column: number): void {
  const colon = colonEnd(token)
  if (colon === null) throw new NotInPlace('A key without a colon.')
  const { inline, lines } = blockText(target, column, token.value)
  if (lines.length === 0 && replaceOnNextLine(edits, token, colon, inline)) return
  const place = placeOf(edits, token, colon)
  if (!place.inline) putBehindColon(edits, colon, inline)
  else if (inline === '') edits.replace(colon, place.inline.end, '')
  else edits.replace(place.inline.start, place.inline.end, inline)
  const below = place.below ?? emptyAt(edits.lineEnd(place.inline?.end ?? colon))
  const text = lines.map((line) => edits.lineEndText + line).join('')
  if (text !== '' || place.below) edits.replace(below.start, below.end, text)
}

/** A scalar that stands below its key alone stays there. */
function replaceOnNextLine(edits: SourceEdits, token: ItemTokens, colon: number, text: string): boolean {
  const { value } = token
  if (!value || value.type === 'block-map' || value.type === 'block-seq' || value.type === 'block-scalar')
    return false
  if (edits.lineStart(value.offset) === edits.lineStart(colon) || valueProperties(token)) return false
  edits.replace(value.offset, tokenEnd(value), text)
  return true
}

function placeOf(edits: SourceEdits, token: ItemTokens, colon: number): ValuePlace {
  const { value } = token
  const isOnLine = (at: number) => edits.lineStart(at) === edits.lineStart(colon)
  const allProperties = valueProperties(token)
  const properties = allProperties && isOnLine(allProperties.start) ? allProperties : null
  if (!value) return { inline: properties, below: null }
  const end = tokenEnd(value)
  if (value.type === 'block-scalar') {
    const header = blockScalarHeader(value)
    const inline = { start: properties?.start ?? header.start, end: header.end }
    const lineEnd = edits.lineEnd(header.end)
    return { inline, below: end > lineEnd ? { start: lineEnd, end } : null }
  }
  const isBlock = value.type === 'block-map' || value.type === 'block-seq'
  if (!isBlock && isOnLine(value.offset)) {
    return { inline: { start: properties?.start ?? value.offset, end }, below: null }
  }
  const start = edits.lineEnd(properties?.end ?? colon)
  // The comment behind the last line would land behind lines that are not its own.
  return { inline: properties, below: { start, end: edits.lineEnd(end) } }
}

function putBehindColon(edits: SourceEdits, colon: number, inline: string): void {
  if (inline === '') return
  const lineEnd = edits.lineEnd(colon)
  const isAlone = edits.source.slice(colon, lineEnd).trim() === ''
  edits.replace(colon, isAlone ? lineEnd : colon, ` ${inline}`)
}

function emptyAt(at: number): { start: number; end: number } {
  return { start: at, end: at }
}

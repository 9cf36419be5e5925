import { mark, withoutMarks } from './marks.ts'
import { isOrganisation } from './organisations.ts'
import { outletOf } from './outlets.ts'

/** A part of a reference between two signs of punctuation. */
export interface Segment {
  text: string
  separator: string
  isBracketed: boolean
  /** In square brackets: a description. */
  isSquare: boolean
  /** Number of the sentence, from 0. */
  sentence: number
}

const closers: Record<string, string> = {
  '(': ')',
  '（': '）',
  '[': ']',
  '［': '］',
  '【': '】',
  '《': '》',
  '“': '”',
  '"': '"',
  '「': '」',
  [mark.open]: mark.close,
}

// References have a dozen parts; what is all punctuation is no reference, and need not be read to its end.
const maxSegments = 60

/** Parts at punctuation outside of 《》, quotes and emphasis; what stands in brackets is parted by itself. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = []
  addSegments(text, '', segments)
  return joinOrganisations(segments.filter((segment) => segment.text.trim() !== ''))
}

/** @param bracket the one that encloses the text; empty for none */
function addSegments(text: string, bracket: string, segments: Segment[]): void {
  const place = { isBracketed: bracket !== '', isSquare: /[[［]/.test(bracket) }
  const unclosed = new Set<string>()
  let sentence = segments.at(-1)?.sentence ?? 0
  let separator = bracket
  let from = 0
  const add = (end: number, next: string) => {
    segments.push({ text: text.slice(from, end), separator, sentence, ...place })
    separator = next
  }
  for (let at = 0; at < text.length && segments.length < maxSegments; at++) {
    const char = text[at] ?? ''
    const end = closingBracket(text, at, unclosed)
    if (end > 0 && /[（(［[【]/u.test(char)) {
      add(at, char)
      addSegments(text.slice(at + 1, end), char, segments)
      from = end + 1
    }
    if (end > 0) at = end
    else if (isSeparator(text, at)) {
      add(at, /[·・]/u.test(char) ? '·' : char)
      if (/[.。]/.test(char)) sentence++
      from = at + 1
    }
  }
  if (segments.length < maxSegments) add(text.length, '')
}

/** Where the bracket or quote at `at` closes; -1 when it does not, or nothing opens there. */
function closingBracket(text: string, at: number, unclosed: Set<string>): number {
  const closer = closers[text[at] ?? '']
  if (closer === undefined || unclosed.has(closer)) return -1
  const end = text.indexOf(closer, at + 1)
  if (end < 0) unclosed.add(closer)
  return end
}

const abbreviation =
  /(?:^|[\s.(：:])(?:\p{Lu}|Inc|Co|Corp|Ltd|St|Dr|Prof|No|no|vol|Vol|pp|p|ed|eds|rev|Proc|Univ|Mr|Ms|Mrs|Jr|Sr|U\.S|chap|trans)$/u

function isSeparator(text: string, at: number): boolean {
  const char = text[at] ?? ''
  if (/[，,。；;．·・|｜丨\u3000]/u.test(char)) return true
  const next = text[at + 1] ?? ' '
  if (char === '.')
    return /[\s)）\]\uFDD0-\uFDD5]/u.test(next) && !abbreviation.test(text.slice(Math.max(0, at - 8), at))
  return /[-–—]/.test(char) && /\s/.test(text[at - 1] ?? '') && /\s/.test(next)
}

/** `U.S. Department of Health, National Institutes of Health` in one sentence is one publisher. */
function joinOrganisations(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = []
  for (const segment of segments) {
    const last = joined.at(-1)
    const isSame =
      last !== undefined &&
      segment.separator === ',' &&
      last.sentence === segment.sentence &&
      !last.isBracketed
    const bothOrganisations =
      isSame &&
      [last.text, segment.text].every(
        (text) =>
          /\s/.test(text.trim()) &&
          outletOf(cleanName(text)) === null &&
          !/[\uFDD0-\uFDD5]/u.test(text) &&
          isOrganisation(cleanName(text)),
      )
    // `Ministry of Health, Labour and Welfare`
    const isRest =
      isSame &&
      /^\s*\p{Lu}\p{Ll}+,? and \p{Lu}\p{Ll}+\s*$/u.test(segment.text) &&
      isOrganisation(cleanName(last.text))
    if (bothOrganisations || isRest) last.text = `${last.text},${segment.text}`
    else joined.push({ ...segment })
  }
  return joined
}

/** A name without marks, quotes and the punctuation around it. */
export function cleanName(text: string): string {
  return withoutMarks(text)
    .replace(/^[\s,，.。:：;；、·|｜“"「『《—–-]+|[\s,，。:：;；、·|｜”"」』》—–-]+$/gu, '')
    .replace(/(?<!\b\p{Lu}|\bInc|\bCo|\bLtd|\bCorp|\bp\.l\.c)[.．]$/u, '')
    .trim()
}

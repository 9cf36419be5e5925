import type { CitationType } from '../citations.ts'
import { type AfterTitle, readAfterTitle } from './after-title.ts'
import { gbtMark } from './clean-title.ts'
import { mark, withoutMarks } from './marks.ts'
import { outletOf } from './outlets.ts'

/** A reference by GB/T 7714: `authors. title[mark]. rest`. */
export interface GbtReference {
  before: string
  /** Null where a link is the title. */
  title: string | null
  /** Letters of the mark: `J`, `EB` … */
  kind: string
  after: string
}

const types: Record<string, CitationType> = {
  J: 'article-journal',
  N: 'article-newspaper',
  M: 'book',
  C: 'paper-conference',
  D: 'thesis',
  R: 'report',
  S: 'standard',
  P: 'patent',
  DB: 'dataset',
  CP: 'software',
  A: 'document',
  Z: 'document',
  DS: 'dataset',
  G: 'collection',
}

/** Splits a reference at its GB/T mark; null for a text that has none. */
export function gbtReference(text: string): GbtReference | null {
  const match = gbtMark.exec(text)
  if (!match || match.index === 0) return null
  const head = text.slice(0, match.index).trimEnd()
  const after = text.slice(match.index + match[0].length)
  const kind = match[1] ?? ''
  const linkAt = head.lastIndexOf(mark.link)
  if (linkAt >= 0 && /^[\s”"」》]*$/u.test(head.slice(linkAt + 1)))
    return { before: head.slice(0, linkAt), title: null, kind, after }
  const split = endOfAuthors(head)
  return { before: head.slice(0, split), title: head.slice(split), kind, after }
}

/** The type that a GB/T mark names; null for `[EB]`, which says nothing. `//` after it: a part of a book. */
export function typeOfGbt({ kind, after }: Pick<GbtReference, 'kind' | 'after'>): CitationType | null {
  if (kind === 'M' && /^\s*\/\//.test(after)) return 'chapter'
  return types[kind] ?? null
}

const maxAuthorsLength = 300
const initialBeforeSurname = /(?:^|[,&]\s?|\band\s|\b\p{Lu}\.\s?)\p{Lu}$/u

/** The place behind the first full stop that ends a name, 0 for none: not that of an initial before a surname, not one within a word. */
export function endOfAuthors(head: string): number {
  const stops = [
    ...head.slice(0, maxAuthorsLength).matchAll(/[.．。](?=\s|$|["“《\p{Script=Han}\p{Lu}\uFDD3])/gu),
  ]
  const ends = stops.map(({ index }) => index).filter((end) => withoutMarks(head.slice(0, end)).trim() !== '')
  // `Shannon, C. E. Title`: when all of them end initials, the last one ends the names as well.
  const end = ends.find((at) => !initialBeforeSurname.test(head.slice(0, at))) ?? ends.at(-1)
  if (end !== undefined && end + 1 < head.length) return end + 1
  // `作者：题名[J]` of those who mix the styles
  const colon = stops.length > 0 ? -1 : head.search(/[：:](?=\s|["“《\p{Script=Han}])/u)
  return colon > 0 && colon <= 30 ? colon + 1 : 0
}

/** Reads what follows the mark: `//` container, journal, place and publisher. */
export function readAfterGbt({ kind, after }: GbtReference): AfterTitle {
  const rest = after.replace(/^\s*[.．。,，]?\s*/u, '')
  if (rest.startsWith('//')) return readHost(rest.slice(2))
  if (kind === 'J' || kind === 'N')
    return { authors: [], publisher: null, containerTitle: firstSegment(rest) }
  const segments = sentences(rest).filter(
    (segment) => !/(?:译|譯|校|注|editor|trans)\.?$/u.test(segment.trim()),
  )
  const house = segments.map(houseOf).findLast((name) => name !== null) ?? null
  const general = readAfterTitle(segments.join('. '), { isFirst: false, mayBePublisher: false })
  return {
    authors: [],
    publisher: house ?? general.publisher,
    containerTitle: platformBefore(segments) ?? (house === null ? general.containerTitle : null),
  }
}

function readHost(rest: string): AfterTitle {
  const segments = sentences(rest)
    .map((segment) => segment.trim())
    .filter((segment) => withoutMarks(segment) !== '')
  const houseAt = segments.findLastIndex((segment, index) => index > 0 && houseOf(segment) !== null)
  const publisher = houseAt < 0 ? null : houseOf(segments[houseAt] ?? '')
  const host = segments[houseAt >= 2 ? houseAt - 1 : 0] ?? ''
  const title = withoutMarks(host.split(/[,，]\s*(?=\uFDD5)/u)[0] ?? '').trim()
  return { authors: [], publisher, containerTitle: title === '' ? null : title }
}

function sentences(text: string): string[] {
  return text.split(/[.．。](?=\s|$|\p{Script=Han}|\uFDD5|[\uFDD0-\uFDD2])/u)
}

/** `北京: 人民出版社, 2013: 302` → 人民出版社. */
function houseOf(segment: string): string | null {
  const match =
    /^[\s[［]*(?:[^:：,，\d\uFDD5]{1,30}|S\.\s?l\.)[\]］]?\s?[:：]\s*([^:：\uFDD0-\uFDD5]{2,60}?)\s*(?:[,，]|\uFDD5|$)/u.exec(
      segment,
    )
  const name = match?.[1]?.trim() ?? ''
  if (
    name === '' ||
    /^第|\d{3}|^(?:doi|https?|\/\/)/i.test(name) ||
    /\b(?:doi|isbn|isrc)\s*$/i.test(segment.split(/[:：]/u)[0] ?? '')
  )
    return null
  return name.replace(/[.．]$/u, '')
}

function firstSegment(rest: string): string | null {
  const name = withoutMarks(
    /^[\uFDD3《]?([^\uFDD4\uFDD5》,，.．。[［(（]{2,100}?(?:[(（][^)）\d]{1,20}[)）])?)(?=[\uFDD4\uFDD5》,，.．。[［(（]|[:：]\s?[\d\uFDD5]|$)/u.exec(
      rest,
    )?.[1] ?? '',
  ).trim()
  return name === '' || /^\d/.test(name) ? null : name
}

/** `ChinaXiv: 202403.00123`, `新华网, 2024-03-01`: a platform or outlet at the start of a segment. */
function platformBefore(segments: readonly string[]): string | null {
  for (const segment of segments) {
    const name = withoutMarks(segment.split(/[:：,，[［(（\uFDD5]/u)[0] ?? '').trim()
    if (name !== '' && outletOf(name) !== null) return name
  }
  return null
}

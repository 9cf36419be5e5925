/** What names a work wherever it lies. */
export interface Identifiers {
  doi: string | null
  arxiv: string | null
  isbn: string | null
}

const doiInText =
  /\bdoi(?:\.org\/|[:：\s]+)(?:https?:\/\/(?:dx\.)?doi\.org\/)?\s*(10\.\d{4,9}\/[^\s\uFDD0-\uFDEF，。；、）】》”"<>]{1,200})/iu
// Nothing else is written like a DOI that stands alone (DOI Handbook §2.2).
const bareDoi = /(?<![^\s，,。；;：（(【[])(10\.\d{4,9}\/[^\s\uFDD0-\uFDEF，。；、）】》”"<>]{1,200})/u
const doiInUrl = /(?:doi\.org\/|\/doi\/(?:[a-z]+\/){0,2}|[?&][a-z_.]+=)(10\.\d{4,9}\/[^?#&]{1,200})/i
const arxivId = '(\\d{4}\\.\\d{4,5}|[a-z]{2,10}(?:-[a-z]{2,4})?(?:\\.[A-Z]{2})?/\\d{7})(?:v\\d{1,3})?'
const arxivInText = new RegExp(`\\barxiv(?:\\.org/(?:abs|pdf)/|[:：]\\s?|\\s)${arxivId}`, 'i')
const arxivInUrl = new RegExp(
  `^https?://(?:[a-z]+\\.)?arxiv\\.org/[a-z]+/${arxivId}(?:\\.pdf)?(?:[?#]|$)`,
  'i',
)
const isbnInText = /\bISBN(?:-1[03])?[:：]?\s?((?:97[89][-\s–]?)?\d(?:[-\s–]?\d){8}[-\s–]?[\dX])(?!\d)/giu

/**
 * The identifiers that a note gives for its work.
 * @param text the note's, without links
 * @param urls of the work's links
 */
export function identifiersIn(text: string, urls: readonly string[]): Identifiers {
  return {
    doi: firstOf([doiInText.exec(text)?.[1], ...urls.map(doiOfUrl), bareDoi.exec(text)?.[1]], normalDoi),
    arxiv: firstOf(
      [arxivInText.exec(text)?.[1], ...urls.map((url) => arxivInUrl.exec(url)?.[1])],
      normalArxiv,
    ),
    isbn: firstOf(
      [...text.matchAll(isbnInText)].map((match) => match[1]),
      checkedIsbn,
    ),
  }
}

/** Is this text nothing but an identifier? */
export function isIdentifier(text: string): boolean {
  return (
    /^(?:doi[:：]?\s*)?10\.\d{4,9}\/\S+$/i.test(text) ||
    new RegExp(`^(?:arxiv[:：]?\\s*)?${arxivId}$`, 'i').test(text)
  )
}

/** The text without its identifiers, so that they are not taken for names. */
export function withoutIdentifiers(text: string): string {
  return text.replace(
    new RegExp(
      `${doiInText.source}|${bareDoi.source}|${arxivInText.source}(?:v\\d)?|${isbnInText.source}`,
      'giu',
    ),
    ' ',
  )
}

function firstOf(
  found: readonly (string | undefined)[],
  normal: (text: string) => string | null,
): string | null {
  for (const text of found) {
    const value = text === undefined ? null : normal(text)
    if (value !== null) return value
  }
  return null
}

function doiOfUrl(url: string): string | undefined {
  const decoded = decoded1(url)
  return doiInUrl.exec(decoded)?.[1]
}

function decoded1(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

/** DOIs are compared without regard to case (DOI Handbook §3.4); closing punctuation is the sentence's. */
function normalDoi(written: string): string {
  let doi = decoded1(written).toLowerCase()
  for (;;) {
    const last = doi.at(-1) ?? ''
    const isUnopened = (last === ')' && !doi.includes('(')) || (last === ']' && !doi.includes('['))
    if (!/[.,;:'"’”。，；]/.test(last) && !isUnopened) return doi
    doi = doi.slice(0, -1)
  }
}

/** Without version and subject class: `math.GT/0309136v2` and `math/0309136` are one work. */
function normalArxiv(written: string): string {
  return written.toLowerCase().replace(/\.[a-z]{2}(?=\/)/, '')
}

/** ISO 2108: ten digits weigh 10…1 modulo 11, thirteen 1 and 3 by turns modulo 10. */
function checkedIsbn(written: string): string | null {
  const isbn = written.replace(/[^\dXx]/g, '').toUpperCase()
  const digits = [...isbn].map((char) => (char === 'X' ? 10 : Number(char)))
  const isLong = isbn.length === 13
  const sum = digits.reduce(
    (total, digit, at) => total + digit * (isLong ? (at % 2 === 0 ? 1 : 3) : 10 - at),
    0,
  )
  return (isLong || isbn.length === 10) && sum % (isLong ? 10 : 11) === 0 ? isbn : null
}

import { describe, expect, test } from 'vitest'
import { type GoldCitation, isHeldOut, readFreshCitations, readGoldCitations } from './gold-citations.ts'

const gold = readGoldCitations()
const fresh = readFreshCitations()
const archives =
  /^https?:\/\/(?:[^/]+\.)?(?:archive\.(?:org|ph|today|is|md|li|vn|fo)|perma\.cc|webcitation\.org|ghostarchive\.org)\//

/** Dates that the note writes in a way `spellings` does not know. */
const spelledOtherwise: Record<string, string> = {
  '2024-10-11': '二〇二四年十月十一日',
  '2025-06-17': '17/6/2025',
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

describe('the gold set of citations', () => {
  test('has at least 240 notes, 55 % of them Chinese, from at least 20 outlets, journals and styles', () => {
    expect(gold.length).toBeGreaterThanOrEqual(240)
    expect(gold.filter(({ language }) => language === 'zh').length / gold.length).toBeGreaterThanOrEqual(0.55)
    expect(new Set(gold.map(({ outlet }) => outlet)).size).toBeGreaterThanOrEqual(20)
  })

  test('has every language and every type with three notes or more in what is held out and in what is not', () => {
    const families = (notes: GoldCitation[]) =>
      new Set(notes.flatMap((note) => [note.language, note.expected.type]))
    const heldOut = families(gold.filter(isHeldOut))
    const open = families(gold.filter((note) => !isHeldOut(note)))
    for (const type of typesWithThree()) {
      expect(heldOut).toContain(type)
      expect(open).toContain(type)
    }
    expect(heldOut).toContain('zh')
    expect(heldOut).toContain('en')
  })
})

describe('the fresh set', () => {
  test('has 100 notes, 60 of them Chinese, from at least 12 outlets, journals and styles', () => {
    expect(fresh.length).toBe(100)
    expect(fresh.filter(({ language }) => language === 'zh').length).toBeGreaterThanOrEqual(60)
    expect(new Set(fresh.map(({ outlet }) => outlet)).size).toBeGreaterThanOrEqual(12)
  })

  test('holds no note of the gold set', () => {
    const known = new Set(gold.map(({ markdown }) => markdown))
    expect(fresh.filter(({ markdown }) => known.has(markdown))).toEqual([])
  })
})

describe.each([
  ['the gold set', gold],
  ['the fresh set', fresh],
])('%s', (_, notes) => {
  test('numbers its notes 1…n and holds none twice', () => {
    expect(notes.map(({ id }) => id)).toEqual(notes.map((_, index) => index + 1))
    expect(new Set(notes.map(({ markdown }) => markdown)).size).toBe(notes.length)
  })

  test('labels nothing that the note does not say', () => {
    expect(notes.flatMap(unsaid)).toEqual([])
  })

  test('says of a remark nothing at all', () => {
    for (const { expected } of notes.filter((note) => note.expected.type === null)) {
      const { authors, ...fields } = expected
      expect(authors).toEqual([])
      expect(new Set(Object.values(fields))).toEqual(new Set([null]))
    }
  })

  test('keeps archive copies apart from the cited address', () => {
    for (const { expected } of notes) {
      if (expected.url !== null) expect(expected.url).not.toMatch(archives)
      if (expected.archiveUrl !== null) expect(expected.archiveUrl).toMatch(archives)
    }
  })

  test('has identifiers in their normal form', () => {
    for (const { expected } of notes) {
      if (expected.doi !== null) expect(expected.doi).toMatch(/^10\.\d{4,9}\/[^\sA-Z]+$/)
      if (expected.arxiv !== null) expect(expected.arxiv).toMatch(/^(?:\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/)
      if (expected.isbn !== null) expect(expected.isbn).toSatisfy(isIsbn)
    }
  })

  test('calls a field untellable only where it labels one', () => {
    for (const { expected, cantTell } of notes) {
      for (const field of cantTell) expect(expected[field]?.length ?? 0).toBeGreaterThan(0)
    }
  })
})

function typesWithThree(): (string | null)[] {
  const types = gold.map(({ expected }) => expected.type)
  return [...new Set(types)].filter((type) => types.filter((other) => other === type).length >= 3)
}

/** The labels of a note that do not stand in it. */
function unsaid({ id, markdown, expected }: GoldCitation): string[] {
  const { title, publisher, containerTitle, authors, url, archiveUrl, doi, isbn, arxiv } = expected
  const said = squeezed(markdown)
  const missing = [
    ...[title, publisher, containerTitle, ...authors].filter((label) => !has(said, label && squeezed(label))),
    ...[url, archiveUrl, arxiv].filter((label) => !has(markdown, label)),
    ...[doi].filter((label) => !has(decoded(markdown).toLowerCase(), label)),
    ...[isbn].filter((label) => !has(markdown.replaceAll('-', ''), label)),
    ...[expected.publishedOn, expected.accessedOn].filter((label) => label && !saysDate(markdown, label)),
  ]
  return missing.map((label) => `${id}: ${label}`)
}

function has(said: string, label: string | null): boolean {
  return label === null || said.includes(label)
}

/** Without markup, escapes, entities and blanks. */
function squeezed(text: string): string {
  return text.replaceAll('&amp;', '&').replace(/[\\*_`[\]\s]/g, '')
}

function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => decodeURIComponent(bytes))
}

function saysDate(markdown: string, date: string): boolean {
  const said = markdown.normalize('NFKC')
  const otherwise = spelledOtherwise[date]
  return (
    spellings(date).some((spelling) => spelling.test(said)) ||
    (otherwise !== undefined && said.includes(otherwise))
  )
}

function spellings(date: string): RegExp[] {
  const [year, month, day] = date.split('-')
  if (month === undefined) return [new RegExp(`\\b${year}|\\D${year}`)]
  const name = `${months[Number(month) - 1]}[a-z]*\\.?`
  const [m, d] = [`0?${Number(month)}`, `0?${Number(day)}(?!\\d)`]
  if (day === undefined) {
    return [`${year}(?:[-/.]| ?年 ?)${m}(?!\\d)`, `${name} ${year}`, `${year},? ${name}`].map(pattern)
  }
  const dayOf = `0?${Number(day)}(?:st|nd|rd|th)?`
  return [
    `${year}(?:[-/.]| ?年 ?)${m}(?:[-/.]| ?月 ?)${d}`,
    `${year}${month}${day}`,
    `${name} ${dayOf}, ${year}`,
    `${dayOf} ${name} ${year}`,
    `${year}, ${name} ${dayOf}`,
    `${m}/${d}/${year}`,
    `${d}\\.${m}\\.${year}`,
  ].map(pattern)
}

function pattern(source: string): RegExp {
  return new RegExp(`(?<!\\d)${source}`)
}

/** ISBN-10 and ISBN-13 with a right check digit (ISO 2108). */
function isIsbn(isbn: string): boolean {
  if (!/^(?:\d{9}[\dX]|97[89]\d{10})$/.test(isbn)) return false
  const digits = [...isbn].map((digit) => (digit === 'X' ? 10 : Number(digit)))
  const weight = (index: number) => (digits.length === 10 ? 10 - index : index % 2 === 0 ? 1 : 3)
  const sum = digits.reduce((total, digit, index) => total + digit * weight(index), 0)
  return sum % (digits.length === 10 ? 11 : 10) === 0
}

import { describe, expect, test } from 'vitest'
import { type CitationField, type CitationFields, citationFields } from '#src/content/citations/citations.ts'
import { parseCitation } from '#src/content/citations/parse-citation.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import {
  type GoldCitation,
  isHeldOut,
  readFreshCitations,
  readGoldCitations,
} from '../../../gold/gold-citations.ts'

interface Score {
  /** Fields that the parser set, and those of them that are as labelled. */
  set: number
  right: number
  /** Fields that the note tells, and those of them that the parser set. */
  told: number
  found: number
}

const gold = readGoldCitations()
const fresh = readFreshCitations()
const parsed = new Map([...gold, ...fresh].map((note) => [note, parsedFields(note.markdown)]))

describe('the gold set', () => {
  test.each([
    ['open', gold.filter((note) => !isHeldOut(note))],
    ['held-out', gold.filter(isHeldOut)],
    ['fresh', fresh],
  ])('%s: of what is set 99 % is right, of what is told 95 % is set', (name, notes) => {
    const score = total(notes, citationFields)
    console.log(`${name}: ${inWords(score)}; below 100 %: ${weakFields(notes).join(', ') || 'none'}`)
    expect(score.right / score.set).toBeGreaterThanOrEqual(0.99)
    expect(score.found / score.told).toBeGreaterThanOrEqual(0.95)
  })

  test('open: a remark is read as one', () => {
    const remarks = gold.filter((note) => !isHeldOut(note) && note.expected.type === null)
    for (const note of remarks) expect(parsed.get(note), note.markdown).toEqual(note.expected)
  })
})

function parsedFields(markdown: string): CitationFields {
  const note = renderBody(`x[^1]\n\n[^1]: ${markdown}\n`).notes[0]
  if (note === undefined) throw new Error(`No note: ${markdown}`)
  return parseCitation(note)
}

function total(notes: readonly GoldCitation[], fields: readonly CitationField[]): Score {
  const score: Score = { set: 0, right: 0, told: 0, found: 0 }
  for (const note of notes) {
    for (const field of fields) {
      const got = parsed.get(note)?.[field] ?? null
      const label = note.expected[field]
      const isSet = !isEmpty(got)
      if (isSet) score.set++
      if (isSet && JSON.stringify(got) === JSON.stringify(label)) score.right++
      if (isEmpty(label) || note.cantTell.includes(field)) continue
      score.told++
      if (isSet) score.found++
    }
  }
  return score
}

function weakFields(notes: readonly GoldCitation[]): string[] {
  return citationFields.flatMap((field) => {
    const score = total(notes, [field])
    return score.right === score.set && score.found === score.told ? [] : [`${field} ${inWords(score)}`]
  })
}

function inWords({ set, right, told, found }: Score): string {
  const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(2)
  return `${right}/${set} right (${percent(right, set)} %), ${found}/${told} set (${percent(found, told)} %)`
}

function isEmpty(value: CitationFields[CitationField]): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}

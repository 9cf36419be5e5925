import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Citation, citationsOf, type ExplicitCitation } from '#src/content/citations/citations.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import { explicitFields } from '#src/content/patch/explicit-fields.ts'
import { citations } from '../article-arbitraries.ts'

const notesOf = (body: string) => renderBody(body).notes
const body =
  'One[^1], two[^Two].\n\n[^1]: [The report](https://example.org/report), page 3.\n[^Two]: A remark.\n'
const notes = notesOf(body)
/** What a client reads, given what is explicit. */
const readWith = (explicit: ExplicitCitation[], from = notes) => citationsOf(from, explicit)

describe('of a label with a note', () => {
  test('only what differs from the note is explicit', () => {
    const given = { label: '1', title: 'The Report', url: 'https://example.org/report', publisher: 'A press' }
    expect(explicitFields(notes, [given])).toEqual([
      { label: '1', title: 'The Report', publisher: 'A press' },
    ])
  })

  test('null and no authors say deliberately none, where the note says something', () => {
    expect(explicitFields(notes, [{ label: '1', title: null, doi: null, authors: [] }])).toEqual([
      { label: '1', title: null },
    ])
  })

  test('nothing is left of what the note says, in any spelling of the label', () => {
    expect(explicitFields(notes, [{ label: ' TWO ', text: 'A remark.', title: '  ' }])).toEqual([])
  })
})

describe('of a label without a note', () => {
  test('all that is set is explicit, and its text', () => {
    const given = { label: 'x', text: 'A talk. ', title: 'Talk', doi: null, authors: ['A', ' '], url: '' }
    expect(explicitFields(notes, [given])).toEqual([
      { label: 'x', text: 'A talk.', title: 'Talk', authors: ['A'] },
    ])
  })

  test('the text that is made of the fields is not', () => {
    const [read] = readWith([{ label: 'x', title: 'Talk', publisher: 'Radio' }], [])
    expect(read?.text).not.toBe('')
    expect(explicitFields([], [{ ...read, label: 'x' }])).toEqual([
      { label: 'x', title: 'Talk', publisher: 'Radio' },
    ])
  })
})

describe('what was read, sent back', () => {
  test('says what was said before, also to an article that says nothing yet', () => {
    fc.assert(
      fc.property(citations, (given) => {
        const read = readWith(explicitFields(notes, given))
        expect(readWith(explicitFields(notes, read))).toEqual(read)
      }),
      { numRuns: 1_000 },
    )
  })

  test('leaves what the document says as it says it, in its order', () => {
    const labelled = citations.map((written) =>
      written.map((one, index) => (index < 2 ? { ...one, label: ['two', ' 1'][index] ?? '' } : one)),
    )
    fc.assert(
      fc.property(labelled, (written) => {
        const read = readWith(written)
        expect(explicitFields(notes, read, { read, written })).toEqual(written)
      }),
      { numRuns: 1_000 },
    )
  })

  test('keeps what the note says as well: the author said it', () => {
    const written = [{ label: '1', title: 'The report', doi: null }]
    const read = readWith(written)
    expect(read[0]?.explicit).toEqual([])
    expect(explicitFields(notes, read, { read, written })).toEqual(written)
  })

  test('an entry that says nothing any more goes; one that never said anything is its author’s', () => {
    const written = [{ label: '1', title: 'Mine' }, { label: 'Two' }]
    const read = readWith(written)
    const edited = read.map((one) => (one.label === '1' ? { ...one, title: 'The report' } : one))
    expect(explicitFields(notes, edited, { read, written })).toEqual([{ label: 'Two' }])
  })

  test('in another order says so', () => {
    const written = [
      { label: 'a', title: 'A' },
      { label: 'b', title: 'B' },
    ]
    const read = readWith(written, [])
    const present = { read, written }
    expect(explicitFields([], read.toReversed(), present)).toEqual(written.toReversed())
  })

  test('with another body freezes nothing: notes that change are read anew', () => {
    const read = readWith([])
    const changed = notesOf('One[^1].\n\n[^1]: [Another](https://example.org/other).\n')
    expect(explicitFields(changed, read, { read, written: [] })).toEqual([])
  })

  test('with a note gone leaves what was explicit, and no more', () => {
    const written = [{ label: '1', publisher: 'A press' }]
    const read = readWith(written)
    expect(explicitFields([], read, { read, written })).toEqual(written)
  })

  test('with one field changed makes that one explicit', () => {
    const written = [{ label: '1', publisher: 'A press' }]
    const read = readWith(written)
    const edited: Citation[] = read.map((citation) =>
      citation.label === 'Two' ? { ...citation, title: 'Remarks' } : citation,
    )
    expect(explicitFields(notes, edited, { read, written })).toEqual([
      { label: '1', publisher: 'A press' },
      { label: 'Two', title: 'Remarks' },
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CitationType, citationTypes } from '#src/content/citations/citations.ts'
import { type BibliographicItem, cslJson, itemOfCitation, ris } from '#src/content/export/index.ts'
import { hostileCitation } from '#tests/support/csl/hostile.ts'
import { readRis, readRisRecords } from '#tests/support/csl/reference-manager.ts'
import { aCitation, aFullCitation, seedCitations } from '#tests/support/csl/works.ts'

const fileOf = (...given: Parameters<typeof aCitation>) => ris([itemOfCitation(aCitation(...given))])
const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat())

test('a citation, whole', () => {
  expect(ris([itemOfCitation(aFullCitation())])).toBe(
    [
      'TY  - JOUR',
      'ID  - klein2014-rot',
      'TI  - Scholarly Context Not Found: 100% of "AI" & C_3 {in braces}',
      'AU  - Klein, M.',
      'AU  - 新智元',
      'AU  - Pew Research Center',
      'T2  - PLOS ONE',
      'PB  - Simon and Schuster & Co.',
      'PY  - 2014',
      'DA  - 2014/12/26/',
      'DO  - 10.1371/journal.pone.0115253',
      'SN  - 0-06-251586-1',
      'AN  - arXiv:2401.00001',
      'UR  - https://doi.org/10.1371/journal.pone.0115253?a=1&b=%20#x_y',
      'LK  - https://web.archive.org/web/20160514093000/https://doi.org/10.1371/journal.pone.0115253',
      'Y2  - 2025/03/12/',
      'N1  - Klein, M. et al. (2014). Scholarly Context Not Found. PLOS ONE, 9(12), e115253.',
      'ER  - ',
      '',
    ].join('\r\n'),
  )
})

test('nothing is an empty file, records are a line apart', () => {
  expect(ris([])).toBe('')
  const items = [aCitation({ text: 'A' }), aCitation({ text: 'B', label: '2' })].map((one) =>
    itemOfCitation(one),
  )
  expect(ris(items)).toBe(
    'TY  - GEN\r\nID  - ref-1\r\nN1  - A\r\nER  - \r\n\r\nTY  - GEN\r\nID  - ref-2\r\nN1  - B\r\nER  - \r\n',
  )
})

describe('each type', () => {
  const reading: Partial<Record<CitationType, [tag: string, readAs: CitationType]>> = {
    article: ['UNPB', 'manuscript'],
    'article-journal': ['JOUR', 'article-journal'],
    'article-magazine': ['MGZN', 'article-magazine'],
    'article-newspaper': ['NEWS', 'article-newspaper'],
    book: ['BOOK', 'book'],
    broadcast: ['VIDEO', 'motion_picture'],
    chapter: ['CHAP', 'chapter'],
    'entry-encyclopedia': ['ENCYC', 'entry-encyclopedia'],
    'paper-conference': ['CONF', 'paper-conference'],
    'post-weblog': ['BLOG', 'post-weblog'],
    post: ['ELEC', 'webpage'],
    report: ['RPRT', 'report'],
    standard: ['STAND', 'standard'],
    thesis: ['THES', 'thesis'],
    webpage: ['ELEC', 'webpage'],
  }

  test.each(Object.entries(reading))('%s is %s', (type, [tag, readAs]) => {
    const file = fileOf({ type })
    expect(file).toMatch(new RegExp(`^TY {2}- ${tag}\r\n`))
    expect(readRis(file)[0]?.type).toBe(readAs)
  })

  test.each(citationTypes)('%s comes back with the same fields', (type) => {
    const item = itemOfCitation(aFullCitation({ type }))
    const file = ris([item])
    expect(readRisRecords(file)).toEqual([
      {
        TY: expect.stringMatching(/^[A-Z]{3,7}$/),
        ID: item.id,
        TI: item.title,
        AU: ['Klein, M.', '新智元', 'Pew Research Center'],
        T2: item.containerTitle,
        PB: item.publisher,
        PY: '2014',
        DA: '2014/12/26/',
        DO: item.doi,
        SN: item.isbn,
        AN: 'arXiv:2401.00001',
        UR: item.url,
        LK: item.archiveUrl,
        Y2: '2025/03/12/',
        N1: item.note,
      },
    ])
    const [read] = readRis(file)
    expect(read).toMatchObject({ title: item.title, URL: item.url })
    expect(read?.issued?.['date-parts'][0][0]).toBe(2014)
  })
})

describe('fields', () => {
  test.each([
    ['2025', '2025///', [2025]],
    ['2025-07', '2025/07//', [2025, 7]],
    ['2025-07-02', '2025/07/02/', [2025, 7, 2]],
  ])('a date keeps its precision: %s', (date, written, parts) => {
    const file = fileOf({ type: 'webpage', publishedOn: date, accessedOn: date })
    expect(readRisRecords(file)[0]).toMatchObject({ PY: '2025', DA: written, Y2: written })
    expect(readRis(file)[0]?.issued).toEqual({ 'date-parts': [parts] })
  })

  test('an organisation’s comma does not make it a person', () => {
    const authors = ['Acme, Inc.', 'Berners-Lee, Tim', '新华社, 北京']
    expect(readRisRecords(fileOf({ authors }))[0]?.AU).toEqual([
      'Acme Inc.',
      'Berners-Lee, Tim',
      '新华社 北京',
    ])
  })

  test('a thesis says which degree', () => {
    expect(readRisRecords(fileOf({ type: 'thesis', text: '博士学位论文' }))[0]?.M3).toBe('PhD thesis')
  })
})

test('what looks like the end of a record in a title is part of it', () => {
  const title = 'One\r\nER  - \r\nTY  - BOOK\u2028ER  - '
  const file = fileOf({ title })
  expect(readRis(file)).toHaveLength(1)
  expect(readRis(file)[0]?.title).toBe('One ER - TY - BOOK ER -')
})

test('the citations of the stories that come with the project read back', () => {
  expectSame(seedCitations().map((citation) => itemOfCitation(citation)))
})

test('law: whatever is cited reads back to as many items, the same keys, titles and urls', () => {
  fc.assert(
    fc.property(fc.array(hostileCitation(), { minLength: 1, maxLength: 4 }), (citations) => {
      const items = citations.map((citation) => itemOfCitation(citation))
      expectSame(items)
      expect(ris(items)).toBe(ris(citations.map((citation) => itemOfCitation(citation))))
    }),
    { numRuns: 1_000 },
  )
})

test('law: every line is a tag and its value', () => {
  fc.assert(
    fc.property(hostileCitation(), (citation) => {
      const lines = ris([itemOfCitation(citation)]).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
      expect(lines.pop()).toBe('')
      for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /)
      expect(lines.filter((line) => /^(TY|ER) /.test(line))).toHaveLength(2)
    }),
    { numRuns: 1_000 },
  )
})

function expectSame(items: BibliographicItem[]) {
  const file = ris(items)
  const records = readRisRecords(file)
  expect(readRis(file).map(({ title }) => title ?? null)).toEqual(items.map(({ title }) => title))
  expect(records.map(({ UR }) => UR ?? null)).toEqual(items.map(({ url }) => url))
  expect(records.map(({ AU }) => list(AU).length)).toEqual(items.map(({ authors }) => authors.length))
  expect(records.map(({ ID }) => ID)).toEqual(cslJson(items).map(({ id }) => id))
}

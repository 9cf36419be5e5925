import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CitationType, citationTypes } from '#src/content/citations/citations.ts'
import {
  type BibliographicItem,
  bibtex,
  cslJson,
  itemOfArticle,
  itemOfCitation,
} from '#src/content/export/index.ts'
import { hostileCitation } from '#tests/support/csl/hostile.ts'
import { readBibtex, readBibtexEntries, spoken } from '#tests/support/csl/reference-manager.ts'
import { aCitation, aFullCitation, seedCitations } from '#tests/support/csl/works.ts'

/** The entry type of each CSL type, and what a reader makes of it: BibTeX knows fewer. */
const entryTypes: Record<CitationType, [entry: string, readAs: string]> = {
  article: ['misc', 'document'],
  'article-journal': ['article', 'article-journal'],
  'article-magazine': ['article', 'article-journal'],
  'article-newspaper': ['article', 'article-journal'],
  bill: ['misc', 'document'],
  book: ['book', 'book'],
  broadcast: ['misc', 'document'],
  chapter: ['incollection', 'chapter'],
  classic: ['book', 'book'],
  collection: ['book', 'book'],
  dataset: ['dataset', 'dataset'],
  document: ['misc', 'document'],
  entry: ['incollection', 'chapter'],
  'entry-dictionary': ['incollection', 'chapter'],
  'entry-encyclopedia': ['incollection', 'chapter'],
  event: ['misc', 'document'],
  figure: ['misc', 'document'],
  graphic: ['misc', 'document'],
  hearing: ['misc', 'document'],
  interview: ['misc', 'document'],
  legal_case: ['misc', 'document'],
  legislation: ['misc', 'document'],
  manuscript: ['unpublished', 'manuscript'],
  map: ['misc', 'document'],
  motion_picture: ['misc', 'document'],
  musical_score: ['misc', 'document'],
  pamphlet: ['booklet', 'book'],
  'paper-conference': ['inproceedings', 'paper-conference'],
  patent: ['patent', 'patent'],
  performance: ['misc', 'document'],
  periodical: ['periodical', 'periodical'],
  personal_communication: ['misc', 'document'],
  post: ['online', 'webpage'],
  'post-weblog': ['online', 'webpage'],
  regulation: ['misc', 'document'],
  report: ['techreport', 'report'],
  review: ['article', 'article-journal'],
  'review-book': ['article', 'article-journal'],
  software: ['software', 'software'],
  song: ['misc', 'document'],
  speech: ['misc', 'document'],
  standard: ['techreport', 'report'],
  thesis: ['phdthesis', 'thesis'],
  treaty: ['misc', 'document'],
  webpage: ['online', 'webpage'],
}

const fileOf = (...given: Parameters<typeof aCitation>) => bibtex([itemOfCitation(aCitation(...given))])

test('a citation, whole', () => {
  expect(bibtex([itemOfCitation(aFullCitation())])).toBe(String.raw`@article{klein2014-rot,
  title = {{Scholarly Context Not Found: 100{\%} of "AI" {\&} C{\_}3 {\textbraceleft}in braces{\textbraceright}}},
  author = {Klein, M. and {新智元} and {Pew Research Center}},
  journal = {{PLOS ONE}},
  publisher = {{Simon and Schuster {\&} Co.}},
  date = {2014-12-26},
  year = {2014},
  month = dec,
  doi = {10.1371/journal.pone.0115253},
  isbn = {0-06-251586-1},
  eprint = {2401.00001},
  archivePrefix = {arXiv},
  url = {https://doi.org/10.1371/journal.pone.0115253?a=1&b=%20#x_y},
  archiveurl = {https://web.archive.org/web/20160514093000/https://doi.org/10.1371/journal.pone.0115253},
  urldate = {2025-03-12},
  annote = {Klein, M. et al. (2014). Scholarly Context Not Found. PLOS ONE, 9(12), e115253.}
}
`)
})

test('nothing is an empty file, two items are two entries apart', () => {
  expect(bibtex([])).toBe('')
  expect(bibtex([itemOfCitation(aCitation()), itemOfCitation(aCitation({ label: '2' }))])).toBe(
    '@misc{ref-1,\n  note = {Something that was written.}\n}\n\n' +
      '@misc{ref-2,\n  note = {Something that was written.}\n}\n',
  )
})

describe('each type', () => {
  test.each(citationTypes)('%s has its entry, and comes back with the same fields', (type) => {
    const item = itemOfCitation(aFullCitation({ type }))
    const file = bibtex([item])
    const [entry, readAs] = entryTypes[type]
    expect(readBibtexEntries(file).map((raw) => raw.type)).toEqual([entry])
    const [read] = readBibtex(file)
    expect(read).toMatchObject({
      type: readAs,
      id: item.id,
      title: item.title,
      URL: item.url,
      DOI: item.doi,
      ISBN: item.isbn,
      annote: item.note,
      publisher: item.publisher,
      issued: { 'date-parts': [[2014, 12, 26]] },
      accessed: { 'date-parts': [[2025, 3, 12]] },
    })
    expect(read?.author?.map(spoken)).toEqual(['M. Klein', '新智元', 'Pew Research Center'])
    const fields: Record<string, unknown> = { ...read }
    expect(fields['container-title'] ?? fields['collection-title']).toBe(item.containerTitle)
  })

  test.each([
    ['article-newspaper', 'journal'],
    ['chapter', 'booktitle'],
    ['paper-conference', 'booktitle'],
    ['webpage', 'booktitle'],
    ['report', 'series'],
    ['broadcast', 'booktitle'],
  ] as const)('%s names its container in %s', (type, field) => {
    const [entry] = readBibtexEntries(fileOf({ type, containerTitle: '新闻联播' }))
    expect(entry?.properties).toMatchObject({ [field]: '{新闻联播}' })
  })

  test('a report is no technical one, a thesis of unknown degree no doctoral one', () => {
    expect(fileOf({ type: 'report' })).toContain('type = {Report}')
    expect(fileOf({ type: 'standard' })).toContain('type = {Standard}')
    expect(fileOf({ type: 'thesis' })).toContain('type = {Thesis}')
    expect(fileOf({ type: 'thesis', text: '硕士学位论文' })).toMatch(/^@mastersthesis\{/)
    expect(fileOf({ type: 'thesis', text: '博士学位论文' })).not.toContain('type =')
  })
})

describe('fields', () => {
  test.each([
    ['2025', '  date = {2025},\n  year = {2025}', [2025]],
    ['2025-07', '  date = {2025-07},\n  year = {2025},\n  month = jul', [2025, 7]],
    ['2025-07-02', '  date = {2025-07-02},\n  year = {2025},\n  month = jul', [2025, 7, 2]],
  ])('a date keeps its precision: %s', (publishedOn, lines, parts) => {
    const file = fileOf({ publishedOn })
    expect(file).toContain(lines)
    expect(readBibtex(file)[0]?.issued).toEqual({ 'date-parts': [parts] })
  })

  test('a note is printed only where there is no title', () => {
    expect(fileOf({ text: 'A remark.' })).toContain('  note = {A remark.}')
    expect(fileOf({ text: 'A remark.', title: 'T' })).toContain('  annote = {A remark.}')
    const url = 'https://a.example/b_c'
    expect(fileOf({ text: url, url })).toContain('  note = {https://a.example/b{\\_}c}')
    expect(fileOf({ text: url, url })).toContain(`  url = {${url}}`)
    expect(fileOf({ text: url, url, title: 'T' })).not.toContain('note')
  })

  test('an organisation stays one author, with its “and” and its comma', () => {
    const file = fileOf({ authors: ['Simon and Schuster, Inc.', 'others', 'van der Berg, Jan'] })
    expect(file).toContain('author = {{Simon and Schuster, Inc.} and {others} and van der Berg, Jan}')
    const names = readBibtex(file)[0]?.author?.map(spoken)
    expect(names).toEqual(['Simon and Schuster, Inc.', 'others', 'Jan van der Berg'])
  })

  test('a language that babel knows is named', () => {
    const item = itemOfCitation(aCitation())
    const langid = (language: string) => /langid = \{(.*)\}/.exec(bibtex([{ ...item, language }]))?.[1]
    expect(langid('en-GB')).toBe('british')
    expect(langid('zh-CN')).toBe('chinese')
    expect(langid('zh-TW')).toBe('chinese-traditional')
    expect(langid('tlh')).toBeUndefined()
  })

  test('an article is cited with its language and abstract', () => {
    const article = {
      ...{
        slug: 'floods',
        locale: 'zh-CN',
        title: '听水',
        summary: '100% 真实',
        authors: [{ name: '顾闻溪' }],
      },
      ...{ publishedAt: '2025-06-02T00:00:00Z', modifiedAt: null },
      ...{ canonicalUrl: null, links: { canonical: 'https://example.org/floods' } },
    }
    const site = { name: '临澜日报', url: 'https://example.org', timeZone: 'Asia/Shanghai' }
    expect(bibtex([itemOfArticle(article, site)])).toBe(String.raw`@article{example2025-floods,
  title = {{听水}},
  author = {{顾闻溪}},
  journal = {{临澜日报}},
  publisher = {{临澜日报}},
  date = {2025-06-02},
  year = {2025},
  month = jun,
  url = {https://example.org/floods},
  langid = {chinese},
  abstract = {100{\%} 真实}
}
`)
  })
})

describe('LaTeX', () => {
  test.each([
    ['a & b_c #1 100% $5', String.raw`a {\&} b{\_}c {\#}1 100{\%} {\$}5`],
    ['~ ^', String.raw`{\textasciitilde} {\textasciicircum}`],
    ['\\input{/etc/passwd}', String.raw`{\textbackslash}input{\textbraceleft}/etc/passwd{\textbraceright}`],
    ['}{', String.raw`{\textbraceright}{\textbraceleft}`],
    ["a--b---c ``d'' ?`", "a-{}-b-{}-{}-c `{}`d'{}' ?{}`"],
    ['“引号”——é 👩‍👧', '“引号”——é 👩‍👧'],
  ])('prints %s as it is', (title, written) => {
    const file = fileOf({ title })
    expect(file).toContain(`title = {{${written}}}`)
    expect(readBibtex(file)[0]?.title).toBe(title)
  })
})

describe('identifiers', () => {
  const old = '10.1002/(SICI)1097-4636(199823)43:4<338::AID-JBM1>3.0.CO;2-B'

  test.each([old, '10.1000/a_b%c#d&e~f^g$h', '10.1000/“é”'])('the DOI %s comes back as it is', (doi) => {
    const item = { ...itemOfCitation(aCitation()), doi }
    expect(bibtex([item])).toContain(`doi = {${doi}}`)
    expect(readBibtex(bibtex([item]))[0]?.DOI).toBe(doi)
  })

  test('braces and backslashes in one close nothing', () => {
    const item = { ...itemOfCitation(aCitation()), doi: '10.1000/}\\{' }
    expect(bibtex([item])).toContain('doi = {10.1000/%7D%5C%7B}')
  })
})

test.each(['webpage', 'post', 'post-weblog', 'broadcast', 'article'] as const)(
  'the container of a %s comes back as its container, also without a publisher',
  (type) => {
    const [read] = readBibtex(fileOf({ type, title: 'T', publisher: null, containerTitle: '新闻联播' }))
    expect(read?.['container-title']).toBe('新闻联播')
    expect(read?.publisher).toBeUndefined()
  },
)

test('the citations of the stories that come with the project read back', () => {
  const items = seedCitations().map((citation) => itemOfCitation(citation))
  expectSame(items)
})

test('law: whatever is cited reads back to as many items, the same keys, titles and urls', () => {
  fc.assert(
    fc.property(fc.array(hostileCitation(), { minLength: 1, maxLength: 4 }), (citations) => {
      const items = citations.map((citation) => itemOfCitation(citation))
      expectSame(items)
      expect(bibtex(items)).toBe(bibtex(citations.map((citation) => itemOfCitation(citation))))
    }),
    { numRuns: 1_000 },
  )
})

test('law: braces balance, and never close an entry before its end', () => {
  fc.assert(
    fc.property(hostileCitation(), (citation) => {
      const file = bibtex([itemOfCitation(citation)])
      const depths = depthsOf(file)
      expect(Math.min(...depths.slice(depths.indexOf(1), file.trimEnd().length - 1))).toBeGreaterThan(0)
      expect(depths.at(-1)).toBe(0)
    }),
    { numRuns: 1_000 },
  )
})

function expectSame(items: BibliographicItem[]) {
  const file = bibtex(items)
  const read = readBibtex(file)
  expect(read.map(({ title }) => title ?? null)).toEqual(items.map(({ title }) => title))
  // As they stand in the file: the reader, understanding them, encodes those of other charsets than UTF-8 again.
  const urls = readBibtexEntries(file).map(({ properties }) => properties.url ?? null)
  expect(urls).toEqual(items.map(({ url }) => url))
  expect(read.map(({ author }) => author?.length ?? 0)).toEqual(items.map(({ authors }) => authors.length))
  expect(read.map(({ id }) => id)).toEqual(cslJson(items).map(({ id }) => id))
}

/** How many braces are open after each character, as BibTeX counts: a backslash before one changes nothing. */
function depthsOf(file: string): number[] {
  let depth = 0
  return Array.from({ length: file.length }, (_, index) => {
    if (file[index] === '{') depth += 1
    if (file[index] === '}') depth -= 1
    return depth
  })
}

import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { citationTypes } from '#src/content/citations/citations.ts'
import { cslJson, itemOfArticle, itemOfCitation } from '#src/content/export/index.ts'
import { cslDataSchema, cslTypes } from '#tests/support/csl/csl-data-schema.ts'
import { hostileCitation } from '#tests/support/csl/hostile.ts'
import { readCslJson } from '#tests/support/csl/reference-manager.ts'
import { aCitation, aFullCitation, seedCitations } from '#tests/support/csl/works.ts'

const isValid = new Ajv({ allErrors: true, strict: false }).compile(cslDataSchema)

/** As a client gets it. */
const written = (...items: Parameters<typeof cslJson>) => JSON.parse(JSON.stringify(cslJson(...items)))

function expectValid(items: unknown) {
  isValid(items)
  expect(isValid.errors ?? []).toEqual([])
}

test('our types are those of CSL 1.0.2', () => {
  expect([...citationTypes].sort()).toEqual([...cslTypes].sort())
})

describe('the schema refuses', () => {
  test.each([
    ['an item without an id', { type: 'book' }],
    ['an unknown type', { id: 'a', type: 'blog' }],
    ['an unknown variable', { id: 'a', type: 'book', subtitle: 'x' }],
    ['a date that is text', { id: 'a', type: 'book', issued: '2025' }],
    ['a thirteenth month', { id: 'a', type: 'book', issued: { 'date-parts': [[2025, 13]] } }],
    ['a name that is text', { id: 'a', type: 'book', author: ['Klein'] }],
    ['null', { id: 'a', type: 'book', title: null }],
  ])('%s', (_, item) => {
    expect(isValid([item])).toBe(false)
  })
})

test.each(citationTypes)('a citation of type %s is valid, with every field and with none', (type) => {
  const items = [aFullCitation({ type }), aCitation({ type })].map((citation) => itemOfCitation(citation))
  expectValid(written(items))
  expect(written(items)[0].type).toBe(type)
})

test('an article is valid', () => {
  const article = {
    ...{
      slug: 'a',
      locale: 'en',
      title: 'A',
      summary: null,
      authors: [],
      publishedAt: null,
      modifiedAt: null,
    },
    ...{ canonicalUrl: null, links: { canonical: 'https://example.org/a' } },
  }
  const site = { name: 'S', url: 'https://example.org', timeZone: 'UTC' }
  expectValid(written([itemOfArticle(article, site)]))
})

test('the citations of the stories that come with the project are valid, and read back', () => {
  const items = seedCitations().map((citation) => itemOfCitation(citation))
  expect(items.length).toBeGreaterThan(15)
  expectValid(written(items))
  expect(readCslJson(written(items)).map(({ title }) => title ?? null)).toEqual(
    items.map(({ title }) => title),
  )
})

test('nothing is an empty list', () => {
  expect(cslJson([])).toEqual([])
})

test('a citation, whole', () => {
  expect(written([itemOfCitation(aFullCitation())])).toEqual([
    {
      id: 'klein2014-rot',
      type: 'article-journal',
      'citation-key': 'klein2014-rot',
      title: 'Scholarly Context Not Found: 100% of "AI" & C_3 {in braces}',
      author: [{ family: 'Klein', given: 'M.' }, { literal: '新智元' }, { literal: 'Pew Research Center' }],
      'container-title': 'PLOS ONE',
      publisher: 'Simon and Schuster & Co.',
      issued: { 'date-parts': [[2014, 12, 26]] },
      accessed: { 'date-parts': [[2025, 3, 12]] },
      URL: 'https://doi.org/10.1371/journal.pone.0115253?a=1&b=%20#x_y',
      archive: 'web.archive.org',
      archive_location:
        'https://web.archive.org/web/20160514093000/https://doi.org/10.1371/journal.pone.0115253',
      DOI: '10.1371/journal.pone.0115253',
      ISBN: '0-06-251586-1',
      number: 'arXiv:2401.00001',
      note: 'Klein, M. et al. (2014). Scholarly Context Not Found. PLOS ONE, 9(12), e115253.',
    },
  ])
})

describe('dates', () => {
  test.each([
    ['2025', [2025]],
    ['2025-07', [2025, 7]],
    ['2025-07-02', [2025, 7, 2]],
  ])('%s keeps its precision', (publishedOn, parts) => {
    const [item] = cslJson([itemOfCitation(aCitation({ publishedOn }))])
    expect(item?.issued).toEqual({ 'date-parts': [parts] })
  })
})

test('law: whatever is cited, the export is valid, its keys unique, and the same each time', () => {
  fc.assert(
    fc.property(fc.array(hostileCitation(), { maxLength: 4 }), (citations) => {
      const items = citations.map((citation) => itemOfCitation(citation))
      expectValid(written(items))
      expect(new Set(cslJson(items).map(({ id }) => id)).size).toBe(items.length)
      expect(cslJson(items)).toEqual(cslJson(citations.map((citation) => itemOfCitation(citation))))
    }),
    { numRuns: 1_000 },
  )
})

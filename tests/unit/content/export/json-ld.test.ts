import { describe, expect, test } from 'vitest'
import { citationTypes } from '#src/content/citations/citations.ts'
import { type DescribedArticle, newsArticle } from '#src/content/export/index.ts'
import { aCitation, aFullCitation, seedCitations } from '#tests/support/csl/works.ts'
import { readVocabulary, schemaOrgBreaches } from '#tests/support/schema-org.ts'

const vocabulary = readVocabulary()
const site = { name: '临澜观察', url: 'https://news.example', mediaBaseUrl: 'https://media.example/2025' }

function anArticle(given: Partial<DescribedArticle> = {}): DescribedArticle {
  return {
    title: 'Half the footnotes were gone',
    summary: null,
    excerpt: 'The first dead link was the one about the harbour.',
    locale: 'en',
    wordCount: 903,
    readingMinutes: 4,
    publishedAt: '2025-03-14T09:30:00.000Z',
    modifiedAt: null,
    updatedAt: '2025-04-01T00:00:00.000Z',
    unpublishAt: null,
    authors: [],
    tags: [],
    topics: [],
    featuredImage: null,
    html: '',
    citations: [],
    corrections: [],
    links: { canonical: 'https://news.example/half-the-footnotes-were-gone' },
    ...given,
  }
}

const aFullArticle = (given: Partial<DescribedArticle> = {}) =>
  anArticle({
    summary: 'A small newspaper opened every link.',
    modifiedAt: '2025-03-15T10:00:00.000Z',
    unpublishAt: '2035-01-01T00:00:00.000Z',
    authors: [{ name: 'Ines Marlow' }, { name: '新华社' }],
    tags: [{ name: 'link rot' }, { name: '引用' }],
    topics: [{ name: 'Media' }],
    featuredImage: {
      url: '/newsimages/selected_image_YYYY-07-Jul 2, 2025_12-33-42-598.jpg',
      alt: 'A reading room',
      caption: 'The reading room',
      credit: 'C. Ouk',
      width: 1600,
      height: 900,
    },
    citations: [aFullCitation()],
    corrections: [{ text: 'It was 1,987 links.', timestamp: '2025-03-15T10:00:00.000Z' }],
    ...given,
  })

const citedAs = (citation: Parameters<typeof aCitation>[0]) => {
  const { citation: cited } = newsArticle(anArticle({ citations: [aFullCitation(citation)] }), site)
  return (cited as unknown[])[0]
}

describe('by schema.org’s own definitions, every type and property', () => {
  test('of an article with little, and of one with everything', () => {
    expect(schemaOrgBreaches(newsArticle(anArticle(), site), vocabulary)).toEqual([])
    expect(schemaOrgBreaches(newsArticle(aFullArticle(), site), vocabulary)).toEqual([])
  })

  test.each(citationTypes)('of a citation of the type %s', (type) => {
    const full = newsArticle(anArticle({ citations: [aFullCitation({ type }), aCitation({ type })] }), site)
    expect(schemaOrgBreaches(full, vocabulary)).toEqual([])
  })

  test('of the citations of the stories that come with the project', () => {
    const citations = seedCitations()
    expect(schemaOrgBreaches(newsArticle(anArticle({ citations }), site), vocabulary)).toEqual([])
  })

  test('and what is not, is found', () => {
    const wrong = {
      '@type': 'NewsArticle',
      isbn: '1',
      datePublished: 'yesterday',
      author: { '@type': 'Book', name: 'x' },
      image: { '@type': 'ImageObject', url: '/a b.png', width: 1600 },
      citation: [{ '@type': 'Footnote' }],
    }
    expect(schemaOrgBreaches(wrong, vocabulary)).toEqual([
      '$.isbn is no property of NewsArticle.',
      '$.datePublished[0] is "yesterday", not Date or DateTime.',
      '$.author[0] is Book, not Organization or Person or IdReference.',
      '$.image[0].url[0] is "/a b.png", not URL.',
      '$.image[0].width[0] is 1600, not Distance or QuantitativeValue or IdReference.',
      '$.citation[0] is Footnote, not CreativeWork or Text or IdReference.',
    ])
  })
})

describe('an article', () => {
  test('says what there is to say', () => {
    expect(newsArticle(aFullArticle({ citations: [] }), site)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      mainEntityOfPage: {
        '@type': 'WebPage',
        '@id': 'https://news.example/half-the-footnotes-were-gone',
      },
      url: 'https://news.example/half-the-footnotes-were-gone',
      headline: 'Half the footnotes were gone',
      description: 'A small newspaper opened every link.',
      image: {
        '@type': 'ImageObject',
        url: 'https://media.example/newsimages/selected_image_YYYY-07-Jul%202,%202025_12-33-42-598.jpg',
        width: { '@type': 'QuantitativeValue', value: 1600, unitCode: 'E37' },
        height: { '@type': 'QuantitativeValue', value: 900, unitCode: 'E37' },
        caption: 'The reading room',
        creditText: 'C. Ouk',
      },
      datePublished: '2025-03-14T09:30:00.000Z',
      dateModified: '2025-03-15T10:00:00.000Z',
      expires: '2035-01-01T00:00:00.000Z',
      author: [
        { '@type': 'Person', name: 'Ines Marlow' },
        { '@type': 'Organization', name: '新华社' },
      ],
      publisher: { '@type': 'Organization', name: '临澜观察', url: 'https://news.example' },
      isPartOf: { '@type': 'WebSite', name: '临澜观察', url: 'https://news.example' },
      articleSection: ['Media'],
      keywords: ['link rot', '引用'],
      wordCount: 903,
      timeRequired: 'PT4M',
      inLanguage: 'en',
      correction: [
        {
          '@type': 'CorrectionComment',
          text: 'It was 1,987 links.',
          datePublished: '2025-03-15T10:00:00.000Z',
        },
      ],
    })
  })

  test('without a byline is its publisher’s', () => {
    const { author, publisher } = newsArticle(anArticle(), site)
    expect(author).toEqual(publisher)
  })

  test.each([
    ['顾闻溪', 'Person'],
    ['Zoë', 'Person'],
    ['Reuters', 'Organization'],
    ['Pew Research Center', 'Organization'],
    ['本报编辑部', 'Organization'],
  ])('by %s is by a %s', (name, type) => {
    expect(newsArticle(anArticle({ authors: [{ name }] }), site).author).toEqual([{ '@type': type, name }])
  })

  test.each([
    ['2025-03-10T00:00:00.000Z', '2025-03-14T09:30:00.000Z'],
    ['2025-03-20T00:00:00.000Z', '2025-03-20T00:00:00.000Z'],
    [null, '2025-03-14T09:30:00.000Z'],
  ])('modified at %s was modified no earlier than it was published', (modifiedAt, expected) => {
    expect(newsArticle(anArticle({ modifiedAt }), site).dateModified).toBe(expected)
  })

  test('that is not published has no date of publication', () => {
    const draft = newsArticle(anArticle({ publishedAt: null }), site)
    expect(draft).not.toHaveProperty('datePublished')
    expect(draft.dateModified).toBe('2025-04-01T00:00:00.000Z')
  })

  test.each([
    ['images/a b.jpg', 'https://media.example/2025/images/a%20b.jpg'],
    ['/100%.jpg', 'https://media.example/100%25.jpg'],
    ['/图 片.png', 'https://media.example/%E5%9B%BE%20%E7%89%87.png'],
    ['//cdn.example/a%20b.jpg', 'https://cdn.example/a%20b.jpg'],
    ['http://other.example/a.jpg', 'http://other.example/a.jpg'],
  ])('shows the picture %s at %s', (url, expected) => {
    const featuredImage = { url, alt: null, caption: null, credit: null, width: null, height: null }
    expect(newsArticle(anArticle({ featuredImage }), site).image).toEqual({
      '@type': 'ImageObject',
      url: expected,
    })
  })
})

describe('a citation', () => {
  test('of a paper has its DOI as identifier and as address', () => {
    expect(citedAs({ isbn: null, arxiv: null, publisher: null })).toEqual({
      '@type': 'ScholarlyArticle',
      name: 'Scholarly Context Not Found: 100% of "AI" & C_3 {in braces}',
      author: [
        { '@type': 'Person', name: 'M. Klein', familyName: 'Klein', givenName: 'M.' },
        { '@type': 'Organization', name: '新智元' },
        { '@type': 'Organization', name: 'Pew Research Center' },
      ],
      datePublished: '2014-12-26',
      isPartOf: { '@type': 'Periodical', name: 'PLOS ONE' },
      url: 'https://doi.org/10.1371/journal.pone.0115253?a=1&b=%20#x_y',
      archivedAt: 'https://web.archive.org/web/20160514093000/https://doi.org/10.1371/journal.pone.0115253',
      identifier: [{ '@type': 'PropertyValue', propertyID: 'DOI', value: '10.1371/journal.pone.0115253' }],
      sameAs: ['https://doi.org/10.1371/journal.pone.0115253'],
    })
  })

  test('of a book has its ISBN, of a chapter that of its book, of a report as an identifier', () => {
    expect(citedAs({ type: 'book' })).toMatchObject({ '@type': 'Book', isbn: '0-06-251586-1' })
    expect(citedAs({ type: 'chapter' })).toMatchObject({
      '@type': 'Chapter',
      isPartOf: { '@type': 'Book', name: 'PLOS ONE', isbn: '0-06-251586-1' },
    })
    expect(citedAs({ type: 'report', doi: null, arxiv: null })).toMatchObject({
      '@type': 'Report',
      identifier: [{ '@type': 'PropertyValue', propertyID: 'ISBN', value: '0-06-251586-1' }],
    })
  })

  test('without a title is named by its note', () => {
    const { citation } = newsArticle(
      anArticle({ citations: [aCitation({ url: 'https://example.org/', text: 'See the archive.' })] }),
      site,
    )
    expect(citation).toEqual([{ '@type': 'WebPage', name: 'See the archive.', url: 'https://example.org/' }])
  })

  test('that cites no work is none', () => {
    expect(newsArticle(anArticle({ citations: [aCitation()] }), site)).not.toHaveProperty('citation')
  })
})

import { describe, expect, test } from 'vitest'
import { citesWork, itemOfArticle, itemOfCitation } from '#src/content/export/index.ts'
import { aCitation, aFullCitation } from '#tests/support/csl/works.ts'

describe('a citation as an item', () => {
  test('keeps every field', () => {
    expect(itemOfCitation(aFullCitation())).toMatchObject({
      type: 'article-journal',
      title: 'Scholarly Context Not Found: 100% of "AI" & C_3 {in braces}',
      authors: [{ family: 'Klein', given: 'M.' }, { literal: '新智元' }, { literal: 'Pew Research Center' }],
      containerTitle: 'PLOS ONE',
      publisher: 'Simon and Schuster & Co.',
      publishedOn: '2014-12-26',
      accessedOn: '2025-03-12',
      doi: '10.1371/journal.pone.0115253',
      isbn: '0-06-251586-1',
      arxiv: '2401.00001',
      note: 'Klein, M. et al. (2014). Scholarly Context Not Found. PLOS ONE, 9(12), e115253.',
    })
  })

  test.each([
    ['a book, when it has an ISBN', { isbn: '0-06-251586-1', url: 'https://books.example' }, 'book'],
    ['a preprint, when arXiv has it', { arxiv: '2401.00001', url: 'https://arxiv.org' }, 'article'],
    ['a web page, when it has an address', { url: 'https://example.org' }, 'webpage'],
    [
      'a document, when it has a DOI, which many kinds have',
      { doi: '10.1/x', url: 'https://doi.org' },
      'document',
    ],
    ['a document otherwise', {}, 'document'],
    ['what its type says, when CSL knows it', { type: 'report', isbn: '1' }, 'report'],
    ['none of its type, when CSL does not', { type: 'blog' }, 'document'],
  ])('is %s', (_, given, type) => {
    expect(itemOfCitation(aCitation(given)).type).toBe(type)
  })

  test('of a newspaper or site has what its author named as the publisher for its container', () => {
    const item = itemOfCitation(aCitation({ type: 'article-newspaper', publisher: '36氪' }))
    expect(item).toMatchObject({ containerTitle: '36氪', publisher: null })
    const both = itemOfCitation(aCitation({ type: 'webpage', publisher: 'Sina', containerTitle: '新浪财经' }))
    expect(both).toMatchObject({ containerTitle: '新浪财经', publisher: 'Sina' })
    const book = itemOfCitation(aCitation({ type: 'book', publisher: '中国计划出版社' }))
    expect(book).toMatchObject({ containerTitle: null, publisher: '中国计划出版社' })
  })

  test('keeps the note, unless it says nothing but the title or the address', () => {
    const url = 'https://example.org/a'
    expect(itemOfCitation(aCitation({ text: 'A remark.' })).note).toBe('A remark.')
    expect(itemOfCitation(aCitation({ text: url, url })).note).toBeNull()
    expect(itemOfCitation(aCitation({ text: ' A  title', title: 'A title' })).note).toBeNull()
  })

  test('has the degree of a thesis where the note names one', () => {
    const genre = (text: string) => itemOfCitation(aCitation({ type: 'thesis', text })).genre
    expect(genre('王某. 城市内涝研究[D]. 北京: 清华大学博士学位论文, 2020.')).toBe('PhD thesis')
    expect(genre('A. Writer, Floods, master’s thesis, 2020')).toBe("Master's thesis")
    expect(genre('某某. 城市内涝研究[D]. 北京: 清华大学, 2020.')).toBeNull()
  })

  test('has texts of one line, well-formed', () => {
    const item = itemOfCitation(aCitation({ title: '\u2028 a\r\n\tb\0c\ud800 \u0085' }))
    expect(item.title).toBe('a b c\ufffd')
    expect(itemOfCitation(aCitation({ title: ' \n', authors: ['', ', ,', ' x\n'] }))).toMatchObject({
      title: null,
      authors: [{ literal: 'x' }],
    })
  })

  test('has identifiers without their prefixes', () => {
    const doi = (text: string) => itemOfCitation(aCitation({ doi: text })).doi
    expect(doi('https://doi.org/10.2307/2310304')).toBe('10.2307/2310304')
    expect(doi('doi: 10.2307/2310304')).toBe('10.2307/2310304')
    expect(doi('10.2307/2310304')).toBe('10.2307/2310304')
    expect(itemOfCitation(aCitation({ arxiv: 'arXiv:2401.00001v2' })).arxiv).toBe('2401.00001v2')
    expect(itemOfCitation(aCitation({ isbn: 'ISBN 978-7-302-00001-1' })).isbn).toBe('978-7-302-00001-1')
  })

  test('has no dates that are none', () => {
    const item = itemOfCitation(aCitation({ publishedOn: 'soon', accessedOn: '2025-07' }))
    expect(item).toMatchObject({ publishedOn: null, accessedOn: '2025-07' })
  })
})

describe('an address', () => {
  const urlOf = (url: string) => itemOfCitation(aCitation({ url })).url

  test.each(['https://example.org/a_b%20c?d=1&e=[2]#f', 'http://EXAMPLE.org'])(
    'stays as it was written: %s',
    (url) => {
      expect(urlOf(url)).toBe(url)
    },
  )

  test.each([
    ['https://zh.wikipedia.org/wiki/引用', 'https://zh.wikipedia.org/wiki/%E5%BC%95%E7%94%A8'],
    ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
    ['https://example.org/{a}?q={b|c}#{d}', 'https://example.org/%7Ba%7D?q=%7Bb%7Cc%7D#%7Bd%7D'],
    ['https://example.org/100%?q=%B0%B2', 'https://example.org/100%25?q=%B0%B2'],
    ['https://example.org/a b', 'https://example.org/a%20b'],
  ])('is written in the characters of a URI: %s', (url, expected) => {
    expect(urlOf(url)).toBe(expected)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'mailto:a@example.org', 'no address'])(
    'is none: %s',
    (url) => {
      expect(urlOf(url)).toBeNull()
    },
  )
})

describe('a remark', () => {
  test('cites no work; whatever has a type, a title, an address or an identifier does', () => {
    expect(citesWork(aCitation({ text: 'Calder is invented.' }))).toBe(false)
    expect(citesWork(aCitation({ type: 'book' }))).toBe(true)
    expect(citesWork(aCitation({ title: 'Weaving the Web' }))).toBe(true)
    expect(citesWork(aCitation({ isbn: '0-06-251586-1' }))).toBe(true)
  })
})

describe('an article as an item', () => {
  const article = {
    slug: 'silicon-valley-ai-war',
    locale: 'zh-CN',
    title: '硅谷 AI 大战',
    summary: '一份摘要。',
    authors: [{ name: '顾闻溪' }, { name: 'Marlow, Ines' }],
    publishedAt: '2025-07-02T16:30:00.000Z',
    modifiedAt: '2025-07-04T00:00:00.000Z',
    canonicalUrl: null as string | null,
    links: { canonical: 'https://news.example.org/silicon-valley-ai-war' },
  }
  const site = { name: '临澜日报', url: 'https://news.example.org', timeZone: 'Asia/Shanghai' }

  test('is an article of the site', () => {
    expect(itemOfArticle(article, site)).toEqual({
      id: 'example2025-silicon-valley-ai-war',
      type: 'article-newspaper',
      genre: null,
      title: '硅谷 AI 大战',
      authors: [{ literal: '顾闻溪' }, { family: 'Marlow', given: 'Ines' }],
      containerTitle: '临澜日报',
      publisher: '临澜日报',
      publishedOn: '2025-07-03',
      accessedOn: null,
      url: 'https://news.example.org/silicon-valley-ai-war',
      archiveUrl: null,
      doi: null,
      isbn: null,
      arxiv: null,
      language: 'zh-CN',
      abstract: '一份摘要。',
      note: null,
    })
  })

  test('is of the day it was published at the site; a draft, of the day it was changed', () => {
    const day = (given: Partial<typeof article>, timeZone: string) =>
      itemOfArticle({ ...article, ...given } as typeof article, { ...site, timeZone }).publishedOn
    expect(day({}, 'UTC')).toBe('2025-07-02')
    expect(itemOfArticle({ ...article, publishedAt: null }, site).publishedOn).toBe('2025-07-04')
    expect(itemOfArticle({ ...article, publishedAt: null, modifiedAt: null }, site).publishedOn).toBeNull()
  })

  test('is where its canonical url says', () => {
    const canonicalUrl = 'https://elsewhere.example/story'
    expect(itemOfArticle({ ...article, canonicalUrl }, site).url).toBe(canonicalUrl)
  })
})

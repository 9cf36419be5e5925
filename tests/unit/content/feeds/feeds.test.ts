import fc from 'fast-check'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { atom, jsonFeed, rss } from '#src/content/feeds/index.ts'
import { complaintsOf, xpath } from '#tests/support/feeds/xml-schemas.ts'
import { hostileText, someFeed, someItem } from './some-feed.ts'

const asRss = (...feed: Parameters<typeof someFeed>) => [...rss(someFeed(...feed))].join('')
const asAtom = (...feed: Parameters<typeof someFeed>) => [...atom(someFeed(...feed))].join('')
const asJson = (...feed: Parameters<typeof someFeed>) => [...jsonFeed(someFeed(...feed))].join('')

/** What XML can carry of a text, as a parser gives it back. */
const carried = (text: string) =>
  text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')

describe('RSS', () => {
  test('is valid, with and without items, texts and pictures', () => {
    const bare = someItem({ html: null, authors: [], categories: [], image: null })
    for (const feed of [{}, { items: [] }, { items: [bare] }, { nextUrl: 'https://api.example/?a=1&b=2' }]) {
      expect(complaintsOf('rss', asRss(feed))).toBe('')
    }
  })

  test('is read by others as it was meant', () => {
    const feed = parseRssFeed(asRss())
    expect(feed).toMatchObject({
      title: 'The Example',
      link: 'https://news.example',
      language: 'en',
      lastBuildDate: 'Tue, 07 Jul 2026 09:00:00 GMT',
      atom: { links: [{ rel: 'self', href: 'https://api.example/feeds/atom.xml?cursor=abc&topic=city' }] },
    })
    expect(feed.items?.[0]).toMatchObject({
      title: 'The budget',
      link: 'https://news.example/2026/budget',
      guid: { value: 'urn:uuid:0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11', isPermaLink: false },
      pubDate: 'Mon, 06 Jul 2026 08:30:00 GMT',
      categories: [{ name: 'City' }, { name: '人工智能' }],
      dc: { creators: ['Li Wei', 'Ann Ode'] },
      content: { encoded: '<p>What the city spends.</p>' },
      media: { contents: [{ url: 'https://media.example/a%20b.png', medium: 'image', width: 300 }] },
    })
  })

  test('has its summary as html, so that its characters are what they are', () => {
    const [description] = xpath(
      asRss({ items: [someItem({ summary: 'a < b & "c"' })] }),
      '//item/description',
    )
    expect(description).toBe('a &lt; b &amp; "c"')
  })

  test('names the language of an item where it is another', () => {
    const languages = xpath(asRss({ items: [someItem(), someItem({ language: 'zh-CN' })] }), '//dc:language')
    expect(languages).toEqual(['zh-CN'])
  })
})

describe('Atom', () => {
  test('is valid by the grammar of RFC 4287, with and without entries, texts and pictures', () => {
    const bare = someItem({ html: null, authors: [], categories: [], image: null, language: 'zh-CN' })
    for (const feed of [{}, { items: [] }, { items: [bare] }, { nextUrl: 'https://api.example/?a=1&b=2' }]) {
      expect(complaintsOf('atom', asAtom(feed))).toBe('')
    }
    expect(complaintsOf('atom', asAtom().replaceAll(/<updated>.*<\/updated>/g, ''))).not.toBe('')
  })

  test('is read by others as it was meant', () => {
    const feed = parseAtomFeed(asAtom({ nextUrl: 'https://api.example/feeds/atom.xml?cursor=d' }))
    expect(feed).toMatchObject({
      id: 'https://api.example/feeds/atom.xml?topic=city',
      title: { value: 'The Example' },
      updated: '2026-07-07T09:00:00.500Z',
      authors: [{ name: 'The Example Press' }],
      links: [
        { rel: 'self', href: 'https://api.example/feeds/atom.xml?cursor=abc&topic=city' },
        { rel: 'alternate', href: 'https://news.example' },
        { rel: 'next', href: 'https://api.example/feeds/atom.xml?cursor=d' },
      ],
    })
    expect(feed.entries?.[0]).toMatchObject({
      id: 'urn:uuid:0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
      published: '2026-07-06T08:30:00.000Z',
      updated: '2026-07-07T09:00:00.500Z',
      authors: [{ name: 'Li Wei' }, { name: 'Ann Ode' }],
      categories: [{ term: 'city', label: 'City' }, { label: '人工智能' }],
      content: { type: 'html', value: '<p>What the city spends.</p>' },
    })
  })
})

describe('JSON Feed', () => {
  test('is read by others as it was meant', () => {
    expect(parseJsonFeed(asJson())).toMatchObject({
      feed_url: 'https://api.example/feeds/atom.xml?cursor=abc&topic=city',
      home_page_url: 'https://news.example',
      language: 'en',
      items: [
        {
          id: 'urn:uuid:0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
          content_html: '<p>What the city spends.</p>',
          image: 'https://media.example/a%20b.png',
          authors: [{ name: 'Li Wei' }, { name: 'Ann Ode' }],
          tags: ['City', '人工智能'],
          date_published: '2026-07-06T08:30:00.000Z',
          date_modified: '2026-07-07T09:00:00.500Z',
        },
      ],
    })
  })

  test('has text where it has no html, and a list of none', () => {
    const { items } = JSON.parse(asJson({ items: [someItem({ html: null }), someItem()] }))
    expect(items[0]).toMatchObject({ content_text: 'What the city spends.' })
    expect(items[0]).not.toHaveProperty('content_html')
    expect(items).toHaveLength(2)
    expect(JSON.parse(asJson({ items: [] })).items).toEqual([])
  })
})

describe('any text', () => {
  test('leaves RSS and Atom valid, and comes back as far as XML can carry it', () => {
    fc.assert(
      // The x: the validator takes a byte order mark off the beginning of a text.
      fc.property(
        hostileText.map((text) => `x${text}`),
        hostileText.map((text) => `x${text}`),
        (title, html) => {
          const item = someItem({
            title,
            html,
            summary: title,
            authors: [title],
            categories: [{ slug: 'a', name: title }],
          })
          const feed = { title, publisher: title, items: [item] }
          expect(complaintsOf('rss', asRss(feed))).toBe('')
          expect(complaintsOf('atom', asAtom(feed))).toBe('')
          expect(xpath(asRss(feed), '//item/title')).toEqual([carried(title)])
          expect(xpath(asAtom(feed), '//a:entry/a:category/@label')).toEqual([carried(title)])
          expect(xpath(asAtom(feed), '//a:entry/a:content')).toEqual([
            carried(html).replaceAll(/\r\n?/g, '\n'),
          ])
          expect(JSON.parse(asJson(feed)).items[0].title).toBe(title)
        },
      ),
      { numRuns: 500 },
    )
  })
})

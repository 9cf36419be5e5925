import fc from 'fast-check'
import type { Feed, FeedItem } from '#src/content/feeds/index.ts'

/** An article in a feed; what a test is about is given. */
export const someItem = (given: Partial<FeedItem> = {}): FeedItem => ({
  id: '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
  url: 'https://news.example/2026/budget',
  title: 'The budget',
  language: 'en',
  summary: 'What the city spends.',
  html: '<p>What the city spends.</p>\n',
  publishedAt: new Date('2026-07-06T08:30:00Z'),
  updatedAt: new Date('2026-07-07T09:00:00.500Z'),
  authors: ['Li Wei', 'Ann Ode'],
  categories: [
    { slug: 'city', name: 'City' },
    { slug: 'ren-gong-zhi-neng', name: '人工智能' },
  ],
  image: { url: 'https://media.example/a%20b.png', alt: 'Coins', credit: null, width: 300, height: 200 },
  ...given,
})

/** A feed of one article; what a test is about is given. */
export const someFeed = (given: Partial<Feed> = {}): Feed => ({
  id: 'https://api.example/feeds/atom.xml?topic=city',
  title: 'The Example',
  language: 'en',
  publisher: 'The Example Press',
  siteUrl: 'https://news.example',
  selfUrl: 'https://api.example/feeds/atom.xml?cursor=abc&topic=city',
  nextUrl: null,
  items: [someItem()],
  ...given,
})

/** Texts that are hard on XML: controls, halves of surrogate pairs, ends of sections, markup, right-to-left, emoji. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(
        ...[
          ']]>',
          '<![CDATA[',
          '&amp;',
          '&',
          '<',
          '</title>',
          '-->',
          '<?xml?>',
          '"',
          "'",
          '\r\n',
          '\t',
          '\0',
        ],
        ...[
          '\ud83d',
          '\udcf0',
          '📰',
          '👩🏽‍💻',
          '\u202e',
          'שלום',
          'مرحبا',
          '\ufffe',
          '\uffff',
          '\u0085',
          '\u2028',
          '\ufeff',
        ],
      ),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''))

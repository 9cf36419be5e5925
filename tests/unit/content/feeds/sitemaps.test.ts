import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newsSitemap, robots, type SitemapUrl, sitemap, sitemapIndex } from '#src/content/feeds/index.ts'
import { newsLanguage } from '#src/content/feeds/news-sitemap.ts'
import { complaintsOf, xpath } from '#tests/support/feeds/xml-schemas.ts'
import { hostileText } from './some-feed.ts'

const lastModified = new Date('2026-07-07T09:00:00Z')
const page = (name: string, alternates: SitemapUrl['alternates'] = []): SitemapUrl => ({
  url: `https://news.example/${name}`,
  language: 'en',
  lastModified,
  alternates,
})

async function* batches(...some: SitemapUrl[][]) {
  yield* some
}

describe('a sitemap', () => {
  test('is valid by the schema of sitemaps.org, and has each page of each batch', async () => {
    const chunks = await Array.fromAsync(sitemap(batches([page('a'), page('b?c=1&d=2')], [page('e')])))
    const text = chunks.join('')
    expect(complaintsOf('urlset', text)).toBe('')
    expect(xpath(text, '//s:loc')).toEqual(['a', 'b?c=1&d=2', 'e'].map((name) => page(name).url))
    expect(xpath(text, '//s:lastmod')[0]).toBe('2026-07-07T09:00:00.000Z')
    expect(chunks).toHaveLength(4)
  })

  test('names every version of a translated page, itself included', async () => {
    const chinese = { language: 'zh-CN', url: 'https://news.example/yi-suan' }
    const text = (await Array.fromAsync(sitemap(batches([page('budget', [chinese]), page('b')])))).join('')
    expect(complaintsOf('urlset', text)).toBe('')
    expect(xpath(text, '//x:link/@hreflang')).toEqual(['en', 'zh-CN'])
    expect(xpath(text, '//x:link/@href')).toEqual([page('budget').url, chinese.url])
  })

  test('is written as it is read: no batch is asked for before the one before is taken', async () => {
    let asked = 0
    async function* counted() {
      for (; ; asked += 1) yield [page(`a${asked}`)]
    }
    const chunks = sitemap(counted())
    await chunks.next()
    expect(asked).toBe(0)
    await chunks.next()
    await chunks.next()
    expect(asked).toBe(1)
    await chunks.return(undefined)
  })
})

describe('a sitemap index', () => {
  test('is valid', () => {
    const text = [...sitemapIndex([{ url: 'https://api.example/sitemaps/2026-07.xml', lastModified }])].join(
      '',
    )
    expect(complaintsOf('sitemapIndex', text)).toBe('')
  })
})

describe('a news sitemap', () => {
  test('is valid whatever the title', () => {
    fc.assert(
      fc.property(hostileText, (title) => {
        const article = {
          url: page('a').url,
          title: `x${title}`,
          language: 'zh-Hant-TW',
          publishedAt: lastModified,
        }
        const text = [...newsSitemap(`x${title}`, [article])].join('')
        expect(complaintsOf('urlset', text)).toBe('')
      }),
    )
  })

  for (const [locale, language] of [
    ['en', 'en'],
    ['en-GB', 'en'],
    ['de', 'de'],
    ['zh', 'zh-cn'],
    ['zh-CN', 'zh-cn'],
    ['zh-SG', 'zh-cn'],
    ['zh-Hans-HK', 'zh-cn'],
    ['zh-TW', 'zh-tw'],
    ['zh-HK', 'zh-tw'],
    ['zh-Hant', 'zh-tw'],
    ['yue', 'yue'],
  ] as const) {
    test(`has ${locale} as ${language}`, () => expect(newsLanguage(locale)).toBe(language))
  }
})

test('robots.txt lets everybody in and names the sitemaps', () => {
  expect(robots(['https://api.example/sitemap.xml'])).toBe(
    'User-agent: *\nAllow: /\n\nSitemap: https://api.example/sitemap.xml\n',
  )
})

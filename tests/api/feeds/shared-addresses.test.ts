import { describe, expect, test } from 'vitest'
import { complaintsOf, xpath } from '#tests/support/feeds/xml-schemas.ts'
import { startApi } from '#tests/support/test-api.ts'

const settings = { siteUrl: 'https://news.example', siteLocale: 'en' }
const shared = await startApi(settings)
const byMonth = await startApi({
  ...settings,
  articleUrlPattern: '/{year}/{month}/{slug}',
  siteTimeZone: 'Asia/Shanghai',
})
const byLocale = await startApi({ ...settings, articleUrlPattern: '/{locale}/{slug}' })

type Api = typeof shared
const publish = (api: Api, locale: string, more: object = {}) =>
  api.create({
    title: `Harbour in ${locale}`,
    slug: 'harbour',
    locale,
    status: 'published',
    publishedAt: '2026-07-01T00:00:00Z',
    translationKey: 'harbour',
    ...more,
  })

const read = async (api: Api, path: string) => {
  const { text } = await api.reader.get(path).set('accept', 'text/xml').buffer(true).expect(200)
  expect(complaintsOf('urlset', text)).toBe('')
  return {
    addresses: xpath(text, '//s:loc'),
    links: xpath(text, '//x:link/@hreflang').map((language, index) => [
      language,
      xpath(text, '//x:link/@href')[index],
    ]),
  }
}

describe('articles of several languages at one address', () => {
  test('are one in a sitemap: that of the site’s language, whichever came first', async () => {
    await publish(shared, 'zh-CN', { publishedAt: '2026-06-01T00:00:00Z' })
    const index = async () => xpath((await shared.reader.get('/sitemap.xml')).text, '//s:loc').length
    expect((await read(shared, '/sitemaps/2026-06.xml')).addresses).toEqual(['https://news.example/harbour'])
    await publish(shared, 'en')
    await publish(shared, 'fr')
    expect(await read(shared, '/sitemaps/2026-07.xml')).toEqual({
      addresses: ['https://news.example/harbour'],
      links: [],
    })
    await shared.reader.get('/sitemaps/2026-06.xml').expect(404)
    expect(await index()).toBe(1)
  })

  test('have no links between each other, and one from a translation elsewhere', async () => {
    await publish(shared, 'de', { slug: 'hafen', publishedAt: '2026-05-01T00:00:00Z' })
    expect((await read(shared, '/sitemaps/2026-05.xml')).links).toEqual([
      ['de', 'https://news.example/hafen'],
      ['en', 'https://news.example/harbour'],
    ])
  })

  test('are one in the news sitemap', async () => {
    const now = new Date(Date.now() - 60_000).toISOString()
    for (const locale of ['fr', 'en']) await publish(shared, locale, { slug: 'fresh', publishedAt: now })
    const { text } = await shared.reader.get('/sitemap-news.xml').buffer(true).expect(200)
    expect(xpath(text, '//s:loc')).toEqual(['https://news.example/fresh'])
    expect(text).toContain('<news:language>en</news:language>')
  })

  test('a draft, and what has its page elsewhere, is in nobody’s way', async () => {
    await publish(shared, 'en', { slug: 'quay', status: 'draft' })
    await publish(shared, 'fr', { slug: 'quay', canonicalUrl: 'https://other.example/quay' })
    await publish(shared, 'zh-CN', { slug: 'quay' })
    expect((await read(shared, '/sitemaps/2026-07.xml')).addresses).toContain('https://news.example/quay')
  })
})

test('a month that differs, in the site’s time zone, makes another address', async () => {
  await publish(byMonth, 'en', { publishedAt: '2026-07-31T15:59:59Z' })
  await publish(byMonth, 'fr', { publishedAt: '2026-07-31T16:00:00Z' })
  await publish(byMonth, 'de', { publishedAt: '2026-07-01T00:00:00Z' })
  expect((await read(byMonth, '/sitemaps/2026-07.xml')).addresses).toEqual([
    'https://news.example/2026/07/harbour',
    'https://news.example/2026/08/harbour',
  ])
})

test('a pattern that names the locale has an address for each', async () => {
  await publish(byLocale, 'en')
  await publish(byLocale, 'fr')
  const { addresses, links } = await read(byLocale, '/sitemaps/2026-07.xml')
  expect(addresses).toEqual(['https://news.example/en/harbour', 'https://news.example/fr/harbour'])
  expect(links).toHaveLength(4)
})

import { expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({
  siteUrl: 'https://example.org/news',
  siteLocale: 'en',
  siteTimeZone: 'Asia/Shanghai',
  articleUrlPattern: '/{locale}/{year}/{month}/{slug}.html',
})
const publishedAt = '2025-06-30T20:00:00.000Z' // 1 July in Shanghai
const english = await api.create({
  title: '故事 one',
  slug: '故事',
  status: 'published',
  locale: 'en',
  publishedAt,
})
const chinese = await api.create({
  title: '故事 two',
  slug: '故事',
  status: 'published',
  locale: 'zh-CN',
  publishedAt,
})
const url = (locale: string) =>
  `https://example.org/news/${locale}/2025/07/${encodeURIComponent('故事')}.html`

test('resolves by locale, year and month, in the site’s time zone', async () => {
  for (const [locale, { id }] of [
    ['en', english],
    ['zh-CN', chinese],
  ] as const) {
    for (const path of [
      `/news/${locale}/2025/07/故事.html`,
      `/${locale}/2025/07/故事.html`,
      url(locale),
      `/${locale.toLowerCase()}/2025/7/故事`,
    ]) {
      const { body } = await api.reader.get('/v1/resolve').query({ path }).expect(200)
      expect(body).toMatchObject({ type: 'article', article: { id, url: url(locale) }, to: url(locale) })
    }
    const { body } = await api.reader
      .get('/v1/resolve')
      .query({ path: url(locale) })
      .expect(200)
    expect(body.status).toBe(200)
  }
})

test('404: a path that says another month or locale, or no article at all', async () => {
  for (const path of ['/en/2025/06/故事.html', '/fr/2025/07/故事.html', '/故事', '/en/2025/07/']) {
    await api.reader.get('/v1/resolve').query({ path }).expect(404)
  }
})

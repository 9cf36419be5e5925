import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { sitemapRoutes } from '#src/feeds/index.ts'
import { createHttpApp } from '#src/platform/http/app.ts'
import { complaintsOf, xpath } from '#tests/support/feeds/xml-schemas.ts'
import { statementsOf } from '#tests/support/statements.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({
  apiUrl: 'https://api.example/cms',
  siteUrl: 'https://news.example',
  siteName: 'The Example',
  siteLocale: 'en',
  // Months of sitemaps are of UTC: here June ends eight hours earlier.
  siteTimeZone: 'Asia/Shanghai',
  articleUrlPattern: '/{year}/{month}/{slug}',
})

/** The same articles through sitemaps of other sizes. */
async function withSizes(urls: number, batch: number) {
  const app = await createHttpApp({
    log: pino({ level: 'silent' }),
    trustProxy: false,
    corsOrigins: '*',
    openapi: { serverUrl: api.url, version: '1', tags: [] },
  })
  await app.register(sitemapRoutes(api.deps, { urls, batch }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  afterAll(() => app.close())
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}
const divided = await withSizes(3, 2)

const read = async (url: string) => {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8')
  return response.text()
}
const publish = (title: string, publishedAt: string, more: object = {}) =>
  api.create({ title, locale: 'en', status: 'published', publishedAt, body: 'Text.', ...more })

await publish('June', '2026-06-30T23:59:59.999Z')
for (let n = 1; n <= 7; n += 1) {
  // Three at one instant: the id decides, within a part and at its end.
  await publish(`July ${n}`, n <= 3 ? '2026-07-01T00:00:00Z' : `2026-07-0${n}T00:00:00Z`)
}
await publish('August', '2026-08-01T00:00:00Z', {
  modifiedAt: '2026-08-09T10:11:12Z',
  translationKey: 'august',
})
await publish('八月', '2026-09-01T00:00:00Z', { locale: 'zh-CN', slug: 'ba-yue', translationKey: 'august' })
await publish('Août', '2026-09-02T00:00:00Z', { locale: 'fr', translationKey: 'august', status: 'draft' })
await publish('From elsewhere', '2025-01-01T00:00:00Z', { canonicalUrl: 'https://other.example/story' })
await publish('Our own address', '2024-01-01T00:00:00Z', {
  canonicalUrl: 'https://news.example/special?a=1&b=2',
})
await publish('Scheduled', '2999-01-01T00:00:00Z')
await api.create({ title: 'A draft' })

const locs = (text: string) => xpath(text, '//s:loc')

describe('GET /sitemap.xml', () => {
  describe('200', () => {
    test('is a valid index with a file for each month that has articles of ours', async () => {
      const text = await read(`${api.url}/sitemap.xml`)
      expect(complaintsOf('sitemapIndex', text)).toBe('')
      const months = locs(text).map((url) => url.replace('https://api.example/cms/sitemaps/', ''))
      expect(months).toEqual(months.toSorted())
      expect(months).toEqual(
        expect.arrayContaining(['2024-01.xml', '2026-06.xml', '2026-07.xml', '2026-08.xml', '2026-09.xml']),
      )
      // What is from elsewhere, what is scheduled.
      for (const month of ['2025-01.xml', '2999-01.xml']) expect(months).not.toContain(month)
    })

    test('says when something in a file was last changed', async () => {
      const path = '//s:sitemap[contains(s:loc, "2026-08")]/s:lastmod'
      const dates = xpath(await read(`${api.url}/sitemap.xml`), path)
      expect(dates).toEqual(['2026-08-09T10:11:12.000Z'])
    })

    test('divides a month that has more than one file may hold', async () => {
      const july = locs(await read(`${divided}/sitemap.xml`)).filter((url) => url.includes('2026-07'))
      expect(july.map((url) => url.split('/').at(-1))).toEqual([
        '2026-07.xml',
        '2026-07-2.xml',
        '2026-07-3.xml',
      ])
    })
  })

  test('304 while nothing changes', async () => {
    const { headers } = await api.reader.get('/sitemap.xml')
    await api.reader
      .get('/sitemap.xml')
      .set('if-none-match', headers.etag ?? '')
      .expect(304)
  })
})

describe('GET /sitemaps/{file}', () => {
  describe('200', () => {
    test('is a valid sitemap of canonical addresses', async () => {
      const text = await read(`${api.url}/sitemaps/2026-06.xml`)
      expect(complaintsOf('urlset', text)).toBe('')
      expect(locs(text)).toEqual(['https://news.example/2026/07/june'])
      expect(locs(await read(`${api.url}/sitemaps/2024-01.xml`))).toEqual([
        'https://news.example/special?a=1&b=2',
      ])
    })

    test('names translations that are public, and itself', async () => {
      const text = await read(`${api.url}/sitemaps/2026-08.xml`)
      expect(complaintsOf('urlset', text)).toBe('')
      expect(xpath(text, '//s:lastmod')).toEqual(['2026-08-09T10:11:12.000Z'])
      expect(xpath(text, '//x:link/@hreflang')).toEqual(['en', 'zh-CN'])
      expect(xpath(text, '//x:link/@href')).toEqual([
        'https://news.example/2026/08/august',
        'https://news.example/2026/09/ba-yue',
      ])
      const other = await read(`${api.url}/sitemaps/2026-09.xml`)
      expect(xpath(other, '//x:link/@hreflang')).toEqual(['zh-CN', 'en'])
    })

    test('the parts of a month have each article once, the oldest first', async () => {
      const parts = await Promise.all(
        ['2026-07', '2026-07-2', '2026-07-3'].map(async (name) =>
          locs(await read(`${divided}/sitemaps/${name}.xml`)),
        ),
      )
      expect(parts.map((urls) => urls.length)).toEqual([3, 3, 1])
      expect(parts.flat()).toEqual([...locs(await read(`${api.url}/sitemaps/2026-07.xml`))])
      expect(new Set(parts.flat()).size).toBe(7)
      expect(parts[2]).toEqual(['https://news.example/2026/07/july-7'])
    })

    test('HEAD has the headers and no body', async () => {
      const head = await api.reader.head('/sitemaps/2026-07.xml').expect(200)
      expect(head.headers.etag).toMatch(/^".+"$/)
      expect(head.text ?? '').toBe('')
    })
  })

  describe('304', () => {
    test('until an article of it, or a translation, changes', async () => {
      const path = '/sitemaps/2020-02.xml'
      const one = await publish('Leap', '2020-02-29T00:00:00Z', { translationKey: 'leap' })
      const tag = async () => (await api.reader.get(path).expect(200)).headers.etag ?? ''
      const before = await tag()
      await api.reader.get(path).set('if-none-match', before).expect(304)
      const other = await publish('Springen', '2020-03-01T00:00:00Z', {
        locale: 'de',
        translationKey: 'leap',
      })
      const translated = await tag()
      await api.admin.patch(`/v1/articles/${other.id}`).send({ slug: 'sprung' }).expect(200)
      const moved = await tag()
      await api.admin.patch(`/v1/articles/${one.id}`).send({ modifiedAt: '2021-01-01T00:00:00Z' }).expect(200)
      expect(new Set([before, translated, moved, await tag()]).size).toBe(4)
    })

    test('costs one statement', async () => {
      const { headers } = await api.reader.get('/sitemaps/2026-07.xml')
      const known = () => api.reader.get('/sitemaps/2026-07.xml').set('if-none-match', headers.etag ?? '')
      expect(await statementsOf(() => known().expect(304))).toEqual(['digest_sitemap_part'])
    })
  })

  describe('404', () => {
    for (const file of ['1999-01.xml', '2025-01.xml', '2026-07-2.xml', '9999-12.xml', '0001-01.xml']) {
      test(`${file}: nothing of ours is in it`, async () => {
        const { body } = await api.reader.get(`/sitemaps/${file}`).expect(404)
        expect(body.code).toBe('not_found')
      })
    }
  })

  describe('400', () => {
    for (const file of [
      '2026-13.xml',
      '0000-01.xml',
      '2026-07-1.xml',
      '2026-07-0.xml',
      '2026-07',
      'index.xml',
    ]) {
      test(file, async () => {
        const { body } = await api.reader.get(`/sitemaps/${file}`).expect(400)
        expect(body.errors).toMatchObject([{ in: 'path', path: 'file' }])
      })
    }
  })
})

describe('GET /sitemap-news.xml', () => {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

  describe('200', () => {
    test('has what was published within 48 hours, newest first, and is valid', async () => {
      await publish('Two days ago', hoursAgo(48.1))
      await publish('Yesterday’s <news> & more', hoursAgo(47.9))
      await publish('今天', hoursAgo(1), { locale: 'zh-CN' })
      await publish('Copied', hoursAgo(2), { canonicalUrl: 'https://other.example/a' })
      const text = await read(`${api.url}/sitemap-news.xml`)
      expect(complaintsOf('urlset', text)).toBe('')
      const titles = xpath(text, '//news:title').filter((title) => title !== 'Nearly over')
      expect(titles).toEqual(['今天', 'Yesterday’s <news> & more'])
      expect(xpath(text, '//news:language').slice(0, 2)).toEqual(['zh-cn', 'en'])
      expect(new Set(xpath(text, '//news:name'))).toEqual(new Set(['The Example']))
    })

    test('may be kept for less than it takes until the oldest is no news any more', async () => {
      await publish('Nearly over', new Date(Date.now() - 48 * 3_600_000 + 20_000).toISOString())
      const { headers } = await api.reader.get('/sitemap-news.xml').expect(200)
      const [, seconds] = /^max-age=(\d+)/.exec(headers['cdn-cache-control'] ?? '') ?? []
      expect(Number(seconds)).toBeLessThanOrEqual(20)
    })
  })

  test('304 while nothing changes', async () => {
    const { headers } = await api.reader.get('/sitemap-news.xml')
    await api.reader
      .get('/sitemap-news.xml')
      .set('if-none-match', headers.etag ?? '')
      .expect(304)
  })
})

describe('GET /robots.txt', () => {
  test('200: names the sitemaps', async () => {
    const { text, headers } = await api.reader.get('/robots.txt').expect(200)
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(text).toBe(
      'User-agent: *\nAllow: /\n\nSitemap: https://api.example/cms/sitemap.xml\nSitemap: https://api.example/cms/sitemap-news.xml\n',
    )
  })
})

describe('401', () => {
  for (const path of ['/sitemap.xml', '/sitemaps/2026-07.xml', '/sitemap-news.xml', '/robots.txt']) {
    test(`${path}: a bad key`, async () => {
      await api.reader.get(path).set('authorization', 'Bearer nonsense').expect(401)
    })
  }
})

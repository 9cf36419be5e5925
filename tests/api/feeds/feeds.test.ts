import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { complaintsOf, xpath } from '#tests/support/feeds/xml-schemas.ts'
import { statementsOf } from '#tests/support/statements.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({
  apiUrl: 'https://api.example/cms',
  siteUrl: 'https://news.example',
  siteName: 'The Example',
  siteLocale: 'en',
  articleUrlPattern: '/{year}/{slug}',
})

const budget = await api.create({
  title: 'The budget',
  locale: 'en',
  status: 'published',
  publishedAt: '2026-07-06T08:30:00Z',
  modifiedAt: '2026-07-07T09:00:00Z',
  summary: 'What the city spends, & on what.',
  tags: ['Money', 'City'],
  topics: ['City', 'Politics'],
  authors: ['Li Wei'],
  featuredImage: { url: 'img/a b, c.png', alt: 'Coins' },
  body: '# The budget\n\nA fact.[^1] ![Chart](/chart 1.png) [More](more)\n\n[^1]: [Source](https://source.example/a)',
})
await api.create({
  title: '预算',
  locale: 'zh-CN',
  status: 'published',
  publishedAt: '2026-07-05T00:00:00Z',
  topics: ['Politics'],
  body: '城市的开支。',
})
await api.create({ title: 'A draft', topics: ['Politics'] })
await api.create({
  title: 'Later',
  status: 'published',
  publishedAt: '2999-01-01T00:00:00Z',
  topics: ['Politics'],
})

const paths = ['/feeds/rss.xml', '/feeds/atom.xml', '/feeds/feed.json']
/** A feed as text, whatever its type. */
const read = async (path: string) => {
  const response = await fetch(`${api.url}${path}`)
  expect(response.status).toBe(200)
  return response.text()
}
const titlesOf = async (query: string) => xpath(await read(`/feeds/rss.xml${query}`), '//item/title')

describe('GET /feeds/rss.xml, /feeds/atom.xml, /feeds/feed.json', () => {
  describe('200', () => {
    test('RSS is valid, and has what readers see, newest first', async () => {
      const text = await read('/feeds/rss.xml')
      expect(complaintsOf('rss', text)).toBe('')
      const feed = parseRssFeed(text)
      expect(feed).toMatchObject({ title: 'The Example', link: 'https://news.example', language: 'en' })
      expect(feed.items?.map(({ title }) => title)).toEqual(['The budget', '预算'])
      expect(feed.items?.[0]).toMatchObject({
        link: 'https://news.example/2026/the-budget',
        guid: { value: `urn:uuid:${budget.id}`, isPermaLink: false },
        pubDate: 'Mon, 06 Jul 2026 08:30:00 GMT',
        categories: [{ name: 'City' }, { name: 'Politics' }, { name: 'Money' }],
        dc: { creators: ['Li Wei'] },
        media: { contents: [{ url: 'https://news.example/img/a%20b,%20c.png' }] },
      })
    })

    test('Atom is valid, and says when an article was changed', async () => {
      const text = await read('/feeds/atom.xml')
      expect(complaintsOf('atom', text)).toBe('')
      const feed = parseAtomFeed(text)
      expect(feed.links).toContainEqual(
        expect.objectContaining({ rel: 'self', href: 'https://api.example/cms/feeds/atom.xml' }),
      )
      expect(feed.entries?.[0]).toMatchObject({
        id: `urn:uuid:${budget.id}`,
        published: '2026-07-06T08:30:00.000Z',
        updated: '2026-07-07T09:00:00.000Z',
        summary: { value: 'What the city spends, & on what.' },
      })
      expect(xpath(text, '//a:entry[2]/@xml:lang')).toEqual(['zh-CN'])
    })

    test('JSON Feed is what its schema says', async () => {
      const feed = parseJsonFeed(await read('/feeds/feed.json'))
      expect(feed.items?.[0]).toMatchObject({
        id: `urn:uuid:${budget.id}`,
        image: 'https://news.example/img/a%20b,%20c.png',
        authors: [{ name: 'Li Wei' }],
        tags: ['City', 'Politics', 'Money'],
      })
    })

    test('with their media types', async () => {
      const types = [
        'application/rss+xml; charset=utf-8',
        'application/atom+xml; charset=utf-8',
        'application/feed+json',
      ]
      for (const [index, path] of paths.entries()) {
        const { headers } = await fetch(`${api.url}${path}`)
        expect(headers.get('content-type')).toBe(types[index])
      }
    })

    test('the text has absolute addresses, and the title once', async () => {
      const [html = ''] = xpath(await read('/feeds/rss.xml'), '//item[1]/content:encoded')
      expect(html).not.toContain('<h1')
      expect(html).toContain('src="https://news.example/chart%201.png"')
      expect(html).toContain('href="https://news.example/2026/more"')
      expect(html).toContain('href="https://news.example/2026/the-budget#fn-1"')
    })

    test('content=summary: without the text', async () => {
      for (const path of paths) expect(await read(`${path}?content=summary`)).not.toContain('chart')
      const { items } = JSON.parse(await read('/feeds/feed.json?content=summary'))
      expect(items[0].content_text).toBe('What the city spends, & on what.')
      expect(complaintsOf('atom', await read('/feeds/atom.xml?content=summary'))).toBe('')
    })

    test('with the filters of the list', async () => {
      expect(await titlesOf('?tag=money')).toEqual(['The budget'])
      expect(await titlesOf('?topic=politics&locale=zh-CN')).toEqual(['预算'])
      expect(await titlesOf('?topic=politics&topic=city')).toEqual(['The budget'])
      expect(await titlesOf('?excludeTopic=city')).toEqual(['预算'])
      expect(await titlesOf('?sourceDomain=source.example')).toEqual(['The budget'])
      expect(await titlesOf('?tag=unknown')).toEqual([])
      expect(complaintsOf('atom', await read('/feeds/atom.xml?tag=unknown'))).toBe('')
    })

    test('a filtered feed has a title and an address of its own', async () => {
      const feed = JSON.parse(await read('/feeds/feed.json?topic=politics&limit=1'))
      expect(feed).toMatchObject({
        title: 'The Example: Politics',
        feed_url: 'https://api.example/cms/feeds/feed.json?limit=1&topic=politics',
      })
    })

    test.each([
      ['/feeds/rss.xml', 'application/xml'],
      ['/feeds/atom.xml', 'text/xml'],
      ['/feeds/atom.xml', 'text/xml;q=0.9, image/png'],
      ['/feeds/rss.xml', '*/xml'],
      ['/feeds/feed.json', 'application/json'],
      ['/feeds/feed.json', 'application/*'],
    ])('%s to those who accept %s: under its own type', async (path, accept) => {
      const { headers } = await api.reader.get(path).set('accept', accept).expect(200)
      const own = await api.reader.get(path).expect(200)
      for (const name of ['content-type', 'cache-control', 'vary', 'etag']) {
        expect(headers[name]).toBe(own.headers[name])
      }
    })

    test('leads to older articles, page by page', async () => {
      const first = JSON.parse(await read('/feeds/feed.json?limit=1'))
      expect(first.next_url).toMatch(
        /^https:\/\/api\.example\/cms\/feeds\/feed\.json\?cursor=[\w-]+&limit=1$/,
      )
      const next = await read(first.next_url.replace('https://api.example/cms', ''))
      expect(JSON.parse(next).items.map((item: { title: string }) => item.title)).toEqual(['预算'])
      expect(JSON.parse(next)).not.toHaveProperty('next_url')
      const atomPage = await read(
        first.next_url.replace('https://api.example/cms', '').replace('feed.json', 'atom.xml'),
      )
      expect(xpath(atomPage, '/a:feed/a:id')).toEqual(['https://api.example/cms/feeds/atom.xml?limit=1'])
    })

    test('HEAD has the headers and no body', async () => {
      for (const path of paths) {
        const [got, head] = await Promise.all(
          ['GET', 'HEAD'].map((method) => fetch(`${api.url}${path}`, { method })),
        )
        expect(head?.status).toBe(200)
        for (const name of ['etag', 'content-type', 'cache-control', 'last-modified']) {
          expect(head?.headers.get(name)).toBe(got?.headers.get(name))
        }
        expect(await head?.text()).toBe('')
      }
    })

    test('to a key nothing else than to everybody, and no cache keeps it', async () => {
      const { text, headers } = await api.admin.get('/feeds/feed.json').buffer(true).expect(200)
      expect(text).not.toContain('A draft')
      expect(headers['cache-control']).toBe('private, no-store')
    })

    test('may be kept by CDNs, for less than it takes until something is due', async () => {
      const { headers } = await api.reader.get('/feeds/rss.xml')
      expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
      expect(headers['cdn-cache-control']).toMatch(/^max-age=\d+/)
      expect(headers['surrogate-key']).toContain('articles')
    })
  })

  describe('304', () => {
    for (const path of paths) {
      test(`${path}: to If-None-Match and to If-Modified-Since, until something changes`, async () => {
        const get = () => api.reader.get(path).set('accept-encoding', 'identity')
        const { headers } = await get()
        const { etag = '', 'last-modified': lastModified = '' } = headers
        expect(Date.parse(lastModified)).toBeLessThanOrEqual(Date.now())
        await get().set('if-none-match', etag).expect(304)
        await api.reader.get(path).set('if-modified-since', lastModified).expect(304)
        await api.reader.head(path).set('accept-encoding', 'identity').set('if-none-match', etag).expect(304)
        const other = await api.create({ title: `New for ${path}`, status: 'published', body: 'Text.' })
        await get().set('if-none-match', etag).expect(200)
        await api.reader.get(path).set('if-modified-since', lastModified).expect(200)
        await api.admin.post(`/v1/articles/${other.id}/unpublish`).expect(200)
        await get().set('if-none-match', etag).expect(304)
      })
    }

    test('not by the date of a version that is gone: what leaves a feed leaves no date', async () => {
      const path = '/feeds/rss.xml?topic=passing'
      const { id } = await api.create({
        title: 'Passing',
        status: 'published',
        topics: ['Passing'],
        body: 'Text.',
      })
      const { headers } = await api.reader.get(path)
      await api.admin.post(`/v1/articles/${id}/unpublish`).expect(200)
      await api.reader
        .get(path)
        .set('if-modified-since', headers['last-modified'] ?? '')
        .expect(200)
    })
  })

  test('cost at most two statements', async () => {
    for (const path of paths) {
      expect((await statementsOf(() => read(path))).length).toBeLessThanOrEqual(2)
      expect((await statementsOf(() => read(`${path}?topic=politics&tag=money`))).length).toBeLessThanOrEqual(
        2,
      )
    }
  })

  describe('400', () => {
    for (const query of [
      'limit=0',
      'limit=101',
      'content=all',
      'cursor=nonsense',
      'publishedAfter=today',
      'tpic=a',
      'status=draft',
      'sort=title',
    ]) {
      test(query, async () => {
        const { body } = await api.reader.get(`/feeds/atom.xml?${query}`).expect(400)
        expect(['invalid_parameters', 'invalid_cursor']).toContain(body.code)
      })
    }
  })

  describe('401', () => {
    test('a bad key', async () => {
      await api.reader.get('/feeds/rss.xml').set('authorization', 'Bearer nonsense').expect(401)
    })
  })

  describe('406', () => {
    test('another type', async () => {
      const { body } = await api.reader.get('/feeds/rss.xml').set('accept', 'image/png').expect(406)
      expect(body.acceptable).toEqual(['application/rss+xml'])
    })
  })
})

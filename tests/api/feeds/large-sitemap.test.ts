import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import supertest from 'supertest'
import { afterAll, describe, expect, test } from 'vitest'
import { sitemapRoutes } from '#src/feeds/index.ts'
import { createHttpApp } from '#src/platform/http/app.ts'
import { complaintsOf, xpath } from '#tests/support/feeds/xml-schemas.ts'
import { watchStatements } from '#tests/support/statements.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ siteUrl: 'https://news.example' })

// Long addresses, so that what sockets hold is soon full: 4,000 articles are 7 MB.
await api.create({ title: 'Model', status: 'published', publishedAt: '2001-01-01T00:00:00Z', body: 'Text.' })
await api.rows(
  `WITH made AS (
     INSERT INTO article (id, locale, slug, status, title, html, toc, excerpt, word_count, reading_minutes, meta, revision,
       citation_count, tag_ids, topic_ids, author_ids, published_at, first_published_at, created_at, updated_at)
     SELECT uuidv7(), locale, repeat('字', 180) || n, status, title, html, toc, excerpt, word_count, reading_minutes, meta,
            revision, citation_count, tag_ids, topic_ids, author_ids, '2000-01-01'::timestamptz + n * interval '1 second',
            first_published_at, created_at, updated_at
       FROM article, generate_series(1, 4000) AS n WHERE slug = 'model'
     RETURNING id, revision, title, slug, created_at)
   INSERT INTO revision (article_id, number, front_matter, body, title, slug, at)
   SELECT id, revision, '', 'Text.', title, slug, created_at FROM made`,
)

const app = await createHttpApp({
  log: pino({ level: 'silent' }),
  trustProxy: false,
  corsOrigins: '*',
  openapi: { serverUrl: api.url, version: '1', tags: [] },
})
await app.register(sitemapRoutes(api.deps, { urls: 50_000, batch: 100 }))
await app.listen({ port: 0, host: '127.0.0.1' })
afterAll(() => app.close())
const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
const path = '/sitemaps/2000-01.xml'

describe('a large sitemap', () => {
  test('is whole', async () => {
    const text = await (await fetch(url + path)).text()
    expect(complaintsOf('urlset', text)).toBe('')
    expect(new Set(xpath(text, '//s:loc')).size).toBe(4_000)
  })

  test('comes compressed to those who like that, under a tag of its own', async () => {
    const [plain, zipped] = await Promise.all(
      ['identity', 'gzip'].map((coding) =>
        supertest(url).get(path).set('accept-encoding', coding).buffer(true).expect(200),
      ),
    )
    expect(zipped?.headers['content-encoding']).toBe('gzip')
    expect(zipped?.text).toBe(plain?.text)
    expect(zipped?.headers.etag).not.toBe(plain?.headers.etag)
  })

  test('is read no further than the client takes it, and no more when it has gone', async () => {
    let batches = 0
    const stop = watchStatements((statement) => {
      if (statement === 'list_sitemap_part') batches += 1
    })
    const left = request(url + path)
    await new Promise((resolve) => left.on('response', resolve).end())
    await settled(() => batches)
    expect(batches).toBeGreaterThan(0)
    expect(batches).toBeLessThan(40)
    left.on('error', () => {}).destroy()
    const whenItLeft = batches
    await settled(() => batches)
    expect(batches - whenItLeft).toBeLessThanOrEqual(1)
    stop()
  })
})

/** Waits until a number stays the same for a quarter of a second. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count()
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

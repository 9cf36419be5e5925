import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const TOTAL = 25

for (let n = 1; n <= TOTAL; n += 1) {
  // Two a day: the id decides where the date is the same.
  const publishedAt = new Date(Date.UTC(2025, 0, Math.ceil(n / 2))).toISOString()
  await api.create({ title: `Story ${n}`, status: 'published', publishedAt, tags: ['Listed'], body: 'Text.' })
}
await api.create({ title: 'A draft' })
await api.create({ title: 'Scheduled', status: 'published', publishedAt: '2999-01-01T00:00:00Z' })

describe('GET /v1/articles', () => {
  describe('200', () => {
    test('gives what is published, newest first, twenty at a time', async () => {
      const { body, headers } = await api.reader.get('/v1/articles').expect(200)
      expect(body.data).toHaveLength(20)
      expect(body.page).toMatchObject({ limit: 20, next: expect.any(String), prev: null })
      const dates = body.data.map((item: { publishedAt: string }) => item.publishedAt)
      expect(dates).toEqual(dates.toSorted().toReversed())
      expect(headers.link).toBe(`</v1/articles?cursor=${body.page.next}>; rel="next"`)
      expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
    })

    test('gives list items: without body, html, toc and citations', async () => {
      const { body } = await api.reader.get('/v1/articles?limit=1').expect(200)
      for (const field of ['body', 'html', 'toc', 'citations']) expect(body.data[0]).not.toHaveProperty(field)
      expect(body.data[0]).toMatchObject({ citationCount: 0, tags: [{ slug: 'listed', name: 'Listed' }] })
    })

    for (const limit of [1, 7, 25, 100]) {
      test(`walks through all of them once, forward and back, by ${limit}`, async () => {
        const forward = await walk(`/v1/articles?limit=${limit}`, 'next')
        expect(new Set(forward.ids.flat()).size).toBe(TOTAL)
        expect(forward.ids.flat()).toHaveLength(TOTAL)
        const backward = await walk(forward.last, 'prev')
        expect(backward.ids.toReversed()).toEqual(forward.ids)
      })
    }
  })

  describe('304', () => {
    test('while nothing changes', async () => {
      const { headers } = await api.reader.get('/v1/articles')
      await api.reader
        .get('/v1/articles')
        .set('if-none-match', headers.etag ?? '')
        .expect(304)
    })
  })

  describe('400', () => {
    for (const limit of ['0', '101', '1e2', '-1', '', 'ten', '1000000000']) {
      test(`limit=${limit}`, async () => {
        const { body } = await api.reader.get(`/v1/articles?limit=${limit}`).expect(400)
        expect(body.errors).toMatchObject([{ in: 'query', path: 'limit' }])
      })
    }

    test('a cursor of nonsense, of another list, or changed', async () => {
      const { body } = await api.reader.get('/v1/articles?limit=2')
      const tags = Buffer.from('["tags","after",[0,"a"]]').toString('base64url')
      const [name] = JSON.parse(Buffer.from(body.page.next, 'base64url').toString())
      const forged = ['0000-01-01T00:00:00.000Z', '9999-99-99T00:00:00Z'].map((date) =>
        Buffer.from(JSON.stringify([name, 'after', [date, '01a20983-0000-7000-8000-000000000000']])).toString(
          'base64url',
        ),
      )
      for (const cursor of ['nonsense', tags, ...forged, `${body.page.next}x`, body.page.next.slice(4)]) {
        const answer = await api.reader.get(`/v1/articles?cursor=${cursor}`).expect(400)
        expect(answer.body.code).toBe('invalid_cursor')
      }
    })

    test('an unknown parameter, with the nearest name', async () => {
      const { body } = await api.reader.get('/v1/articles?limt=3').expect(400)
      expect(body.detail).toContain('"limit"')
    })
  })
})

/** The ids of each page from `path` on, and the address of the last one. */
async function walk(path: string, to: 'next' | 'prev'): Promise<{ ids: string[][]; last: string }> {
  const ids: string[][] = []
  for (let page = path; ; ) {
    const { body } = await api.reader.get(page).expect(200)
    ids.push(body.data.map(({ id }: { id: string }) => id))
    if (body.page[to] === null) return { ids, last: page }
    page = `/v1/articles?limit=${body.page.limit}&cursor=${body.page[to]}`
  }
}

import { beforeAll, describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

const source = (...urls: string[]) =>
  urls.map((url, n) => `Fact.[^${n}]\n\n[^${n}]: [Report](${url})`).join('\n\n')

const stories: Record<string, Record<string, unknown>> = {
  origin: { tags: ['Common', 'Rare'], topics: ['World'], body: source('https://example.org/a') },
  source: { tags: ['Common'], body: source('https://www.example.org/a/') },
  rare: { tags: ['Rare', 'Common'] },
  topic: { topics: ['World'] },
  common: { tags: ['Common'] },
  nothing: { tags: ['Else'] },
  english: { tags: ['Rare'], locale: 'en' },
  translated: { tags: ['Rare'] },
}
const ids: Record<string, string> = {}

beforeAll(async () => {
  let day = 0
  for (const [title, fields] of Object.entries(stories)) {
    day += 1
    const publishedAt = `2025-01-0${day}T00:00:00Z`
    const translationKey = ['origin', 'translated'].includes(title) ? 'one' : null
    const given = { title, slug: title, status: 'published', publishedAt, translationKey, body: 'Text.' }
    ids[title] = (await api.create({ ...given, ...fields })).id
  }
  for (let n = 0; n < 10; n += 1) {
    await api.create({
      title: `filler ${n}`,
      status: 'published',
      publishedAt: '2020-01-01T00:00:00Z',
      tags: ['Common'],
    })
  }
  await api.create({
    title: 'draft',
    tags: ['Rare'],
    body: source('https://example.org/a'),
    publishedAt: '2025-01-01T12:00:00Z',
  })
  await api.create({
    title: 'later',
    status: 'published',
    publishedAt: '2999-01-01T00:00:00Z',
    tags: ['Rare'],
  })
})

const titlesOf = ({ data }: { data: { title: string }[] }) => data.map(({ title }) => title)

describe('GET /v1/articles/:ref/related', () => {
  test('gives what shares sources, topics and tags, what is rare first, in the locale, without translations', async () => {
    const { body } = await api.reader.get('/v1/articles/origin/related?limit=20').expect(200)
    const titles = titlesOf(body)
    expect(titles.slice(0, 4)).toEqual(['source', 'rare', 'topic', 'common'])
    for (const absent of ['origin', 'nothing', 'english', 'translated', 'draft', 'later']) {
      expect(titles).not.toContain(absent)
    }
    expect(titles).toHaveLength(14)
  })

  test('as many as are asked for, five when nothing is said', async () => {
    expect(titlesOf((await api.reader.get('/v1/articles/origin/related').expect(200)).body)).toHaveLength(5)
    const { body } = await api.reader.get('/v1/articles/origin/related?limit=1&fields=title').expect(200)
    expect(body).toEqual({ data: [{ title: 'source' }] })
    await api.reader.get('/v1/articles/origin/related?limit=21').expect(400)
  })

  test('nothing for an article that has nothing in common with any', async () => {
    const { body } = await api.reader.get('/v1/articles/nothing/related').expect(200)
    expect(body).toEqual({ data: [] })
  })

  test('404 for a draft, without a key', async () => {
    const { body } = await api.admin.get('/v1/articles?status=draft').expect(200)
    await api.reader.get(`/v1/articles/${body.data[0].id}/related`).expect(404)
    await api.admin.get(`/v1/articles/${body.data[0].id}/related`).expect(200)
  })
})

describe('GET /v1/articles/:ref/neighbors', () => {
  const neighbors = async (ref: string, asker = api.reader) => {
    const { body } = await asker.get(`/v1/articles/${ref}/neighbors`).expect(200)
    return [body.previous?.title ?? null, body.next?.title ?? null]
  }

  test('gives the articles before and after, by date, in the locale', async () => {
    expect(await neighbors('rare')).toEqual(['source', 'topic'])
    expect(await neighbors('translated')).toEqual(['nothing', null])
    expect(await neighbors('english')).toEqual([null, null])
    expect((await neighbors('origin'))[1]).toBe('source')
  })

  test('of a draft too, for those who see it', async () => {
    const { body } = await api.admin.get('/v1/articles?status=draft').expect(200)
    expect(await neighbors(body.data[0].id, api.admin as never)).toEqual(['origin', 'source'])
  })
})

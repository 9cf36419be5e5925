import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { publicItemFields } from '#src/articles/list-schemas.ts'
import { startApi, type TestApi } from '../../support/test-api.ts'

/**
 * Readers get JSON that Postgres has written; `fields` is read from rows and written here. Whoever names every field
 * must get the same, or the two have come apart.
 */
const settings = [
  ['as it comes', {}],
  [
    'with meta shown and months in addresses',
    {
      publicMeta: ['series', 'weight'],
      articleUrlPattern: '/{year}/{month}/{slug}',
      siteTimeZone: 'Asia/Shanghai',
    },
  ],
] as const

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => value.replaceAll('\0', ''))
const article = fc.record({
  title: text.map((value) => `题${value}"\\\u2028`),
  body: text.map(
    (value) => `# 一\n\n${value}\n\n见[^1]。\n\n[^1]: 36氪. [标题](https://36kr.com/p/1)（2025/7/2）\n`,
  ),
  summary: fc.option(text),
  tags: fc.uniqueArray(fc.constantFrom('人工智能', 'AI "x"', 'c\\d', '🚀', 'news'), { maxLength: 4 }),
  topics: fc.subarray(['科技', 'World']),
  authors: fc.subarray(['王小明', 'Ann O’Neill']),
  featuredImage: fc.option(
    fc.record({ url: fc.constant('pictures/a b,c.jpg'), alt: text, width: fc.constant(3) }),
  ),
  meta: fc.record({ series: fc.constantFrom('一', { deep: [1, null, 'x'] }), secret: text }),
  canonicalUrl: fc.option(fc.constant('https://other.example/a?b=c&d="e"')),
  locale: fc.constantFrom('zh-CN', 'en'),
  translationKey: fc.option(fc.constantFrom('one', 'two')),
  publishedAt: fc.constantFrom('2025-06-30T16:00:00.123Z', '1970-01-01T00:00:00Z', '0999-12-31T23:30:00Z'),
  unpublishAt: fc.option(fc.constant('2999-01-01T00:00:00.001Z')),
})

describe.each(settings)('what readers get as JSON, %s', (_name, config) => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi(config)
    for (const input of fc.sample(article, { numRuns: 25, seed: 7 })) {
      await api.create({ ...input, status: 'published' })
    }
  })

  const included = ['body', 'html', 'toc', 'citations']
  const everything = [...publicItemFields, ...included].filter((name) => name !== 'citationCount').join(',')

  it('is of an article what all its fields are', async () => {
    const { body: list } = await api.reader.get('/v1/articles?limit=100&fields=id,slug,locale')
    expect(list.data).toHaveLength(25)
    for (const { id, slug, locale } of list.data) {
      const { body: whole } = await api.reader.get(`/v1/articles/${id}`)
      const { body: bySlug } = await api.reader.get(
        `/v1/articles/${encodeURIComponent(slug)}?locale=${locale}`,
      )
      const { body: picked } = await api.reader.get(`/v1/articles/${id}?fields=${everything}`)
      expect(whole).toEqual(picked)
      expect(bySlug).toEqual(picked)
      expect(Object.keys(whole)).toEqual(Object.keys(picked))
    }
  })

  it.each(['', '&include=body,html,toc,citations', '&tag=news', '&sort=title', '&status=published'])(
    'is of a list what all fields of its articles are: %s',
    async (query) => {
      const { body: whole } = await api.reader.get(`/v1/articles?limit=100&total=true${query}`)
      const names = query.includes('include') ? [...publicItemFields, ...included] : publicItemFields
      const { body: picked } = await api.reader.get(
        `/v1/articles?limit=100&total=true${query}&fields=${names.join(',')}`,
      )
      expect(whole.data.length).toBeGreaterThan(0)
      expect(whole).toEqual(picked)
    },
  )
})

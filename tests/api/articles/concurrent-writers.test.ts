import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const post = (body: object) => api.admin.post('/v1/articles').send(body)

describe('POST /v1/articles, by many at once', () => {
  test('twenty writers of one title get twenty slugs', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post({ title: '同一个标题', tags: ['并发', '标题'] })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201))
    const slugs = new Set(answers.map(({ body }) => body.slug))
    const expected = Array.from({ length: 20 }, (_, n) => `tong-yi-ge-biao-ti${n === 0 ? '' : `-${n + 1}`}`)
    expect([...slugs].sort()).toEqual(expected.sort())
    const tags = new Set(answers.flatMap(({ body }) => body.tags.map(({ slug }: { slug: string }) => slug)))
    expect(tags.size).toBe(2)
  })

  test('a made slug steps aside for one that looks made', async () => {
    await api.create({ title: 'Aside', slug: 'aside' })
    await api.create({ title: 'Aside', slug: 'aside-2' })
    expect(await api.create({ title: 'Aside' })).toMatchObject({ slug: 'aside-3' })
  })

  test('the same slug in two locales', async () => {
    await api.create({ title: 'Two', slug: 'two', locale: 'en' })
    expect(await api.create({ title: 'Zwei', slug: 'two', locale: 'de' })).toMatchObject({ locale: 'de' })
  })

  test('many writers with new tags and sources in common neither deadlock nor double anything', async () => {
    const notes = Array.from({ length: 10 }, (_, n) => `[^${n}]: [S](https://storm.example.org/${n})`)
    const references = notes.map((_, n) => `[^${n}]`).join('')
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        post({
          title: `Storm ${n}`,
          tags: shuffled(['storm a', 'storm b', 'storm c', 'storm d'], n),
          body: `Facts.${references}\n\n${shuffled(notes, n).join('\n')}\n`,
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201))
    const [row] = await api.rows(`SELECT
        (SELECT count(*)::int FROM tag WHERE name LIKE 'storm _') AS tags,
        (SELECT count(*)::int FROM source WHERE url LIKE 'https://storm.example.org/%') AS sources`)
    expect(row).toEqual({ tags: 4, sources: 10 })
  })
})

function shuffled<T>(items: readonly T[], seed: number): T[] {
  return items.map((_, index) => items[(index * 7 + seed) % items.length] as T)
}

import { expect, test } from 'vitest'
import { xpath } from '#tests/support/feeds/xml-schemas.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ siteName: 'The Example' })
await api.create({ title: 'Library', status: 'published', tags: ['图书馆'], authors: ['Mei Lin'] })
await api.create({ title: 'A draft', tags: ['Secret plan'] })
await api.admin
  .patch('/v1/tags/tu-shu-guan')
  .send({ aliases: ['Libraries'] })
  .expect(200)

test.each([
  ['', 'The Example'],
  ['?tag=tu-shu-guan', 'The Example: 图书馆'],
  ['?tag=libraries,%E5%9B%BE%E4%B9%A6%E9%A6%86', 'The Example: 图书馆'],
  ['?author=mei-lin&tag=tu-shu-guan', 'The Example: 图书馆, Mei Lin'],
  ['?tag=unknown', 'The Example: unknown'],
  ['?tag=secret-plan', 'The Example: secret-plan'],
])('a feed with %s is called %s: by names that readers know', async (query, title) => {
  const { text } = await api.reader.get(`/feeds/rss.xml${query}`).buffer(true).expect(200)
  expect(xpath(text, '/rss/channel/title')).toEqual([title])
})

import { expect, test } from 'vitest'
import { feedAddress, feedPageAddress } from '#src/feeds/feed-address.ts'

const api = 'https://api.example'

test('is that of the API, with the parameters in one order', () => {
  expect(feedAddress(api, '/feeds/rss.xml')).toBe('https://api.example/feeds/rss.xml')
  expect(feedAddress(api, '/feeds/rss.xml?topic=b&limit=2')).toBe(
    feedAddress(api, '/feeds/rss.xml?limit=2&&topic=b'),
  )
})

test('keeps parameters as they were sent, and the order of those that are repeated', () => {
  expect(feedAddress(api, '/feeds/rss.xml?tag=z&tag=a%2Cb,c&author=x+y')).toBe(
    'https://api.example/feeds/rss.xml?author=x+y&tag=z&tag=a%2Cb,c',
  )
})

test('of a page has its cursor; of the first has none', () => {
  expect(feedPageAddress(api, '/feeds/rss.xml?cursor=a&topic=b', 'c')).toBe(
    'https://api.example/feeds/rss.xml?cursor=c&topic=b',
  )
  expect(feedPageAddress(api, '/feeds/rss.xml?cursor=a&topic=b', null)).toBe(
    'https://api.example/feeds/rss.xml?topic=b',
  )
})

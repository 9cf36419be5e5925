import { expect, test } from 'vitest'
import { readConfig } from '#src/platform/config.ts'
import { DEFAULT_CDN_TIMES } from '#src/platform/http/cdn-headers.ts'

test('CDNs keep answers for a minute when nothing is said', () => {
  expect(readConfig({}).cdn).toEqual(DEFAULT_CDN_TIMES)
})

test('or for as many seconds as the configuration says', () => {
  const cdn = { CDN_MAX_AGE: '300', CDN_STALE_WHILE_REVALIDATE: '0', CDN_STALE_IF_ERROR: '86400' }
  expect(readConfig(cdn).cdn).toEqual({ maxAge: 300, staleWhileRevalidate: 0, staleIfError: 86_400 })
})

test.each(['CDN_MAX_AGE', 'CDN_STALE_WHILE_REVALIDATE', 'CDN_STALE_IF_ERROR'])(
  '%s that is no number of seconds is refused by name',
  (name) => {
    for (const value of ['-1', '1.5', 'off', '99999999999'])
      expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}: must be`))
  },
)

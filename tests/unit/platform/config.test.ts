import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '#src/platform/config.ts'

describe('an address in the configuration', () => {
  test.each([
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://10.0.0.1/cms/', 'http://10.0.0.1/cms'],
    ['https://cms', 'https://cms'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://新闻.example', 'https://新闻.example'],
  ])('is an absolute one on any host: %s', (given, kept) => {
    const config = readConfig({ SITE_URL: given, API_URL: given, MEDIA_BASE_URL: given })
    expect(config).toMatchObject({ siteUrl: kept, apiUrl: kept, mediaBaseUrl: kept })
  })

  test.each([
    'example.org',
    'ftp://example.org',
    'http:/x',
    '//x',
    'http://',
    'https://x?y=1',
    'https://x#y',
    'https://x y',
  ])('is no other text: %s', (given) => {
    for (const name of ['SITE_URL', 'API_URL', 'MEDIA_BASE_URL']) {
      expect(() => readConfig({ [name]: given })).toThrow(ConfigError)
      expect(() => readConfig({ [name]: given })).toThrow(`${name}: must be an absolute http(s) address`)
    }
  })
})

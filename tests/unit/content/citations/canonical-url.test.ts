import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalSourceUrl } from '#src/content/citations/canonical-url.ts'

describe('the canonical address of a source', () => {
  test.each([
    ['https://WWW.Example.COM/A/', 'https://example.com/A'],
    ['http://example.com:80/', 'http://example.com'],
    ['https://example.com:8443/x', 'https://example.com:8443/x'],
    ['https://user:pass@example.com/x#part', 'https://example.com/x'],
    ['https://example.com/x?b=2&a=1', 'https://example.com/x?a=1&b=2'],
    ['https://example.com/x?utm_source=a&UTM_Medium=b&gclid=c&id=1', 'https://example.com/x?id=1'],
    ['https://example.com/x?utm%5Fsource=a', 'https://example.com/x'],
    ['https://example.com/x/?', 'https://example.com/x'],
    ['https://example.com./x', 'https://example.com/x'],
    ['https://example.com/%e4%bd%a0%7Ea', 'https://example.com/%E4%BD%A0~a'],
    ['https://example.com/你', 'https://example.com/%E4%BD%A0'],
    ['https://www.com/x', 'https://www.com/x'],
    ['https://m.example.com/amp/x', 'https://m.example.com/amp/x'],
    ['https://例子.中国/x', 'https://xn--fsqu00a.xn--fiqs8s/x'],
    [' https://example.com/a/../b ', 'https://example.com/b'],
    ['https://example.com/x?a=1&a=0', 'https://example.com/x?a=0&a=1'],
  ])('%s', (url, canonical) => {
    expect(canonicalSourceUrl(url)?.url).toBe(canonical)
  })

  test.each([
    ['https://finance.sina.com.cn/x', 'sina.com.cn'],
    ['https://www.bbc.co.uk/news', 'bbc.co.uk'],
    ['https://someone.github.io/x', 'someone.github.io'],
    ['https://a.b.example.com', 'example.com'],
    ['http://127.0.0.1:3000/x', '127.0.0.1'],
    ['http://localhost/x', 'localhost'],
    ['https://例子.中国', 'xn--fsqu00a.xn--fiqs8s'],
  ])('%s belongs to %s', (url, domain) => {
    expect(canonicalSourceUrl(url)?.domain).toBe(domain)
  })

  test.each(['mailto:a@b.c', 'ftp://a.b/c', '/path', 'javascript:alert(1)', 'https://', '', 'https://a b'])(
    '%j has none',
    (url) => {
      expect(canonicalSourceUrl(url)).toBeNull()
    },
  )

  test('is its own canonical address', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'www.',
        '%2F',
        '%e4',
        '%zz',
        '%41',
        '%a',
        '%',
        '/',
        '//',
        '?',
        '&',
        '&utm_a=b',
        '=',
        '#',
        '+',
        ' ',
        '..',
        'x',
        '你',
      ),
      fc.string({ maxLength: 3 }),
    )
    const url = fc
      .tuple(
        fc.constantFrom('https://www.www.example.com', 'http://a.co.uk:80', 'https://例子.中国'),
        fc.array(part).map((parts) => parts.join('')),
      )
      .map(([origin, rest]) => `${origin}/${rest}`)
    fc.assert(
      fc.property(fc.oneof(url, fc.webUrl({ withFragments: true, withQueryParameters: true })), (address) => {
        const canonical = canonicalSourceUrl(address)
        if (canonical) expect(canonicalSourceUrl(canonical.url)).toEqual(canonical)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('hosts that no name server can know', () => {
  const label = 'a'.repeat(63)

  test('have no source: longer than 253 characters', () => {
    expect(canonicalSourceUrl(`https://${'a'.repeat(4_000)}.com/x`)).toBeNull()
    expect(canonicalSourceUrl(`https://${'中'.repeat(3_000)}.com/x`)).toBeNull()
    expect(canonicalSourceUrl(`https://${[label, label, label, label].join('.')}/x`)).toBeNull()
  })

  test('the longest that there is has one', () => {
    const host = `${[label, label, label].join('.')}.${'a'.repeat(57)}.com`
    expect(host).toHaveLength(253)
    expect(canonicalSourceUrl(`https://${host}./x`)?.url).toBe(`https://${host}/x`)
  })
})

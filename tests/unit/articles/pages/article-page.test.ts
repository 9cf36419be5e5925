import { describe, expect, test } from 'vitest'
import example from '#src/articles/examples/article.json' with { type: 'json' }
import { articlePage, type PageSite } from '#src/articles/pages/index.ts'
import type { Article } from '#src/articles/schemas.ts'

const site: PageSite = {
  name: 'The Calder Post',
  url: 'https://news.example',
  locale: 'en',
  timeZone: 'Europe/London',
  mediaBaseUrl: 'https://media.example',
  addressOf: ({ slug }) => `https://news.example/${slug}`,
}

const page = (given: Partial<Article> = {}) =>
  articlePage({ ...(example as Article), ...given }, site, { '@type': 'NewsArticle' }, true)

describe('the page of an article', () => {
  test('with corrections lists them, each by its kind and date', () => {
    const html = page({
      corrections: [
        {
          id: '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
          type: 'editorsNote',
          text: 'The vote was 31 to <12>.',
          timestamp: '2025-07-03T23:30:00.000Z',
          revision: 2,
        },
      ],
    })
    expect(html).toContain('<h2>Corrections</h2>')
    expect(html).toContain('Editor’s note</strong> <time datetime="2025-07-03T23:30:00.000Z">July 4, 2025')
    expect(html).toContain('The vote was 31 to &#60;12&#62;.')
    expect(page()).not.toContain('Corrections')
  })

  test.each([
    [null, false],
    ['2025-07-01T00:00:00.000Z', false],
    ['2025-07-02T04:40:30.000Z', false],
    ['2025-07-02T09:00:00.000Z', true],
  ])('modified at %s: says so only where readers see a difference', (modifiedAt, isSaid) => {
    const html = page({ publishedAt: '2025-07-02T04:40:04.000Z', modifiedAt })
    expect(html.includes('<span>Updated</span>')).toBe(isSaid)
  })

  test.each([
    ['a script’s address', 'javascript:alert(1)'],
    ['data', 'data:image/svg+xml,<svg onload=alert(1)>'],
    ['what is no address', 'https://'],
  ])('shows no picture from %s', (_, url) => {
    const html = page({
      featuredImage: { url, alt: null, caption: null, credit: null, width: null, height: null },
    })
    expect(html).not.toContain('class="featured"')
    expect(html).not.toContain('og:image')
    expect(html).not.toContain('javascript:')
  })

  test('of nothing but a title is a page', () => {
    const html = page({
      html: '',
      excerpt: '',
      summary: null,
      authors: [],
      tags: [],
      topics: [],
      citations: [],
      publishedAt: null,
      readingMinutes: 0,
    })
    expect(html).not.toContain('byline"')
    expect(html).not.toContain('name="description"')
    expect(html).not.toContain('undefined')
    expect(html).not.toContain('null')
  })

  test('in a language without words of ours says which language they are in', () => {
    const html = page({ locale: 'sw', readingMinutes: 3 })
    expect(html).toContain('<html lang="sw">')
    expect(html).toContain('<span lang="en">3 min read</span>')
    expect(html).toContain('<a href="https://news.example" lang="en">The Calder Post</a>')
  })
})

test('translations at one address are one: that of the site’s language; none at its own', () => {
  const others: [string, string][] = [
    ['fr', 'port'],
    ['en', 'port'],
    ['de', 'hafen'],
    ['sw', (example as Article).slug],
  ]
  const html = page({
    locale: 'it',
    translations: others.map(([locale, slug]) => ({ locale, slug })),
    links: { ...(example as Article).links, canonical: `https://news.example/${(example as Article).slug}` },
  })
  const found = [...html.matchAll(/rel="alternate" hreflang="(.*?)" href="https:\/\/news.example\/(.*?)"/g)]
  expect(found.map(([, ...parts]) => parts)).toEqual([
    ['it', (example as Article).slug],
    ['en', 'port'],
    ['de', 'hafen'],
  ])
  expect(html).toContain('<a href="https://news.example/port" hreflang="en"')
  expect(html.match(/og:locale:alternate/g)).toHaveLength(2)
})

import { describe, expect, test } from 'vitest'
import { feedHtml } from '#src/content/feeds/index.ts'
import { renderBody } from '#src/content/markdown/render.ts'

const options = {
  title: 'The budget',
  pageUrl: 'https://news.example/2026/budget',
  mediaBaseUrl: 'https://media.example/files',
}
/** A Markdown text as feeds have it. */
const inFeed = (markdown: string, given: Partial<typeof options> = {}) =>
  feedHtml(renderBody(markdown).html, { ...options, ...given })

describe('the html of an article in a feed', () => {
  test('has pictures of the media folder', () => {
    expect(inFeed('![a](b,%20c.png) ![d](/e.png) ![f](https://x.example/g.png)')).toBe(
      '<p><img src="https://media.example/files/b,%20c.png" alt="a" loading="lazy" /> <img src="https://media.example/e.png" alt="d" loading="lazy" /> <img src="https://x.example/g.png" alt="f" loading="lazy" /></p>\n',
    )
  })

  test('has links that are resolved against its page', () => {
    expect(inFeed('[a](other) [b](/c?d=1&e=2) [f](#g) [h](mailto:i@j.example)')).toBe(
      '<p><a href="https://news.example/2026/other">a</a> <a href="https://news.example/c?d=1&amp;e=2">b</a> <a href="https://news.example/2026/budget#g">f</a> <a href="mailto:i@j.example">h</a></p>\n',
    )
  })

  test('has notes that lead to its page and back', () => {
    const html = inFeed('Fact.[^1]\n\n[^1]: Note.')
    expect(html).toContain('href="https://news.example/2026/budget#fn-1"')
    expect(html).toContain('href="https://news.example/2026/budget#fnref-1"')
    expect(inFeed('Fact.[^1]\n\n[^1]: Note.', { pageUrl: 'https://news.example/#/budget' })).toContain(
      'href="https://news.example/#fn-1"',
    )
  })

  test('shows what only looks like an address as it was written', () => {
    const html = '<p>Write <code>&lt;a href="#top"&gt;</code> and src="x.png".</p>\n'
    expect(feedHtml(html, options)).toBe(html)
  })

  test('does not show the title twice', () => {
    expect(inFeed('# The  *budget*\n\nText.')).toBe('<p>Text.</p>\n')
    expect(inFeed('# Another\n\nText.')).toContain('<h1')
    expect(inFeed('Text.\n\n## The budget')).toContain('The budget</h2>')
    expect(inFeed('# A &amp; B $& C\n\nText.', { title: 'A & B $& C' })).toBe('<p>Text.</p>\n')
  })

  test('keeps a title that has a note, which leads back to it', () => {
    expect(inFeed('# The budget[^1]\n\n[^1]: Note.', { title: 'The budget1' })).toContain('<h1')
  })
})

import { describe, expect, test } from 'vitest'
import { renderBody } from '#src/content/markdown/render.ts'

const html = (body: string) => renderBody(body, { locale: 'en' }).html
const callout = (kind: string, title: string, content: string) =>
  `<div class="callout callout-${kind}" role="note">\n<p class="callout-title">${title}</p>\n${content}</div>\n`

describe('quotes that open with [!NOTE]', () => {
  test.each(['note', 'tip', 'important', 'warning', 'caution'])('are call-outs: %s', (kind) => {
    const title = kind.charAt(0).toUpperCase() + kind.slice(1)
    expect(html(`> [!${kind.toUpperCase()}]\n> 内容 **粗**`)).toBe(
      callout(kind, title, '<p>内容 <strong>粗</strong></p>\n'),
    )
  })

  test.each([
    ['> [!NOTE]\n> - a', callout('note', 'Note', '<ul>\n<li>a</li>\n</ul>\n')],
    ['> [!NOTE]\n>\n> a\n>\n> b', callout('note', 'Note', '<p>a</p>\n<p>b</p>\n')],
    ['> [!info] 标题 *x*\n> a', callout('note', '标题 <em>x</em>', '<p>a</p>\n')],
    ['- > [!tip]\n  > a', `<ul>\n<li>${callout('tip', 'Tip', '<p>a</p>\n')}</li>\n</ul>\n`],
    ['> [!NOTE]', callout('note', 'Note', '')],
  ])('%j', (body, expected) => {
    expect(html(body)).toBe(expected)
  })

  test('fold, as in Obsidian', () => {
    expect(html('> [!tip]- T\n> a')).toBe(
      '<details class="callout callout-tip">\n<summary>T</summary>\n<p>a</p>\n</details>\n',
    )
    expect(html('> [!tip]+ T\n> a')).toContain('<details class="callout callout-tip" open>')
  })

  test('hold notes, in their titles as well', () => {
    const { notes } = renderBody('> [!note] T[^a]\n> b[^b]\n\n[^a]: A\n[^b]: B')
    expect(notes.map(({ label, ordinal }) => [label, ordinal])).toEqual([
      ['a', 1],
      ['b', 2],
    ])
  })

  test('of an unknown kind stay quotes, and are reported', () => {
    const { html: rendered, findings } = renderBody('a\n\n> [!quote] X\n> y')
    expect(rendered).toBe('<p>a</p>\n<blockquote>\n<p>[!quote] X\ny</p>\n</blockquote>\n')
    expect(findings).toMatchObject([{ rule: 'shortcode-unknown', line: 3, column: 3 }])
  })

  test.each(['> a\n> [!NOTE]', '> [!NOTE](x)', '[!NOTE]\na', '> [!NOTE]x'])('%j is none', (body) => {
    expect(html(body)).not.toContain('callout')
  })
})

describe('containers', () => {
  test.each([
    [':::note\na\n:::\nb', `${callout('note', 'Note', '<p>a</p>\n')}<p>b</p>\n`],
    ['a\n::: warning 标题\nb\n:::', `<p>a</p>\n${callout('warning', '标题', '<p>b</p>\n')}`],
    [':::tip[*T*]{.x}\na\n:::', callout('tip', '<em>T</em>', '<p>a</p>\n')],
    ['::::danger\n:::tip\na\n:::\n::::', callout('caution', 'Caution', callout('tip', 'Tip', '<p>a</p>\n'))],
    [
      ':::note\n:::tip\na\n:::\nb\n:::',
      callout('note', 'Note', `${callout('tip', 'Tip', '<p>a</p>\n')}<p>b</p>\n`),
    ],
    [':::note\n```\n:::\n```\n:::', callout('note', 'Note', '<pre><code>:::\n</code></pre>\n')],
    ['::: details 展开\na\n:::', '<details>\n<summary>展开</summary>\n<p>a</p>\n</details>\n'],
  ])('%j', (body, expected) => {
    expect(html(body)).toBe(expected)
  })

  test('hold headings, which divide no text, and definitions', () => {
    const { html: rendered, toc, notes } = renderBody(':::note\n## T\n\nx[^1]\n\n[^1]: n\n:::')
    expect(rendered).toContain('<h2 id="t">T</h2>')
    expect(toc).toEqual([])
    expect(notes).toMatchObject([{ label: '1', ordinal: 1, text: 'n', line: 6 }])
  })

  test('that are unknown or never closed stay text, and are reported', () => {
    const { html: rendered, findings } = renderBody(':::foo\nx\n\n:::note\ny')
    expect(rendered).toBe('<p>:::foo</p>\n<p>x</p>\n<p>:::note</p>\n<p>y</p>\n')
    expect(findings).toMatchObject([
      { rule: 'shortcode-unknown', line: 1, column: 1 },
      { rule: 'shortcode-unknown', line: 4, column: 1 },
    ])
  })
})

describe('Markdown inside html', () => {
  test.each([
    [
      '<div markdown="1">\n*a*\n## H\n</div>\nb',
      '<div>\n<p><em>a</em></p>\n<h2 id="h">H</h2>\n</div>\n<p>b</p>\n',
    ],
    [
      '<div markdown="block">\n  <div>x</div>\n\n  **y**\n</div>',
      /<div>\n<div>x<\/div>\s*<p><strong>y<\/strong><\/p>\n<\/div>/,
    ],
    [
      '<details>\n<summary>S</summary>\n\n**a**\n\n</details>',
      /^<details>\n<summary>S<\/summary>\s*<p><strong>a<\/strong><\/p>\n<\/details>/,
    ],
    ['<div>\n*a*\n</div>', /^<div>\n\*a\*\n<\/div>/],
  ])('%j', (body, expected) => {
    if (typeof expected === 'string') expect(html(body)).toBe(expected)
    else expect(html(body)).toMatch(expected)
  })

  test('has its notes and headings', () => {
    const { toc, notes } = renderBody('<div markdown="1">\n## T\nx[^1]\n</div>\n\n[^1]: n')
    expect(toc).toMatchObject([{ text: 'T' }])
    expect(notes).toMatchObject([{ ordinal: 1 }])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DocumentError } from '#src/content/document-error.ts'
import { ArticleLexer } from '#src/content/markdown/markdown-lexer.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import { anyMarkdown } from './any-markdown.ts'

const html = (body: string) => renderBody(body).html

describe('GitHub Flavored Markdown', () => {
  test.each([
    ['a  \nb', '<p>a<br />b</p>\n'],
    ['```js title\nx<y\n```', '<pre><code class="language-js">x&lt;y\n</code></pre>\n'],
    ['```c++\nx\n```', '<pre><code class="language-c++">x\n</code></pre>\n'],
    ['| a | b |\n|:-:|--:|\n| 1 | 2 |', /<th align="center">a<\/th>\s*<th align="right">b<\/th>/],
    [
      '- [x] a\n- [ ] b',
      /<li><input checked disabled type="checkbox" \/> a<\/li>\s*<li><input disabled type="checkbox" \/> b/,
    ],
    ['3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'],
    [
      '<https://a.b/?x=1&y=2>',
      '<p><a href="https://a.b/?x=1&amp;y=2" rel="noopener">https://a.b/?x=1&amp;y=2</a></p>\n',
    ],
    ['[a](/b "t")', '<p><a href="/b" title="t">a</a></p>\n'],
    ['![a *b*](/c.png "t")', '<p><img src="/c.png" alt="a b" title="t" loading="lazy" /></p>\n'],
    ['![](/a b (1).png)', /^<p>/],
    ['![图](/图 片.png)', '<p><img src="/%E5%9B%BE%20%E7%89%87.png" alt="图" loading="lazy" /></p>\n'],
    ['a <kbd>b</kbd>', '<p>a <kbd>b</kbd></p>\n'],
    ['a\r\nb\rc', '<p>a\nb\nc</p>\n'],
    ['', ''],
  ])('%j', (body, expected) => {
    if (typeof expected === 'string') expect(html(body)).toBe(expected)
    else expect(html(body)).toMatch(expected)
  })
})

describe('CJK typography', () => {
  test.each([
    ['**注意：**后文', '<strong>注意：</strong>后文'],
    ['**“测试”**测试', '<strong>“测试”</strong>测试'],
    ['这是**“测试”**吗', '这是<strong>“测试”</strong>吗'],
    ['我可以强调**这个`code`**吗', '我可以强调<strong>这个<code>code</code></strong>吗'],
    ['**（重点）**后', '<strong>（重点）</strong>后'],
    ['**《书》**和**[链接](/a)**后', '<strong>《书》</strong>和<strong><a href="/a">链接</a></strong>后'],
    ['この**テスト。**です', 'この<strong>テスト。</strong>です'],
    ['이것은 **강조(强调)**입니다', '이것은 <strong>강조(强调)</strong>입니다'],
    ['~~删。~~后', '<del>删。</del>后'],
    ['10~20 元，30~40 元', '10~20 元，30~40 元'],
    ['~a~', '~a~'],
    ['~~a~~', '<del>a</del>'],
    ['见https://a.com/x，好', '见<a href="https://a.com/x" rel="noopener">https://a.com/x</a>，好'],
    ['（https://a.com/x）。', '（<a href="https://a.com/x" rel="noopener">https://a.com/x</a>）。'],
    ['https://a.com/x.。', '<a href="https://a.com/x" rel="noopener">https://a.com/x</a>.。'],
    [
      'https://a.com/中文、b',
      '<a href="https://a.com/%E4%B8%AD%E6%96%87" rel="noopener">https://a.com/中文</a>、b',
    ],
    ['“https://a.com”', '“<a href="https://a.com" rel="noopener">https://a.com</a>”'],
  ])('%s', (body, expected) => {
    expect(html(body)).toBe(`<p>${expected}</p>\n`)
  })
})

describe('headings', () => {
  test('have GitHub’s ids, unique, and a table of contents', () => {
    const { html: rendered, toc } = renderBody(
      '# 硅谷：AI 战局\n\n## A & `b`\n\n### A & b\n\n## !!!\n\nSetext\n---\n',
    )
    expect(toc).toEqual([
      { level: 1, id: '硅谷ai-战局', text: '硅谷：AI 战局' },
      { level: 2, id: 'a--b', text: 'A & b' },
      { level: 3, id: 'a--b-1', text: 'A & b' },
      { level: 2, id: expect.stringMatching(/./), text: '!!!' },
      { level: 2, id: 'setext', text: 'Setext' },
    ])
    for (const { id } of toc) expect(rendered).toContain(`id="${id}"`)
  })

  test('keep off the ids of notes', () => {
    const { toc } = renderBody('## fn-1\n\nx[^1]\n\n[^1]: n')
    expect(toc[0]?.id).toBe('fn-1-1')
  })

  test('that are the title can be left out', () => {
    const body = '\n# Title\n\nText\n\n# Second\n'
    const { html: rendered, toc, firstHeading } = renderBody(body, { isTitle: () => true })
    expect(firstHeading).toEqual({ text: 'Title', opens: true })
    expect(rendered).toBe('<p>Text</p>\n<h1 id="second">Second</h1>\n')
    expect(toc.map(({ text }) => text)).toEqual(['Second'])
    expect(renderBody('Text\n\n# Title').firstHeading).toEqual({ text: 'Title', opens: false })
  })

  test('without a blank are a finding', () => {
    expect(renderBody('a\n\n##标题\n').findings).toMatchObject([
      { rule: 'heading-without-blank', line: 3, column: 1 },
    ])
  })
})

describe('link definitions', () => {
  test.each(['[编者按]:本文首发于某某。', '[注]: 本文首发', '[译注]：原文有误'])('%s is prose', (body) => {
    expect(html(body)).toBe(`<p>${body}</p>\n`)
    expect(renderBody(body).findings).toEqual([])
  })

  test('that nothing refers to, or that come second, are reported', () => {
    const body = '[a] [图]\n\n[a]: /b\n[A]: /c\n[1]: https://d.e\n[图]: /图.png\n'
    expect(renderBody(body).findings).toMatchObject([
      { rule: 'link-definition-unused', line: 4, column: 1 },
      { rule: 'link-definition-unused', line: 5, column: 1 },
    ])
  })

  test.each(['[//]: # (remark)', '[#]: author: (x)', '[comment]: <> (x)'])('%s is a remark', (body) => {
    expect(renderBody(`a\n\n${body}`)).toMatchObject({ html: '<p>a</p>\n', findings: [] })
  })
})

describe('our own words', () => {
  const body = 'a[^1]\n\n> [!NOTE]\n> b\n\n[^1]: c'

  test.each([
    ['zh-CN', '脚注', '返回引用 1', '注'],
    ['zh', '脚注', '返回引用 1', '注'],
    ['zh-TW', '腳註', '返回引用 1', '註'],
    ['en-GB', 'Footnotes', 'Back to reference 1', 'Note'],
    ['de', 'Footnotes', 'Back to reference 1', 'Note'],
  ])('are those of the locale: %s', (locale, notes, back, note) => {
    const { html: rendered } = renderBody(body, { locale })
    expect(rendered).toContain(`<section class="footnotes" role="doc-endnotes" aria-label="${notes}">`)
    expect(rendered).toContain(`aria-label="${back}">↩</a>`)
    expect(rendered).toContain(`<p class="callout-title">${note}</p>`)
  })

  test('without a locale, those of the text', () => {
    expect(html('正文[^1]。\n\n[^1]: 注')).toContain('aria-label="脚注"')
    expect(html('Text about 中国[^1].\n\n[^1]: n')).toContain('aria-label="Footnotes"')
    expect(html('日本語の本文[^1]。\n\n[^1]: n')).toContain('aria-label="Footnotes"')
  })
})

describe('images', () => {
  test('with relative addresses are resolved against the media base', () => {
    const options = { mediaBaseUrl: 'https://media.example/a/' }
    expect(renderBody('![](/b.png) ![](c.png) ![](https://x.y/d.png)', options).html).toBe(
      '<p><img src="https://media.example/b.png" alt="" loading="lazy" /> <img src="https://media.example/a/c.png" alt="" loading="lazy" /> <img src="https://x.y/d.png" alt="" loading="lazy" /></p>\n',
    )
  })

  test('keep the width and height of raw html', () => {
    expect(html('<img src="a.png" width="10" height="20" alt="x" onload="x()">')).toContain(
      '<img src="a.png" width="10" height="20" alt="x" loading="lazy" />',
    )
  })
})

test('control characters are not shown, and reported', () => {
  const { html: rendered, findings } = renderBody('a\u0008b\n\nc\u000Bd\u000Ce\uFFFFf')
  expect(rendered).toBe('<p>ab</p>\n<p>c d ef</p>\n')
  expect(findings).toMatchObject([
    { rule: 'control-character', line: 1, column: 2 },
    { rule: 'control-character', line: 3, column: 2 },
    { rule: 'control-character', line: 3, column: 4 },
    { rule: 'control-character', line: 3, column: 6 },
  ])
})

test('the lengths of blocks add up to the text, so that places can be told', () => {
  fc.assert(
    fc.property(anyMarkdown, (body) => {
      const text = body.replace(/\r\n?/g, '\n')
      const lengths = new ArticleLexer({ gfm: true }).lex(text).map(({ raw }) => raw.length)
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(text.length)
    }),
    { numRuns: 1_000 },
  )
})

describe('hostile texts', () => {
  const bytes = 50_000
  const filled = (piece: string) => piece.repeat(Math.ceil(bytes / piece.length))

  test.each([
    '[',
    '![',
    '![a](b c',
    '(',
    '*',
    '*a',
    'a**b',
    '*中。',
    '**a ',
    '_a ',
    '~~a',
    '`',
    '<',
    '<a ',
    '<!--',
    '\\',
    '[a](',
    '[a](b "',
    '[^',
    '^[',
    '[^1]',
    '[`',
    '&amp',
    'http://',
    'a@',
    '##x\n\n',
    '|a',
    '# a\n',
    '- a\n',
    '{{',
    '{{< a >}}*',
    '{% a',
    '[[a',
    '::: a\n',
    ':::note\n',
    '<p>\n\n',
    '(http://a.b(',
    'a<!-- ',
    'a<!A ',
    'a<? ',
    '[[x]](',
    '\u200b',
  ])('all %j render', (piece) => {
    expect(typeof renderBody(filled(piece)).html).toBe('string')
  })

  test.each([
    filled('> '),
    `${filled('- ')}a`,
    filled('1. '),
    filled('> - '),
    filled('[^a]: '),
    filled('<div>'),
    filled('<b>a'),
    Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
    `${'*a '.repeat(1000)}${'a* '.repeat(1000)}`,
  ])('that nest without end are refused', (body) => {
    expect(() => renderBody(body, { firstLine: 7 })).toThrow(DocumentError)
    expect(() => renderBody(body, { firstLine: 7 })).toThrow(
      /^Line 7, column \d+: The text is nested too deeply/,
    )
  })

  test('a list item that takes in thousands of lines is refused, many items are not', () => {
    expect(() => renderBody(`a\n\n- b\n${'c\n'.repeat(6_000)}`)).toThrow(/^Line 3, column 1: A list item/)
    expect(renderBody('- b\nc\n'.repeat(6_000)).html).toContain('<li>')
    expect(renderBody(`- b\n\n${'c\n'.repeat(6_000)}`).html).toContain('<p>c')
  })

  test.each([
    '<div></b>',
    '<div title="</div>">',
    '<div><!--</div>-->',
    '<ul><li></x>',
    '<dl><dd></x>',
    '<table><td></x>',
    'a <b></i>',
    '<svg></x>',
    '<table></x>',
    '<p><div></p>',
    '<li><b>',
  ])('elements in elements are counted as they are read: %j', (piece) => {
    expect(() => renderBody(filled(piece))).toThrow(/nested too deeply/)
  })

  test('elements whose closing tags may be left out do not nest', () => {
    expect(renderBody(`<table>${'<tr><td>a<td>b'.repeat(2_000)}</table>`).html).toContain('<td>b</td>')
    expect(renderBody(`<ul>${'<li>a'.repeat(2_000)}</ul>`).html).toContain('<li>a</li>')
  })

  test('50,000 notes are refused, 5,000 are not', () => {
    const notes = (count: number) =>
      Array.from({ length: count }, (_, index) => `x[^${index}]\n\n[^${index}]: note\n`).join('\n')
    expect(() => renderBody(notes(50_000))).toThrow(/50000 notes; at most 5000/)
    expect(renderBody(notes(5_000)).notes).toHaveLength(5_000)
    expect(() => renderBody(`${'x[^a]'.repeat(20_001)}\n\n[^a]: n`)).toThrow(/20001 times/)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderBody } from '#src/content/markdown/render.ts'

const notesOf = (body: string) => renderBody(body).notes
const rules = (body: string) =>
  renderBody(body).findings.map(({ rule, line, column }) => ({ rule, line, column }))
const reference = (label: string, ordinal: number, id = `fnref-${label}`) =>
  `<sup><a href="#fn-${label}" id="${id}" class="footnote-ref" role="doc-noteref">${ordinal}</a></sup>`

describe('definitions', () => {
  test('without blanks are notes, not link definitions', () => {
    expect(notesOf('甲[^1]。\n\n[^1]: 主要原因是……\n')).toMatchObject([
      { label: '1', ordinal: 1, text: '主要原因是……', referenceCount: 1, line: 3 },
    ])
  })

  test('follow each other, and paragraphs, without blank lines', () => {
    const { html, notes } = renderBody('甲[^1]乙[^2]\n[^1]: 一\n[^2]: 二')
    expect(html).toMatch(/^<p>甲<sup>.*<\/sup>乙<sup>.*<\/sup><\/p>\n<section/)
    expect(notes.map(({ text }) => text)).toEqual(['一', '二'])
  })

  test.each([
    ['a quote', '> quote[^1]\n[^1]: note'],
    ['a list item', '- item[^1]\n[^1]: note'],
    ['a table', '| a[^1] |\n|---|\n| b |\n[^1]: note'],
    ['a heading below it', 'a[^1]\n[^1]: note\n---\nb'],
  ])('end %s', (_, body) => {
    expect(notesOf(body)).toMatchObject([{ text: 'note', referenceCount: 1 }])
  })

  test('hold several blocks by indentation', () => {
    const body = 'x[^1]\n\n[^1]: First\n\n    second\n\n    - a\n    - b\n\n\t```js\n\tcode\n\t```\n\nAfter.'
    const { html, notes } = renderBody(body)
    expect(notes[0]?.html).toBe(
      '<p>First</p>\n<p>second</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<pre><code class="language-js">code\n</code></pre>\n',
    )
    expect(notes[0]?.text).toBe('First\nsecond\na\nb\ncode')
    expect(html).toContain('<p>After.</p>\n<section')
  })

  test('go on in lines that continue their paragraph', () => {
    expect(notesOf('x[^1]\n\n[^1]: one\ntwo\n  three\n\nAfter.')[0]?.text).toBe('one two three')
    expect(notesOf('x[^1]\n\n[^1]: 一行\n二行')[0]?.text).toBe('一行二行')
  })

  test.each(['# Heading', '> quote', '- item', '```\ncode\n```', '[^2]: other', '***'])(
    'end where %j begins',
    (next) => {
      expect(notesOf(`x[^1]\n\n[^1]: one\n${next}`)[0]?.text).toBe('one')
    },
  )

  test('may begin with an empty line', () => {
    expect(notesOf('x[^1]\n\n[^1]:\n    one\n\n    two')[0]?.text).toBe('one\ntwo')
    expect(notesOf('x[^1]\n\n[^1]:\none')[0]?.text).toBe('one')
  })

  test('may have a full-width colon', () => {
    expect(notesOf('x[^1]\n\n[^1]：全角')[0]?.text).toBe('全角')
  })

  test('may come before their references, in quotes and in lists', () => {
    expect(notesOf('[^1]: one\n\n> - a\n>\n>   [^2]: two\n\nx[^1][^2]')).toMatchObject([
      { text: 'one', line: 1 },
      { text: 'two', line: 5 },
    ])
  })

  test.each(['[译注]:此处原文有误。', '[1]: https://a.b/c', '[Smith]: 见第5页', '[x]: y'])(
    'may begin with %j, which is text',
    (note) => {
      const { notes, findings, html } = renderBody(`a[^1]\n\n[^1]: ${note}`)
      expect(notes[0]?.text).toBe(note)
      expect(html).toContain(`${/^\[.*?\]:\s?/.exec(note)?.[0]}`)
      expect(findings).toEqual([])
    },
  )

  test.each(['- [^1]: x\n- [^2]: y', '1. [^1]: x\n2. [^2]: y', '> [^1]: x\n> [^2]: y'])(
    'leave nothing of the list or quote they stand in: %j',
    (definitions) => {
      const { html, notes } = renderBody(`a[^1][^2]\n\n## 注释\n\n${definitions}`)
      expect(notes.map(({ text }) => text)).toEqual(['x', 'y'])
      expect(html).toMatch(/^<p>a.*<\/p>\n<section .* aria-labelledby="注释">/)
      expect(html).not.toMatch(/<(?:ul|blockquote)>|<li>/)
    },
  )

  test('inside code are code', () => {
    expect(notesOf('```\n[^1]: x\n```\n\n    [^2]: y')).toEqual([])
  })

  test('of one label: the first wins, the others are reported', () => {
    const body = 'x[^a]\n\n[^a]: one\n\n[^A]: two'
    expect(notesOf(body)).toMatchObject([{ label: 'a', text: 'one' }])
    expect(rules(body)).toEqual([{ rule: 'footnote-duplicate', line: 5, column: 1 }])
  })

  test('that nothing refers to are kept as data and reported, but not shown', () => {
    const body = 'x\n\n[^a]: one'
    expect(notesOf(body)).toMatchObject([{ label: 'a', ordinal: null, text: 'one', referenceCount: 0 }])
    expect(rules(body)).toEqual([{ rule: 'footnote-unused', line: 3, column: 1 }])
    expect(renderBody(body).html).toBe('<p>x</p>\n')
  })

  test.each(['中 文', '12345678901234567890', 'a.b/c', 'A', '*a*', 'a"b', '<b>', '&amp;', '–'])(
    'labelled %j',
    (label) => {
      const { notes, html } = renderBody(`x[^${label}]\n\n[^${label}]: note`)
      expect(notes).toMatchObject([{ label, ordinal: 1, text: 'note' }])
      expect(html).toMatch(/id="fn-[^"<>&\s]+"/)
    },
  )
})

describe('references', () => {
  test('are numbered in the order in which readers meet them', () => {
    const { html, notes } = renderBody('x[^b]y[^a]z[^b]\n\n[^a]: A\n[^b]: B')
    expect(html).toContain(`x${reference('b', 1)}y${reference('a', 2)}z${reference('b', 1, 'fnref-b-2')}`)
    expect(notes.map(({ label, ordinal, referenceCount }) => [label, ordinal, referenceCount])).toEqual([
      ['b', 1, 2],
      ['a', 2, 1],
    ])
  })

  test('next to each other are two', () => {
    expect(renderBody('x[^a][^b]\n\n[^a]: A\n[^b]: B').html).toContain(reference('a', 1) + reference('b', 2))
  })

  test('have a way back each', () => {
    const { html } = renderBody('x[^1]y[^1]\n\n[^1]: note')
    expect(html).toBe(`<p>x${reference('1', 1)}y${reference('1', 1, 'fnref-1-2')}</p>
<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">
<ol>
<li id="fn-1">
<p>note <a href="#fnref-1" class="footnote-backref" role="doc-backlink" aria-label="Back to reference 1">↩</a> <a href="#fnref-1-2" class="footnote-backref" role="doc-backlink" aria-label="Back to reference 1-2">↩<sup>2</sup></a></p>
</li>
</ol>
</section>
`)
  })

  test('stand in headings, tables, emphasis; headings keep their ids and texts', () => {
    const { html, toc } = renderBody('## Title[^1]\n\n| a[^1] |\n|---|\n| **b[^2]** |\n\n[^1]: A\n[^2]: B')
    expect(toc).toEqual([{ level: 2, id: 'title', text: 'Title' }])
    expect(html).toContain(`<h2 id="title">Title${reference('1', 1)}</h2>`)
    expect(html).toContain(`<th>a${reference('1', 1, 'fnref-1-2')}</th>`)
    expect(html).toContain(`<strong>b${reference('2', 2)}</strong>`)
  })

  test('in a link text follow the link', () => {
    expect(renderBody('[a *b[^1]* c](https://x.y)\n\n[^1]: A').html).toContain(
      `<a href="https://x.y" rel="noopener">a <em>b</em> c</a>${reference('1', 1)}`,
    )
  })

  test('in an image are no references', () => {
    const { html, notes } = renderBody('![a[^1]](b.png)\n\n[^1]: A')
    expect(html).toBe('<p><img src="b.png" alt="a" loading="lazy" /></p>\n')
    expect(notes[0]?.ordinal).toBeNull()
  })

  test('stand in notes, which are numbered after the text', () => {
    const { notes, html } = renderBody('x[^a]\n\n[^a]: see[^b]\n[^b]: and[^a]\n[^c]: never')
    expect(notes.map(({ label, ordinal, referenceCount }) => [label, ordinal, referenceCount])).toEqual([
      ['a', 1, 2],
      ['b', 2, 1],
      ['c', null, 0],
    ])
    expect(html).toContain(reference('a', 1, 'fnref-a-2'))
  })

  test('to nothing stay text and are reported', () => {
    expect(renderBody('a\n\nx[^nope]').html).toBe('<p>a</p>\n<p>x[^nope]</p>\n')
    expect(rules('a\n\nx[^nope]')).toEqual([{ rule: 'footnote-undefined', line: 3, column: 2 }])
  })

  test.each(['`[^1]`', '```\n[^1]\n```', '<code>[^1]</code>', '\\[^1]'])('%j is none', (body) => {
    expect(notesOf(`${body}\n\n[^1]: A`)[0]?.ordinal).toBeNull()
  })

  test('classes of regular expressions are not reported', () => {
    expect(rules('Use [^a-z] or [^\\s] or `[^x]`, [^abc]+, [^0-9a-z_], ([^x])*, [^ab]{2}.')).toEqual([])
    expect(rules('真的[^x]？ **重[^y]** [^z]*')).toHaveLength(3)
  })

  test('inside a link of raw html follow it, raised', () => {
    expect(renderBody('<a href="x">t[^1]</a>\n\n[^1]: A').html).toContain(
      `<p><a href="x">t</a>${reference('1', 1)}</p>`,
    )
  })

  test('of the title alone are reported where the title is shown elsewhere', () => {
    const body = '# T[^1]^[in place]\n\na[^2]\n\n[^1]: one\n[^2]: two'
    const { notes, findings } = renderBody(body, { isTitle: () => true })
    expect(notes.map(({ text, ordinal }) => [text, ordinal])).toEqual([
      ['two', 1],
      ['one', null],
      ['in place', null],
    ])
    expect(findings).toMatchObject([
      { rule: 'footnote-in-title', line: 5 },
      { rule: 'footnote-in-title', line: 1, column: 8 },
    ])
    expect(renderBody(body).findings).toEqual([])
  })
})

describe('notes in place', () => {
  test('are notes with labels of their own', () => {
    const { notes, html } = renderBody('文^[编者注：见[链接](https://a.b/c)。]后^[二]\n\n[^inline-1]: x')
    expect(notes.map(({ label, ordinal, text }) => [label, ordinal, text])).toEqual([
      ['inline-2', 1, '编者注：见链接。'],
      ['inline-3', 2, '二'],
      ['inline-1', null, 'x'],
    ])
    expect(html).toContain(`文${reference('inline-2', 1)}后`)
  })

  test('in a note that nothing refers to are data, and reported', () => {
    const body = 'x\n\n[^3]: a ^[b ^[c]]'
    expect(notesOf(body).map(({ label, ordinal, text }) => [label, ordinal, text])).toEqual([
      ['3', null, 'a'],
      ['inline-1', null, 'b'],
      ['inline-2', null, 'c'],
    ])
    expect(rules(body).map(({ rule, column }) => [rule, column])).toEqual([
      ['footnote-unused', 1],
      ['footnote-unused', 9],
      ['footnote-unused', 13],
    ])
  })

  test.each(['2^[', 'a^[]', '`^[x]`', 'x^2'])('%j is none', (body) => {
    expect(notesOf(body)).toEqual([])
  })
})

describe('the heading of the notes', () => {
  test.each(['引用', '参考文献', 'References', 'Sources', 'Notes'])(
    '%s is shown once, with the notes',
    (title) => {
      const { html, toc } = renderBody(`x[^1]\n\n## ${title}\n\n[^1]: A`)
      expect(html.split(`>${title}<`)).toHaveLength(2)
      expect(html).toContain(
        `aria-labelledby="${title.toLowerCase()}">\n<h2 id="${title.toLowerCase()}">${title}</h2>\n<ol>`,
      )
      expect(toc.at(-1)?.text).toBe(title)
    },
  )

  test('goes to the end with them', () => {
    const { html, toc } = renderBody('x[^1]\n\n## 引用\n[^1]: A\n\n## 后记\n\n文')
    expect(toc.map(({ text }) => text)).toEqual(['后记', '引用'])
    expect(html.indexOf('后记')).toBeLessThan(html.indexOf('引用'))
  })

  test.each([
    ['a section with sections in it', '## 背景\n\n[^1]: x\n\n### 子节\n\ntext[^1]', '背景'],
    ['the heading of all', '# Title\n\n[^1]: x\n\n## A\n\ntext[^1]', 'Title'],
    ['one of level 1', 'text[^1]\n\n# Title\n\n[^1]: x', 'Title'],
  ])('is not that of %s', (_, body, first) => {
    const { toc, html } = renderBody(body)
    expect(toc[0]?.text).toBe(first)
    expect(html).toContain('role="doc-endnotes" aria-label=')
  })

  test('of several is the last', () => {
    const { toc, html } = renderBody(
      '## 一\n\na[^1]\n\n### 注\n\n[^1]: x\n\n## 二\n\nb[^2]\n\n### 注\n\n[^2]: y',
    )
    expect(toc.map(({ id }) => id)).toEqual(['一', '注', '二', '注-1'])
    expect(html).toContain('aria-labelledby="注-1"')
  })

  test.each(['[^1]: A\n\n---', '<!-- list -->\n\n[^1]: A', '[^1]: A\n\n<!-- end -->\n'])(
    'is one with %j',
    (section) => {
      expect(renderBody(`x[^1]\n\n## 引用\n\n${section}`).html).toContain('aria-labelledby="引用"')
    },
  )

  test('stays where it is when its section holds anything else, or no note is shown', () => {
    expect(renderBody('x[^1]\n\n## 引用\n\n见：\n\n[^1]: A').html).toContain(
      '<h2 id="引用">引用</h2>\n<p>见：</p>',
    )
    expect(renderBody('x\n\n## 引用\n\n[^1]: A').html).toBe('<p>x</p>\n<h2 id="引用">引用</h2>\n')
  })
})

describe('the first link', () => {
  test.each([
    ['[T](https://a.b/c) and [U](https://d.e)', { text: 'T', url: 'https://a.b/c' }],
    ['see **[*T* x](https://a.b)**', { text: 'T x', url: 'https://a.b' }],
    ['https://a.b/c', { text: 'https://a.b/c', url: 'https://a.b/c' }],
    ['<https://a.b/c>', { text: 'https://a.b/c', url: 'https://a.b/c' }],
    ['[https://a.b](https://a.b)', { text: 'https://a.b', url: 'https://a.b' }],
    ['[x](#part) [y](mailto:a@b.c) [T](http://a.b)', { text: 'T', url: 'http://a.b' }],
    ['[《书》](https://a.b/你)', { text: '《书》', url: 'https://a.b/你' }],
  ])('%s', (text, link) => {
    const runs = notesOf(`x[^1]\n\n[^1]: ${text}`).flatMap(({ blocks }) => blocks.flat())
    expect(runs.find(({ url }) => url !== null)).toMatchObject(link)
  })

  test('there is none without an address of the web', () => {
    const runs = notesOf('x[^1]\n\n[^1]: [y](mailto:a@b.c) none').flatMap(({ blocks }) => blocks.flat())
    expect(runs.filter(({ url }) => url !== null)).toEqual([])
  })
})

test('for any text, references and notes lead to each other, and ordinals are 1…n in reading order', () => {
  const label = fc.constantFrom('1', '2', '1-2', 'a', 'A', '中', 'a b', 'x!', 'x?')
  const piece = fc.oneof(
    label.map((name) => `[^${name}]`),
    label.map((name) => `\n[^${name}]: note `),
    label.map((name) => `\n\n[^${name}]: note[^${name}] [^1]\n\n    more\n\n`),
    fc.constantFrom(
      'text',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '# ',
      '## fn-1\n',
      '**',
      '*',
      '`',
      '[',
      '](u)',
      '| a |\n|---|\n| ',
      '^[in place]',
      '<b>',
      '</b>',
      '<a id="fn-1">',
      '中文',
    ),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      (body) => {
        const { html, notes } = renderBody(body)
        const ids = [...html.matchAll(/<[^>]* id="([^"]*)"/g)].map((match) => match[1])
        expect(new Set(ids).size).toBe(ids.length)
        for (const [, target] of html.matchAll(/<[^>]* href="#([^"]*)"/g)) expect(ids).toContain(target)
        const shown = notes.filter(({ ordinal }) => ordinal !== null)
        expect(shown.map(({ ordinal }) => ordinal)).toEqual(shown.map((_, index) => index + 1))
        const references = [...html.matchAll(/class="footnote-ref" role="doc-noteref">(\d+)</g)].map(
          (match) => Number(match[1]),
        )
        expect(references.length).toBe(notes.reduce((sum, note) => sum + note.referenceCount, 0))
        const firsts = [...new Set(references)]
        expect(firsts.toSorted((a, b) => a - b)).toEqual(shown.map(({ ordinal }) => ordinal))
        expect(html.match(/class="footnote-backref"/g)?.length ?? 0).toBe(references.length)
      },
    ),
    { numRuns: 1_000 },
  )
})

import { describe, expect, test } from 'vitest'
import { renderBody } from '#src/content/markdown/render.ts'

const found = (body: string) =>
  renderBody(body).findings.map(({ rule, line, column }) => [rule, line, column])

describe('figures', () => {
  test('are rendered with their captions, which are Markdown', () => {
    const body =
      'a\n{{< figure src="/a b.png" alt="图 \\"x\\"" caption="说明 [源](https://x.y)[^1]" width="300" height="20px" >}}\nb\n\n[^1]: n'
    const { html, findings, notes } = renderBody(body)
    expect(html).toContain(`<p>a</p>
<figure>
<img src="/a%20b.png" alt="图 &quot;x&quot;" width="300" height="20" loading="lazy" />
<figcaption>说明 <a href="https://x.y" rel="noopener">源</a><sup>`)
    expect(html).toContain('</figcaption>\n</figure>\n<p>b</p>')
    expect(findings).toEqual([])
    expect(notes[0]?.ordinal).toBe(1)
  })

  test.each([
    ['{{% figure src=a.png %}}', '<img src="a.png" alt="" loading="lazy" />\n'],
    ['{{<figure src="a.png">}}', null],
    [
      '{{< figure src="a.png" link="https://x.y" >}}',
      '<a href="https://x.y" rel="noopener"><img src="a.png" alt="" loading="lazy" /></a>\n',
    ],
    [
      '{{< figure\n  src="a.png"\n  title="T"\n  caption="c"\n  attr="P"\n  attrlink="https://x.y"\n/>}}',
      '<img src="a.png" alt="" loading="lazy" />\n<figcaption><strong>T</strong> c <a href="https://x.y" rel="noopener">P</a></figcaption>\n',
    ],
    ['{{< figure src="javascript:x" link="javascript:y" alt="a" >}}', 'a\n'],
  ])('%j', (body, expected) => {
    const content = expected ?? '<img src="a.png" alt="" loading="lazy" />\n'
    expect(renderBody(body).html).toBe(`<figure>\n${content}</figure>\n`)
  })

  test('resolve their images against the media base', () => {
    const options = { mediaBaseUrl: 'https://m.example/' }
    expect(renderBody('{{< figure src="a.png" >}}', options).html).toContain('src="https://m.example/a.png"')
  })

  test.each([
    '{{< figure caption="x" >}}',
    'a {{< figure src="a.png" >}} b',
    '{{< figure src="a.png" oops >}}',
  ])('%j can not be read: it stays, and is reported', (body) => {
    const { html, findings } = renderBody(body)
    expect(html).toContain('{{&lt; figure')
    expect(findings).toMatchObject([{ rule: 'shortcode-unknown', line: 1 }])
  })
})

describe('what other systems would replace', () => {
  test.each([
    ['{{< youtube a_b_c >}}', '{{&lt; youtube a_b_c &gt;}}'],
    ['{{<youtube id="*a*">}} *b*', '{{&lt;youtube id="*a*"&gt;}} <em>b</em>'],
    ['*a {{% x "*" %}} b*', '<em>a {{% x "*" %}} b</em>'],
    ['{% include a_b.html x="_c_" %}', '{% include a_b.html x="_c_" %}'],
    ['[a]({{< ref "x.md" >}})', '[a]({{&lt; ref "x.md" &gt;}})'],
    ['{{ site.url }}', '{{ site.url }}'],
    ['[[页面|别名]]', '[[页面|别名]]'],
    ['![[a.png]]', '![[a.png]]'],
    ['a\n{: .cls}', 'a\n{: .cls}'],
    ['*a*{:.b}', '<em>a</em>{:.b}'],
    ['[TOC]', '[TOC]'],
    ['[[_TOC_]]', '[[_TOC_]]'],
  ])('%j is shown as it is written, and reported', (body, expected) => {
    const { html, findings } = renderBody(`x\n\n${body}`)
    expect(html).toBe(`<p>x</p>\n<p>${expected}</p>\n`)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      rule: 'shortcode-unknown',
      severity: 'warning',
      hint: expect.any(String),
    })
  })

  test('is found where it stands', () => {
    expect(found('a {{< x >}} b {{< x >}}\n\n- c\n- {% y %}\n\n| [[z]] |\n|---|')).toEqual([
      ['shortcode-unknown', 1, 3],
      ['shortcode-unknown', 1, 15],
      ['shortcode-unknown', 4, 3],
      ['shortcode-unknown', 6, 3],
    ])
  })

  test.each([
    '`{{< x >}}`',
    '```\n{{< x >}}\n[TOC]\n:::foo\n```',
    '{{ }}',
    '{%}',
    '100{% 的人',
    '[[1]]',
    '[[a]]\n\n[a]: b',
    '[[a]](b)',
    '{a: b}',
    'a :::',
    '<code>{{< x >}}</code>',
  ])('%j is none', (body) => {
    expect(found(body)).toEqual([])
  })
})

describe('comments', () => {
  test('hide their text from readers, excerpt and word count', () => {
    const { html, statistics, findings } = renderBody(
      '<!-- 原文 *one*\n\ntwo three -->\n\n一二 <!-- four *five* --> 三',
    )
    expect(html).not.toMatch(/原文|two|four/)
    expect(statistics).toMatchObject({ wordCount: 3, excerpt: '一二 三' })
    expect(findings).toEqual([])
  })

  test('that are never closed are reported', () => {
    expect(found('a\n\n<!-- b\n\nc')).toEqual([['html-dropped', 3, 1]])
  })
})

describe('characters', () => {
  test.each(['&#8;', '&#x0B;', '&#12;', '\u0008'])('%j is in nothing that is derived', (char) => {
    const { html, toc, statistics } = renderBody(`# a${char}b\n\nc${char}d [e](/x "f${char}g") \`${char}h\``)
    expect(`${html}${toc[0]?.text}${statistics.excerpt}`).not.toMatch(/[\0-\x08\x0B\x0C]/)
  })

  test('that were lost, or can not be seen, are reported at their places', () => {
    expect(found('a\u0008b\u0008\uFFFD\nc\u200Bd')).toEqual([
      ['control-character', 1, 2],
      ['control-character', 1, 4],
      ['replacement-character', 1, 5],
      ['invisible-character', 2, 2],
    ])
  })
})

describe('images', () => {
  test.each([
    ['![a](/b c.png)', '<img src="/b%20c.png" alt="a" loading="lazy" />'],
    ['![a](/b c.png "t")', '<img src="/b%20c.png" alt="a" title="t" loading="lazy" />'],
    ['![a](b.png =300x200)', '<img src="b.png" alt="a" width="300" height="200" loading="lazy" />'],
    ['![a](b c.png "t" =300x)', '<img src="b%20c.png" alt="a" title="t" width="300" loading="lazy" />'],
    ['![a](b.png?x=1&amp;y=2)', '<img src="b.png?x=1&amp;y=2" alt="a" loading="lazy" />'],
    ['![a](b c)', '![a](b c)'],
  ])('%j', (body, expected) => {
    expect(renderBody(body).html).toBe(`<p>${expected}</p>\n`)
  })

  test('the url of a note’s link is what its author meant', () => {
    const { notes } = renderBody('x[^1]\n\n[^1]: [T](https://a.b/?x=1&amp;y=2)')
    expect(notes[0]?.blocks).toMatchObject([[{ text: 'T', url: 'https://a.b/?x=1&y=2' }]])
  })
})

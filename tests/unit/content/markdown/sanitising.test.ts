import { describe, expect, test } from 'vitest'
import { renderBody } from '#src/content/markdown/render.ts'

const html = (body: string) => renderBody(body).html

describe('sanitising', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x]( java\nscript:alert(1))',
    '[x](vbscript:x)',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    '<a href="javascript:alert(1)">x</a>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mtext><script>alert(1)</script></mtext></math>',
    '<iframe src="https://a.b"></iframe>',
    '<form action="/x"><input type="text" name="a"><button>b</button></form>',
    '<style>a{}</style>',
    '<p style="position:fixed">x</p>',
    '<object data="x"></object><embed src="x">',
    '<base href="https://evil/"><meta http-equiv="refresh" content="0"><link rel="stylesheet" href="x">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><img src=x onerror=alert(1)></template>',
    '```"onmouseover="alert(1)\nx\n```',
    '## <img src=x onerror=alert(1)>',
    'x[^"onclick="a]\n\n[^"onclick="a]: n',
    '[^1]\n\n[^1]: <script>alert(1)</script>',
    '![x" onerror="alert(1)](a.png "t\\" onload=\\"x")',
    '<a href="https://a.b" target="_blank" onclick="x()">x</a>',
  ])('%j', (body) => {
    const { html: rendered } = renderBody(body)
    const tags = [...rendered.matchAll(/<(?:"[^"]*"|[^">])*>/g)].map(([tag]) => tag).join('\n')
    expect(tags).not.toMatch(
      /<(?:script|style|iframe|form|button|object|embed|base|meta|link|svg|math|template|noscript)\b/i,
    )
    expect(tags.replace(/"[^"]*"/g, '""')).not.toMatch(/\s(?:on\w+|style|target|srcdoc)\s*=/i)
    expect(tags).not.toMatch(/(?:href|src)="[^"]*(?:javascript|vbscript|data):/i)
  })

  test('keeps small pictures in data urls', () => {
    const png = `data:image/png;base64,${'A'.repeat(100)}`
    expect(html(`![x](${png})`)).toContain(`src="${png}"`)
    expect(html(`![x](data:image/png;base64,${'A'.repeat(70_000)})`)).not.toContain('data:')
  })

  test('what is dropped is a finding with its place', () => {
    expect(
      renderBody('a\n\n<script>x</script>\n\nb <i onclick="x()">c</i> [d](javascript:x)').findings,
    ).toMatchObject([
      { rule: 'html-dropped', line: 3, message: '<script> is not shown to readers.' },
      { rule: 'html-dropped', line: 5, message: 'onclick="…" is not shown to readers.' },
      { rule: 'link-dropped', line: 5 },
    ])
  })

  test('raw html has no id that is ours, and none twice', () => {
    const rendered = html(
      '<a id="fn-1"></a><i id="x"></i><i id="x"></i>\n\n## Fn\n\n<b id=fn>b</b> x[^1]\n\n[^1]: n',
    )
    expect([...rendered.matchAll(/ id="([^"]*)"/g)].map((match) => match[1])).toEqual([
      'user-content-fn-1',
      'user-content-x',
      'fn',
      'user-content-fn',
      'fnref-1',
      'fn-1',
    ])
  })

  test.each(['config', '__proto__', 'fn-9', 'forms', '中文'])(
    'the id %s of raw html takes no place of a page’s own, and links within the article find it',
    (id) => {
      const rendered = html(
        `<a id="${id}"></a><i aria-labelledby="${id} b">x</i> [y](#${id}) [z](#b)\n\n## B`,
      )
      expect(rendered).toContain(`<a id="user-content-${id}"></a>`)
      expect(decodeURI(rendered)).toContain(`<a href="#user-content-${id}">y</a> <a href="#b">z</a>`)
      expect(rendered).toContain(`aria-labelledby="user-content-${id} b"`)
    },
  )

  test('places of old html keep their names, and raw html plays no list of notes', () => {
    expect(html('<a name="top"></a>[up](#top)')).toBe(
      '<p><a id="user-content-top"></a><a href="#user-content-top">up</a></p>\n',
    )
    expect(html('<section role="doc-endnotes">x</section>')).toBe('<section>x</section>')
  })

  test.each([
    ['<noscript>重要</noscript>', 'html-dropped', '<noscript>'],
    ['a <template>b</template>', 'html-dropped', '<template>'],
    ['a <title>b</title>', 'html-dropped', '<title>'],
    ['a <xmp>b</xmp>', 'html-dropped', '<xmp>'],
    ['a <noembed>b</noembed>', 'html-dropped', '<noembed>'],
    ['a <textarea>b</textarea>', 'html-dropped', '<textarea>'],
    ['a <font color=red>b</font>', 'html-dropped', '<font>'],
    ['a <i style="color:red">b</i>', 'html-dropped', 'style="…"'],
    ['a <video src="b" autoplay></video>', 'html-dropped', 'autoplay="…"'],
    ['a <b\nonclick=x>b</b>', 'html-dropped', 'onclick="…"'],
    ['a <img src="data:image/svg+xml,x">', 'html-dropped', '<img>'],
    ['a <a href="javascript:x">b</a>', 'link-dropped', 'javascript:x'],
    ['a [b](data:text/html,x)', 'link-dropped', 'data:text/html,x'],
    ['a [b](ftp://x.y/z)', 'link-dropped', 'ftp://x.y/z'],
    ['a [b](weixin://x)', 'link-dropped', 'weixin://x'],
    ['a ![b](javascript:x)', 'link-dropped', 'javascript:x'],
    ['a <JavaScript:x>', 'link-dropped', 'JavaScript:x'],
    ['a [b]\n\n[b]: javascript:x', 'link-dropped', 'javascript:x'],
    [
      'a {{< figure src="javascript:x" >}}\n\n{{< figure src="javascript:x" >}}',
      'link-dropped',
      'javascript:x',
    ],
  ])('%j says what is not shown', (body, rule, what) => {
    const { findings } = renderBody(`x\n\n${body}`)
    expect(findings.filter((finding) => finding.rule === rule)).toMatchObject([
      { line: expect.any(Number), column: expect.any(Number), message: expect.stringContaining(what) },
    ])
  })

  test('what is not shown is looked for outside of code, and in notes', () => {
    const body = '`<script>` a <script>x</script> b[^1]\n\n[^1]: c <font>d</font>'
    expect(renderBody(body).findings).toMatchObject([
      { rule: 'html-dropped', line: 1, column: 14 },
      { rule: 'html-dropped', line: 3, column: 9, hint: expect.stringContaining('text inside is shown') },
    ])
  })

  test.each(['class="x"', 'target="_blank"', 'data-x="y"', 'id="z"'])('%s is no loss', (attribute) => {
    expect(renderBody(`<a href="/b" ${attribute}>c</a>`).findings).toEqual([])
  })

  test.each([
    ['List<String> a', '<p>List&lt;String&gt; a</p>\n'],
    ['vector<int> v; **Map<K, V>**', '<p>vector&lt;int&gt; v; <strong>Map&lt;K, V&gt;</strong></p>\n'],
    ['<T>\nb</T>', '<p>&lt;T&gt;\nb&lt;/T&gt;</p>\n'],
  ])('%j names no element, and is text', (body, expected) => {
    expect(html(body)).toBe(expected)
    expect(renderBody(body).findings).toEqual([])
  })

  test('a link to nowhere is its text', () => {
    expect(renderBody('[a]()')).toMatchObject({ html: '<p>a</p>\n', findings: [] })
  })

  test('links that browsers take for links to elsewhere are such, and hand over no window', () => {
    expect(html('<a href="\\\\e.com">a</a> <a href="/\\e.com" rel="noopener opener me">b</a>')).toBe(
      '<p><a href="\\\\e.com" rel="noopener">a</a> <a href="/\\e.com" rel="noopener me">b</a></p>\n',
    )
  })

  test('elements that are left open end with their part', () => {
    expect(html('x[^1][^2]\n\n[^1]: <b>open\n\n[^2]: <div>n')).toContain('<p><b>open</b> <a href="#fnref-1"')
    expect(html('<b>open')).toBe('<p><b>open</b></p>\n')
  })

  test('links to elsewhere get rel=noopener, own ones none', () => {
    expect(html('[a](https://a.b) [b](//c.d) [c](/e) <a href="https://f.g" rel="nofollow">h</a>')).toBe(
      '<p><a href="https://a.b" rel="noopener">a</a> <a href="//c.d" rel="noopener">b</a> <a href="/e">c</a> <a href="https://f.g" rel="nofollow noopener">h</a></p>\n',
    )
  })
})

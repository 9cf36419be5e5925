import fc from 'fast-check'
import { DocumentError } from '#src/content/document-error.ts'
import { type Rendered, renderBody } from '#src/content/markdown/render.ts'

const markup = [
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```\n',
    '    ',
    '\t',
    '\n',
    '\n\n',
    '  \n',
    '\\',
    '> ',
    '- ',
    '1. ',
    '- [x] ',
  ],
  ...['# ', '---\n', '===\n', '|', '\n|-|\n', '| a |\n|-|\n| ', '[x]: y\n', '[', ']', '(', ')', '![', '](a)'],
  ...['](javascript:x)', '](&#106;avascript:x)', '](/a b.png)', '](a.png =10x20)', 'http://a.b', 'www.a.b'],
  ...['a@b.c', '&amp;', '&#0;', '&#8;', '&lt;', '&quot;', '中。', '“', 'x', '\u00a0', '\u0008', '\uFFFF'],
  ...['[^1]', '[^a b]', '\n[^1]: ', '\n\n[^a b]: n[^1]\n\n    more\n\n', '^[', '## fn-1\n'],
  ...[
    '> [!NOTE]\n> ',
    '> [!tip]- [^1]\n',
    ':::note\n',
    ':::details *x*\n',
    '\n:::\n',
    '{{< x *y* >}}',
    '{% y %}',
  ],
  ...['{{< figure src="a b.png" caption="*y* [z](w)" >}}\n', '[[w|v]]', '{: .c}', '[TOC]'],
]
const html = [
  ...[
    '<b>',
    '</b>',
    '<i>',
    '<s>',
    '<u>',
    '<code>',
    '</code>',
    '<a href="x">',
    '<a id="fn-1">',
    '</a>',
    '<br>',
  ],
  ...[
    '<div>',
    '</div>',
    '<div markdown="1">\n',
    '<p>',
    '</p>',
    '<h2 id="x">',
    '</h2>',
    '<pre>',
    '</pre>',
    '<hr>',
  ],
  ...['<table>', '<tr><td>', '</td>', '</table>', '<caption>', '<col>', '<tbody>', '<ul>', '<li>', '</ul>'],
  ...[
    '<dl><dt>',
    '<dd>',
    '<details>',
    '<summary>',
    '<ruby>',
    '<rt>',
    '<img src=a>',
    '<video src=x>',
    '<source>',
  ],
  ...[
    '<svg>',
    '<math>',
    '<mtext>',
    '<template>',
    '<select>',
    '<option>',
    '<form>',
    '<button>',
    '<nobr>',
    '<font>',
  ],
  ...[
    '<script>',
    '<style>',
    '</style>',
    '<title>',
    '<textarea>',
    '<plaintext>',
    '<xmp>',
    '<noscript>',
    '<center>',
  ],
  ...[
    '<body>',
    '<html>',
    '<frameset>',
    '<input type=checkbox>',
    '<!--',
    '-->',
    '<span title="',
    '">',
    '"',
    "'",
  ],
  ...[
    '<http://c.d>',
    '<i id=fn&#45;1>',
    '<a class="footnote-ref" href="#none">',
    '</x>',
    '<div title="</div>">',
    '<!--</div>-->',
    '<a name="x">',
    '[z](#x)',
    '<String>',
  ],
]

function textOf(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...pieces) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) },
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('').toWellFormed().replaceAll('\0', ''))
}

/** Texts full of Markdown, of what other systems add to it, and of broken html. */
export const anyMarkdown = textOf([...markup, ...html])

/** The same without a tag. */
export const markdownWithoutHtml = textOf(markup).map((text) => text.replaceAll('<', '‹'))

/** A body rendered; null for one that is refused, which is only ever a DocumentError. */
export function renderedOrRefused(body: string): Rendered | null {
  try {
    return renderBody(body)
  } catch (error) {
    if (error instanceof DocumentError) return null
    throw error
  }
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emphasisOf } from '#src/content/markdown/emphasis.ts'
import { renderBody } from '#src/content/markdown/render.ts'

// CommonMark 0.31.2 §6.2, by example.
test.each([
  ['*foo bar*', '<em>foo bar</em>'],
  ['a * foo bar*', 'a * foo bar*'],
  ['a*"foo"*', 'a*&quot;foo&quot;*'],
  ['foo*bar*', 'foo<em>bar</em>'],
  ['5*6*78', '5<em>6</em>78'],
  ['_foo bar_', '<em>foo bar</em>'],
  ['_ foo bar_', '_ foo bar_'],
  ['a_"foo"_', 'a_&quot;foo&quot;_'],
  ['foo_bar_', 'foo_bar_'],
  ['5_6_78', '5_6_78'],
  ['aa_"bb"_cc', 'aa_&quot;bb&quot;_cc'],
  ['foo-_(bar)_', 'foo-<em>(bar)</em>'],
  ['_foo*', '_foo*'],
  ['*foo bar *', '*foo bar *'],
  ['*(*foo)', '*(*foo)'],
  ['*(*foo*)*', '<em>(<em>foo</em>)</em>'],
  ['*foo*bar', '<em>foo</em>bar'],
  ['_(_foo)', '_(_foo)'],
  ['_(_foo_)_', '<em>(<em>foo</em>)</em>'],
  ['_foo_bar', '_foo_bar'],
  ['_foo_bar_baz_', '<em>foo_bar_baz</em>'],
  ['_(bar)_.', '<em>(bar)</em>.'],
  ['**foo bar**', '<strong>foo bar</strong>'],
  ['** foo bar**', '** foo bar**'],
  ['foo**bar**', 'foo<strong>bar</strong>'],
  ['__foo, __bar__, baz__', '<strong>foo, <strong>bar</strong>, baz</strong>'],
  ['**foo bar **', '**foo bar **'],
  ['*(**foo**)*', '<em>(<strong>foo</strong>)</em>'],
  ['**foo "*bar*" foo**', '<strong>foo &quot;<em>bar</em>&quot; foo</strong>'],
  ['__foo__bar__baz__', '<strong>foo__bar__baz</strong>'],
  ['*foo [bar](/url)*', '<em>foo <a href="/url">bar</a></em>'],
  ['_foo __bar__ baz_', '<em>foo <strong>bar</strong> baz</em>'],
  ['*foo *bar**', '<em>foo <em>bar</em></em>'],
  ['*foo**bar**baz*', '<em>foo<strong>bar</strong>baz</em>'],
  ['*foo**bar*', '<em>foo**bar</em>'],
  ['***foo** bar*', '<em><strong>foo</strong> bar</em>'],
  ['*foo **bar***', '<em>foo <strong>bar</strong></em>'],
  ['foo***bar***baz', 'foo<em><strong>bar</strong></em>baz'],
  ['foo******bar*********baz', 'foo<strong><strong><strong>bar</strong></strong></strong>***baz'],
  ['** is not an empty emphasis', '** is not an empty emphasis'],
  ['**foo*bar**', '<strong>foo*bar</strong>'],
  ['**foo*', '*<em>foo</em>'],
  ['*foo**', '<em>foo</em>*'],
  ['***foo**', '*<strong>foo</strong>'],
  ['****foo*', '***<em>foo</em>'],
  ['**foo***', '<strong>foo</strong>*'],
  ['*foo****', '<em>foo</em>***'],
  ['foo *\\**', 'foo <em>*</em>'],
  ['foo **_**', 'foo <strong>_</strong>'],
  ['****foo****', '<strong><strong>foo</strong></strong>'],
  ['*_foo_*', '<em><em>foo</em></em>'],
  ['***foo***', '<em><strong>foo</strong></em>'],
  ['_____foo_____', '<em><strong><strong>foo</strong></strong></em>'],
  ['*foo _bar* baz_', '<em>foo _bar</em> baz_'],
  ['*foo __bar *baz bim__ bam*', '<em>foo <strong>bar *baz bim</strong> bam</em>'],
  ['**foo **bar baz**', '**foo <strong>bar baz</strong>'],
  ['*foo *bar baz*', '*foo <em>bar baz</em>'],
  ['*a `*`*', '<em>a <code>*</code></em>'],
  [
    '**a<https://foo.bar/?q=**>',
    '**a<a href="https://foo.bar/?q=**" rel="noopener">https://foo.bar/?q=**</a>',
  ],
  ['~~a *b~~ c*', '<del>a *b</del> c*'],
  ['*a ~~b* c~~', '<em>a ~~b</em> c~~'],
  ['~~~a~~~ b', '~~~a~~~ b'],
])('%s', (source, html) => {
  const rendered = renderBody(`x ${source}`).html
  expect(rendered).toBe(`<p>x ${html.replaceAll('&quot;', '"')}</p>\n`)
})

test('spans nest or stand apart, and keep to the text', () => {
  const piece = fc.constantFrom('*', '**', '***', '_', '__', '~~', 'a', ' ', '。', '“', '”', '中', '.', '😀')
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      (text) => {
        const spans = [...emphasisOf(text).spans].map(([start, { end, width }]) => ({ start, end, width }))
        for (const { start, end, width } of spans) {
          expect(start + 2 * width).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
          for (const other of spans) {
            const isApart = other.end <= start || other.start >= end
            const isInside = other.start >= start && other.end <= end
            const isAround = other.start <= start && other.end >= end
            expect(isApart || isInside || isAround).toBe(true)
          }
        }
      },
    ),
    { numRuns: 1000 },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dangersIn } from './dangers.ts'
import { fragments } from './fragments.ts'
import { htmlOf } from './html-of.ts'
import { xssVectors } from './xss-vectors.ts'

const families = Object.entries(Object.groupBy(xssVectors, ({ family }) => family))

test('the corpus is large, and nearly all of it is rendered', () => {
  expect(new Set(xssVectors.map(({ document }) => document)).size).toBeGreaterThanOrEqual(200)
  const refused = xssVectors.filter((vector) => htmlOf(vector.document) === null)
  expect(refused.length / xssVectors.length).toBeLessThan(0.1)
})

test.each(families)(
  '%s: no script, handler, style, dangerous address or foreign element',
  (_family, vectors = []) => {
    const survivors = vectors.flatMap((vector) => {
      const dangers = (htmlOf(vector.document) ?? []).flatMap(dangersIn)
      return dangers.length === 0 ? [] : [{ document: vector.document, dangers }]
    })
    expect(survivors).toEqual([])
  },
)

test('nor in what chance makes of their pieces', () => {
  const documents = fc
    .array(fc.constantFrom(...fragments), { maxLength: 24 })
    .map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(documents, (document) => {
      expect((htmlOf(document) ?? []).flatMap(dangersIn)).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})

test('the check sees what it looks for', () => {
  for (const html of [
    '<script>x</script>',
    '<svg></svg>',
    '<p onclick=x>',
    '<p style=x>',
    '<a href="java&Tab;script:x">',
    '<p name=x>',
    '<img src="data:image/svg+xml,x">',
    '<img srcset="javascript:x">',
    '<!--x-->',
    '</div><p>',
    '<input>',
    '<math>',
    '<template></template>',
    '<a href=" javascript:x">',
    '<img src=x onerror=x>',
    '<iframe></iframe>',
  ])
    expect(dangersIn(html), html).not.toEqual([])
  expect(
    dangersIn('<p id="a">b <a href="https://c.d/" rel="noopener">e</a><img src="f.png" alt="g"></p>'),
  ).toEqual([])
})

import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { describe, expect, test } from 'vitest'
import { absoluteHtml, withoutRepeatedTitle } from '#src/content/markdown/absolute-html.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import { anyMarkdown, renderedOrRefused } from './any-markdown.ts'

const bases = { page: 'https://news.example/en/2025/story', media: 'https://media.example/files' }
const absolute = (markdown: string) => absoluteHtml(renderBody(markdown).html, bases)

describe('addresses', () => {
  test.each([
    ['![a](a.png)', 'src="https://media.example/files/a.png"'],
    ['![a](</Jul 2, 2025.jpg>)', 'src="https://media.example/Jul%202,%202025.jpg"'],
    ['![a](https://x.example/a.png)', 'src="https://x.example/a.png"'],
    ['![a](//x.example/a.png)', 'src="https://x.example/a.png"'],
    ['[a](more)', 'href="https://news.example/en/2025/more"'],
    ['[a](/more?a=1&b=2)', 'href="https://news.example/more?a=1&amp;b=2"'],
    ['[a](?page=2)', 'href="https://news.example/en/2025/story?page=2"'],
    ['[a](#here)', 'href="#here"'],
    ['[a](mailto:a@b.example)', 'href="mailto:a@b.example"'],
    ['<video src="v.mp4" poster="p.jpg"></video>', 'src="https://media.example/files/v.mp4"'],
    ['<video src="v.mp4" poster="p.jpg"></video>', 'poster="https://media.example/files/p.jpg"'],
    [
      '<picture><source srcset="s.png 1x, l.png 2x"><img src="s.png" alt=""></picture>',
      'srcset="https://media.example/files/s.png 1x, https://media.example/files/l.png 2x"',
    ],
    ['<img alt="src=&quot;a.png&quot; > <a href=x>" src="b.png">', 'src="https://media.example/files/b.png"'],
  ])('%s', (markdown, attribute) => {
    expect(absolute(markdown)).toContain(attribute)
  })

  test('in texts and in code are texts', () => {
    const text = 'Write `<img src="a.png">`, or src="a.png".\n'
    expect(absolute(text)).toBe(renderBody(text).html)
  })
})

type Node = DefaultTreeAdapterTypes.ChildNode

const elements = (node: DefaultTreeAdapterTypes.ParentNode | Node): DefaultTreeAdapterTypes.Element[] =>
  'childNodes' in node ? [...('attrs' in node ? [node] : []), ...node.childNodes.flatMap(elements)] : []

const addressNames = new Set(['src', 'href', 'poster', 'cite'])
/** All attributes, and of addresses only that they are there. */
const outline = (html: string) =>
  elements(parseFragment(html)).map(({ tagName, attrs }) => [
    tagName,
    ...attrs.map(({ name, value }) =>
      addressNames.has(name) || name === 'srcset' ? name : `${name}=${value}`,
    ),
  ])

test('law: every address is absolute or within the article, and nothing else changes', () => {
  fc.assert(
    fc.property(anyMarkdown, (markdown) => {
      const html = renderedOrRefused(markdown)?.html ?? ''
      const resolved = absoluteHtml(html, bases)
      expect(outline(resolved)).toEqual(outline(html))
      const addresses = elements(parseFragment(resolved)).flatMap(({ attrs }) =>
        attrs.filter(({ name }) => addressNames.has(name)).map(({ value }) => value),
      )
      const relative = addresses.filter((address) => !address.startsWith('#') && !URL.canParse(address))
      // What no base makes an address of stays as it is.
      expect(relative.filter((address) => URL.canParse(address, bases.page))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

describe('a title that is said again', () => {
  test.each([
    ['as the first heading', '# The *title*\n\nText.', '<p>Text.</p>\n'],
    ['after something else', 'Before.\n\n# The title\n', '<p>Before.</p>\n'],
    ['in lines of its own', '<h1>\nThe\ntitle</h1>', ''],
  ])('%s, is left out', (_, markdown, expected) => {
    expect(withoutRepeatedTitle(renderBody(markdown).html, 'The title')).toBe(expected)
  })

  test.each([
    '# Another title',
    '# Another\n\n# The title',
    '## The title',
    '# The title[^1]\n\n[^1]: A note leads back to it.',
  ])('not in %j', (markdown) => {
    const { html } = renderBody(markdown)
    expect(withoutRepeatedTitle(html, 'The title')).toBe(html)
  })
})

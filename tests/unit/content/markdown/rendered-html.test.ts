import fc from 'fast-check'
import { defaultTreeAdapter, html as names, parseFragment, serialize } from 'parse5'
import { expect, test } from 'vitest'
import { renderBody } from '#src/content/markdown/render.ts'
import { sanitize } from '#src/content/markdown/sanitize.ts'
import { anyMarkdown, markdownWithoutHtml, renderedOrRefused } from './any-markdown.ts'

const cases = { numRuns: 1_000 }

/** Html in the one spelling that both sides are compared in: void elements, empty attributes, blanks. */
const comparable = (html: string) =>
  html.replaceAll(' />', '>').replaceAll('=""', '').replaceAll('&nbsp;', '\u00a0')
const page = defaultTreeAdapter.createElement('div', names.NS.HTML, [])
const browserHtml = (html: string) => serialize(parseFragment(page, html, {}))

test('law: rendering never throws but to refuse a document, and is deterministic', () => {
  fc.assert(
    fc.property(anyMarkdown, (body) => {
      expect(renderedOrRefused(body)).toEqual(renderedOrRefused(body))
    }),
    cases,
  )
})

test('law: an HTML5 parser reads the elements that are written, and none else', () => {
  fc.assert(
    fc.property(anyMarkdown, (body) => {
      const html = renderedOrRefused(body)?.html ?? ''
      expect(comparable(browserHtml(html))).toBe(comparable(html))
      expect(browserHtml(browserHtml(html))).toBe(browserHtml(html))
    }),
    cases,
  )
})

test('law: no element leaks out of what the html is put into', () => {
  fc.assert(
    fc.property(anyMarkdown, (body) => {
      const html = renderedOrRefused(body)?.html ?? ''
      const { childNodes } = parseFragment(page, `<article>${html}</article><p>after</p>`, {})
      expect(childNodes.map(({ nodeName }) => nodeName)).toEqual(['article', 'p'])
      const [article] = childNodes
      const inside = article && defaultTreeAdapter.isElementNode(article) ? serialize(article) : null
      expect(inside).toBe(browserHtml(html))
    }),
    cases,
  )
})

test('law: the sanitiser finds nothing in what was written without raw html', () => {
  // Sections and back links are made after sanitising, and what is ours is known by how its ids are marked.
  const unmarked = (html: string) =>
    html.replace(/ (?:class="footnote[\w-]*"|role="doc-[a-z]+"|id="[^"<>]*")/g, '')
  fc.assert(
    fc.property(markdownWithoutHtml, (body) => {
      const html = unmarked(renderedOrRefused(body)?.html ?? '')
      expect(sanitize(html, { mediaBaseUrl: null, ids: new Set() })).toEqual({ html, dropped: [] })
    }),
    cases,
  )
})

test('law: nothing that is derived holds a control character, also by its number', () => {
  const control = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F\uFFFE\uFFFF]/
  fc.assert(
    fc.property(anyMarkdown, (body) => {
      const rendered = renderedOrRefused(body)
      if (!rendered) return
      const { html, toc, notes, statistics } = rendered
      const texts = [html, statistics.excerpt, ...toc.map(({ text }) => text)]
      for (const note of notes)
        texts.push(note.text, note.html, ...note.blocks.flat().map(({ text }) => text))
      expect(texts.filter((text) => control.test(text))).toEqual([])
      expect(html).not.toMatch(/&#/)
    }),
    cases,
  )
})

test('law: references and notes lead to each other, ids are unique, ordinals are 1…n by first reference', () => {
  fc.assert(
    fc.property(anyMarkdown, (body) => {
      const rendered = renderedOrRefused(body)
      if (!rendered) return
      const { html, notes } = rendered
      const ids = [...html.matchAll(/<[^>]* id="([^"]*)"/g)].map((match) => match[1])
      expect(new Set(ids).size).toBe(ids.length)
      const references = [
        ...html.matchAll(
          /<a href="#([^"]*)" id="([^"]*)" class="footnote-ref" role="doc-noteref">(\d+)<\/a>/g,
        ),
      ]
      const back = [...html.matchAll(/<a href="#([^"]*)" class="footnote-backref"/g)].map((match) => match[1])
      for (const [, target] of references) expect(ids).toContain(target)
      expect(references.map((match) => match[2]).toSorted()).toEqual(back.toSorted())
      const shown = notes.filter(({ ordinal }) => ordinal !== null)
      expect(shown.map(({ ordinal }) => ordinal)).toEqual(shown.map((_, index) => index + 1))
      expect([...html.matchAll(/<[^>]* class="footnote-ref"/g)].length).toBe(references.length)
    }),
    cases,
  )
})

test.each([
  ['a block in a paragraph', 'a <div>b</div> c', /^<p>a <\/p><div>b<\/div> c<p><\/p>\n$/],
  ['a link in a link', '<a href="x">a [b](c) d</a>', '<p><a href="x">a </a><a href="c">b</a> d</p>\n'],
  ['text between rows', '<table>a<tr><td>b</td></tr></table>', /^a<table>.*<td>b<\/td>.*<\/table>/s],
  [
    'a link taken out of a table',
    '<div><a id="x"><table><a id="y"></table>',
    /<a id="user-content-x"><\/a><a id="user-content-y">/,
  ],
  ['an item taken out of a table', '1. <table><li>', /<ol>\n<li><\/li><li><\/li><table>/],
  ['an item without a list', 'x[^1]\n\n[^1]: <li>a', /<li id="fn-1">\n<div>a<\/div>/],
])('%s is written as browsers read it', (_, body, expected) => {
  const { html } = renderBody(body)
  if (typeof expected === 'string') expect(html).toBe(expected)
  else expect(html).toMatch(expected)
})

test('a reference that is dropped with the html around it is none', () => {
  const { html, notes } = renderBody(
    'x <textarea>[^1]</textarea> b[^2]\n\n[^1]: one[^3]\n[^2]: two\n[^3]: three',
  )
  expect(notes.map(({ label, ordinal, referenceCount }) => [label, ordinal, referenceCount])).toEqual([
    ['2', 1, 1],
    ['1', null, 0],
    ['3', null, 0],
  ])
  expect(html).not.toMatch(/fn(?:ref)?-[13]/)
})

test('what browsers would open again in each paragraph is refused', () => {
  const open = Array.from({ length: 100 }, (_, index) => `<b title="${index}">`).join('')
  expect(() => renderBody(`<p>${open}${'<p>x'.repeat(5_000)}`)).toThrow(/nested too deeply/)
})

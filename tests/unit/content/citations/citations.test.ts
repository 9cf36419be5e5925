import { describe, expect, test } from 'vitest'
import { citationsOf } from '#src/content/citations/citations.ts'
import { renderBody } from '#src/content/markdown/render.ts'

const notes = renderBody(
  '甲[^b]乙[^a]\n\n[^a]: 36氪. [标题](https://www.36kr.com/p/1?utm_source=x)（2025/7/2）\n[^b]: 见上。\n[^c]: [C](https://c.d)',
).notes

describe('citations of notes', () => {
  test('come in the order of their references, then the others', () => {
    expect(citationsOf(notes, []).map(({ label, ordinal }) => [label, ordinal])).toEqual([
      ['b', 1],
      ['a', 2],
      ['c', null],
    ])
  })

  test('have what their notes say, and the source of their url', () => {
    expect(citationsOf(notes, [])[1]).toEqual({
      label: 'a',
      ordinal: 2,
      text: '36氪. 标题（2025/7/2）',
      html: '<p>36氪. <a href="https://www.36kr.com/p/1?utm_source=x" rel="noopener">标题</a>（2025/7/2）</p>\n',
      title: '标题',
      url: 'https://www.36kr.com/p/1?utm_source=x',
      archiveUrl: null,
      doi: null,
      isbn: null,
      arxiv: null,
      publisher: '36氪',
      containerTitle: null,
      authors: [],
      publishedOn: '2025-07-02',
      accessedOn: null,
      type: 'article-magazine',
      source: { url: 'https://36kr.com/p/1', domain: '36kr.com' },
      referenceCount: 1,
      explicit: [],
      line: 3,
    })
  })

  test('that are remarks have no fields but their text', () => {
    expect(citationsOf(notes, [])[0]).toMatchObject({
      text: '见上。',
      title: null,
      url: null,
      source: null,
      type: null,
    })
  })
})

describe('explicit citations', () => {
  test('win over what the note says; equal fields are not explicit', () => {
    const [, citation] = citationsOf(notes, [
      { label: 'A', title: '标题', publisher: '36氪', authors: ['甲'], type: 'article-newspaper' },
    ])
    expect(citation).toMatchObject({
      label: 'a',
      publisher: '36氪',
      authors: ['甲'],
      explicit: ['authors', 'type'],
    })
  })

  test('null means deliberately none', () => {
    const [, citation] = citationsOf(notes, [{ label: 'a', url: null, title: null }])
    expect(citation).toMatchObject({ url: null, title: null, source: null, explicit: ['title', 'url'] })
  })

  test('what was read, given back, makes nothing explicit', () => {
    const read = citationsOf(notes, [])
    const given = read.map(
      ({ ordinal: _o, html: _h, source: _s, referenceCount: _r, explicit: _e, line: _l, ...fields }) =>
        fields,
    )
    expect(citationsOf(notes, given)).toEqual(read)
  })

  test('without a note are citations without an ordinal', () => {
    expect(
      citationsOf(
        [],
        [{ label: 'x', title: 'A <b>', url: 'https://a.b/c', authors: ['N'], publishedOn: '2025' }],
      ),
    ).toMatchObject([
      {
        label: 'x',
        ordinal: null,
        text: 'N. A <b>. 2025. https://a.b/c',
        html: '<p><a href="https://a.b/c" rel="noopener">A &lt;b&gt;</a>. N. 2025</p>\n',
        source: { url: 'https://a.b/c', domain: 'a.b' },
        referenceCount: 0,
        explicit: ['title', 'url', 'authors', 'publishedOn'],
        line: null,
      },
    ])
    expect(citationsOf([], [{ label: 'x', text: 'As said & done' }])).toMatchObject([
      { text: 'As said & done', html: '<p>As said &amp; done</p>\n', explicit: [] },
    ])
  })
})

test('a text that is made of fields has one stop between two of them', () => {
  const [citation] = citationsOf(
    [],
    [{ label: 'x', authors: ['Smith, J.'], title: 'Why?', publisher: 'Press', publishedOn: '2024-05' }],
  )
  expect(citation?.text).toBe('Smith, J. Why? Press. 2024-05')
  const url = 'https://example.org/x'
  const [linked] = citationsOf([], [{ label: 'x', title: '“Done.”', publisher: 'Press', url }])
  expect(linked?.html).toBe(`<p><a href="${url}" rel="noopener">“Done.”</a> Press</p>\n`)
})

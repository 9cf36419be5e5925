import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCitation } from '#src/content/citations/parse-citation.ts'
import { renderBody } from '#src/content/markdown/render.ts'
import { url } from './said.ts'

describe('for any note', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      `[题目](${url})`,
      '[“T”](https://www.nytimes.com/x)',
      '[存档](https://archive.ph/x)',
      'https://doi.org/10.1000/x',
      '*Nature*',
      '**24**(8)',
      '《书名》',
      '“Quoted,”',
      '[J]',
      '[EB/OL]',
      '//',
      'Klein, M., & Tobin, R.',
      '新华社记者 张三',
      '国家统计局',
      'World Bank',
      '北京: 人民出版社, 2013',
      '（2025/7/2）',
      '[2025-07-02]',
      'Accessed 2 July 2025',
      '检索日期2025/7/2',
      'et al.',
      'in',
      'via X',
      '来源：',
      'doi:10.1000/y',
      'ISBN 978-1-133-18779-0',
      'arXiv:2205.09707v1',
      'v.',
      '第5页',
      '编辑：王五',
      '“某某”公众号',
      '（ID：mou）',
      'www.example.org/x',
      'Preprint at ',
      '截至2024年3月31日',
    ),
    fc.constantFrom(
      '. ',
      ', ',
      '，',
      '。',
      '·',
      '：',
      '; ',
      ' ',
      ' (',
      ')',
      '（',
      '）',
      '[',
      ']',
      '"',
      '《',
      '*',
      ' | ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  const markdown = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('').replace(/[\r\n]/g, ' '))
  const anyNote = markdown
    .map((text) => renderBody(`x[^1]\n\n[^1]: . ${text}\n`).notes[0])
    .filter((note) => note !== undefined)

  test('parsing never throws, and gives the same again', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        expect(parseCitation(note)).toEqual(parseCitation(structuredClone(note)))
      }),
      { numRuns: 1_000 },
    )
  })

  test('names and titles are what the note says, word for word', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const { title, publisher, containerTitle, authors, url: address, archiveUrl } = parseCitation(note)
        for (const value of [title, publisher, containerTitle, ...authors]) {
          if (value !== null) expect(note.text.replace(/\s/g, '')).toContain(value.replace(/\s/g, ''))
        }
        const links = note.blocks.flat().map((run) => run.url)
        for (const one of [address, archiveUrl]) {
          const isWritten = one === null || note.text.includes(one.replace(/^http:\/\/(?=www\.)/, ''))
          if (!isWritten) expect(links).toContain(one)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('blanks at its end change nothing', () => {
    fc.assert(
      fc.property(anyNote, (note) => {
        const blocks = note.blocks.map((runs) => [...runs, { text: '  ', isEmphasised: false, url: null }])
        expect(parseCitation({ blocks })).toEqual(parseCitation(note))
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    '《',
    '（2020）',
    'Aa BB, ',
    '. ',
    '“',
    '[J]. ',
    'A v. ',
    '1',
    '检索',
    '编辑：王 ',
    '（ID：',
    'www.a',
    '{{cite web|',
    '来源：',
    '10.1000/',
  ])('a note of 20,000 characters that repeats %j is read by its beginning', (text) => {
    const long = [[{ text: text.repeat(20_000 / text.length), isEmphasised: false, url: null }]]
    const short = [[{ text: text.repeat(4_000 / text.length), isEmphasised: false, url: null }]]
    expect(parseCitation({ blocks: long })).toEqual(parseCitation({ blocks: short }))
  })
})

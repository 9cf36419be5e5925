import { describe, expect, test } from 'vitest'
import { renderBody } from '#src/content/markdown/render.ts'
import { countWords, shortened } from '#src/content/markdown/text-statistics.ts'

const statistics = (body: string) => renderBody(body).statistics

describe('words', () => {
  test.each([
    ['硅谷，AI战局', { characters: 4, words: 1 }],
    ['GPT-4.5 don’t cost 1,000.50 dollars.', { characters: 0, words: 5 }],
    ['한국어 뉴스', { characters: 5, words: 0 }],
    ['日本のニュース', { characters: 7, words: 0 }],
    ['Ωμέγα và Việt', { characters: 0, words: 3 }],
    ['“—…” 😀 -- .', { characters: 0, words: 0 }],
    ['𠀀𠀁', { characters: 2, words: 0 }],
    ['e\u0301te\u0301', { characters: 0, words: 1 }],
    ['', { characters: 0, words: 0 }],
  ])('%s', (text, counts) => {
    expect(countWords(text)).toEqual(counts)
  })

  test('are those that readers read: no code, notes, markup, comments', () => {
    const body =
      '# 标题\n\n[文字](https://a.b)[^1] `x`\n\n```\ncode code\n```\n\n<!-- hidden words -->\n\n| 表 |\n|---|\n| 格 |\n\n[^1]: 注释'
    expect(statistics(body).wordCount).toBe(7)
  })

  test('take 500 characters or 265 words a minute, at least one', () => {
    expect(statistics('x').readingMinutes).toBe(1)
    expect(statistics('字'.repeat(1000)).readingMinutes).toBe(2)
    expect(statistics('word '.repeat(266)).readingMinutes).toBe(2)
  })
})

describe('the excerpt', () => {
  test('is the first paragraph’s plain text', () => {
    const body =
      '# T\n\n![i](a.png)\n\n[TOC]\n\n{{< figure >}}\n\n<!-- 原文 hidden -->\n\n> **导语**：[链接](/a)[^1]，`码`。\n\n- list\n\n[^1]: n'
    expect(statistics(body).excerpt).toBe('导语：链接，码。')
  })

  test('takes the next one where the first is short', () => {
    expect(statistics('短。\n\n第二段。\n').excerpt).toBe('短。 第二段。')
  })

  test('joins lines as readers do', () => {
    expect(statistics('一行\n二行\nthree\nfour').excerpt).toBe('一行二行 three four')
  })

  test('is cut after a sentence, else after a word', () => {
    expect(shortened('字'.repeat(300), 200)).toBe(`${'字'.repeat(199)}…`)
    expect(shortened(`${'字'.repeat(120)}。${'字'.repeat(120)}`, 200)).toBe(`${'字'.repeat(120)}。`)
    expect(shortened('word '.repeat(100), 200)).toBe(`${'word '.repeat(39).trim()} word…`.slice(0, 200))
    expect(shortened(`${'word '.repeat(30)}end. ${'more '.repeat(30)}`, 200)).toBe(
      `${'word '.repeat(30)}end.`,
    )
    expect([...shortened('😀'.repeat(300), 200)].length).toBeLessThanOrEqual(200)
    expect(shortened('short', 200)).toBe('short')
  })

  test('of nothing is nothing', () => {
    expect(statistics('').excerpt).toBe('')
    expect(statistics('# only a heading').excerpt).toBe('')
  })
})

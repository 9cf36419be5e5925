import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayName, normalizeName } from '#src/content/names.ts'
import { cleanSlug, isSlug, slugFromTitle, slugProblem, termSlug } from '#src/content/slug.ts'

describe('slugs', () => {
  test.each(['a', 'hello-world', '你好', 'é', '2024', 'a--b', 'हिन्दी', 'x'.repeat(200)])(
    '%s is one',
    (slug) => {
      expect(slugProblem(slug)).toBeNull()
      expect(isSlug(slug)).toBe(true)
    },
  )

  test.each([
    ['', 'not empty'],
    ['Hello', 'lower case'],
    ['a b', 'U+0020'],
    ['a/b', '"/"'],
    ['a_b', '"_"'],
    ['a\u200Bb', 'U+200B'],
    ['e\u0301', 'normal form C'],
    ['---', 'at least one letter'],
    ['x'.repeat(201), 'at most 200'],
    ['0190d3f4-7b1c-7000-8000-000000000000', 'UUID'],
    ['bulk', 'operation'],
    ['search', 'operation'],
    ['😀', 'letters, digits'],
  ])('%j is none: %s', (slug, reason) => {
    expect(slugProblem(slug)).toContain(reason)
  })
})

describe('slugs of titles', () => {
  test.each([
    ['硅谷AI战局：Meta抄袭疑云', 'gui-gu-ai-zhan-ju-meta-chao-xi-yi-yun'],
    ['女儿', 'nv-er'],
    ['銀行', 'yin-xing'],
    ['Café Déjà-vu: it’s 10%', 'cafe-deja-vu-its-10'],
    ['Ελλάδα', 'ελλάδα'],
    ['日本の朝', '日本の朝'],
    ['ＧＰＴ－４', 'gpt-4'],
    ['🎉', 'article'],
    ['', 'article'],
    ['Search', 'article-search'],
  ])('%s', (title, slug) => {
    expect(slugFromTitle(title)).toBe(slug)
  })

  test('are cut between words at 80 characters', () => {
    const slug = slugFromTitle('extraordinary '.repeat(20))
    expect(slug).toBe('extraordinary-extraordinary-extraordinary-extraordinary-extraordinary')
    expect(slugFromTitle('x'.repeat(300))).toBe('x'.repeat(80))
  })

  test('are slugs of at most 80 characters, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const slug = slugFromTitle(title)
        expect(slugProblem(slug)).toBeNull()
        expect([...slug].length).toBeLessThanOrEqual(80)
        expect(slugProblem(termSlug(title))).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})

describe('dirty slugs', () => {
  test.each([
    ['%E4%BD%A0%E5%A5%BD', '你好'],
    ['../../etc/passwd', 'passwd'],
    ['%2e%2e/', null],
    ['Hello World ', 'hello-world'],
    ['a#b?c', 'a-b-c'],
    ['{{x}}', 'x'],
    ['2015/01/my-post/', 'my-post'],
    ['a\u200Bb\u3000c', 'ab-c'],
    ['100%', '100'],
    ['...', null],
    ['新'.repeat(300), '新'.repeat(200)],
  ])('%j', (raw, slug) => {
    expect(cleanSlug(raw)).toBe(slug)
  })

  test('what is cleaned is clean', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (raw) => {
        const slug = cleanSlug(raw)
        if (slug === null) return
        expect(cleanSlug(slug)).toBe(slug)
        expect(slugProblem(slug)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})

describe('names', () => {
  test('are the same in every spelling', () => {
    const spellings = ['AI 芯片', 'ai 芯片', 'ＡＩ　芯片', ' AI  芯片 ', 'A\u200BI 芯片']
    expect(new Set(spellings.map(normalizeName))).toEqual(new Set(['ai 芯片']))
    expect(normalizeName('STRASSE')).toBe(normalizeName('straße'))
    expect(normalizeName('ΣΊΣΥΦΟΣ')).toBe(normalizeName('σίσυφος'))
    expect(normalizeName('é')).toBe(normalizeName('e\u0301'))
    expect(normalizeName(' \u200B ')).toBe('')
  })

  test('are shown as written, tidied', () => {
    expect(displayName('  AI\u3000 芯片\u200B ')).toBe('AI 芯片')
    expect(displayName('👩‍👩‍👧 family')).toBe('👩‍👩‍👧 family')
  })

  test('normalising twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (name) => normalizeName(normalizeName(name)) === normalizeName(name),
      ),
      { numRuns: 1000 },
    )
  })

  test('symbols make a difference in the slugs of terms', () => {
    expect(['C', 'C++', 'C#', '.NET'].map(termSlug)).toEqual(['c', 'c-plus-plus', 'c-sharp', 'dot-net'])
  })
})

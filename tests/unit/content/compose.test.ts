import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CitationFields, citationTypes, type ExplicitCitation } from '#src/content/citations.ts'
import { type ComposeInput, composeDocument, reservedMetaKey } from '#src/content/compose.ts'
import { parseDocument } from '#src/content/document.ts'
import { readFrontMatter } from '#src/content/front-matter.ts'
import type { Json, JsonObject } from '#src/content/json.ts'
import { displayName, normalizeName } from '#src/content/names.ts'

const readBack = (text: string) => {
  const document = parseDocument(text)
  const { findings: _, ...fields } = readFrontMatter(document, { timeZone: 'Asia/Shanghai' })
  return { ...fields, body: document.body }
}

const hostile = fc.constantFrom(
  'yes',
  'no',
  'null',
  '~',
  'true',
  '1:30',
  '0123',
  '1.10',
  '0x1F',
  '.inf',
  '---',
  '...',
  '--- a',
  '# x',
  'a: b',
  'a #b',
  '- a',
  '[a]',
  '{a}',
  '*a',
  '&a',
  '!a',
  '|',
  '>',
  '@a',
  '`a`',
  '%a',
  '"a"',
  "'a'",
  "it's",
  'a\nb',
  'a\n\nb',
  'a\n  b',
  'a \nb',
  '---\nb',
  'a\n---\nb',
  '：',
  '，',
  '😀',
  '👩‍👩‍👧',
  'a\\b',
  '\\n',
  '\u0007',
  '\u0085x',
  'a\u2028b',
  'é',
  'e\u0301',
  '2025-01-01',
  '{{ x }}',
  '<<',
  '=',
  'a,b',
  'x'.repeat(400),
)
const text = fc
  .oneof(
    hostile,
    fc.string({ unit: 'grapheme' }),
    fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join(' ')),
  )
  .map((value) => value.toWellFormed().replaceAll('\0', ''))
const line = text
  .map((value) => value.trim().slice(0, 400).toWellFormed())
  .filter((value) => value.trim() === value && value !== '')
const name = line
  .map((value) => displayName(value).slice(0, 100).toWellFormed().trim())
  .filter((value) => normalizeName(value) !== '' && displayName(value) === value)
const names = fc.uniqueArray(name, { selector: normalizeName, maxLength: 5 })
const instant = fc
  .date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const json = (depth: number): fc.Arbitrary<Json> =>
  depth === 0
    ? fc.oneof(
        text,
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
      )
    : fc.oneof(
        json(0),
        fc.array(json(depth - 1), { maxLength: 3 }),
        fc.dictionary(text, json(depth - 1), { maxKeys: 3 }).map((value) => ({ ...value }) as JsonObject),
      )
const meta = fc
  .dictionary(text, json(2), { maxKeys: 4 })
  .map(
    (value): JsonObject =>
      Object.fromEntries(Object.entries(value).filter(([key]) => reservedMetaKey(key) === null)),
  )
const citation: fc.Arbitrary<ExplicitCitation> = fc.record(
  {
    label: line.map((value) => value.slice(0, 40).trim()).filter((value) => value !== ''),
    text: line,
    title: optional(line),
    url: optional(fc.webUrl()),
    doi: optional(line),
    authors: fc.array(line, { maxLength: 3 }),
    publishedOn: optional(fc.constantFrom('2025', '2025-07', '2025-07-02')),
    type: optional(fc.constantFrom(...citationTypes)),
  } satisfies Partial<Record<keyof CitationFields | 'label' | 'text', fc.Arbitrary<unknown>>>,
  { requiredKeys: ['label'] },
)
const input = fc.record({
  body: text,
  title: optional(line),
  slug: optional(fc.constantFrom('a', '2024', '0123', '你好', 'no', 'null')),
  locale: optional(fc.constantFrom('zh-CN', 'en', 'no')),
  summary: optional(line),
  canonicalUrl: optional(fc.webUrl()),
  translationKey: optional(line.map((value) => value.slice(0, 100).trim()).filter((value) => value !== '')),
  publishedAt: optional(instant),
  unpublishAt: optional(instant),
  modifiedAt: optional(instant),
  draft: optional(fc.boolean()),
  tags: names,
  topics: names,
  authors: names,
  citations: fc.uniqueArray(citation, {
    selector: ({ label }) => label.toLowerCase().replace(/\s+/g, ' ').toUpperCase().toLowerCase(),
    maxLength: 3,
  }),
  meta,
})

describe('composing', () => {
  test('reading what was composed gives the same fields and the same body', () => {
    fc.assert(
      fc.property(input, (fields) => {
        const { featuredImage, aliases, ...read } = readBack(composeDocument(fields as ComposeInput))
        expect(read).toEqual(fields)
        expect([featuredImage, aliases]).toEqual([null, []])
      }),
      { numRuns: 500 },
    )
  })

  test('is canonical: composing what was read gives the same text', () => {
    fc.assert(
      fc.property(input, (fields) => {
        const composed = composeDocument(fields as ComposeInput)
        expect(composeDocument(readBack(composed) as ComposeInput)).toBe(composed)
      }),
      { numRuns: 200 },
    )
  })

  test('keys come in a fixed order, those of meta last', () => {
    const composed = composeDocument({
      meta: { layout: 'post', nested: { deep: [1, { a: null }], empty: {} }, 2024: 'x' },
      authors: ['Aeneas 好困'],
      topics: ['前沿模型'],
      tags: ['AI军备竞赛', 'no', '1:30'],
      citations: [{ label: '1', title: 'A: b', authors: ['A', 'B'], doi: null }],
      featuredImage: { url: '/a b.jpg', alt: 'Alt', caption: null, credit: null, width: 10, height: null },
      summary: '两行：\n\n第二行',
      unpublishAt: null,
      translationKey: 'k',
      locale: 'zh-CN',
      draft: false,
      modifiedAt: '2025-07-03T00:00:00.000Z',
      publishedAt: '2025-07-02T04:40:04.000Z',
      slug: '2024',
      title: '硅谷AI战局：Meta抄袭疑云',
      aliases: ['/old'],
      body: 'Text.\n',
    })
    expect(composed).toBe(`---
title: 硅谷AI战局：Meta抄袭疑云
slug: "2024"
date: 2025-07-02T04:40:04.000Z
lastmod: 2025-07-03T00:00:00.000Z
draft: false
locale: zh-CN
translationKey: k
summary: |-
  两行：

  第二行
featured_image:
  url: "/a b.jpg"
  alt: Alt
  width: 10
tags:
  - AI军备竞赛
  - "no"
  - "1:30"
main_topics:
  - 前沿模型
authors:
  - Aeneas 好困
aliases:
  - "/old"
citations:
  - label: "1"
    title: "A: b"
    doi: null
    authors:
      - A
      - B
"2024": x
layout: post
nested:
  deep:
    - 1
    - a: null
  empty: {}
---

Text.
`)
  })

  test('a body that begins like front matter stays a body', () => {
    expect(readBack(composeDocument({ body: '---\ntitle: x\n---\n' })).body).toBe('---\ntitle: x\n---\n')
    expect(readBack(composeDocument({ body: '\n\nx' })).body).toBe('\n\nx')
    expect(readBack(composeDocument({ body: '' })).body).toBe('')
  })

  test('keys of any length come back', () => {
    const meta = { ['k'.repeat(3000)]: { ['a: '.repeat(500)]: [{ ['z'.repeat(2000)]: 'a\nb' }] }, b: 1 }
    expect(readBack(composeDocument({ body: '', meta })).meta).toEqual(meta)
  })

  test('meta can not hold what is a field of its own', () => {
    expect(() => composeDocument({ body: '', meta: { Image: '/a.png' } })).toThrow(/meta\.Image/)
    expect(reservedMetaKey('cover')).toBe('featuredImage')
    expect(reservedMetaKey('layout')).toBeNull()
  })
})

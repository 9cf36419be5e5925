import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '#src/content/document.ts'
import { type ComposeInput, composeDocument, reservedMetaKey } from '#src/content/front-matter/compose.ts'
import { readFrontMatter } from '#src/content/front-matter/front-matter.ts'
import { articleFields, featuredImage } from '../article-arbitraries.ts'

const everyField = fc
  .tuple(articleFields, fc.option(featuredImage))
  .map(([fields, image]) => ({ ...fields, featuredImage: image }))

const readBack = (text: string) => {
  const document = parseDocument(text)
  const { findings: _, ...fields } = readFrontMatter(document, { timeZone: 'Asia/Shanghai' })
  return { ...fields, body: document.body }
}

describe('composing', () => {
  test('reading what was composed gives the same fields and the same body', () => {
    fc.assert(
      fc.property(everyField, (fields) => {
        expect(readBack(composeDocument(fields as ComposeInput))).toEqual(fields)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is canonical: composing what was read gives the same text', () => {
    fc.assert(
      fc.property(everyField, (fields) => {
        const composed = composeDocument(fields as ComposeInput)
        expect(composeDocument(readBack(composed) as ComposeInput)).toBe(composed)
      }),
      { numRuns: 1_000 },
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

import { describe, expect, test } from 'vitest'
import { parseDocument } from '#src/content/document.ts'
import { DocumentError, type DocumentIssue } from '#src/content/document-error.ts'
import { type FrontMatter, readFrontMatter } from '#src/content/front-matter/front-matter.ts'

const read = (yaml: string, timeZone = 'UTC'): FrontMatter =>
  readFrontMatter(parseDocument(`---\n${yaml}\n---\n`), { timeZone })

const issues = (yaml: string): readonly DocumentIssue[] => {
  try {
    read(yaml)
  } catch (error) {
    if (error instanceof DocumentError) return error.issues
    throw error
  }
  return []
}

describe('text', () => {
  test('is taken from the source, never from a number', () => {
    expect(read('title: 1092').title).toBe('1092')
    expect(read('title: 0123').title).toBe('0123')
    expect(read('title: 1:30').title).toBe('1:30')
    expect(read('title: 1.10').title).toBe('1.10')
    expect(read('title: true').title).toBe('true')
    expect(read('slug: 2676125676').slug).toBe('2676125676')
    expect(read('slug: 2024').slug).toBe('2024')
  })

  test('is trimmed; nothing is null', () => {
    expect(read('title: "  x  "').title).toBe('x')
    expect(read('title: ""\nsummary: ~\nslug:').title).toBeNull()
    expect(read('title:').title).toBeNull()
  })

  test('a list or mapping in its place is refused, with the way out', () => {
    expect(issues('title: [转载]')).toMatchObject([
      { code: 'invalid_value', field: 'title', line: 2, column: 8, hint: 'Put it in quotes: "[转载]".' },
    ])
    expect(issues('summary: {a: b}')).toMatchObject([{ field: 'summary' }])
  })

  test('has a length', () => {
    expect(issues(`title: ${'x'.repeat(501)}`)).toMatchObject([{ field: 'title', code: 'invalid_value' }])
  })

  test('may not hold what Postgres can not, however it is escaped', () => {
    expect(issues('title: "a\\0b"')).toMatchObject([{ field: 'title', line: 2 }])
    expect(issues('title: "a\\ud800b"')).toMatchObject([{ field: 'title', line: 2 }])
    expect(issues('tags: ["a\\0"]')).toMatchObject([{ field: 'tags[0]' }])
    expect(issues('own: {deep: ["a\\0"]}')).toMatchObject([{ field: 'own' }])
  })

  test('all issues come at once, in the order of the document', () => {
    expect(
      issues('draft: maybe\ndate: 2015-02-30\ntitle: [a]').map(({ field, line }) => [field, line]),
    ).toEqual([
      ['draft', 2],
      ['date', 3],
      ['title', 4],
    ])
  })
})

describe('keys', () => {
  test('have other names; the first that says something wins, the others stay in meta', () => {
    expect(read('description: a').summary).toBe('a')
    expect(read('description: a\nsummary: b')).toMatchObject({ summary: 'b', meta: { description: 'a' } })
    expect(read('summary:\ndescription: a')).toMatchObject({ summary: 'a', meta: { summary: null } })
    expect(read('categories: [a]\nmain_topics: [b]')).toMatchObject({
      topics: ['b'],
      meta: { categories: ['a'] },
    })
    expect(read('publishDate: 2020-01-01').publishedAt).toBe('2020-01-01T00:00:00.000Z')
    expect(read('author: A').authors).toEqual(['A'])
    expect(read('lang: zh_CN').locale).toBe('zh-CN')
  })

  test('upper and lower case, - and _ make no difference', () => {
    expect(read('Title: x\nTAGS: [a]\nfeaturedImage: /a.png\nCanonical-URL: https://a.b/')).toMatchObject({
      title: 'x',
      tags: ['a'],
      featuredImage: { url: '/a.png' },
      canonicalUrl: 'https://a.b/',
    })
  })

  test('unknown ones go to meta as they stand', () => {
    expect(read('layout: post\nnested: {a: [1, {b: null}], date: 2020-01-01}\n"2024": x').meta).toEqual({
      layout: 'post',
      nested: { a: [1, { b: null }], date: '2020-01-01' },
      2024: 'x',
    })
  })
})

describe('lists', () => {
  test.each([
    ['[a, b]', ['a', 'b']],
    ['\n  - a\n  - b', ['a', 'b']],
    ['a, b,, c ', ['a', 'b', 'c']],
    ['人工智能，大模型、芯片', ['人工智能', '大模型', '芯片']],
    ['人工智能 大模型', ['人工智能', '大模型']],
    ['go web css', ['go', 'web', 'css']],
    ['Machine Learning', ['Machine Learning']],
    ['AI 芯片', ['AI 芯片']],
    ['one', ['one']],
    ['null', []],
    ['', []],
    ['[null, a, 2024, 007, ""]', ['a', '2024', '007']],
    ['[AI, ai, ＡＩ, " A I "]', ['AI', 'A I']],
    ['[{name: A, url: x}, B]', ['A', 'B']],
  ])('tags: %s', (yaml, names) => {
    expect(read(`tags: ${yaml}`).tags).toEqual(names)
  })

  test('authors are never split at blanks', () => {
    expect(read('authors: 新智元、Aeneas 好困').authors).toEqual(['新智元', 'Aeneas 好困'])
    expect(read('author: {name: Jane Doe, email: x}').authors).toEqual(['Jane Doe'])
    expect(read('author: jane doe').authors).toEqual(['jane doe'])
  })

  test('splitting at blanks is a finding', () => {
    expect(read('tags: go web').findings).toMatchObject([{ rule: 'list-split-at-blanks', line: 2 }])
  })

  test('10,000 tags are refused', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `t${index}`).join(', ')
    expect(issues(`tags: ${many}`)).toMatchObject([
      { field: 'tags', message: expect.stringContaining('10000') },
    ])
  })

  test('a mapping without a name is refused', () => {
    expect(issues('tags: [{x: 1}]')).toMatchObject([{ field: 'tags[0]' }])
  })
})

describe('values', () => {
  test.each([
    ['true', true],
    ['yes', true],
    ['On', true],
    ['false', false],
    ['"no"', false],
    ['', null],
  ])('draft: %s', (yaml, draft) => {
    expect(read(`draft: ${yaml}`).draft).toBe(draft)
  })

  test('without draft, draft is null', () => {
    expect(read('title: x').draft).toBeNull()
  })

  test('a featured image is an address or a mapping', () => {
    const empty = { alt: null, caption: null, credit: null, width: null, height: null }
    expect(read('image: "/a b.jpg"').featuredImage).toEqual({ ...empty, url: '/a b.jpg' })
    expect(read('cover: {image: https://a.b/c.png, alt: A, width: 10, height: "20"}').featuredImage).toEqual({
      ...empty,
      url: 'https://a.b/c.png',
      alt: 'A',
      width: 10,
      height: 20,
    })
    expect(read('cover:').featuredImage).toBeNull()
    expect(issues('image: "javascript:alert(1)"')).toMatchObject([{ field: 'featured_image' }])
    expect(issues('image: {url: a, width: -1}')).toMatchObject([{ field: 'featured_image.width' }])
  })

  test('a canonical url is absolute', () => {
    expect(issues('canonicalUrl: /a')).toMatchObject([{ field: 'canonicalUrl', line: 2, column: 15 }])
  })

  test.each([
    'java\\nscript:alert(1)',
    '\\u0001javascript:alert(1)',
    'java\\tscript:x',
    '\\v data:text/html,x',
  ])('an address that browsers take for one of another scheme is refused: %s', (url) => {
    expect(issues(`image: "${url}"`)).toMatchObject([{ field: 'featured_image' }])
    expect(issues(`cover: { src: "${url}" }`)).toMatchObject([{ field: 'featured_image.url' }])
  })

  test('names that unfold to more than an index holds are refused, each by its place', () => {
    const long = '\u3300'.repeat(200)
    expect(issues(`tags: [a, ${long}]\nauthor: "${'\uFDFA'.repeat(100)}"`)).toMatchObject([
      { code: 'invalid_value', field: 'tags[1]', line: 2, hint: expect.stringContaining('shorter') },
      { code: 'invalid_value', field: 'authors', line: 3 },
    ])
    expect(read(`tags: [${'中'.repeat(200)}]`).tags).toHaveLength(1)
  })

  test('a locale is as long as an article’s may be', () => {
    const tag = 'en-x-aaaaaaaa-bbbbbbbb-cccccccc-ddd'
    expect(read(`locale: ${tag.slice(0, 35)}`).locale).toBe(tag.slice(0, 35))
    expect(issues(`locale: ${tag}dd`)).toMatchObject([{ field: 'locale', line: 2 }])
  })

  test('a locale is a language tag', () => {
    expect(read('locale: EN-us').locale).toBe('en-US')
    expect(issues('locale: "not a locale"')).toMatchObject([{ field: 'locale' }])
  })

  test('a dirty slug is cleaned, and said so', () => {
    expect(read('slug: "%E4%BD%A0%E5%A5%BD World"')).toMatchObject({
      slug: '你好-world',
      findings: [{ rule: 'slug-cleaned' }],
    })
    expect(issues('slug: "!!!"')).toMatchObject([{ code: 'invalid_slug', field: 'slug', line: 2 }])
    expect(issues('slug: search')).toMatchObject([{ code: 'invalid_slug' }])
    expect(issues('slug: 0190d3f4-7b1c-7000-8000-000000000000')).toMatchObject([{ code: 'invalid_slug' }])
  })

  test('aliases are paths', () => {
    expect(read('aliases: [/a/b, "/c d", /a/b]').aliases).toEqual(['/a/b', '/c d'])
    expect(read('aliases: /a').aliases).toEqual(['/a'])
  })
})

describe('dates', () => {
  test.each([
    ['2025-07-02T12:40:04+08:00', '2025-07-02T04:40:04.000Z'],
    ['"2025-07-02T12:40:04+08:00"', '2025-07-02T04:40:04.000Z'],
    ['2025-07-02 12:40:04', '2025-07-02T04:40:04.000Z'],
    ['2025-07-02', '2025-07-01T16:00:00.000Z'],
    ['2015-01-02 3:04:05 -0600', '2015-01-02T09:04:05.000Z'],
    ['1970-01-01', '1969-12-31T16:00:00.000Z'],
  ])('%s in Shanghai', (yaml, instant) => {
    expect(read(`date: ${yaml}`, 'Asia/Shanghai').publishedAt).toBe(instant)
  })

  test('a day that no calendar has is refused with its place', () => {
    expect(issues('title: x\ndate: 2015-02-30')).toEqual([
      {
        code: 'invalid_date',
        field: 'date',
        message: '"2015-02-30" is no date: 2015-02 has 28 days.',
        line: 3,
        column: 7,
        hint: 'Correct it.',
      },
    ])
  })

  test('lastmod and expiryDate are instants too', () => {
    expect(read('lastmod: 2020-01-01\nexpiryDate: 2030-01-01T00:00:00Z')).toMatchObject({
      modifiedAt: '2020-01-01T00:00:00.000Z',
      unpublishAt: '2030-01-01T00:00:00.000Z',
    })
    expect(issues('expiryDate: soon')).toMatchObject([{ field: 'expiryDate', code: 'invalid_date' }])
  })
})

describe('citations', () => {
  test('are mappings with a label; null means deliberately none', () => {
    const yaml = `citations:
  - label: 1
    title: A report
    url: https://example.com/r
    authors: [A, B]
    publishedOn: 2025-07
    type: report
    doi: ~
  - label: b
    authors: C`
    expect(read(yaml).citations).toEqual([
      {
        label: '1',
        title: 'A report',
        url: 'https://example.com/r',
        authors: ['A', 'B'],
        publishedOn: '2025-07',
        type: 'report',
        doi: null,
      },
      { label: 'b', authors: ['C'] },
    ])
  })

  test.each([
    ['citations: x', 'citations', 1],
    ['citations: [x]', 'citations[0]', 1],
    ['citations: [{title: x}]', 'citations[0]', 1],
    ['citations: [{label: a}, {label: A}]', 'citations[1].label', 1],
    ['citations: [{label: a, titel: x}]', 'citations[0].titel', 1],
    ['citations: [{label: a, type: blog}]', 'citations[0].type', 1],
    ['citations: [{label: a, publishedOn: 2025-02-30}]', 'citations[0].publishedOn', 1],
    ['citations: [{label: a, accessedOn: July}]', 'citations[0].accessedOn', 1],
  ])('%s is refused', (yaml, field, count) => {
    const found = issues(yaml)
    expect(found).toHaveLength(count)
    expect(found[0]).toMatchObject({ code: 'invalid_citation', field, line: 2 })
  })

  test('an address of no web page is refused', () => {
    expect(issues('citations: [{label: a, url: "javascript:x"}]')).toMatchObject([
      { field: 'citations[0].url' },
    ])
  })
})

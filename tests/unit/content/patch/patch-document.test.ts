import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '#src/content/document.ts'
import { DocumentError } from '#src/content/document-error.ts'
import { type FeaturedImage, readFrontMatter } from '#src/content/front-matter/front-matter.ts'
import { type DocumentPatch, patchDocument } from '#src/content/patch/patch-document.ts'
import { patchedFrontMatters } from '#src/content/patch/patch-front-matter.ts'

const options = { timeZone: 'Europe/London' }
const read = (text: string) => readFrontMatter(parseDocument(text), options)
const patched = (text: string, patch: DocumentPatch) => patchDocument(parseDocument(text), patch, options)

/** YAML front matter after a patch. */
const yaml = (inner: string, patch: DocumentPatch) => {
  const { text, findings } = patched(`---\n${inner}---\nBody.\n`, patch)
  expect(findings).toEqual([])
  return text.slice('---\n'.length, -'---\nBody.\n'.length)
}

/** The lines that a patch takes away and puts in. */
const difference = (before: string, patch: DocumentPatch) => {
  const after = patched(before, patch).text
  const [old, now] = [before.split(/(?<=\n)/), after.split(/(?<=\n)/)]
  let head = 0
  while (head < old.length && old[head] === now[head]) head++
  let tail = 0
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail))
    tail++
  return {
    taken: old.slice(head, old.length - tail).join(''),
    put: now.slice(head, now.length - tail).join(''),
  }
}

const image: FeaturedImage = {
  url: '/a.jpg',
  alt: null,
  caption: null,
  credit: null,
  width: null,
  height: null,
}

const issuesOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof DocumentError) return error.issues
    throw error
  }
  return []
}

describe('the seeds', () => {
  const seeds = readdirSync('seeds').map((name) => [name, readFileSync(`seeds/${name}`, 'utf8')] as const)
  const keeper = readFileSync('seeds/the-keepers-last-log.md', 'utf8')

  test.each(seeds)('%s: what is read, sent back, changes no byte', (_, text) => {
    const { aliases, findings, ...fields } = read(text)
    expect(patched(text, { ...fields, body: parseDocument(text).body })).toEqual({ text, findings: [] })
  })

  test.each(seeds)('%s: a title is one line', (_, text) => {
    const { taken, put } = difference(text, { title: 'Another: title' })
    expect(taken).toMatch(/^title: [^\n]*\n$/)
    expect(put).toMatch(/^title: ["']Another: title["'][^\n]*\n$/)
  })

  test('quotes, padding and comments of a line stay', () => {
    expect(difference(keeper, { title: "It's over" }).put).toBe(
      "title: 'It''s over'    # apostrophe, colon and quotes, all in one\r\n",
    )
    expect(difference(keeper, { slug: 'the-log' }).put).toBe('slug:   "the-log"\r\n')
    expect(difference(keeper, { publishedAt: '2025-04-01T08:00:00+01:00' }).put).toBe(
      "date: 2025-04-01T08:00:00+01:00            # no zone: the paper's own time\r\n",
    )
  })

  test('a folded text stays folded, with its indentation', () => {
    expect(difference(keeper, { summary: 'One paragraph.' })).toEqual({
      taken:
        '      The light on Skerravoe has run without a keeper since 1988. His ledgers\r\n' +
        '      stayed behind in a biscuit tin, and what they leave\r\n' +
        "      out is the island's best record.\r\n",
      put: '      One paragraph.\r\n',
    })
  })

  test('items of lists stay as they are written', () => {
    const { authors, topics } = read(keeper)
    expect(difference(keeper, { authors: [...authors, 'Third'] })).toEqual({
      taken: '',
      put: '      -   Third\r\n',
    })
    expect(difference(keeper, { authors: ['First', ...authors] })).toEqual({
      taken: '',
      put: '      -   First\r\n',
    })
    expect(difference(keeper, { topics: [...topics, 'Sea'] }).put).toBe(
      `main_topics: [ "Science and Society", 'Places: islands', Sea ]\r\n`,
    )
    expect(difference(keeper, { tags: ['sea', 'light house'] }).put).toBe('tags: sea, light house\r\n')
  })

  test('of an image only the part that changes', () => {
    const featuredImage = { ...(read(keeper).featuredImage ?? image), credit: 'S. T.' }
    expect(difference(keeper, { featuredImage })).toEqual({
      taken: '      credit: Signe Tarrel\r\n',
      put: '      credit: S. T.\r\n',
    })
  })

  test('meta is merged in place, nested too', () => {
    expect(difference(keeper, { meta: { review: { desk: { ext: '0418', name: null, room: 4 } } } }).put).toBe(
      `   desk: { ext: "0418", 'second reader': R. Adeyemi, room: 4 }\r\n`,
    )
    expect(difference(keeper, { meta: { legacy: { ratio: null } } })).toEqual({
      taken: '   ratio: 1:30\r\n',
      put: '',
    })
  })
})

describe('a key', () => {
  test('keeps its spelling', () => {
    expect(
      yaml('Categories: [a]\n"lang": en\nimage: /x.jpg\n', {
        topics: ['b'],
        locale: 'fr',
        featuredImage: image,
      }),
    ).toBe('Categories: [b]\n"lang": fr\nimage: "/a.jpg"\n')
  })

  test('that is new comes last, before the fence, in its canonical spelling', () => {
    const patch = { topics: ['A'], slug: 's', unpublishAt: '2030-01-01T00:00:00Z', meta: { own: { x: 1 } } }
    expect(yaml('title: x\n\n# The end.\n', patch)).toBe(
      'title: x\n\n# The end.\nown:\n  x: 1\nslug: s\nexpiryDate: 2030-01-01T00:00:00Z\nmain_topics:\n  - A\n',
    )
  })

  test('that goes takes its lines, and only them', () => {
    const inner = '# about tags\ntags: # why\n  - a\n  # b\n  - c\n\n# about title\ntitle: x\n'
    expect(yaml(inner, { tags: [] })).toBe('# about tags\n\n# about title\ntitle: x\n')
  })

  test('without a value gets one', () => {
    expect(yaml('title:\nslug:   # none yet\ntags: \n', { title: 'x', slug: 's', tags: ['a'] })).toBe(
      'title: x\nslug: s   # none yet\ntags: \n  - a\n',
    )
  })

  test('is left with nothing to say where another key would speak in its place', () => {
    const inner = 'summary: s\ndescription: d\nmain_topics: [a]\ncategories: [b]\n'
    const after = yaml(inner, { summary: null, topics: null })
    expect(after).toBe('summary: ""\ndescription: d\nmain_topics: []\ncategories: [b]\n')
  })

  test('behind ? is written without', () => {
    expect(yaml('? title\n: x\n? draft\n', { title: 'y z', draft: true })).toBe('title: y z\ndraft: true\n')
  })

  test('given twice (in old files): the one that counts changes, both go', () => {
    const document = parseDocument('---\ntitle: a\ntitle: b\n---\n', { duplicateKeys: 'last' })
    expect(patchDocument(document, { title: 'c' }, options).text).toBe('---\ntitle: a\ntitle: c\n---\n')
    expect(patchDocument(document, { title: null }, options).text).toBe('---\n---\n')
  })

  test('that is the last one leaves an empty mapping beside comments, which another takes the place of', () => {
    expect(yaml('# for the desk\ntitle: x\n', { title: null })).toBe('# for the desk\n{}\n')
    expect(yaml('# for the desk\n{}\n', { title: 'x' })).toBe('# for the desk\ntitle: x\n')
  })
})

describe('a text', () => {
  test.each([
    ['plain', 'title: a\n', 'b', 'title: b\n'],
    [
      'plain with commas and addresses',
      'canonicalUrl: https://a.b\n',
      'https://c.d/e',
      'canonicalUrl: https://c.d/e\n',
    ],
    ['plain that would be something else', 'title: a # c\n', 'yes', 'title: "yes" # c\n'],
    ['in single quotes', "title: 'a'\n", "it's: b", "title: 'it''s: b'\n"],
    ['in double quotes', 'title: "a"\n', 'b', 'title: "b"\n'],
    ['in single quotes, which have no line ends', "title: 'a'\n", 'a\nb', 'title: "a\\nb"\n'],
    ['over several lines', 'title: "a\n  b"   # c\n', 'd', 'title: "d"   # c\n'],
    ['plain over several lines', 'title: a\n  b\n  c\ndraft: true\n', 'd', 'title: d\ndraft: true\n'],
    ['below its key', 'title: # c\n    a\n', 'd', 'title: # c\n    d\n'],
    [
      'literal',
      'title: |2- # c\n     a\n    b\n\ndraft: true\n',
      'x\n\ny',
      'title: |- # c\n     x\n\n     y\n\ndraft: true\n',
    ],
    ['literal with blanks at its end', 'title: |-\n a  \n\n', 'b', 'title: |-\n b\n\n'],
    ['literal that ends with a line end', 'title: |\n a\n', 'b', 'title: |\n b\n'],
    [
      'literal that keeps blank lines',
      'title: |+\n  a\n\n\ndraft: true\n',
      'b',
      'title: |-\n  b\ndraft: true\n',
    ],
    ['folded', 'title: >-\n  a\n  b\n', 'x\ny', 'title: |-\n  x\n  y\n'],
    ['literal that no block holds', 'title: |-\n  a\n', '\u0007 b', 'title: "\\u0007 b"\n'],
    ['with a tag', 'title: !!str 12 # c\n', 'b', 'title: b # c\n'],
  ])('%s', (_, inner, text, after) => {
    const field = inner.startsWith('canonicalUrl') ? 'canonicalUrl' : 'title'
    expect(yaml(inner, { [field]: text })).toBe(after)
    expect(read(`---\n${after}---\n`)[field]).toBe(text)
  })

  test('written in another way with the same value changes nothing', () => {
    const inner = 'title: "  a\\u0062 "\ndate: 2025-03-30 07:45\ntags: a,b\ndraft: yes\nslug: Ab\n'
    const patch = {
      title: 'ab',
      publishedAt: '2025-03-30T06:45:00Z',
      tags: ['a', 'b'],
      draft: true,
      slug: 'ab',
    }
    expect(yaml(inner, patch)).toBe(inner)
  })
})

describe('a list', () => {
  const lists: [style: string, inner: string, names: string[], after: string][] = [
    ['in brackets', 'tags: [a, "b"] # c\n', ['b', 'x, y'], 'tags: ["b", "x, y"] # c\n'],
    ['in brackets with padding', 'tags: [ a,b ]\n', ['a', 'b', 'c'], 'tags: [ a,b,c ]\n'],
    [
      'in brackets over lines',
      'tags: [\n  a, # first\n  b # last\n]\n',
      ['b', 'c'],
      'tags: [\n  b, c # last\n]\n',
    ],
    [
      'in brackets with a comma at the end',
      'tags: [\n  a,\n  b,\n]\n',
      ['a', 'c'],
      'tags: [\n  a,\n  c,\n]\n',
    ],
    ['in empty brackets', 'tags: []\n', ['a'], 'tags:\n  - a\n'],
    ['not indented', 'tags:\n- a\n- b\n', ['b', 'c'], 'tags:\n- b\n- c\n'],
    [
      'indented, with comments',
      'tags:\n    -  a # A\n    # of b\n    -  b\n',
      ['b', 'c'],
      'tags:\n    # of b\n    -  b\n    -  c\n',
    ],
    ['in quotes', "tags:\n  - 'a'\n  - 'b'\n", ['a', 'c'], "tags:\n  - 'a'\n  - 'c'\n"],
    [
      'of names and mappings',
      'tags:\n  - name: a\n    url: x\n  - b\n',
      ['b', 'a'],
      'tags:\n  - b\n  - name: a\n    url: x\n',
    ],
    ['with items that say nothing', 'tags: [a, null, A]\n', ['a', 'b'], 'tags: [a, b]\n'],
    ['as a comma string', 'tags: a, b # c\n', ['b', 'c d'], 'tags: b, c d # c\n'],
    ['as a Chinese comma string', 'tags: "甲，乙"\n', ['甲', '丙'], 'tags: "甲，丙"\n'],
    ['as blank-separated words', 'tags: go web\n', ['go', 'css'], 'tags: go css\n'],
    ['as blank-separated words that no longer are', 'tags: go web\n', ['go', 'A b'], 'tags: go, A b\n'],
    [
      'as a comma string that the names do not allow',
      'tags: a, b # c\n',
      ['a, b'],
      'tags: # c\n  - "a, b"\n',
    ],
    ['as one name', 'tags: Word\n', ['machine learning'], 'tags:\n  - machine learning\n'],
  ]
  test.each(lists)('%s', (_, inner, names, after) => {
    expect(yaml(inner, { tags: names })).toBe(after)
    expect(read(`---\n${after}---\n`).tags).toEqual(names)
  })
})

describe('a featured image', () => {
  test.each([
    ['an address stays one', 'image: /x.jpg # c\n', {}, 'image: "/a.jpg" # c\n'],
    [
      'an address with more to say is a mapping',
      'cover: /x.jpg\n',
      { alt: 'A' },
      'cover:\n  url: "/a.jpg"\n  alt: A\n',
    ],
    [
      'a mapping keeps its keys and what else it holds',
      'image: {src: /x.jpg, focus: top}\n',
      { alt: 'A' },
      'image: {src: "/a.jpg", focus: top, alt: A}\n',
    ],
    ['the first of several', 'image:\n  - /x.jpg\n  - /y.jpg\n', {}, 'image:\n  - "/a.jpg"\n  - /y.jpg\n'],
  ])('%s', (_, inner, parts, after) => {
    expect(yaml(inner, { featuredImage: { ...image, ...parts } })).toBe(after)
  })
})

describe('explicit citations', () => {
  const inner = `citations:
  # the report
  - label: 1
    title: Report # as printed
    publisher: ~
  -   title: "B"
      # of b
      label: b
`
  test('each is changed in its own place, by label', () => {
    const citations = [
      { label: 'b', doi: '10.1000/x' },
      { label: '1', title: 'A report', publisher: null, authors: [] },
    ]
    const after = yaml(inner, { citations: citations.toReversed() })
    expect(after).toBe(`citations:
  # the report
  - label: 1
    title: A report # as printed
    publisher: ~
    authors: []
  -
      # of b
      label: b
      doi: "10.1000/x"
`)
    expect(read(`---\n${after}---\n`).citations).toEqual(citations.toReversed())
  })

  test('come and go', () => {
    expect(yaml('title: x\n', { citations: [{ label: '1', title: null }] })).toBe(
      'title: x\ncitations:\n  - label: "1"\n    title: null\n',
    )
    expect(yaml(inner, { citations: [] })).toBe('')
  })

  test('5,000 of them are aligned at once', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({ label: `n${index}`, title: `T${index}` }))
    const text = patched('---\ntitle: x\n---\n', { citations: many.slice(0, 3_000) }).text
    const moved = [...many.slice(1_000, 3_000), ...many.slice(0, 1_000)]
    expect(read(patched(text, { citations: moved }).text).citations).toEqual(moved)
  })
})

describe('meta', () => {
  test.each([
    ['a value in place', 'a:\n   b: 1 # c\n   d: 2\n', { a: { b: 'x' } }, 'a:\n   b: x # c\n   d: 2\n'],
    ['a key that comes', 'a:\n   b: 1\n\n# c\n', { a: { e: [1] } }, 'a:\n   b: 1\n   e:\n     - 1\n\n# c\n'],
    ['a key that goes', 'a:\n   b: 1\n   d: 2 # c\n', { a: { b: null } }, 'a:\n   d: 2 # c\n'],
    ['the last key that goes', 'a: # c\n   b: 1\n', { a: { b: null } }, 'a: {} # c\n'],
    ['a whole key', 'a:\n   b: 1\ntitle: x\n', { a: null }, 'title: x\n'],
    ['another kind of value', 'a: [1]\nb: {c: 1}\n', { a: { x: 1 }, b: [2] }, 'a:\n  x: 1\nb:\n  - 2\n'],
    [
      'in braces',
      'a: { b: 1, "c": [x] }\n',
      { a: { b: null, c: ['x', 'y'], d: 'e: f' } },
      'a: { "c": [x, "y"], d: "e: f" }\n',
    ],
    ['a key without a value in braces', 'a: {b, c: }\n', { a: { b: 1, c: 2 } }, 'a: {b: 1, c: 2 }\n'],
    [
      'lists are replaced whole, but what stays keeps its lines',
      'a:\n - b: 1 # c\n   d: 2\n',
      { a: [{ b: 1, d: 3 }] },
      'a:\n - b: 1 # c\n   d: 3\n',
    ],
  ])('%s', (_, inner, meta, after) => {
    expect(yaml(inner, { meta })).toBe(after)
  })

  test('null where null is changes nothing: what was read can be sent back', () => {
    expect(yaml('a: ~\nb:\n  c:\n', { meta: { a: null, b: { c: null } } })).toBe('a: ~\nb:\n  c:\n')
  })

  test('a shadowed key can be changed, a known one not', () => {
    expect(yaml('summary: s\ndescription: d\n', { meta: { description: 'e' } })).toBe(
      'summary: s\ndescription: e\n',
    )
    expect(issuesOf(() => yaml('title: x\n', { meta: { Cover: 'e' } }))).toMatchObject([
      { code: 'invalid_value', field: 'meta.Cover', hint: 'Set featuredImage instead.' },
    ])
  })
})

describe('anchors and aliases', () => {
  test('another use of a value that changes is written out', () => {
    expect(yaml('a: &x {b: 1}\nc: *x\nd: [*x]\n', { meta: { a: { b: 2 } } })).toBe(
      'a: &x {b: 2}\nc: {b: 1}\nd: [{b: 1}]\n',
    )
  })

  test('so is one of a value that goes', () => {
    expect(yaml('tags: &t\n  - a\n  - &b b\ntopics: *t\nauthor: *b\n', { tags: null })).toBe(
      'topics: [a, b]\nauthor: b\n',
    )
  })

  test('an alias that changes leaves its anchor alone', () => {
    expect(yaml('tags: &t [a]\ntopics: *t # c\n', { topics: ['b'] })).toBe(
      'tags: &t [a]\ntopics: # c\n  - b\n',
    )
  })

  test('a value beside them leaves them alone', () => {
    expect(yaml('title: x\ntags: &t [a]\ntopics: *t\n', { title: 'y y' })).toBe(
      'title: y y\ntags: &t [a]\ntopics: *t\n',
    )
  })
})

describe('a document', () => {
  test.each([
    ['with CR', '---\rtitle: x\r---\rBody', '---\rtitle: z\rsummary: s\r---\rBody'],
    ['with CRLF', '---\r\ntitle: x\r\n---\r\n\r\nBody', '---\r\ntitle: z\r\nsummary: s\r\n---\r\n\r\nBody'],
    [
      'with byte order marks and blanks at its fences',
      '\uFEFF\uFEFF\n--- \ntitle: x\n...  \nBody',
      '\uFEFF\uFEFF\n--- \ntitle: z\nsummary: s\n...  \nBody',
    ],
    ['without front matter', '\uFEFFBody\r\n', '\uFEFF---\r\ntitle: z\r\nsummary: s\r\n---\r\n\r\nBody\r\n'],
    ['that is empty', '', '---\ntitle: z\nsummary: s\n---\n\n'],
    ['with empty front matter', '---\n---\nBody', '---\ntitle: z\nsummary: s\n---\nBody'],
    ['whose front matter is in braces', '---\n{title: x}\n---\n', '---\n{title: z, summary: s}\n---\n'],
    ['whose front matter is indented', '---\n  title: x\n---\n', '---\n  title: z\n  summary: s\n---\n'],
    ['that ends with its fence', '---\ntitle: x\n---', '---\ntitle: z\nsummary: s\n---'],
  ])('%s', (_, text, after) => {
    expect(patched(text, { title: 'z', summary: 's' })).toEqual({ text: after, findings: [] })
  })

  test.each([
    ['the blank line after the fence stays', '---\na: 1\n---\n\nOld', 'New\n', '---\na: 1\n---\n\nNew\n'],
    ['so does its absence', '---\na: 1\n---\nOld', 'New', '---\na: 1\n---\nNew'],
    ['a body of its own blank line has it', '---\na: 1\n---\nOld', '\n\nNew', '---\na: 1\n---\n\n\n\nNew'],
    ['a fence at the end of the text gets a line end', '---\na: 1\n---', 'New', '---\na: 1\n---\nNew'],
    ['an empty body', '---\na: 1\n---\n\nOld', '', '---\na: 1\n---\n\n'],
    ['without front matter', '\uFEFFOld', 'New', '\uFEFFNew'],
    ['text like front matter stays text', 'Old', '---\na: 1\n---\n', '---\n---\n\n---\na: 1\n---\n'],
    ['a thematic break needs nothing', 'Old', '---\n\nNew', '---\n\nNew'],
    ['an unread language stays text', 'Old', '---js\nx\n---\n', '---\n---\n\n---js\nx\n---\n'],
  ])('body: %s', (_, text, body, after) => {
    expect(patched(text, { body })).toEqual({ text: after, findings: [] })
    expect(parseDocument(after).body).toBe(body)
  })

  test('a body that no text can be is refused', () => {
    expect(issuesOf(() => patched('Old', { body: 'a\0' }))).toMatchObject([{ code: 'nul_character' }])
  })

  test('what its fields can not take is refused, in the terms of the patch', () => {
    const patch = {
      publishedAt: 'soon',
      topics: ['x'.repeat(201)],
      canonicalUrl: 'ftp://x',
      meta: { a: 'b\0' },
    }
    const fields = issuesOf(() => patched('---\ntitle: x\n---\n', patch)).map(({ field }) => field)
    expect(fields.toSorted()).toEqual(['canonicalUrl', 'meta.a', 'publishedAt', 'topics[0]'])
  })
})

describe('JSON', () => {
  test('is changed in place', () => {
    const text = '{\n  "title": "x",\n  "n": 1.10,\n  "tags": [\n    "a",\n    "b"\n  ]\n}\nBody'
    expect(patched(text, { title: 'it\'s "y"', tags: ['b', 'yes'], summary: 's' })).toEqual({
      text: '{\n  "title": "it\'s \\"y\\"",\n  "n": 1.10,\n  "tags": [\n    "b",\n    "yes"\n  ],\n  "summary": "s"\n}\nBody',
      findings: [],
    })
  })

  test.each([
    [
      'after ---json',
      '---json\n{"title": "x"}\n---\n',
      '---json\n{"title": "z", "meta": [{"a": null}]}\n---\n',
    ],
    [
      'without braces, as Hexo writes it',
      ';;;\n"title": "x"\n;;;\n',
      ';;;\n"title": "z", "meta": [{"a": null}]\n;;;\n',
    ],
    ['that is empty', '---json\n{}\n---\n', '---json\n{"meta": [{"a": null}], "title": "z"}\n---\n'],
    ['in YAML', '---\n{"title": "x"}\n---\n', '---\n{"title": "z", "meta": [{"a": null}]}\n---\n'],
  ])('%s', (_, text, after) => {
    expect(patched(text, { title: 'z', meta: { meta: [{ a: null }] } }).text).toBe(after)
  })
})

describe('TOML', () => {
  const toml =
    "+++\n# for the desk\ntitle = 'x'\ndate = 2025-01-01T00:00:00Z\ncount = 1.0\n\n[params]\nsince = 1979-05-27\n+++\n\nBody\n"

  test('is written anew in its own language; a finding says what is lost', () => {
    const { text, findings } = patched(toml, {
      title: 'y',
      modifiedAt: '2025-02-01T00:00:00+08:00',
      tags: ['a'],
    })
    expect(text).toBe(
      '+++\ntitle = "y"\ndate = 2025-01-01T00:00:00Z\ncount = 1.0\nlastmod = 2025-02-01T00:00:00.000+08:00\ntags = [ "a" ]\n\n[params]\nsince = 1979-05-27\n+++\n\nBody\n',
    )
    expect(findings).toMatchObject([
      { rule: 'front-matter-rewritten', message: expect.stringContaining('comments') },
    ])
  })

  test('numbers and dates that stay are written as they were', () => {
    const numbers =
      'x = 1.10\ny = 0x1F\nz = 1e400\nn = 1_000\nl = [ 0o7, 2.0 ]\nd = 2025-07-02 12:40:04+08:00\nt = 07:32:00\n'
    const document = `+++\ntitle = "x"\n${numbers}+++\n`
    expect(patched(document, { title: 'y' })).toEqual({
      text: `+++\ntitle = "y"\n${numbers}+++\n`,
      findings: [],
    })
  })

  test('with nothing to lose needs no finding', () => {
    expect(patched('+++\r\ntitle = "x"\r\n+++\r\nBody', { title: 'y', body: 'New' })).toEqual({
      text: '+++\r\ntitle = "y"\r\n+++\r\nNew',
      findings: [],
    })
  })

  test('what has its present value changes no byte', () => {
    expect(patched(toml, { title: 'x', publishedAt: '2025-01-01T00:00:00.000Z' })).toEqual({
      text: toml,
      findings: [],
    })
  })

  test('has no null, but for a field of a citation that is deliberately none', () => {
    const citations = [{ label: '1', title: null, authors: [] }]
    expect(read(patched(toml, { citations }).text).citations).toEqual(citations)
    expect(issuesOf(() => patched(toml, { meta: { params: { x: [null] } } }))).toMatchObject([
      { code: 'invalid_value', field: 'meta.params.x[0]', message: 'TOML knows no null.' },
    ])
  })
})

test('front matter that could not be changed in place would be written anew, with the same values', () => {
  const document = parseDocument('---\n# c\ntitle: x\ntags: [a]\n---\nBody\n')
  const changes = { changed: new Map([[0, 'y']]), added: [['slug', 's'] as const] }
  const [inPlace, anew, ...others] = patchedFrontMatters(document, changes, document.body)
  expect(inPlace).toMatchObject({
    frontMatter: '---\n# c\ntitle: "y"\ntags: [a]\nslug: s\n---\n',
    findings: [],
  })
  expect(anew).toMatchObject({
    frontMatter: '---\ntitle: "y"\ntags:\n  - a\nslug: s\n---\n',
    findings: [{ rule: 'front-matter-rewritten' }],
  })
  expect(others).toEqual([])
})

describe('a key that goes before a block scalar’s end', () => {
  test('takes its indented comment along, which the scalar would read as its own', () => {
    const text = '---\n# keep\nsummary: |\n  T\ntags:\n  - a\n  # tail\ntitle: T\n---\n'
    expect(patched(text, { tags: [] })).toEqual({
      text: '---\n# keep\nsummary: |\n  T\ntitle: T\n---\n',
      findings: [],
    })
  })

  test('takes its blank lines along, which a scalar that keeps them would read as its own', () => {
    const text = '---\n# keep\ntitle: >+\n  T\n\ntags: [a]\n\n# end\n---\n'
    expect(patched(text, { tags: [] })).toEqual({
      text: '---\n# keep\ntitle: >+\n  T\n\n# end\n---\n',
      findings: [],
    })
  })

  test('leaves its comment where nothing would read it', () => {
    const text = '---\nsummary: T\ntags:\n  - a\n  # tail\ntitle: T\n---\n'
    expect(patched(text, { tags: [] }).text).toBe('---\nsummary: T\n  # tail\ntitle: T\n---\n')
  })
})

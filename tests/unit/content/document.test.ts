import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Document, parseDocument } from '#src/content/document.ts'
import { DocumentError, type DocumentIssue } from '#src/content/document-error.ts'

const issuesOf = (text: string): readonly DocumentIssue[] => {
  try {
    parseDocument(text)
  } catch (error) {
    if (error instanceof DocumentError) return error.issues
    throw error
  }
  return []
}
const issueOf = (text: string): DocumentIssue | undefined => issuesOf(text)[0]
const halves = ({ frontMatter, body }: Document) => [frontMatter, body]

describe('splitting', () => {
  test('the two halves are the text, whatever the text is', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '---',
        '+++',
        ';;;',
        '...',
        '\n',
        '\r\n',
        '\r',
        '\uFEFF',
        ' ',
        '\t',
        '{',
        '}',
        '"a": 1',
        'title: x',
        'x = 1',
        '# a',
        '--- ',
        '---js',
      ),
      fc.string({ unit: 'grapheme' }),
    )
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          let document: Document
          try {
            document = parseDocument(text)
          } catch (error) {
            expect(error).toBeInstanceOf(DocumentError)
            return
          }
          expect(document.frontMatter + document.body).toBe(text)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['LF', '---\ntitle: x\n---\nBody', '---\ntitle: x\n---\n', 'Body'],
    ['CRLF', '---\r\ntitle: x\r\n---\r\n\r\nBody', '---\r\ntitle: x\r\n---\r\n\r\n', 'Body'],
    ['bare CR', '---\rtitle: x\r---\rBody', '---\rtitle: x\r---\r', 'Body'],
    ['bare CR after a comment', '---\r# c\rtitle: x\r---\rBody', '---\r# c\rtitle: x\r---\r', 'Body'],
    ['mixed line ends', '---\r\ntitle: x\n---\r\nBody', '---\r\ntitle: x\n---\r\n', 'Body'],
    ['one byte order mark', '\uFEFF---\ntitle: x\n---\nBody', '\uFEFF---\ntitle: x\n---\n', 'Body'],
    ['several byte order marks', '\uFEFF\uFEFF---\ntitle: x\n---\n', '\uFEFF\uFEFF---\ntitle: x\n---\n', ''],
    ['closed by ...', '---\ntitle: x\n...\nBody', '---\ntitle: x\n...\n', 'Body'],
    ['closed by --- and blanks', '---\ntitle: x\n--- \t\nBody', '---\ntitle: x\n--- \t\n', 'Body'],
    ['opened by --- and blanks', '---  \ntitle: x\n---\nBody', '---  \ntitle: x\n---\n', 'Body'],
    ['no newline at the end', '---\ntitle: x\n---', '---\ntitle: x\n---', ''],
    ['blank lines before', '\n\n---\ntitle: x\n---\nBody', '\n\n---\ntitle: x\n---\n', 'Body'],
    [
      'only the first blank line after it',
      '---\ntitle: x\n---\n\n\nBody',
      '---\ntitle: x\n---\n\n',
      '\nBody',
    ],
    [
      'a --- inside a value',
      '---\ntitle: a\nb: |\n  ---\n---\nBody',
      '---\ntitle: a\nb: |\n  ---\n---\n',
      'Body',
    ],
    [
      'a line that only begins with ---',
      '---\ntitle: |\n a\n----x: 1\n---\nB',
      '---\ntitle: |\n a\n----x: 1\n---\n',
      'B',
    ],
    ['named language', '---yaml\ntitle: x\n---\nBody', '---yaml\ntitle: x\n---\n', 'Body'],
  ])('%s', (_, text, frontMatter, body) => {
    const document = parseDocument(text)
    expect(halves(document)).toEqual([frontMatter, body])
    expect(document.data.title).toMatch(/^[xa]/)
  })

  test.each([
    ['a thematic break and prose', '---\n\nSome prose.\n\n---\n\nMore.'],
    ['a thematic break and a heading', '---\n\n# Title\n\n---\n\nMore.'],
    ['a thematic break alone', '---\n'],
    ['prose that is never closed', '---\nOnce upon a time\n'],
    ['a list', '---\n- a\n- b\n---\n'],
    ['four dashes', '----\ntitle: x\n----\n'],
    ['a shortcode', '{{< figure src="a.png" >}}\n'],
    ['a remark between thematic breaks', '---note\ntext\n---\n\nMore.'],
    [
      'prose whose first line looks like a key',
      '---\n编者按: 本文转载\n\n正文 [链接](http://a)\n\n---\n\n更多',
    ],
    ['a remark with a full-width colon', '---\n编者按：本文转载自新华社\n---\n\n正文'],
    ['prose that shows a template', '---\n\nProse.\n\n```\ntitle: {{ title }}\n```\n'],
    ['prose with a colon inside', '---\nHe said: hello\nAnd left.\n---\n'],
    ['nothing', ''],
    ['text', 'Just text.'],
  ])('%s is body', (_, text) => {
    expect(parseDocument(text)).toMatchObject({
      frontMatter: '',
      body: text,
      format: 'none',
      data: {},
      bodyLine: 1,
    })
  })

  test('a byte order mark is no part of the body', () => {
    expect(halves(parseDocument('\uFEFFText'))).toEqual(['\uFEFF', 'Text'])
  })

  test('empty front matter is front matter', () => {
    expect(parseDocument('---\n---\nBody')).toMatchObject({ body: 'Body', format: 'yaml', data: {} })
    expect(parseDocument('---\n# title: x\n---\nBody')).toMatchObject({ body: 'Body', data: {} })
  })

  test('says on which line the body starts', () => {
    expect(parseDocument('---\ntitle: x\n---\n\nBody').bodyLine).toBe(5)
    expect(parseDocument('---\r\ntitle: x\r\n---\r\nBody').bodyLine).toBe(4)
  })
})

describe('YAML', () => {
  const data = (yaml: string) => parseDocument(`---\n${yaml}\n---\n`).data

  test('dates stay as they are written', () => {
    expect(data('date: 2025-07-02T12:40:04+08:00\nday: 2025-07-02')).toEqual({
      date: '2025-07-02T12:40:04+08:00',
      day: '2025-07-02',
    })
  })

  test('numbers that JSON would print otherwise stay text', () => {
    expect(
      data('a: 0123\nb: 1.10\nc: 1:30\nd: 42\ne: 1e3\nf: 12345678901234567890\ng: -1.5\nh: .nan'),
    ).toEqual({
      a: '0123',
      b: '1.10',
      c: '1:30',
      d: 42,
      e: '1e3',
      f: '12345678901234567890',
      g: -1.5,
      h: '.nan',
    })
  })

  test('yes and no are text, as YAML 1.2 has it', () => {
    expect(data('a: yes\nb: no\nc: true\nd: ~')).toEqual({ a: 'yes', b: 'no', c: true, d: null })
  })

  test('aliases are what they stand for', () => {
    expect(data('a: &x [1, 2]\nb: *x')).toEqual({ a: [1, 2], b: [1, 2] })
  })

  test('lines of tabs are blank', () => {
    expect(data('a: 1\n\t\t\nb: 2')).toEqual({ a: 1, b: 2 })
  })

  test('__proto__ is a key like any other', () => {
    const value = data('__proto__: {polluted: true}')
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('a key given twice is an error that names both lines', () => {
    expect(issueOf('---\ntitle: a\ntags: b\ntitle: c\n---\n')).toMatchObject({
      code: 'front_matter_duplicate_key',
      message: 'The key "title" is given twice, on line 2 and on line 4.',
      line: 4,
      column: 1,
    })
  })

  test('on import the last of two keys is taken, and said so', () => {
    const document = parseDocument('---\ntitle: a\ntitle: c\n---\n', { duplicateKeys: 'last' })
    expect(document.data).toEqual({ title: 'c' })
    expect(document.findings).toMatchObject([
      { rule: 'front_matter_duplicate_key', line: 3, severity: 'warning' },
    ])
  })

  test.each([
    ['title: [转载]某某', 'title: "[转载]某某"'],
    ['title: Foo: bar', 'title: "Foo: bar"'],
    ['title: @x', 'title: "@x"'],
    ['title: `x`', 'title: "`x`"'],
    ['title: "a" b', 'title: "\\"a\\" b"'],
    ["title: 'it's'", "title: \"'it's'\""],
  ])('%s: says the line and how to quote it', (line, suggestion) => {
    const issue = issueOf(`---\nauthor: x\n${line}\n---\n`)
    expect(issue).toMatchObject({ code: 'front_matter_syntax', line: 3 })
    expect(issue?.hint).toContain(suggestion)
    expect(issue?.message).not.toContain('\n')
  })

  test.each(['---\ntags：\n  - a\n---\n', '---\ntitle: x\ntags：a\nb: c\n---\n'])(
    'full-width colons are named: %j',
    (text) => {
      expect(issueOf(text)?.hint).toContain('"tags：" has a full-width colon')
    },
  )

  test('a key without a blank after its colon', () => {
    expect(issueOf('---\ntitle:x\n---\n')).toMatchObject({
      code: 'front_matter_not_a_mapping',
      hint: 'Write each as "key: value", with a blank after the colon.',
    })
  })

  test('tabs as indentation', () => {
    expect(issueOf('---\na:\n\t- b\n---\n')).toMatchObject({
      line: 3,
      hint: 'Indent with blanks instead of tabs.',
    })
  })

  test('an unknown alias', () => {
    expect(issueOf('---\ntitle: *x\n---\n')).toMatchObject({
      code: 'front_matter_syntax',
      line: 2,
      column: 8,
    })
  })

  test('an alias bomb is refused', () => {
    const level = (n: number) =>
      `a${n}: &a${n} [${Array(9)
        .fill(`*a${n - 1}`)
        .join(', ')}]`
    const bomb = ['a0: &a0 [x]', ...Array.from({ length: 20 }, (_, n) => level(n + 1))].join('\n')
    expect(issueOf(`---\n${bomb}\n---\n`)).toMatchObject({ code: 'front_matter_too_complex' })
  })

  test('an alias of itself is refused', () => {
    expect(issueOf('---\na: &a [*a]\n---\n')).toMatchObject({ code: 'front_matter_too_complex' })
  })

  test.each([
    `a: ${'['.repeat(20_000)}`,
    `a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `${'- '.repeat(5_000)}a`,
  ])('nesting without end is refused', (yaml) => {
    expect(issueOf(`---\ntitle: x\nb:\n  ${yaml}\n---\n`)?.code).toMatch(/too_complex|syntax/)
  })

  test('a template that nobody filled in', () => {
    expect(issueOf('---\ndate: 2020-01-01\ntitle: {{ title }}\n---\n')).toMatchObject({
      code: 'front_matter_template',
      line: 3,
      column: 8,
    })
  })

  test.each([
    ['Title: First', 'title: Second'],
    ['Tags: [a]', 'tags: [b]'],
    ['publish_date: 2025-01-01', 'publishDate: 2025-01-02'],
  ])('%s and %s are one key given twice', (first, second) => {
    const text = `---\nslug: x\n${first}\n${second}\n---\n`
    expect(issueOf(text)).toMatchObject({
      code: 'front_matter_duplicate_key',
      message: expect.stringMatching(/^".+" and ".+" are one key, on line 3 and on line 4\.$/),
      line: 4,
    })
    expect(parseDocument(text, { duplicateKeys: 'last' }).findings).toMatchObject([
      { rule: 'front_matter_duplicate_key', line: 4 },
    ])
  })

  test('keys of one’s own that differ in case are two', () => {
    expect(data('Mood: a\nmood: b')).toEqual({ Mood: 'a', mood: 'b' })
  })

  test('broken front matter is told, though it has a blank line and a line that is no key', () => {
    expect(issueOf('---\ntitle: [转载]某某\n\nText\n---\n')).toMatchObject({ code: 'front_matter_syntax' })
    expect(issueOf('---\n标题: [转载]某某\n日期: x\n---\n')).toMatchObject({ code: 'front_matter_syntax' })
  })

  test('a line that would begin another YAML document: nothing behind it is dropped in silence', () => {
    expect(issueOf('---\ntitle: x\n--- a\nslug: y\n---\n')).toMatchObject({
      code: 'front_matter_syntax',
      line: 3,
      message: expect.stringContaining('begins with ---'),
    })
  })

  test('front matter that is never closed', () => {
    expect(issueOf('---\ntitle: x\n\nText.\n')).toMatchObject({
      code: 'front_matter_unclosed',
      line: 1,
      column: 1,
    })
  })

  test('front matter of a megabyte', () => {
    expect(issueOf(`---\ntitle: ${'x'.repeat(600_000)}\n---\n`)).toMatchObject({
      code: 'front_matter_too_complex',
    })
  })
})

describe('other languages', () => {
  test('TOML between +++, with its dates as written', () => {
    const text =
      '+++\ntitle = "x"\ndate = 2025-07-02T12:40:04+08:00\nday = 2025-07-02\ntags = ["a"]\n[extra]\nn = 1\n+++\n\nBody'
    expect(parseDocument(text)).toMatchObject({
      format: 'toml',
      body: 'Body',
      data: {
        title: 'x',
        date: '2025-07-02T12:40:04+08:00',
        day: '2025-07-02',
        tags: ['a'],
        extra: { n: 1 },
      },
    })
  })

  test('TOML errors have a line', () => {
    expect(issueOf('+++\ntitle = "x"\nb = \n+++\n')).toMatchObject({ code: 'front_matter_syntax', line: 3 })
    expect(issueOf('+++\na = 1\na = 2\n+++\n')).toMatchObject({ code: 'front_matter_duplicate_key', line: 3 })
  })

  test('TOML names both lines of a key that is given twice', () => {
    expect(issueOf('+++\na = 1\nb = 2\n"a" = 3\n+++\n')?.message).toMatch(/, on line 2 and on line 4\.$/)
    expect(issueOf('+++\n[x]\na = 1\n[y]\na = 1\na = 2\n+++\n')?.message).toMatch(
      /, on line 5 and on line 6\.$/,
    )
    expect(issueOf('+++\n[x]\n[y]\n[x]\n+++\n')?.message).toMatch(/, on line 2 and on line 4\.$/)
  })

  test('a template in TOML is refused, braces in its texts are text', () => {
    expect(issueOf('+++\ntitle = {{ title }}\n+++\n')).toMatchObject({
      code: 'front_matter_template',
      line: 2,
      column: 9,
    })
    const text = '+++\ntitle = "x"\ncode = """\na: {{ b }}\nc = {% d %}\n"""\n+++\n'
    expect(parseDocument(text).data.code).toBe('a: {{ b }}\nc = {% d %}\n')
  })

  test('the text of numbers and dates in TOML is the source’s', () => {
    const toml =
      'slug = 0o17\ntags = [1.10, 0x1F, { name = 1_000 }]\nday = 2025-07-02 12:40:04+08:00 # a\nat = 07:32:00\nbig = 1e400\n' +
      'long = 9223372036854775807\nyes = true\ntext = "0x1F" # = 1\n2024.7 = 8\n[t]\nx = """1 = 2""" \ny = \'=3\'\nz = [\n  -1, # 2\n]\n'
    const { source, data } = parseDocument(`+++\n${toml}+++\n`)
    const text = (key: string) => source?.entries?.find((entry) => entry.key === key)?.node
    expect(text('slug')?.text).toBe('0o17')
    expect(text('tags')?.items?.map((item) => item.text ?? item.entries?.[0]?.node.text)).toEqual([
      '1.10',
      '0x1F',
      '1_000',
    ])
    expect(data).toEqual({
      slug: 15,
      tags: [1.1, 31, { name: 1000 }],
      day: '2025-07-02 12:40:04+08:00',
      at: '07:32:00',
      big: '1e400',
      long: '9223372036854775807',
      yes: true,
      text: '0x1F',
      2024: { 7: 8 },
      t: { x: '1 = 2', y: '=3', z: [-1] },
    })
  })

  test.each([
    ['as Hugo writes it', '{\n  "title": "x",\n\t"n": 1\n}\n\nBody'],
    ['after ---json', '---json\n{"title": "x", "n": 1}\n---\nBody'],
    ['as Hexo writes it', ';;;\n"title": "x",\n"n": 1\n;;;\nBody'],
  ])('JSON %s', (_, text) => {
    expect(parseDocument(text)).toMatchObject({ format: 'json', body: 'Body', data: { title: 'x', n: 1 } })
  })

  test('JSON errors have a line and a column', () => {
    expect(issueOf('{\n  "title": x\n}\n')).toMatchObject({
      code: 'front_matter_syntax',
      line: 2,
      column: 12,
    })
    expect(issueOf('{\n  "a": 1,\n  "a": 2\n}\n')).toMatchObject({
      code: 'front_matter_duplicate_key',
      line: 3,
    })
    expect(issueOf('{\n  "a": 1,\n')).toMatchObject({ code: expect.stringMatching(/^front_matter/) })
  })

  test.each(['js', 'javascript', 'coffee', 'JS', 'ts', 'foo'])(
    '---%s is an error and never runs',
    (language) => {
      const text = `---${language}\n{ title: (globalThis.wasRun = true) }\n---\n`
      expect(issueOf(text)).toMatchObject({ code: 'front_matter_language', line: 1, column: 1 })
      expect('wasRun' in globalThis).toBe(false)
    },
  )

  test('an executable block that is never closed is no prose', () => {
    expect(issueOf('---js\nprocess.exit(1)\n')).toMatchObject({ code: 'front_matter_language' })
  })
})

describe('characters that can not be stored', () => {
  test('are named with their places', () => {
    expect(issuesOf('a\0b\n\uD800 c\r\nd\uDC00')).toMatchObject([
      { code: 'nul_character', line: 1, column: 2 },
      { code: 'lone_surrogate', line: 2, column: 1 },
      { code: 'lone_surrogate', line: 3, column: 2 },
    ])
  })

  test('whole pairs are fine', () => {
    expect(issuesOf('😀')).toEqual([])
  })
})

test('front matter that names its language is broken, not prose, when it can’t be read', () => {
  for (const text of ['---json\n{"title": "x",}\n---\n# H\nx', '---yaml\n[unclosed\n---\n# H\n']) {
    expect(() => parseDocument(text)).toThrow(DocumentError)
  }
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deriveArticle } from '#src/content/derive.ts'
import { parseDocument } from '#src/content/document.ts'
import { DocumentError } from '#src/content/document-error.ts'

// Documents below 32 Ki characters are derived on the main thread: none may hold it up. What is counted is processor
// time of this process, so that a busy machine changes nothing, against what a dense but ordinary document takes.

const size = 32 * 1024

const ordinaryLine = (n: number) =>
  `- **粗体** and *emphasis* with \`code\`, a [link](https://example.com/${n}) and a note[^${n}].\n\n` +
  `[^${n}]: [A report, ${n}](https://example.org/${n})·Somebody, 2025-07-02.\n`

const ordinary = Array.from({ length: 1_000 }, (_, n) => ordinaryLine(n))
  .join('')
  .slice(0, size)

function derive(text: string): void {
  try {
    deriveArticle(text, { timeZone: 'UTC' })
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
  }
}

function processorMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const best = (rounds: number, work: () => void) =>
  Math.min(...Array.from({ length: rounds }, () => processorMs(work)))

const usualMs = best(4, () => derive(ordinary))

/** Ten times the usual; a second look for what meets a compiler or a collector at work. */
const isTooSlow = (text: string) =>
  processorMs(() => derive(text)) > 10 * usualMs && best(2, () => derive(text)) > 10 * usualMs

const pieces = [
  ...'-+;{}[]()<>!*_~`#|:.,"\'\\/=&%@^$?1aA中。：，（《》“” \t\n\r\u3000\uFEFF',
  ...['\r\n', '\r\r\n', '\n\n', ' \n', '\t\n', '  - ', '---', '+++', ';;;', '...', '```', '~~~', ':::', '$$'],
  ...['[^1]', '[^1]: ', '^[', '[a](', '](', '![', '](<', '[[', ']]', '**', '__', '~~', '***a', '> ', '1. '],
  ...[
    '<a ',
    '<a href="',
    '<!--',
    '-->',
    '</a>',
    '<div>',
    '<?',
    '<![CDATA[',
    '&#',
    '&amp',
    '{{',
    '{{< a',
    '{% ',
  ],
  ...[
    'a: ',
    'a:\n',
    'a = ',
    '"a": ',
    '{"a":',
    '[1,',
    '"""',
    "'''",
    '&a ',
    '*a ',
    '? ',
    '|\n',
    '>-\n',
    '# a\n',
  ],
  ...['http://', 'http://a.b/', 'www.a.b', 'a@b.c ', '10.1/', '2025-', '（2025/', '[EB/OL]', 'A. ', 'pp. 1-'],
]

const wrappers: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['x', '*'],
  ['---\n', '*'],
  ['---\n', '\n---\nx'],
  ['---\nx: ', 'y\n---\nx'],
  ['+++\n', '*'],
  ['+++\nx = """', '"""\n+++\n'],
  [';;;\n', '\n;;;\n'],
  ['---json\n', '{"a": 1}\n---\n'],
  ['{"a": "', '"}\n'],
  ['> ', ''],
  ['[a](', ')'],
  ['x[^1]\n\n[^1]: ', ' x'],
  ['x[^1]\n\n[^1]: [', '](https://a.b/c) 2025-01-01.'],
  ['x[^1]\n\n[^1]: [T](https://a.b/c) ', '.'],
]

const document = (wrapper: readonly [string, string], piece: string, characters: number) => {
  const [before, after] = wrapper
  const room = Math.max(1, characters - before.length - after.length)
  return before + piece.repeat(Math.max(1, Math.floor(room / piece.length))) + after
}

// Thirty line ends are enough to show what doubles with each of them; more would never end.
describe('a document that is made to be slow', () => {
  test.each([
    ['line ends of two characters before the body', `${'\r\n'.repeat(30)}x`],
    ['blank lines in front matter that is never closed', `---\n${'\n'.repeat(30)}*`],
    ['blank lines in TOML that is never closed', `+++\n${'\n'.repeat(30)}*`],
    ['blank lines before broken YAML', `---\n${'\n'.repeat(30)}*a: [\n---\n`],
    ['tabs inside a value', `---\nx: ${'\t'.repeat(32_000)}y\n---\n`],
    ['tabs that begin a line', `---\n${'\t'.repeat(32_000)}x\n---\n`],
    ['blanks', `---\n${' '.repeat(32_000)}x\n---\n`],
    ['blanks in TOML', `+++\n${' '.repeat(32_000)}x\n+++\n`],
    ['blanks in JSON', `---json\n${' '.repeat(32_000)}x\n---\n`],
    ['tabs behind a fence', `---${'\t'.repeat(32_000)}x`],
    ['byte order marks', '\uFEFF'.repeat(32_000)],
  ])('takes no longer than others: %s', (_, text) => {
    expect(isTooSlow(text)).toBe(false)
  })

  test('takes no longer than others, whatever is repeated', () => {
    const piece = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.constantFrom(...wrappers),
        piece,
        fc.constantFrom(2_000, 2_000, 8_000, size),
        (wrapper, repeated, characters) => !isTooSlow(document(wrapper, repeated.join(''), characters)),
      ),
      { numRuns: 1_000, endOnFailure: true },
    )
  }, 240_000)
})

test('what stands for front matter without end is told, and what is prose stays prose', () => {
  expect(parseDocument(`${'\r\n'.repeat(30)}x`).body).toHaveLength(61)
  expect(parseDocument(`---\n${'\n'.repeat(30)}*`).frontMatter).toBe('')
})

import { describe, expect, test } from 'vitest'
import { DocumentError } from '#src/content/document-error.ts'
import { renderBody } from '#src/content/markdown/render.ts'

// Just below what the server renders in a thread of its own.
const LENGTH = 32 * 1024 - 1

const blocks = [
  'a\n',
  '\n',
  '-\n',
  '=\n',
  '- ',
  '+ a\n',
  '> ',
  '    ',
  '```\n',
  '| a |\n',
  '|-|\n',
  '***\n',
  '# ',
  ':::\n',
]
const definitions = [
  '[^1]: ',
  '[^1]',
  '[a]: b\n',
  '^[',
  '[[a]]',
  '{: a}',
  '{: .c}',
  '{{< a >}}',
  '{% a',
  '::: tip\n',
]
const inline = [
  '**',
  '_',
  '~~',
  '`',
  '\\',
  '\\[',
  '[',
  '](b)',
  '](',
  ']',
  '!',
  '  ',
  '  \n',
  'a',
  '中。',
  '@',
  'a@b.c ',
  'www.',
]
const html = [
  '<div>',
  '</div>',
  '</x>',
  '<b>',
  '<p>',
  '<td>',
  '<svg>',
  '<a href="',
  '">',
  '<!--',
  '-->',
  '<?',
  '<T>',
  '&amp;',
]
const pieces = [...blocks, ...definitions, ...inline, ...html]

const filled = (piece: string) => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH)

/** What rendering takes of the processor, in ms, at best of three: what is asked is whether it grows with the square. */
function cpuMs(body: string, enough: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3 && best > enough; run++) {
    const start = process.cpuUsage()
    try {
      renderBody(body)
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error
    }
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

const prose =
  '正文[^1]，*强调*与**加粗**，[链接](https://example.org/a)。Text with `code` and <b>html</b>.\n\n'

describe('law: what is repeated to 32 KB renders within ten times of prose', () => {
  const usual = Math.max(15, cpuMs(filled(prose), 0))

  test.each(pieces)('%j, alone and with each piece that follows', (piece) => {
    // Repeated, a pair is the same the other way round.
    const slow = ['', ...pieces.slice(pieces.indexOf(piece))]
      .map((other) => `${piece}${other}`)
      .map((pair) => ({ pair, ms: cpuMs(filled(pair), 10 * usual) }))
      .filter(({ ms }) => ms > 10 * usual)
    expect(slow).toEqual([])
  })

  test.each([
    [
      'html that holds Markdown',
      `${'<div markdown="1">\n'.repeat(49)}${'a\n-\n'.repeat(4_900)}${'</div>\n'.repeat(49)}`,
    ],
    ['quotes', '> '.repeat(24).concat('a\n', '> '.repeat(24), '-\n').repeat(320)],
    ['a note', `[^1]: x\n${'    a\n    -\n'.repeat(2_700)}`],
    ['backticks of many lengths', Array.from({ length: 250 }, (_, n) => '`'.repeat(n + 1)).join(' ')],
    ['brackets beside a definition', `[a]: b\n\n*${filled('\\[').slice(0, -20)}]`],
  ])('nested or grown: %s', (_, body) => {
    expect(cpuMs(body, 10 * usual)).toBeLessThan(10 * usual)
  })
})

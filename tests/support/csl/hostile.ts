import fc from 'fast-check'
import { citationTypes } from '#src/content/citations/citations.ts'
import type { CitedWork } from '#src/content/export/index.ts'
import { aCitation } from './works.ts'

const fragments = [
  ...[
    '{',
    '}',
    '}}',
    '{{',
    '\\',
    '\\}',
    '\\{',
    '\\\\',
    '%',
    '% x',
    '$',
    '$x$',
    '#',
    '&',
    '_',
    '^',
    '~',
    '"',
    "'",
  ],
  ...[
    '@',
    '@article{x,',
    ',',
    ' and ',
    ' AND ',
    'others',
    '=',
    '--',
    '---',
    '``',
    "''",
    '?`',
    '!`',
    '<<',
    '>>',
    ',,',
  ],
  ...['\\input{/etc/passwd}', '\\begin{x}', '\\end{document}', '\\textbackslash', '\\%', '\\n', '\\&amp;'],
  ...['\n', '\r\n', '\r', '\t', '\v', '\f', '\0', '\u0085', '\u2028', '\u2029', '\ufeff', '\u00a0', '\u3000'],
  ...['ER  - ', '\nER  - ', '\r\nTY  - JOUR\r\n', 'TY  - ', '  - ', 'N1  - ', '\u2028ER  - '],
  ...[
    '临澜日报',
    '《听错》',
    '，',
    '𠮷',
    '👩‍👩‍👧',
    '🏴‍☠️',
    'مرحبا',
    '\u202eשלום\u202c',
    'e\u0301',
    '\ud800',
    '\udc00',
  ],
  ...['<i>x</i>', '<script>', ']]>', '\u0000', 'null', '__proto__', 'a', 'B', ' ', '  '],
]

/** Text that would break a careless writer: the syntax of every format, in pieces, among any characters. */
const hostileText = () =>
  fc
    .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 6 })), {
      maxLength: 8,
    })
    .map((pieces) => pieces.join(''))

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const address = () =>
  hostileText().map((text) => `https://example.org/${text}?${text.slice(0, 5)}#${text.slice(0, 3)}`)

const partialDate = () =>
  fc.constantFrom('1958', '2024-02', '2025-07-02', '1999-12-31', '2000-01-01', '0999', 'soon', '')

/** A citation whose every field may be hostile text. */
export const hostileCitation = (): fc.Arbitrary<CitedWork> =>
  fc
    .record({
      label: hostileText(),
      text: hostileText(),
      title: maybe(hostileText()),
      url: maybe(fc.oneof(address(), hostileText())),
      archiveUrl: maybe(address()),
      doi: maybe(hostileText()),
      isbn: maybe(hostileText()),
      arxiv: maybe(hostileText()),
      publisher: maybe(hostileText()),
      containerTitle: maybe(hostileText()),
      authors: fc.array(hostileText(), { maxLength: 3 }),
      publishedOn: maybe(partialDate()),
      accessedOn: maybe(partialDate()),
      type: maybe(fc.constantFrom(...citationTypes)),
    })
    .map((given) => aCitation(given))

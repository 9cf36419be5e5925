import fc from 'fast-check'
import {
  type CitationFields,
  citationTypes,
  type ExplicitCitation,
} from '#src/content/citations/citations.ts'
import { reservedMetaKey } from '#src/content/front-matter/compose.ts'
import type { Json, JsonObject } from '#src/content/json.ts'
import { displayName, normalizeName } from '#src/content/names.ts'

// Values that articles may hold, hostile ones first of all: texts that YAML reads as something else.

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
/** Text for a field: not empty, trimmed. */
export const line = text
  .map((value) => value.trim().slice(0, 400).toWellFormed())
  .filter((value) => value.trim() === value && value !== '')
const name = line
  .map((value) => displayName(value).slice(0, 100).toWellFormed().trim())
  .filter((value) => normalizeName(value) !== '' && displayName(value) === value)
/** Names that are each another name. */
export const names = fc.uniqueArray(name, { selector: normalizeName, maxLength: 5 })
/** RFC 3339, UTC. */
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
/** Keys that are no fields, with nested values. */
export const meta = fc
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
    doi: optional(fc.constantFrom('10.1000/182', '10.5555/a(b)<c>', '10.1007/978-3-540-1#x')),
    authors: fc.array(line, { maxLength: 3 }),
    publishedOn: optional(fc.constantFrom('2025', '2025-07', '2025-07-02')),
    type: optional(fc.constantFrom(...citationTypes)),
  } satisfies Partial<Record<keyof CitationFields | 'label' | 'text', fc.Arbitrary<unknown>>>,
  { requiredKeys: ['label'] },
)
/** Explicit citations, each of another label. */
export const citations = fc.uniqueArray(citation, {
  selector: ({ label }) => label.toLowerCase().replace(/\s+/g, ' ').toUpperCase().toLowerCase(),
  maxLength: 3,
})

/** All fields of an article but its image, and a body. */
export const articleFields = fc.record({
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
  aliases: fc.uniqueArray(
    fc.oneof(
      line.filter((path) => path.length <= 100),
      fc.constantFrom('/old', '/2019/05/旧文.html', '/a,b'),
    ),
    { maxLength: 3 },
  ),
  citations,
  meta,
})

/** The picture of an article. */
export const featuredImage = fc.record({
  url: fc.oneof(fc.webUrl(), fc.constantFrom('/a b.jpg', 'images/x.jpg', './"quoted": #1.png')),
  alt: optional(line),
  caption: optional(line),
  credit: optional(line),
  width: optional(fc.integer({ min: 1, max: 10_000 })),
  height: optional(fc.integer({ min: 1, max: 10_000 })),
})

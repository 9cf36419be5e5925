import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonErrorOffset } from '#src/content/json-syntax.ts'

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('agrees with JSON.parse on what is JSON', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"\\n"',
    '"',
    '1',
    '-0',
    '01',
    '1e5',
    'true',
    'nul',
    ' ',
    '\n',
  )
  const text = fc.oneof(
    fc.json(),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  )
  fc.assert(
    fc.property(text, (json) => (jsonErrorOffset(json) === null) === isJson(json)),
    { numRuns: 2000 },
  )
})

test.each([
  ['{"a": x}', 6],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['{"a": 1', 7],
  ['{"a": 1} x', 9],
  ['', 0],
])('%s goes wrong at %i', (json, offset) => {
  expect(jsonErrorOffset(json)).toBe(offset)
})

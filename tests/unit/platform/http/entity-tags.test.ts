import { describe, expect, test } from 'vitest'
import { codedTag, matchesEntityTag } from '#src/platform/http/entity-tags.ts'

describe('If-None-Match compares weakly, all of the tag', () => {
  test.each([
    [undefined, false],
    ['', false],
    ['*', true],
    ['"3-abc"', true],
    ['W/"3-abc"', true],
    ['"x", W/"3-abc"', true],
    ['"a,b","3-abc"', true],
    ['"3-abc-br"', false],
    ['"3"', false],
    ['3-abc', false],
    ['"3-ab', false],
    ['"*"', false],
  ])('%j', (header, expected) => {
    expect(matchesEntityTag(header, '"3-abc"')).toBe(expected)
  })
})

test('a coding stands at the end of the tag, but identity', () => {
  expect(codedTag('"3-abc"', 'br')).toBe('"3-abc-br"')
  expect(codedTag('"3-abc"', 'identity')).toBe('"3-abc"')
})

import { describe, expect, test } from 'vitest'
import { matchesRevision } from '#src/articles/precondition.ts'

describe('If-Match compares the revision alone', () => {
  test.each([
    [undefined, true],
    ['*', true],
    ['"3"', true],
    ['"3-abc"', true],
    ['W/"3-abc-gzip"', true],
    ['"1-x", "3-y-br"', true],
    ['"1-x", "2-y"', false],
    ['"33-abc"', false],
    ['"3abc"', false],
    ['"-3"', false],
    ['3', false],
    ['', false],
  ])('%j', (header, expected) => {
    expect(matchesRevision(header, 3)).toBe(expected)
  })
})

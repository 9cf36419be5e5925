import { expect, test } from 'vitest'
import { rememberChanges } from '#src/feeds/last-changes.ts'

/** Dates of last change by a clock that the test sets, in seconds. */
function changesAt() {
  let time = 0
  const changes = rememberChanges(() => time * 1_000)
  return (second: number, tag: string, key = 'feed') => {
    time = second
    const since = changes.since(key, tag)
    return since === undefined ? undefined : since.getTime() / 1_000
  }
}

test('a version has the date at which it was first seen, to the second', () => {
  const at = changesAt()
  expect([at(10.7, 'a'), at(12, 'a'), at(99.9, 'a')]).toEqual([10, 10, 10])
})

test('another version has a later date, also when it is an earlier one again', () => {
  const at = changesAt()
  expect([at(10, 'a'), at(20, 'b'), at(30, 'a')]).toEqual([10, 20, 30])
})

test('two versions within a second have no date in it: it would name both', () => {
  const at = changesAt()
  expect([at(10.1, 'a'), at(10.5, 'b'), at(10.9, 'a'), at(11.2, 'a'), at(15, 'a')]).toEqual([
    10,
    undefined,
    undefined,
    11,
    11,
  ])
})

test('a clock that goes back makes no version older than the one before', () => {
  const at = changesAt()
  expect([at(100, 'a'), at(90, 'b'), at(101, 'b')]).toEqual([100, undefined, 101])
})

test('what was forgotten counts as changed now', () => {
  const at = changesAt()
  at(10, 'a')
  for (let n = 0; n < 1_000; n += 1) at(20, 'x', `feed ${n}`)
  expect(at(30, 'a')).toBe(30)
})

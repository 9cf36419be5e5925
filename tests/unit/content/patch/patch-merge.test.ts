import { expect, test } from 'vitest'
import type { JsonObject } from '#src/content/json.ts'
import { mergePatch } from '#src/content/patch/patch-merge.ts'

const cases: [target: JsonObject, patch: JsonObject, result: JsonObject][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

test.each(cases)('RFC 7396, appendix A: %j + %j = %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result)
})

test('a null that is there already stays, so that what was read can be sent back', () => {
  const read: JsonObject = { a: null, b: { c: null, d: [null] } }
  expect(mergePatch(read, read)).toEqual(read)
})

test('a key __proto__ is a key', () => {
  const patch = JSON.parse('{"__proto__": {"x": 1}}')
  expect(JSON.stringify(mergePatch({}, patch))).toBe('{"__proto__":{"x":1}}')
})

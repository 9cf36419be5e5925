import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonFault } from '#src/content/front-matter/json-faults.ts'

const MAX_DEPTH = 64

/** Whether the language itself takes a text for JSON. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const jsonText = fc.json({ maxDepth: 6, stringUnit: 'binary' })

describe('findJsonFault', () => {
  test('finds nothing in what JSON.stringify writes', () => {
    const wellFormed = fc.jsonValue({ stringUnit: 'grapheme' }).filter((value) => !hasOddStrings(value))
    fc.assert(
      fc.property(wellFormed, fc.nat(3), (value, indent) => {
        expect(findJsonFault(JSON.stringify(value, null, indent), MAX_DEPTH)).toBeUndefined()
      }),
    )
  })

  test('agrees with JSON.parse on what is JSON, also after a random edit', () => {
    const edit = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      insert: fc.constantFrom('', ',', '"', '\\', '}', '[', '0', 'e', ' ', '\n', 'u12'),
    })
    fc.assert(
      fc.property(jsonText, edit, (text, { at, cut, insert }) => {
        const offset = at % (text.length + 1)
        const edited = text.slice(0, offset) + insert + text.slice(offset + cut)
        const fault = findJsonFault(edited, Number.POSITIVE_INFINITY)
        expect(fault?.code === 'syntax').toBe(
          !isJson(edited) && (fault === undefined || fault.code === 'syntax'),
        )
        if (!isJson(edited)) expect(fault).toBeDefined()
      }),
      { numRuns: 1_000 },
    )
  })

  test('what stands before a syntax fault could still become JSON', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"', 'a', '1', ' ') }),
        (text) => {
          const fault = findJsonFault(text, MAX_DEPTH)
          if (fault?.code === 'syntax') expect(fault.offset).toBeLessThanOrEqual(text.length)
          else expect(fault === undefined).toBe(isJson(text))
        },
      ),
    )
  })

  test.each([
    ['{"a":1,"a":2}', 'duplicate_key', 7, ['a']],
    ['[{"a":1},{"a":1}]', undefined, undefined, undefined],
    ['{"a":{"b":[0,{"c":1,"c":2}]}}', 'duplicate_key', 20, ['a', 'b', 1, 'c']],
    ['"\\u0000"', 'nul_character', 0, []],
    ['"\\\\u0000"', undefined, undefined, undefined],
    ['"\\ud83d\\ude00"', undefined, undefined, undefined],
    ['"\\ud83d \\ude00"', 'lone_surrogate', 0, []],
    ['"\\ude00"', 'lone_surrogate', 0, []],
    ['"\\ud83d\\ud83d\\ude00"', 'lone_surrogate', 0, []],
    ['"\\ud83d\\n"', 'lone_surrogate', 0, []],
    ['"\\ud83d', 'syntax', 0, []],
    ['{"\\u005f_proto__":1}', 'forbidden_key', 1, ['__proto__']],
    ['[[[[1]]]]', undefined, undefined, undefined],
    ['[[[[[1]]]]]', 'too_deep', 4, [0, 0, 0, 0]],
  ])('%s', (text, code, offset, path) => {
    const fault = findJsonFault(text, 4)
    expect([fault?.code, fault?.offset, fault?.path]).toEqual([code, offset, path])
  })

  test('a string of megabytes and a million brackets neither overflow nor stall', () => {
    expect(findJsonFault(JSON.stringify({ a: 'x\\"'.repeat(1_000_000) }), MAX_DEPTH)).toBeUndefined()
    expect(findJsonFault('['.repeat(1_000_000), MAX_DEPTH)?.code).toBe('too_deep')
  })
})

/** Strings that are JSON and can't be stored, which the first law leaves out. */
function hasOddStrings(value: unknown): boolean {
  const text = JSON.stringify(value)
  return text.includes('\\u0000') || /\\ud[89a-f]/i.test(text) || text.includes('__proto__')
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '#src/platform/errors.ts'
import { decodeUtf8 } from '#src/platform/http/utf8.ts'

describe('decodeUtf8', () => {
  test('gives back every well-formed text, byte order marks and U+FFFD included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\uFEFF', '\uFFFD'), (text, mark) => {
        const whole = mark + text.toWellFormed() + mark
        expect(decodeUtf8(Buffer.from(whole))).toBe(whole)
      }),
    )
  })

  test('names the first byte that is wrong, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (before, after) => {
        const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)])
        const error = refusal(bytes)
        expect(error.message).toContain(`The byte at offset ${Buffer.byteLength(before)} (0xFF)`)
        const lines = before.split(/\r\n|\n|\r/)
        expect(error.errors[0]).toMatchObject({ line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 })
      }),
    )
  })

  test.each([
    ['an overlong slash', [0xc0, 0xaf]],
    ['half of a surrogate pair (CESU-8)', [0xed, 0xa0, 0x80]],
    ['a character that is cut off', [0xe4, 0xbd]],
    ['a code point beyond U+10FFFF', [0xf5, 0x80, 0x80, 0x80]],
  ])('%s is not UTF-8', (_name, bytes) => {
    expect(refusal(Buffer.from(bytes))).toMatchObject({ code: 'invalid_encoding', status: 400 })
  })
})

function refusal(bytes: Buffer): AppError {
  try {
    decodeUtf8(bytes)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was decoded.')
}

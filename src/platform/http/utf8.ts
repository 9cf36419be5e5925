import { isUtf8 } from 'node:buffer'
import { lineStarts, positionAt } from '#src/content/text-position.ts'
import { AppError } from '#src/platform/errors.ts'

const REPLACEMENT = '\uFFFD'
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT)

/**
 * The text of a body, nothing changed: a byte order mark stays. `Buffer.toString` alone would turn
 * what is not UTF-8 into U+FFFD in silence.
 * @throws AppError invalid_encoding (400) naming the first byte that is wrong.
 */
export function decodeUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (isUtf8(bytes)) return text
  throw invalidEncoding(bytes, text)
}

function invalidEncoding(bytes: Buffer, text: string): AppError {
  const { byteOffset, textOffset } = firstInvalidByte(bytes, text)
  const { line, column } = positionAt(lineStarts(text), textOffset)
  const byte = bytes[byteOffset] ?? 0
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const message =
    `The byte at offset ${byteOffset} (0x${byte.toString(16).toUpperCase().padStart(2, '0')}) belongs to no UTF-8 character.` +
    (isUtf16 ? ' The text looks like UTF-16.' : '')
  return new AppError(
    'invalid_encoding',
    400,
    `The body is not UTF-8, at line ${line}, column ${column}. ${message}`,
    {
      errors: [{ in: 'body', path: '', line, column, message, code: 'invalid_utf8' }],
    },
  )
}

/** The first U+FFFD of the decoded text that the bytes don't spell themselves. */
function firstInvalidByte(bytes: Buffer, text: string): { byteOffset: number; textOffset: number } {
  let byteOffset = 0
  let counted = 0
  let textOffset = text.indexOf(REPLACEMENT)
  while (textOffset !== -1) {
    byteOffset += Buffer.byteLength(text.slice(counted, textOffset))
    if (!bytes.subarray(byteOffset, byteOffset + 3).equals(REPLACEMENT_BYTES)) break
    byteOffset += REPLACEMENT_BYTES.length
    counted = textOffset + 1
    textOffset = text.indexOf(REPLACEMENT, counted)
  }
  return { byteOffset, textOffset }
}

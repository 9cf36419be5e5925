import { findJsonFault, type JsonFault } from '#src/content/front-matter/json-faults.ts'
import { lineStarts, positionAt } from '#src/content/text-position.ts'
import { AppError, type FieldError } from '#src/platform/errors.ts'
import { jsonPointer } from './json-pointer.ts'
import { decodeUtf8 } from './utf8.ts'

/** Deeper than any metadata of a story, far from what overflows a stack further on. */
const MAX_DEPTH = 64
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * The value of a JSON body (RFC 8259). A byte order mark in front is passed over (§8.1).
 * @throws AppError invalid_encoding, invalid_json (400, with line and column); invalid_body (422) for text that
 * is well-formed JSON and can't be stored as it is: U+0000, lone surrogates, numbers beyond a double.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  const decoded = decodeUtf8(bytes)
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded
  const fault = findJsonFault(text, MAX_DEPTH)
  if (fault !== undefined) throw jsonProblem(text, fault)
  return JSON.parse(text)
}

function jsonProblem(text: string, fault: JsonFault): AppError {
  const { line, column } = positionAt(lineStarts(text), fault.offset)
  const isValue = ['nul_character', 'lone_surrogate', 'unsafe_number'].includes(fault.code)
  const path = jsonPointer(fault.path)
  const error: FieldError = {
    in: 'body',
    path: fault.code === 'syntax' ? '' : path,
    line,
    column,
    message: fault.message,
    code: fault.code === 'syntax' ? 'invalid_json' : fault.code,
  }
  const detail = `Line ${line}, column ${column}: ${fault.message}`
  return isValue
    ? new AppError('invalid_body', 422, detail, { errors: [error] })
    : new AppError('invalid_json', 400, detail, { errors: [error] })
}

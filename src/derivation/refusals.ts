import { DocumentError } from '#src/content/document-error.ts'
import { AppError } from '#src/platform/errors.ts'

/** 503. More large documents than are read at once, and than may wait. */
export const tooManyDocuments = () =>
  new AppError('unavailable', 503, 'Too many large documents are being read. Try again shortly.', {
    headers: { 'retry-after': '2' },
  })

/** 503. The server stops, or could not start a thread in time. */
export const noThread = (cause?: unknown) =>
  new AppError('unavailable', 503, 'The document can’t be read at the moment. Try again shortly.', {
    headers: { 'retry-after': '2' },
    cause,
  })

const beyondBounds = (message: string) =>
  new DocumentError([
    { code: 'too_large', field: null, message, line: 1, column: 1, hint: 'Split it, or simplify it.' },
  ])

/** What no story takes: markup that is made to be slow. */
export const takesTooLong = () =>
  beyondBounds('The document takes far longer to read than others of its size.')

/** What no story needs, either. */
export const takesTooMuchMemory = () => beyondBounds('The document takes too much memory to read.')

import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { AppError } from '#src/platform/errors.ts'
import { PROBLEM_TYPE, problemView } from './problem-details.ts'
import { headersTooLarge, malformedRequest, requestTimeout } from './request-errors.ts'
import { newRequestId } from './request-id.ts'

/**
 * Answers what Node's parser could not read as a request, where an answer can still be written; there is no
 * request object at that point. Then the connection ends.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || hasAnswerUnderWay(socket)) {
    socket.destroy()
    return
  }
  socket.end(rawAnswer(clientError(error.code)))
}

/** Then a second one would be taken for its body. Node's own handler asks the same; there is no public name. */
const hasAnswerUnderWay = (socket: Socket & { _httpMessage?: ServerResponse | null }): boolean =>
  socket._httpMessage?.headersSent === true

function clientError(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge(maxHeaderSize)
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTimeout()
  return malformedRequest()
}

function rawAnswer(problem: AppError): string {
  const requestId = newRequestId()
  const body = JSON.stringify(problemView(problem, requestId))
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

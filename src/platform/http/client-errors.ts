import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { AppError } from '#src/platform/errors.ts'
import { type CorsOrigins, crossOriginHeaders } from './cors.ts'
import { PROBLEM_TYPE, problemView } from './problem-details.ts'
import { headersTooLarge, malformedRequest, requestTimeout, urlTooLong } from './request-errors.ts'
import { newRequestId } from './request-id.ts'
import { MAX_HEADER_BYTES, MAX_URL_BYTES } from './request-limits.ts'

/** What Node says of bytes that it could not read; `rawPacket` is what had come last (Fastify has it as plain JSON). */
type ClientError = Error & { code?: string; rawPacket?: unknown }

/**
 * Makes what answers bytes that Node's parser could not read as a request, where an answer can still be written; there
 * is no request object at that point, and so no `Origin`. Then the connection ends.
 */
export function clientErrorHandler(origins: CorsOrigins) {
  return (error: ClientError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || hasAnswerUnderWay(socket)) {
      socket.destroy()
      return
    }
    const answer = rawAnswer(clientError(error), crossOriginHeaders(origins, undefined), mayHaveBody(error))
    socket.end(answer)
  }
}

/** Then a second one would be taken for its body. Node's own handler asks the same; there is no public name. */
const hasAnswerUnderWay = (socket: Socket & { _httpMessage?: ServerResponse | null }): boolean =>
  socket._httpMessage?.headersSent === true

function clientError({ code, rawPacket }: ClientError): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return isAddress(rawPacket) ? urlTooLong('The address is too long') : headersTooLarge(MAX_HEADER_BYTES)
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTimeout()
  return malformedRequest()
}

/**
 * Whether the answer may have a body: to HEAD it would be taken for the next answer (RFC 9110 §9.3.2). Of a long request
 * that came in pieces the method is not known any more.
 */
function mayHaveBody({ code, rawPacket }: ClientError): boolean {
  const start = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1', 0, 20) : ''
  if (start.startsWith('HEAD ')) return false
  return code !== 'HPE_HEADER_OVERFLOW' || /^[A-Z]+ /.test(start)
}

/** Whether it is the request line that does not end. */
function isAddress(bytes: unknown): boolean {
  const start = Buffer.isBuffer(bytes) ? bytes.toString('latin1', 0, MAX_URL_BYTES) : ''
  return /^[A-Z]+ /.test(start) && !start.includes('\n')
}

function rawAnswer(problem: AppError, headers: Readonly<Record<string, string>>, hasBody: boolean): string {
  const requestId = newRequestId()
  const body = hasBody ? JSON.stringify(problemView(problem, requestId)) : ''
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { AppError } from '#src/platform/errors.ts'
import { problemCodes } from './problem-codes.ts'

/** The media type of every refusal, whatever `Accept` says (RFC 9457 §3). */
export const PROBLEM_TYPE = 'application/problem+json'

const ProblemError = z
  .object({
    in: z.enum(['body', 'query', 'path', 'header']).meta({ description: 'The part of the request.' }),
    path: z.string().meta({
      description:
        'A JSON Pointer (RFC 6901) into the body, or the name of the parameter or header; empty for the whole of it.',
    }),
    line: z.int().min(1).optional().meta({ description: 'Line of the body as it was sent, from 1.' }),
    column: z.int().min(1).optional().meta({ description: 'Column in that line, from 1.' }),
    message: z.string().meta({ description: 'What is wrong, and what would be right.' }),
    code: z.string().meta({ description: 'What is wrong, for programs.' }),
  })
  .meta({ id: 'ProblemError', description: 'One thing that is wrong with the request, and where.' })

export const Problem = z
  .looseObject({
    type: z
      .string()
      .meta({ description: 'The address of a page that explains the code: `/problems/{code}`.' }),
    title: z.string().meta({ description: 'What happened; the same for each occurrence of the code.' }),
    status: z.int().min(400).max(599).meta({ description: 'The HTTP status.' }),
    detail: z.string().meta({ description: 'What happened this time, and what would be right.' }),
    code: z.string().meta({ description: 'The stable name of the problem, for programs.' }),
    requestId: z.string().meta({ description: 'The id under which the request stands in the log.' }),
    errors: z
      .array(ProblemError)
      .optional()
      .meta({ description: 'Each thing that is wrong, where there are such; at most 50.' }),
  })
  .meta({ id: 'Problem', description: 'Why a request was refused or failed (RFC 9457).' })
export type Problem = z.infer<typeof Problem>

/** What a client reads of an error. */
export function problemView(error: AppError, requestId: string): Problem {
  return {
    type: `/problems/${error.code}`,
    title: problemCodes[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
    ...error.extensions,
  }
}

/** Headers that belong to the answer that was being made, not to the problem that came instead. */
const HEADERS_OF_THE_ANSWER = [
  'cache-control',
  'cdn-cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'etag',
  'last-modified',
  'link',
  'location',
  'surrogate-control',
  'surrogate-key',
]

/** Answers with the problem in place of whatever was prepared. */
export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  for (const name of HEADERS_OF_THE_ANSWER) reply.removeHeader(name)
  keepConnection(reply)
  return reply
    .code(error.status)
    .headers({ 'cache-control': 'no-store', 'x-request-id': reply.request.id, ...error.headers })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemView(error, reply.request.id)))
}

/**
 * Fastify closes the connection when it refuses a body. The client, still sending, would meet a reset and not see the
 * answer: kept open, Node reads the rest and throws it away, within the time that a request may take. When the
 * server is closing, the header stands on the raw answer, and stays.
 */
function keepConnection(reply: FastifyReply): void {
  if (reply.hasHeader('connection') && !reply.raw.hasHeader('connection')) reply.removeHeader('connection')
}

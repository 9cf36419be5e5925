import type { z } from 'zod'
import { AppError } from '#src/platform/errors.ts'
import {
  type ProblemCode,
  type ProblemDefinition,
  type ProblemStatus,
  problemCodes,
} from './problem-codes.ts'
import { PROBLEM_TYPE, Problem, problemView } from './problem-details.ts'
import type { Answer, AnswerHeader, Bodies, EmptyAnswer, Example, Media } from './route-schema.ts'

interface Described {
  description: string
  headers?: Readonly<Record<string, AnswerHeader>>
}

type Examples = Pick<Media, 'example' | 'examples'>

/** An answer in JSON. */
export function json<Schema extends z.ZodType>(
  schema: Schema,
  { description, headers, ...examples }: Described & Examples,
): Answer<{ 'application/json': Media<Schema> }> {
  return content(
    { 'application/json': { schema, ...examples } },
    headers === undefined ? { description } : { description, headers },
  )
}

/** An answer in one of several media types. */
export function content<Content extends Record<string, Media>>(
  types: Content,
  described: Described,
): Answer<Content> {
  return { ...described, content: types }
}

/** An answer without a body: 204, 304. */
export function noContent(
  description: string,
  headers?: Readonly<Record<string, AnswerHeader>>,
): EmptyAnswer {
  return headers === undefined ? { description } : { description, headers }
}

/** A body in JSON. */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
  { description, ...examples }: { description: string } & Examples,
): Bodies<{ 'application/json': Media<Schema> }> {
  return bodies({ 'application/json': { schema, ...examples } }, { description })
}

/** A body in JSON that may be left out. */
export function optionalJsonBody<Schema extends z.ZodType>(
  schema: Schema,
  described: { description: string } & Examples,
): Bodies<{ 'application/json': Media<z.ZodOptional<Schema>> }> {
  const { description, ...examples } = described
  return {
    description,
    isOptional: true,
    content: { 'application/json': { schema: schema.optional(), ...examples } },
  }
}

/** A body in one of several media types; `request.body` is the union of what their schemas give. */
export function bodies<Content extends Record<string, Media>>(
  types: Content,
  { description }: { description: string },
): Bodies<Content> {
  return { description, content: types }
}

/** What a refusal looks like in the documentation. */
export type ProblemAnswer = Answer<{ [PROBLEM_TYPE]: Media<typeof Problem> }>

/** The refusals of an operation, by status, an example for each code. */
export function problems<const Code extends ProblemCode>(
  ...codes: readonly Code[]
): Record<ProblemStatus<Code>, ProblemAnswer> {
  const byStatus = Object.groupBy(codes, (code) => problemCodes[code].status)
  const answers = Object.entries<readonly Code[] | undefined>(byStatus).map(
    ([status, some]) => [status, problemAnswer(Number(status), some ?? [])] as const,
  )
  return Object.fromEntries(answers) as Record<ProblemStatus<Code>, ProblemAnswer>
}

/** The answer that documents several codes of one status. */
export function problemAnswer(status: number, codes: readonly ProblemCode[]): ProblemAnswer {
  const headers = PROBLEM_HEADERS[status]
  return {
    description: codes.map((code) => `\`${code}\`: ${problemCodes[code].title}.`).join(' '),
    ...(headers === undefined ? {} : { headers }),
    content: {
      [PROBLEM_TYPE]: {
        schema: Problem,
        examples: Object.fromEntries(codes.map((code) => [code, problemExample(code)])),
      },
    },
  }
}

/** The codes that an answer made by {@link problems} documents. */
export const problemCodesOf = (answer: Answer | EmptyAnswer | undefined): ProblemCode[] =>
  Object.keys(answer?.content?.[PROBLEM_TYPE]?.examples ?? {}).filter(
    (code): code is ProblemCode => code in problemCodes,
  )

const EXAMPLE_REQUEST_ID = '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11'

function problemExample(code: ProblemCode): Example {
  const { status, title, example }: ProblemDefinition = problemCodes[code]
  const { detail, ...rest } = example
  return {
    summary: title,
    value: problemView(new AppError(code, status as ProblemStatus, detail, rest), EXAMPLE_REQUEST_ID),
  }
}

/** Headers that answers share. */
export const answerHeaders = {
  allow: {
    description: 'The methods that the path has.',
    schema: { type: 'string' },
    example: 'GET, HEAD, OPTIONS',
  },
  cacheControl: {
    description: 'How long the answer may be kept (RFC 9111).',
    schema: { type: 'string' },
    example: 'public, max-age=0, must-revalidate',
  },
  contentLanguage: {
    description: 'The language of the content (BCP 47).',
    schema: { type: 'string' },
    example: 'zh-CN',
  },
  contentLocation: {
    description: 'The address of this very representation.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  etag: {
    description: 'The version of the representation, for `If-None-Match` and `If-Match`.',
    schema: { type: 'string' },
    example: '"3-mZ5hB0qkXlQ"',
  },
  link: {
    description: 'The neighbouring pages (RFC 8288).',
    schema: { type: 'string' },
    example: '</v1/articles?cursor=eyJ&limit=20>; rel="next"',
  },
  location: {
    description: 'The path of what was made.',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/articles/0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11',
  },
  rateLimit: {
    description: 'What may still come at once, and in how many seconds all of it may again.',
    schema: { type: 'string' },
    example: '"writes";r=0;t=10',
  },
  rateLimitPolicy: {
    description:
      'What may come at once, and in how many seconds it fills again (draft-ietf-httpapi-ratelimit-headers).',
    schema: { type: 'string' },
    example: '"writes";q=1000;w=10',
  },
  retryAfter: { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 }, example: 1 },
  wwwAuthenticate: {
    description: 'How to authenticate (RFC 6750 §3).',
    schema: { type: 'string' },
    example: 'Bearer',
  },
} as const satisfies Record<string, AnswerHeader>

/** What comes with every problem of a status. */
const PROBLEM_HEADERS: Readonly<Record<number, Readonly<Record<string, AnswerHeader>>>> = {
  401: { 'WWW-Authenticate': answerHeaders.wwwAuthenticate },
  429: {
    'Retry-After': answerHeaders.retryAfter,
    RateLimit: answerHeaders.rateLimit,
    'RateLimit-Policy': answerHeaders.rateLimitPolicy,
  },
  503: { 'Retry-After': answerHeaders.retryAfter },
}

/** What a resource answers that has another address now: its old slug, or a name in place of a slug. */
export const movedPermanently = noContent('It has another address; the query stays.', {
  Location: answerHeaders.location,
})

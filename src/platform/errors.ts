import type { ProblemCode, ProblemStatus } from '#src/platform/http/problem-codes.ts'

/** One thing that is wrong with a request, and where. */
export interface FieldError {
  in: 'body' | 'query' | 'path' | 'header'
  /** A JSON Pointer (RFC 6901) into the body; the name of a parameter or header. Empty: the whole of it. */
  path: string
  /** Line of the body as it was sent, from 1. */
  line?: number
  /** Column in that line, from 1, in UTF-16 code units. */
  column?: number
  /** What is wrong and what would be right, in words. */
  message: string
  /** What is wrong, for programs. */
  code: string
}

/** What an error may carry beside its code and its sentence. */
export interface AppErrorOptions {
  errors?: readonly FieldError[]
  /** Headers of the answer, such as `Retry-After`. */
  headers?: Readonly<Record<string, string>>
  /** Further members of the problem (RFC 9457 §3.2), such as the holder of a slug. */
  extensions?: Readonly<Record<string, unknown>>
  /** For the log, never for the client. */
  cause?: unknown
}

/**
 * A refusal as a value: a code of the catalogue, its status, and a sentence that the client may read.
 * Thrown anywhere, turned into an answer in one place. The status stands beside the code so that a reader
 * sees it; the compiler holds it to the catalogue's.
 */
export class AppError<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name = 'AppError'
  readonly code: Code
  readonly status: ProblemStatus<Code>
  readonly errors: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: Code, status: ProblemStatus<Code>, detail: string, options: AppErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.status = status
    this.errors = options.errors ?? []
    this.headers = options.headers ?? {}
    this.extensions = options.extensions ?? {}
  }
}

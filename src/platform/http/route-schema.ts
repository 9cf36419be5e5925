import type { IncomingMessage, ServerResponse } from 'node:http'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifySchema,
  FastifyTypeProvider,
  RawServerDefault,
} from 'fastify'
import type { z } from 'zod'

/** One representation of a body: its schema, and what it looks like. */
export interface Media<Schema extends z.ZodType = z.ZodType> {
  schema: Schema
  /** One that is real; a test holds it to the schema. */
  example?: unknown
  /** Several, by name, in place of one. */
  examples?: Readonly<Record<string, Example>>
}

/** A named example of a body (OpenAPI 3.1 §4.8.19). */
export interface Example {
  summary?: string
  value: unknown
}

/** A header of an answer (OpenAPI 3.1 §4.8.21). */
export interface AnswerHeader {
  description: string
  schema: { type: 'string' | 'integer'; [keyword: string]: unknown }
  example?: string | number
}

/** What a route answers with one status. */
export interface Answer<Content extends Record<string, Media> = Record<string, Media>> {
  description: string
  headers?: Readonly<Record<string, AnswerHeader>>
  /** By media type. */
  content: Content
}

/** An answer without a body. */
export interface EmptyAnswer {
  description: string
  headers?: Readonly<Record<string, AnswerHeader>>
  content?: never
}

/** What a route takes. */
export interface Bodies<Content extends Record<string, Media> = Record<string, Media>> {
  description?: string
  /** Whether a request may come without a body; the handler then gets undefined. Absent: false. */
  isOptional?: boolean
  /** By media type: any other is refused with 415. */
  content: Content
}

/** Who may call an operation: one of these; an empty object is everybody (OpenAPI 3.1 §4.8.30). */
export type Security = readonly Readonly<Record<string, readonly string[]>>[]

declare module 'fastify' {
  interface FastifySchema {
    /** Keeps the route out of the documentation. */
    hide?: boolean
    /** The name of the operation for clients; a route without one is not in the documentation. */
    operationId?: string
    tags?: readonly string[]
    summary?: string
    description?: string
    deprecated?: boolean
    security?: Security
    [extension: `x-${string}`]: unknown
  }
}

/** The type of what a schema, or the schemas of several media types, let through. */
type Decoded<Schema> = Schema extends z.ZodType
  ? z.output<Schema>
  : Schema extends { content: infer Content }
    ? {
        [Type in keyof Content]: Content[Type] extends { schema: infer One } ? Decoded<One> : never
      }[keyof Content]
    : unknown

/** The type of what may be sent: without content, nothing. */
type Encoded<Schema> = Schema extends z.ZodType
  ? z.output<Schema>
  : Schema extends { content: infer Content }
    ? {
        [Type in keyof Content]: Content[Type] extends { schema: infer One } ? Encoded<One> : never
      }[keyof Content]
    : Schema extends { description: string }
      ? undefined
      : unknown

/** Gives handlers the types of their route's schemas. */
export interface ZodTypeProvider extends FastifyTypeProvider {
  readonly validator: Decoded<this['schema']>
  readonly serializer: Encoded<this['schema']>
}

/** The application that features register their routes on. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

const hasContent = (part: unknown): part is { content: Readonly<Record<string, Media>> } =>
  typeof part === 'object' && part !== null && 'content' in part

/** What a route takes, by media type; empty for a route without a body. */
export const bodyContent = (schema: FastifySchema | undefined): Readonly<Record<string, Media>> =>
  hasContent(schema?.body) ? schema.body.content : {}

/** Whether a route may be called without a body. */
export const isBodyOptional = (schema: FastifySchema | undefined): boolean =>
  hasContent(schema?.body) && 'isOptional' in schema.body && schema.body.isOptional === true

/** What a route answers, by status. */
export const answersOf = (
  schema: FastifySchema | undefined,
): Readonly<Record<string, Answer | EmptyAnswer>> =>
  (schema?.response ?? {}) as Readonly<Record<string, Answer | EmptyAnswer>>

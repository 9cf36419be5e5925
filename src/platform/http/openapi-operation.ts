import { z } from 'zod'
import { problemAnswer, problemCodesOf } from './answers.ts'
import type { JsonObject, SchemaComponents } from './openapi-schemas.ts'
import { type ProblemCode, problemCodes } from './problem-codes.ts'
import { PROBLEM_TYPE } from './problem-details.ts'
import {
  type Answer,
  answersOf,
  bodyContent,
  type EmptyAnswer,
  isBodyOptional,
  type Media,
} from './route-schema.ts'
import type { DeclaredRoute } from './routes.ts'

type RouteSchema = NonNullable<DeclaredRoute['schema']>

/**
 * One operation of the document (OpenAPI 3.1 §4.8.10), out of a route's schema.
 * @param common codes that this operation shares with its neighbours.
 */
export function openapiOperation(
  components: SchemaComponents,
  schema: RouteSchema,
  common: readonly ProblemCode[],
): JsonObject {
  const parameters = [
    ...openapiParameters(components, 'path', schema.params),
    ...openapiParameters(components, 'query', schema.querystring),
    ...openapiParameters(components, 'header', schema.headers),
  ]
  const content = bodyContent(schema)
  return {
    operationId: schema.operationId,
    tags: schema.tags ?? [],
    summary: schema.summary,
    description: schema.description,
    ...(schema.deprecated === true ? { deprecated: true } : {}),
    security: schema.security ?? [],
    ...extensions(schema),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(Object.keys(content).length > 0
      ? {
          requestBody: {
            ...bodyDescription(schema.body),
            required: !isBodyOptional(schema),
            content: openapiContent(components, content, 'input'),
          },
        }
      : {}),
    responses: responses(components, answersOf(schema), [...platformProblems(schema), ...common]),
  }
}

const extensions = (schema: RouteSchema): JsonObject =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key.startsWith('x-')))

function bodyDescription(body: unknown): { description?: string } {
  const { description } = (body ?? {}) as { description?: string }
  return description === undefined ? {} : { description }
}

/** What the platform itself may answer to an operation with such a schema: no route lists these. */
function platformProblems(schema: RouteSchema): ProblemCode[] {
  const types = Object.keys(bodyContent(schema))
  const hasJson = types.some((type) => type.endsWith('json'))
  const answers = Object.entries(answersOf(schema))
  const hasContent = answers.some(([status, { content }]) => status.startsWith('2') && content !== undefined)
  return [
    'malformed_request',
    'invalid_url',
    'invalid_parameters',
    'url_too_long',
    'headers_too_large',
    ...(hasContent ? (['not_acceptable'] as const) : []),
    ...(types.length > 0 && !isBodyOptional(schema) ? (['empty_body'] as const) : []),
    ...(hasJson ? (['invalid_json'] as const) : []),
    ...(types.length > 0
      ? (['invalid_encoding', 'body_too_large', 'unsupported_media_type', 'invalid_body'] as const)
      : []),
    'internal',
  ]
}

function openapiParameters(
  components: SchemaComponents,
  where: 'path' | 'query' | 'header',
  schema: unknown,
) {
  if (!(schema instanceof z.ZodObject)) return []
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape
  return Object.entries(shape).map(([name, type]) => {
    const { description, examples, ...json } = components.jsonSchema(type, 'input')
    const [example] = Array.isArray(examples) ? examples : []
    return {
      name,
      in: where,
      required: where === 'path' || !type.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
      schema: json,
    }
  })
}

function openapiContent(
  components: SchemaComponents,
  content: Readonly<Record<string, Media>>,
  io: 'input' | 'output',
): JsonObject {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema, ...examples }]) => [
      type,
      {
        schema: components.jsonSchema(schema, io),
        ...(type === PROBLEM_TYPE
          ? { examples: components.sharedExamples(examples.examples ?? {}) }
          : examples),
      },
    ]),
  )
}

function responses(
  components: SchemaComponents,
  declared: Readonly<Record<string, Answer | EmptyAnswer>>,
  added: readonly ProblemCode[],
): JsonObject {
  const addedByStatus = Object.groupBy(added, (code) => String(problemCodes[code].status))
  const statuses = [...new Set([...Object.keys(declared), ...Object.keys(addedByStatus)])].sort()
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = new Set([...problemCodesOf(declared[status]), ...(addedByStatus[status] ?? [])])
      const answer = codes.size > 0 ? problemAnswer(Number(status), [...codes]) : declared[status]
      return [status, openapiResponse(components, answer)]
    }),
  )
}

function openapiResponse(components: SchemaComponents, answer: Answer | EmptyAnswer | undefined): JsonObject {
  const { description, headers, content } = answer ?? { description: '' }
  return {
    description,
    ...(headers === undefined ? {} : { headers }),
    ...(content === undefined ? {} : { content: openapiContent(components, content, 'output') }),
  }
}

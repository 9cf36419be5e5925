import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import type { OpenAPIV3_1 } from 'openapi-types'
import { z } from 'zod'
import { answerHeaders, json, noContent } from './answers.ts'
import { API_INTRODUCTION } from './api-introduction.ts'
import { fixedRepresentation } from './conditional.ts'
import { openapiOperation } from './openapi-operation.ts'
import { type JsonObject, SchemaComponents } from './openapi-schemas.ts'
import type { ProblemCode } from './problem-codes.ts'
import type { App } from './route-schema.ts'

/** What the document says of the whole API. */
export interface OpenApiOptions {
  /** The address of the API, as clients reach it. */
  serverUrl: string
  version: string
  /** The groups of operations, in the order in which readers meet them. */
  tags: readonly { name: string; description: string }[]
  /** Codes that every operation below a path can answer with: `{ '/v1': ['database_unavailable'] }`. */
  commonProblems?: Readonly<Record<string, readonly ProblemCode[]>>
}

/** The group of the operations that describe the API itself. */
export const REFERENCE_TAG = {
  name: 'Reference',
  description: 'The description of the API, and what its problems mean.',
}

const JSON_TYPE = 'application/json; charset=utf-8'

/** What @fastify/swagger copies from a route into the document untouched. */
const OPERATION = 'x-operation'

/**
 * Settings of @fastify/swagger, which walks the routes; the operations are ours, as its own conversion knows one
 * media type a body and drops what stands beside a `$ref`. A schema at odds with itself throws.
 */
function swaggerOptions(options: OpenApiOptions): FastifyDynamicSwaggerOptions {
  const components = new SchemaComponents()
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Masthead',
        version: options.version,
        summary: 'Articles, topics, tags and citations of a newsroom.',
        description: API_INTRODUCTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: options.serverUrl }],
      tags: [...options.tags, REFERENCE_TAG],
    },
    transform({ schema, url }) {
      if (schema?.operationId === undefined || schema.hide === true) return { schema: { hide: true }, url }
      const operation = openapiOperation(components, schema, commonProblems(url, options))
      return { schema: { [OPERATION]: operation }, url }
    },
    transformObject(document) {
      if (!('openapiObject' in document)) throw new Error('The document is not OpenAPI 3.')
      const { paths, ...rest } = document.openapiObject as OpenAPIV3_1.Document
      return {
        ...rest,
        paths: operationsAlone(paths as Record<string, Record<string, JsonObject>>),
        components: {
          securitySchemes: {
            apiKey: {
              type: 'http',
              scheme: 'bearer',
              description: 'An API key: `Authorization: Bearer mh_…`.',
            },
          },
          ...(components.all() as Pick<OpenAPIV3_1.ComponentsObject, 'schemas' | 'examples'>),
        },
      }
    },
  }
}

/** Puts our operations in the place of those that @fastify/swagger wrote around them. */
function operationsAlone(paths: Record<string, Record<string, JsonObject>>): OpenAPIV3_1.PathsObject {
  const mine = Object.entries(paths).map(([path, methods]) => [
    path,
    Object.fromEntries(Object.entries(methods).map(([method, written]) => [method, written[OPERATION]])),
  ])
  return Object.fromEntries(mine)
}

const commonProblems = (url: string, options: OpenApiOptions): ProblemCode[] =>
  Object.entries(options.commonProblems ?? {}).flatMap(([prefix, codes]) =>
    url.startsWith(`${prefix}/`) ? codes : [],
  )

/** Serves the document at `/openapi.json`. It is made once, when all routes are known. */
export async function registerOpenApi(app: App, options: OpenApiOptions): Promise<void> {
  await app.register(swagger, swaggerOptions(options))
  let send = fixedRepresentation('', JSON_TYPE)
  app.addHook('onReady', async () => {
    send = fixedRepresentation(JSON.stringify(app.swagger()), JSON_TYPE)
  })
  const schema = {
    operationId: 'getOpenApi',
    tags: [REFERENCE_TAG.name],
    summary: 'This description of the API',
    description: 'The OpenAPI 3.1 document, made from the schemas that check requests.',
    response: {
      200: json(z.looseObject({ openapi: z.string() }), {
        description: 'The document.',
        headers: { ETag: answerHeaders.etag },
        example: { openapi: '3.1.0' },
      }),
      304: noContent('Not changed since the version in `If-None-Match`.'),
    },
  }
  app.get('/openapi.json', { schema }, async (request, reply) => send(request, reply))
}

import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { json, jsonBody } from '#src/platform/http/answers.ts'
import { type App, createHttpApp } from '#src/platform/http/app.ts'
import { SchemaComponents } from '#src/platform/http/openapi-schemas.ts'
import { list, query, queryLimit, text } from '#src/platform/http/zod-types.ts'
import { smallApp } from './small-app.ts'

let app: App
// The document is data for other programs: asserting its shape needs no types of ours.
// biome-ignore lint/suspicious/noExplicitAny: see above
let document: any

beforeAll(async () => {
  app = await smallApp()
  document = (await app.inject('/openapi.json')).json()
})
afterAll(() => app.close())

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 with what the configuration says', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { version: '1.2.3', license: { identifier: 'MIT' } },
      servers: [{ url: 'http://127.0.0.1:3000' }],
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
    })
    expect(document.tags.map((tag: { name: string }) => tag.name)).toEqual(['Stories', 'Reference'])
  })

  test('has the documented operations, each once', () => {
    const operations = Object.values<Record<string, { operationId: string }>>(document.paths).flatMap(
      (path) => Object.values(path).map(({ operationId }) => operationId),
    )
    expect(operations.toSorted()).toEqual([
      'createStory',
      'deleteStory',
      'getOpenApi',
      'getProblemType',
      'getStory',
      'listStories',
      'patchStory',
    ])
  })

  test('an operation has both media types of its body, its extensions, and every status it can give', () => {
    const { post } = document.paths['/v1/stories']
    expect(Object.keys(post.requestBody.content)).toEqual(['application/json', 'text/markdown'])
    expect(post.requestBody.content['application/json']).toEqual({
      schema: { $ref: '#/components/schemas/StoryInput' },
      example: { title: '硅谷' },
    })
    expect(post['x-roles']).toEqual(['editor'])
    expect(post.security).toEqual([{ apiKey: [] }])
    expect(Object.keys(post.responses)).toEqual([
      '201',
      '400',
      '401',
      '406',
      '409',
      '413',
      '414',
      '415',
      '422',
      '431',
      '500',
      '503',
    ])
  })

  test('a refusal has an example for each of its codes', () => {
    const { content, description } = document.paths['/v1/stories'].get.responses['400']
    expect(Object.keys(content['application/problem+json'].examples)).toEqual([
      'invalid_cursor',
      'malformed_request',
      'invalid_url',
      'invalid_parameters',
    ])
    expect(description).toContain('`invalid_cursor`')
  })

  test('a parameter keeps what a transformation would hide', () => {
    const [limit] = document.paths['/v1/stories'].get.parameters
    expect(limit).toEqual({
      name: 'limit',
      in: 'query',
      required: false,
      description: 'How many items a page has, from 1 to 100.',
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    })
  })

  test('input is closed, answers are open', () => {
    const { StoryInput, Story } = document.components.schemas
    expect(StoryInput.additionalProperties).toBe(false)
    expect(Story).not.toHaveProperty('additionalProperties')
    expect(StoryInput.properties.tags).toMatchObject({
      type: 'array',
      maxItems: 100,
      description: 'Names, or slugs.',
    })
  })

  test('is answered conditionally', async () => {
    const first = await app.inject('/openapi.json')
    const second = await app.inject({
      url: '/openapi.json',
      headers: { 'if-none-match': String(first.headers.etag) },
    })
    expect(second.statusCode).toBe(304)
    expect(second.body).toBe('')
  })
})

describe('a schema', () => {
  const schemaOf = (schema: z.ZodType) => new SchemaComponents().jsonSchema(schema, 'input')

  test('with one id and two shapes stops the start', () => {
    const components = new SchemaComponents()
    components.jsonSchema(z.object({ a: z.string() }).meta({ id: 'Twin' }), 'output')
    const other = z.object({ b: z.string() }).meta({ id: 'Twin2' })
    components.jsonSchema(other, 'output')
    expect(() =>
      components.jsonSchema(z.object({ a: z.coerce.string().default('x') }).meta({ id: 'Twin3' }), 'input'),
    ).not.toThrow()
    const changing = z.object({ a: z.string().default('x') }).meta({ id: 'Changing' })
    components.jsonSchema(changing, 'input')
    expect(() => components.jsonSchema(changing, 'output')).toThrow('Changing')
  })

  test('may have properties that are called like keywords', () => {
    expect(schemaOf(z.object({ id: z.uuid(), $defs: z.string() }))).toMatchObject({
      properties: { id: { type: 'string', format: 'uuid' } },
    })
  })

  test('carries no patterns beside formats, and no limits that are JavaScript’s', () => {
    expect(schemaOf(z.uuid())).toEqual({ type: 'string', format: 'uuid' })
    expect(schemaOf(z.int())).toEqual({ type: 'integer' })
    expect(schemaOf(text(5))).toEqual({ type: 'string', maxLength: 5 })
    expect(schemaOf(list(text(5), 3))).toEqual({
      type: 'array',
      maxItems: 3,
      items: { type: 'string', maxLength: 5 },
    })
    expect(schemaOf(z.record(z.string(), z.unknown()))).toEqual({ type: 'object', additionalProperties: {} })
  })

  test('that refers to itself is a component', () => {
    const Node = z
      .object({
        get children() {
          return z.array(Node)
        },
      })
      .meta({ id: 'Node' })
    const components = new SchemaComponents()
    expect(components.jsonSchema(Node, 'output')).toEqual({ $ref: '#/components/schemas/Node' })
    expect(components.all().schemas).toMatchObject({
      Node: { properties: { children: { items: { $ref: '#/components/schemas/Node' } } } },
    })
  })
})

describe('the document', () => {
  const Thing = z.object({ a: z.string() }).meta({ id: 'Thing' })

  async function pathsOf(declare: (app: App) => void): Promise<Record<string, unknown>> {
    const app = await createHttpApp({
      log: pino({ level: 'silent' }),
      trustProxy: false,
      corsOrigins: '*',
      openapi: { serverUrl: 'https://api.example', version: '1', tags: [] },
    })
    declare(app)
    const { paths } = (await app.inject('/openapi.json')).json()
    await app.close()
    return paths
  }

  test('leaves out what is hidden, has no operationId, or is HEAD', async () => {
    const paths = await pathsOf((app) => {
      app.get('/hidden', { schema: { operationId: 'x', hide: true } }, async () => undefined)
      app.get('/nameless', { schema: {} }, async () => undefined)
      app.get('/bare', async () => undefined)
      app.get('/head', { schema: { operationId: 'head' } }, async () => undefined)
    })
    for (const path of ['/hidden', '/nameless', '/bare']) expect(paths).not.toHaveProperty([path])
    expect(Object.keys(paths['/head'] as object)).toEqual(['get'])
  })

  test('writes path parameters, query and body of one operation', async () => {
    const paths = await pathsOf((app) => {
      app.put(
        '/a/:one/b/:two',
        {
          schema: {
            operationId: 'putIt',
            params: z.object({ one: z.string(), two: z.string() }),
            querystring: query({ limit: queryLimit({ max: 5, default: 2 }) }),
            body: jsonBody(Thing, { description: 'It.', example: { a: 'b' } }),
            response: {
              200: json(Thing, { description: 'It.', examples: { small: { value: { a: 'b' } } } }),
            },
          },
        },
        async () => ({ a: 'b' }),
      )
    })
    expect(paths).toMatchObject({
      '/a/{one}/b/{two}': {
        put: {
          parameters: [
            { in: 'path', name: 'one', required: true },
            { in: 'path', name: 'two', required: true },
            { in: 'query', name: 'limit', required: false },
          ],
          requestBody: { description: 'It.', required: true },
          responses: { 200: { content: { 'application/json': { examples: { small: {} } } } } },
        },
      },
    })
  })
})

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

interface MediaType {
  schema: object
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description: string
  parameters?: (Described & { name: string })[]
  requestBody?: { content: Record<string, MediaType> }
  responses: Record<string, { description: string; content?: Record<string, MediaType> }>
}

interface Described {
  description?: string
  $ref?: string
}

interface OpenApi {
  tags: { name: string }[]
  info: { description: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Described & { properties?: Record<string, Described> }> }
}

const api = await startApi()
const document: OpenApi = (await api.reader.get('/openapi.json').expect(200)).body
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operation,
  })),
)

/** What Redocly says of a document; empty when it is fine. */
async function lint(openapi: OpenApi): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'masthead-openapi-'))
  const file = join(folder, 'openapi.json')
  await writeFile(file, JSON.stringify(openapi))
  const cli = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'))
  const config = join(import.meta.dirname, '../../redocly.yaml')
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const complaints = await new Promise<string>((resolve) => {
    execFile(process.execPath, [cli, 'lint', '--config', config, file], { env }, (error, stdout, stderr) =>
      resolve(error === null ? '' : stdout + stderr),
    )
  })
  await rm(folder, { recursive: true })
  return complaints
}

describe('/openapi.json', () => {
  test('passes Redocly’s strict rules, every example by its schema included', async () => {
    expect(await lint(document)).toBe('')
  })

  test('would not pass with an example that is none', async () => {
    const [wrong] = JSON.parse(JSON.stringify([document])) as [OpenApi]
    const media = wrong.paths['/v1/articles']?.get?.responses['200']?.content?.['application/json']
    if (media !== undefined) media.example = { data: 'no list' }
    expect(await lint(wrong)).toContain('no-invalid-media-type-examples')
  })

  test('has operations, each with an id of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(ids).toContain('listArticles')
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('describes every tag that is used, and uses every tag that is described', () => {
    const used = new Set(operations.flatMap(({ operation }) => operation.tags))
    expect([...used].toSorted()).toEqual(document.tags.map(({ name }) => name).toSorted())
  })
})

describe('a frontend developer who knows nothing of us', () => {
  test('reads first how keys, limits, errors, pages, filters, ETags, caches and CORS work', () => {
    const headings = [...document.info.description.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'Keys and roles',
      'Limits',
      'Errors',
      'Paging',
      'Names in filters',
      'ETags',
      'Caches and CDNs',
      'CORS',
    ])
  })

  test('reads what each field means, but for those that another standard describes', () => {
    const { JsonFeed, NewsArticle, ...schemas } = document.components.schemas
    expect([JsonFeed, NewsArticle].map((schema) => typeof schema?.description)).toEqual(['string', 'string'])
    const isDescribed = ({ description, $ref = '' }: Described) =>
      (description ?? schemas[$ref.split('/').at(-1) ?? '']?.description) !== undefined
    const silent = Object.entries(schemas).flatMap(([name, { properties = {}, ...schema }]) => [
      ...(isDescribed(schema) ? [] : [name]),
      ...Object.entries(properties).flatMap(([key, one]) => (isDescribed(one) ? [] : [`${name}.${key}`])),
    ])
    expect(silent).toEqual([])
  })

  test.each(['tag', 'topic', 'excludeTag', 'excludeTopic'])(
    'is told by `%s` that an encoded comma belongs to a name',
    (name) => {
      const { parameters = [] } = document.paths['/v1/articles']?.get ?? {}
      expect(parameters.find((parameter) => parameter.name === name)?.description).toContain('%2C')
    },
  )
})

describe.each(operations)('$name', ({ operation }) => {
  test('has an id, one tag, a summary and a description', () => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
    expect(operation.tags).toHaveLength(1)
    expect(operation.summary).toMatch(/^\S.{4,80}$/)
    expect(operation.description).toMatch(/^\S.{20,}$/s)
  })

  test('says what each parameter is', () => {
    const silent = (operation.parameters ?? []).filter(({ description = '' }) => description.length < 10)
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  test('has an example for every body that it takes or gives', () => {
    const bodies = [
      ...Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => ({
        name: `body ${type}`,
        media,
      })),
      ...Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).map(([type, media]) => ({ name: `${status} ${type}`, media })),
      ),
    ]
    const without = bodies.filter(
      ({ media }) => (media.example ?? Object.values(media.examples ?? {})[0]) === undefined,
    )
    expect(without.map(({ name }) => name)).toEqual([])
  })

  test('says what it answers to a wrong request', () => {
    expect(Object.keys(operation.responses).filter((status) => status.startsWith('4'))).not.toEqual([])
  })
})

import { z } from 'zod'

/** A part of the document. */
export type JsonObject = { [key: string]: unknown }

/** Keywords of zod's output that belong to a document of its own, not to a part of ours. */
const DOCUMENT_KEYWORDS = new Set(['$schema', '$defs', 'id', '$id'])

/** What operations share: schemas with an id, whether they are read or written, and examples (OpenAPI 3.1 §4.8.7). */
export class SchemaComponents {
  readonly #schemas = new Map<string, { json: JsonObject; text: string }>()
  readonly #examples = new Map<string, unknown>()

  /**
   * A zod schema as JSON Schema 2020-12; what has an id is a reference.
   * @throws when two different schemas have one id, or one differs between request and answer.
   */
  jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
    // Inside an array every schema with an id lands in $defs, the outermost too.
    const { items, $defs } = z.toJSONSchema(z.array(schema), { io, unrepresentable: 'throw', override: tidy })
    for (const [id, definition] of Object.entries($defs ?? {})) this.#add(id, withOwnReferences(definition))
    return withOwnReferences(items)
  }

  /** Examples that many operations have, as references: written out, problems were 300 KB of 500. */
  sharedExamples(examples: Readonly<Record<string, unknown>>): JsonObject {
    for (const [name, example] of Object.entries(examples)) this.#examples.set(name, example)
    return Object.fromEntries(
      Object.keys(examples).map((name) => [name, { $ref: `#/components/examples/${name}` }]),
    )
  }

  /** All components, sorted. */
  all(): { schemas: JsonObject; examples: JsonObject } {
    const schemas = [...this.#schemas].map(([id, { json }]) => [id, json] as const)
    return { schemas: sorted(schemas), examples: sorted([...this.#examples]) }
  }

  #add(id: string, json: JsonObject): void {
    const text = JSON.stringify(json)
    const there = this.#schemas.get(id)
    if (there !== undefined && there.text !== text) {
      throw new Error(`Two schemas have the id ${id}, or it differs between request and answer.`)
    }
    this.#schemas.set(id, { json, text })
  }
}

const sorted = (entries: readonly (readonly [string, unknown])[]): JsonObject =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>

/** Repairs what zod writes; each line was found in a document that a reader or a linter stumbled over. */
const tidy: Override = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod
  // Objects stay open for readers: else a new field breaks every strict client. Strict ones have a catchall.
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties
  if (def.type === 'record') delete jsonSchema.propertyNames
  // zod drops both on inputs that a transformation follows.
  const meta = z.globalRegistry.get(zodSchema)
  for (const keyword of ['default', 'examples'] as const) {
    if (meta?.[keyword] !== undefined) jsonSchema[keyword] = meta[keyword] as never
  }
  for (const [keyword, value] of Object.entries(meta ?? {})) {
    if (value === undefined && keyword in jsonSchema) delete jsonSchema[keyword]
  }
  // 300 characters of pattern say less than `uuid` or `date-time`.
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}

function withOwnReferences(value: unknown): JsonObject {
  return rewrite(value) as JsonObject
}

function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite)
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(
    // A property may be called `id`: then it is a schema, not a keyword.
    ([key, one]) => !DOCUMENT_KEYWORDS.has(key) || (typeof one === 'object' && key !== '$defs'),
  )
  return Object.fromEntries(
    kept.map(([key, one]) => [
      key,
      key === '$ref' && typeof one === 'string'
        ? one.replace('#/$defs/', '#/components/schemas/')
        : rewrite(one),
    ]),
  )
}

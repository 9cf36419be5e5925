/** A JSON Schema, as far as the served document uses it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly readOnly?: boolean
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Schema
}

/** What an operation may answer with one status. */
export interface DeclaredAnswer {
  readonly content?: Readonly<
    Record<string, { schema: Schema; examples?: Readonly<Record<string, unknown>> }>
  >
}

interface WrittenOperation {
  readonly operationId: string
  readonly 'x-roles': readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, { schema: Schema }>>
  }
  readonly responses: Readonly<Record<string, DeclaredAnswer>>
}

/** `/openapi.json`, as far as requests are made from it and answers held to it. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, WrittenOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** An operation, with its place. */
export interface Operation extends WrittenOperation {
  /** Upper case. */
  readonly method: string
  readonly path: string
}

/** Every operation of the document. */
export const operationsOf = (document: OpenApiDocument): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase(),
    })),
  )

/** What a path and a method lead to. */
export interface Place {
  /** HEAD is GET's; null where the path has no such method. */
  readonly operation: Operation | null
  /** The methods of the path; empty: there is no such path. */
  readonly methods: readonly string[]
}

/** Finds the place of an address (path and query, as sent): paths without parameters come first. */
export function placeFinder(operations: readonly Operation[]): (method: string, url: string) => Place {
  const places = Map.groupBy(operations, ({ path }) => path)
  const patterns = [...places]
    .toSorted(([one], [other]) => Number(one.includes('{')) - Number(other.includes('{')))
    .map(([path, found]) => ({ pattern: patternOf(path), found }))
  return (method, url) => {
    const path = decodedOnce(url.split(/[?#]/, 1)[0] ?? '')
    const found = patterns.find(({ pattern }) => pattern.test(path))?.found ?? []
    const wanted = method === 'HEAD' ? 'GET' : method
    return {
      operation: found.find((operation) => operation.method === wanted) ?? null,
      methods: found.map((operation) => operation.method),
    }
  }
}

const patternOf = (path: string) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]*\}/g, '[^/]+')}$`, 's')

/** As the router does it: what stands for `/` and its like stays. */
function decodedOnce(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

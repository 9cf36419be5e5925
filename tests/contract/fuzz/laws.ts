import { isUtf8 } from 'node:buffer'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import { XmlDocument } from 'libxml2-wasm'
import type { FuzzAnswer } from './exchange.ts'
import {
  type OpenApiDocument,
  type Operation,
  operationsOf,
  type Place,
  placeFinder,
} from './openapi-document.ts'
import type { FuzzRequest } from './request-arbitrary.ts'
import type { Caller } from './world.ts'

/** What every answer must keep to, whatever was asked. */
export interface Laws {
  /** The operation that a request is for; null: there is none. */
  operationOf(request: FuzzRequest): Operation | null
  /** What is wrong with an answer; null: nothing. */
  complaintOf(request: FuzzRequest, answer: FuzzAnswer): string | null
  /** What is wrong with the answer to HEAD, given that to GET; null: nothing. */
  disagreement(head: FuzzAnswer, get: FuzzAnswer): string | null
  /** The codes that problems had. */
  readonly codes: ReadonlySet<string>
}

const PROBLEM = 'application/problem+json'

/** Text in a refusal or a header that tells of the inside: stacks, files, SQL, libraries and their versions. */
const INSIDE: readonly RegExp[] = [
  /\n\s+at .+:\d+/,
  /node_modules|node:internal|file:\/\//,
  /\/(?:src|generated)\/[a-z/-]+\.[tj]s/,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^.]*\b(?:FROM|VALUES|SET|WHERE)\b/,
  /duplicate key value|violates|syntax error at|invalid input syntax|invalid byte sequence|relation "|column "/,
  /\b(?:FST_ERR|ERR_[A-Z]+_|ECONN|HPE_|P20\d\d|SQLSTATE)/,
  /prisma|fastify|zod\b|postgres|find-my-way|pino\b/i,
  /Cannot read propert|is not a function|is not iterable|Maximum call stack|Unexpected token|\[object Object\]/,
]

/** Headers that say what the server is made of. */
const TELLTALES = ['server', 'x-powered-by', 'via', 'x-aspnet-version', 'x-runtime']

/** A key of these opens nothing. */
const isRefused = (caller: Caller): boolean => caller === 'revoked' || caller === 'expired'

/** Makes the laws from what the server says of itself. */
export function lawsOf(document: OpenApiDocument): Laws {
  const find = placeFinder(operationsOf(document))
  const validate = validator(document)
  const codes = new Set<string>()

  function complaintOf(request: FuzzRequest, answer: FuzzAnswer): string | null {
    const place = find(request.method, request.url)
    return (
      unexpectedStatus(request, answer, place) ??
      bodyComplaint(request, answer, place.operation) ??
      insideTold(request, answer)
    )
  }

  function bodyComplaint(
    request: FuzzRequest,
    answer: FuzzAnswer,
    operation: Operation | null,
  ): string | null {
    const { status, body } = answer
    if (request.method === 'HEAD' && body.length > 0) return 'The answer to HEAD has a body.'
    if (status >= 400) return problemComplaint(request, answer, operation)
    const content = operation?.responses[status]?.content
    if (content === undefined || request.method === 'OPTIONS')
      return body.length === 0 ? null : 'It has a body, and none is declared.'
    const type = typeOf(answer)
    if (content[type] === undefined) return `The type "${type}" is not declared.`
    if (request.method === 'HEAD') return null
    if (!isUtf8(body)) return 'The body is not UTF-8.'
    if (type.endsWith('xml')) return xmlComplaint(body)
    if (!type.endsWith('json')) return null
    return validate(content[type].schema, JSON.parse(body.toString()), hasFields(request.url))
  }

  function problemComplaint(
    request: FuzzRequest,
    answer: FuzzAnswer,
    operation: Operation | null,
  ): string | null {
    const { status, headers, body } = answer
    if (typeOf(answer) !== PROBLEM) return `The refusal is of the type "${typeOf(answer)}".`
    if (status === 401 && !headers['www-authenticate']?.startsWith('Bearer'))
      return 'A 401 has no WWW-Authenticate for Bearer.'
    if (headers['cache-control'] === undefined) return 'The refusal has no Cache-Control.'
    if (request.method === 'HEAD') return null
    if (!isUtf8(body)) return 'The body is not UTF-8.'
    const problem = JSON.parse(body.toString())
    codes.add(problem.code)
    const declared = operation?.responses[status]?.content?.[PROBLEM]
    const complaint = validate(declared?.schema ?? { $ref: '#/components/schemas/Problem' }, problem, false)
    if (complaint !== null) return complaint
    if (problem.status !== status) return 'The problem’s status is another.'
    if (problem.type !== `/problems/${problem.code}`) return 'The problem’s type is not its code’s page.'
    if (problem.requestId !== headers['x-request-id']) return 'The problem’s request id is another.'
    if (declared !== undefined && declared.examples?.[problem.code] === undefined)
      return `The operation does not declare the code "${problem.code}" with ${status}.`
    return null
  }

  return {
    operationOf: ({ method, url }) => find(method, url).operation,
    complaintOf,
    disagreement,
    codes,
  }
}

function unexpectedStatus({ method, caller }: FuzzRequest, { status, headers }: FuzzAnswer, place: Place) {
  const { operation, methods } = place
  if (status >= 500) return `It is a ${status}.`
  if (method === 'OPTIONS' && status === 204 && methods.length > 0) return null
  if (operation === null) {
    const expected = [400, 414, 431, methods.length === 0 ? 404 : 405]
    if (!expected.includes(status)) return `There is no such operation, and the answer is ${status}.`
    if (status === 405 && headers.allow === undefined) return 'A 405 has no Allow.'
    return null
  }
  if (operation.responses[status] === undefined) return `The status ${status} is not declared.`
  if (status < 400 && !mayCall(caller, operation)) return `A key that is ${caller} was let in.`
  return null
}

/** Probes and the API's description look at no key. */
const LOOKS_AT_KEYS = /^\/(?!livez|readyz|openapi|problems)/

function mayCall(caller: Caller, operation: Operation): boolean {
  if (!LOOKS_AT_KEYS.test(operation.path)) return true
  return !isRefused(caller) && operation['x-roles'].includes(caller)
}

function insideTold(request: FuzzRequest, { status, headers, body }: FuzzAnswer): string | null {
  const telltale = TELLTALES.find((name) => headers[name] !== undefined)
  if (telltale !== undefined) return `The header ${telltale} says what the server is made of.`
  const said = Object.entries(headers).join('\n') + (status >= 400 ? body.toString() : '')
  if (said.includes(process.version) || said.includes(process.cwd())) return 'It tells a version or a folder.'
  const asked = JSON.stringify(request) + decodedAddress(request.url)
  const inside = INSIDE.map((pattern) => pattern.exec(said)?.[0]).find(
    (found) => found !== undefined && !asked.includes(found),
  )
  return inside === undefined ? null : `It tells of the inside: ${JSON.stringify(inside.slice(0, 80))}.`
}

/** The address as a message quotes it. */
function decodedAddress(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

/** What HEAD says of the answer that GET would give (RFC 9110 §9.3.2). */
const SAME = [
  'content-type',
  'etag',
  'last-modified',
  'cache-control',
  'cdn-cache-control',
  'surrogate-key',
  'content-location',
  'content-language',
  'location',
  'vary',
  'link',
  'www-authenticate',
  'allow',
]

function disagreement(head: FuzzAnswer, get: FuzzAnswer): string | null {
  if (head.status !== get.status) return `HEAD is answered ${head.status}, GET ${get.status}.`
  const other = SAME.find((name) => String(head.headers[name]) !== String(get.headers[name]))
  return other === undefined
    ? null
    : `${other} is "${head.headers[other]}" to HEAD and "${get.headers[other]}" to GET.`
}

const typeOf = ({ headers }: FuzzAnswer): string => (headers['content-type'] ?? '').split(';', 1)[0] ?? ''

const hasFields = (url: string): boolean => /[?&]fields=/.test(url)

function xmlComplaint(body: Buffer): string | null {
  try {
    XmlDocument.fromBuffer(body).dispose()
    return null
  } catch (error) {
    return `The XML is not well-formed: ${error}`
  }
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  'uri-reference': /^[^\0-\x20"<>\\^`{|}]*$/,
}

/** What is wrong with a value by a schema of the document; `isPicked`: members may be missing, since `fields` chose. */
function validator(document: OpenApiDocument) {
  const whole = compiled(document)
  const picked = compiled(
    JSON.parse(JSON.stringify(document), (key, value) => (isRequired(key, value) ? [] : value)),
  )
  return (schema: object, value: unknown, isPicked: boolean): string | null => {
    const validate = (isPicked ? picked : whole)(schema)
    if (validate(value)) return null
    const [{ instancePath, message } = {}] = validate.errors ?? []
    return `By its schema it is wrong at "${instancePath?.replaceAll(/\d+/g, 'n')}": ${message}.`
  }
}

const isRequired = (key: string, value: unknown) => key === 'required' && Array.isArray(value)

function compiled({ components }: OpenApiDocument): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, formats: FORMATS })
  const schemas = new Map<string, ValidateFunction>()
  const root = 'masthead:document'
  ajv.addSchema({ $id: root, components } as AnySchema)
  const rooted = (schema: object) =>
    JSON.parse(JSON.stringify(schema), (key, value) => (key === '$ref' ? `${root}${value}` : value))
  return (schema) => {
    const key = JSON.stringify(schema)
    const known = schemas.get(key) ?? ajv.compile(rooted(schema))
    schemas.set(key, known)
    return known
  }
}

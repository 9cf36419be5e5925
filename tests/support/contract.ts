import { isDeepStrictEqual } from 'node:util'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { App } from '#src/platform/http/app.ts'
import { answersOf } from '#src/platform/http/route-schema.ts'

/** An answer that is not what its route declares. */
export interface ContractBreach {
  readonly request: string
  readonly status: number
  readonly reason: string
}

/**
 * Parses every JSON answer of the application strictly with the schema of its route: serialising does not validate,
 * so a forgotten or superfluous field would go unnoticed. The list fills while tests run.
 */
export function watchContract(app: App): ContractBreach[] {
  const breaches: ContractBreach[] = []
  app.addHook('onSend', async (request, reply, payload) => {
    const { schema } = request.routeOptions
    const text = decoded(payload, reply.getHeader('content-encoding'))
    if (request.is404 || schema?.operationId === undefined || text === null) return payload
    const reason = breachOf(
      schema,
      reply.statusCode,
      String(reply.getHeader('content-type') ?? ''),
      text,
      picksFields(request.query),
    )
    if (reason !== null) {
      breaches.push({ request: `${request.method} ${request.url}`, status: reply.statusCode, reason })
    }
    return payload
  })
  return breaches
}

/** The text of an answer; null for streams. */
function decoded(payload: unknown, coding: unknown): string | null {
  if (typeof payload === 'string') return payload
  if (!Buffer.isBuffer(payload)) return null
  if (coding === 'br') return brotliDecompressSync(payload).toString()
  return (coding === 'gzip' ? gunzipSync(payload) : payload).toString()
}

function breachOf(
  schema: Parameters<typeof answersOf>[0],
  status: number,
  contentType: string,
  payload: string,
  isPicked: boolean,
): string | null {
  if (contentType.startsWith('application/problem+json')) return null // every route may refuse
  const answer = answersOf(schema)[String(status)]
  if (answer === undefined) return 'The status is not declared.'
  const type = contentType.split(';')[0] ?? ''
  const media = answer.content?.[type]
  if (media === undefined) return payload === '' ? null : `The type "${type}" is not declared.`
  if (type !== 'application/json') return null
  const value: unknown = JSON.parse(payload)
  const parsed = (isPicked ? withOptionalFields(media.schema) : media.schema).safeParse(value)
  if (!parsed.success) return parsed.error.message
  return isDeepStrictEqual(parsed.data, value) ? null : 'It has fields that the schema does not know.'
}

const picksFields = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && 'fields' in query && query.fields !== undefined

/** The schema of an answer of which `fields` names what it has: of one thing, a collection of things, or neighbours. */
function withOptionalFields(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject)) return schema
  const { data, previous } = schema.shape
  if (data instanceof z.ZodArray && data.element instanceof z.ZodObject)
    return schema.extend({ data: z.array(data.element.partial()) })
  const item = previous instanceof z.ZodNullable ? previous.unwrap() : null
  if (!(item instanceof z.ZodObject)) return schema.partial()
  const neighbour = item.partial().nullable()
  return schema.extend({ previous: neighbour, next: neighbour })
}

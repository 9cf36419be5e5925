import { z } from 'zod'
import type { App } from './route-schema.ts'

const commaLists = new WeakSet<z.ZodType>()

/** An empty name is refused: passed over, `tag=` with nothing filled in would be a list of everything. */
const NAME_MISSING = 'Expected a name, or several between commas; one of them is empty.'

/**
 * A parameter that may stand several times, each time with names between commas: `tag=a,b&tag=c`. Split before it is
 * percent-decoded, so that a name may have a comma (`%2C`). At most `max` names in all, none of them empty.
 */
export function queryGroups(name: z.ZodType<string, string>, max: number) {
  const error = `At most ${max} names.`
  const named = z.string().min(1, { error: NAME_MISSING }).pipe(name)
  const groups = z
    .array(z.array(named))
    .max(max, { error })
    .refine((all) => all.flat().length <= max, { error })
  const schema = groups.meta({ type: 'array', items: { type: 'string' }, minItems: undefined, maxItems: max })
  commaLists.add(schema)
  return schema
}

/** Names between commas, in one parameter: `fields=title,slug`. */
export function queryNames<Name extends string>(
  names: readonly [Name, ...Name[]],
  max: number = names.length,
) {
  return z
    .string()
    .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
    .pipe(z.array(z.enum(names)).min(1).max(max))
    .meta({ type: 'string', items: undefined, minItems: undefined, maxItems: undefined })
}

/** Reads the parameters that are lists of groups out of the address, before they are validated. */
export function registerCommaLists(app: App): void {
  app.addHook('onRoute', (route) => {
    const { querystring } = route.schema ?? {}
    if (!(querystring instanceof z.ZodObject)) return
    const names = Object.entries(querystring.shape)
      .filter(([, schema]) => commaLists.has(innermost(schema as z.ZodType)))
      .map(([name]) => name)
    if (names.length === 0) return
    route.preValidation = [
      ...[route.preValidation ?? []].flat(),
      async (request) => {
        const query = request.query as Record<string, unknown>
        for (const name of names) if (query[name] !== undefined) query[name] = groupsOf(request.url, name)
      },
    ]
  })
}

const innermost = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? innermost(schema.unwrap() as z.ZodType)
    : schema

/** `tag=a%2Cb,c&tag=d` → `[['a,b', 'c'], ['d']]`. */
function groupsOf(url: string, name: string): string[][] {
  const query = url.slice(url.indexOf('?') + 1)
  return query.split('&').flatMap((parameter) => {
    const [key = '', value = ''] = cut(parameter, '=')
    return decoded(key) === name ? [value.split(',').map((part) => decoded(part).trim())] : []
  })
}

function cut(text: string, at: string): [string, string] {
  const index = text.indexOf(at)
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)]
}

/** What is encoded wrongly has been refused before. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

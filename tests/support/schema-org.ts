import { readFileSync } from 'node:fs'

/**
 * schema.org's vocabulary, as `schema-dts` has it, which Google generates from schema.org's own definitions: of each
 * type its properties (their domain), of each property what its values may be (its range), and each type's subtypes.
 */
export interface Vocabulary {
  isType(name: string): boolean
  isSubtype(name: string, of: string): boolean
  /** What values of a property may be on a type; null where the type does not have it. */
  rangeOf(type: string, property: string): readonly string[] | null
}

interface Declaration {
  parents: string[]
  ranges: Map<string, string[]>
}

/** Reads the vocabulary out of its declarations in TypeScript. */
export function readVocabulary(): Vocabulary {
  const text = readFileSync(new URL(import.meta.resolve('schema-dts/dist/schema.d.ts')), 'utf8')
  const declarations = new Map(
    [...text.matchAll(/^(?:export )?interface (\w+) extends ([^{]+)\{\n([\s\S]*?)^\}/gm)].map(
      ([, name = '', parents = '', body = '']) => [name, declaration(parents, body)] as const,
    ),
  )
  const subtypes = new Map(
    [...text.matchAll(/^export type (\w+) = (\w+Leaf\b.*);$/gm)].map(
      ([, name = '', members = '']) => [name, members.split(' | ')] as const,
    ),
  )
  const isSubtype = (name: string, of: string): boolean =>
    name === of || (subtypes.get(of) ?? []).some((one) => !one.endsWith('Leaf') && isSubtype(name, one))
  const rangeOf = (interfaceName: string, property: string): readonly string[] | null => {
    const { parents, ranges } = declarations.get(interfaceName) ?? { parents: [], ranges: new Map() }
    const own: string[] | undefined = ranges.get(property)
    return own ?? parents.map((parent) => rangeOf(parent, property)).find((range) => range !== null) ?? null
  }
  return {
    isType: (name) => declarations.has(`${name}Leaf`),
    isSubtype,
    rangeOf: (type, property) => rangeOf(`${type}Leaf`, property),
  }
}

function declaration(parents: string, body: string): Declaration {
  const properties = body.matchAll(/^ {4}"(\w+)"\?: SchemaValue<([^<>]+), "\w+">;$/gm)
  return {
    parents: parents.split(',').map((parent) => parent.trim()),
    ranges: new Map(Array.from(properties, ([, name = '', range = '']) => [name, range.split(' | ')])),
  }
}

/** What of a value is not as schema.org defines it, each with its place; empty when all is. */
export function schemaOrgBreaches(value: unknown, vocabulary: Vocabulary, place = '$'): string[] {
  if (typeof value !== 'object' || value === null) return [`${place} is no item.`]
  const { '@type': type, '@context': _context, '@id': _id, ...properties } = value as Record<string, unknown>
  if (typeof type !== 'string' || !vocabulary.isType(type)) return [`${place} has the type ${String(type)}.`]
  return Object.entries(properties).flatMap(([name, given]) => {
    const range = vocabulary.rangeOf(type, name)
    if (range === null) return [`${place}.${name} is no property of ${type}.`]
    const values: unknown[] = Array.isArray(given) ? given : [given]
    if (values.length === 0) return [`${place}.${name} is empty.`]
    return values.flatMap((one, index) => valueBreaches(one, range, vocabulary, `${place}.${name}[${index}]`))
  })
}

function valueBreaches(
  value: unknown,
  range: readonly string[],
  vocabulary: Vocabulary,
  place: string,
): string[] {
  if (typeof value === 'object' && value !== null) {
    const type = (value as Record<string, unknown>)['@type']
    const isOfRange =
      typeof type === 'string' && range.some((expected) => vocabulary.isSubtype(type, expected))
    return isOfRange
      ? schemaOrgBreaches(value, vocabulary, place)
      : [`${place} is ${String(type)}, not ${range.join(' or ')}.`]
  }
  const fits = range.some((expected) => dataTypes[expected]?.(value) ?? false)
  return fits ? [] : [`${place} is ${JSON.stringify(value)}, not ${range.join(' or ')}.`]
}

const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value)

/** schema.org's data types (https://schema.org/DataType), as strictly as their definitions have them. */
const dataTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  Text: (value) => typeof value === 'string' && value.trim() !== '' && value.isWellFormed(),
  URL: matches(/^https?:\/\/(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/),
  Date: matches(/^\d{4}(?:-\d\d(?:-\d\d)?)?$/),
  DateTime: matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/),
  Duration: matches(/^P(?!$)(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?)?$/),
  Integer: Number.isInteger,
  Number: Number.isFinite,
  Boolean: (value) => typeof value === 'boolean',
}

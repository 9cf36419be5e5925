/** A value of a schema.org property. */
export type ThingValue = string | number | Thing | readonly (string | Thing)[]

/** An item of schema.org's vocabulary as JSON-LD 1.1. */
export interface Thing {
  '@type': string
  readonly [property: string]: ThingValue
}

/** An item with the properties that are known: null, an empty text and an empty list say nothing, and stay out. */
export function thing(type: string, properties: Readonly<Record<string, ThingValue | null>>): Thing {
  const known = Object.entries(properties).filter(
    (entry): entry is [string, ThingValue] =>
      entry[1] !== null && entry[1] !== '' && !(Array.isArray(entry[1]) && entry[1].length === 0),
  )
  return { '@type': type, ...Object.fromEntries(known) }
}

/** A value that JSON can carry (RFC 8259). */
export type Json = string | number | boolean | null | Json[] | JsonObject

/** A JSON object. Keys are own properties, `__proto__` included: build one with `Object.fromEntries`. */
export type JsonObject = { [key: string]: Json }

/** Is this a JSON object (no list, no null)? */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

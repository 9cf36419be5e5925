/** A value that JSON can carry (RFC 8259). */
export type Json = string | number | boolean | null | Json[] | JsonObject

/** A JSON object. Keys are own properties, `__proto__` included: build one with `Object.fromEntries`. */
export type JsonObject = { [key: string]: Json }

/** Is this a JSON object (no list, no null)? */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Are these the same value? The order of keys makes no difference. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]))
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  )
}

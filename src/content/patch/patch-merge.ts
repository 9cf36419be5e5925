import { isJsonObject, type Json, type JsonObject } from '../json.ts'

/**
 * Applies a JSON merge patch (RFC 7396 §2): null removes a key, objects are merged, everything else is replaced.
 * One difference: a null that is there already stays when the patch says null, so that a value that was read can be
 * sent back and changes nothing.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(target))
  for (const [key, value] of Object.entries(patch)) {
    const present = merged.get(key)
    if (value !== null) merged.set(key, mergedValue(present, value))
    else if (present !== null) merged.delete(key)
  }
  return Object.fromEntries(merged)
}

function mergedValue(present: Json | undefined, value: Json): Json {
  return isJsonObject(value) ? mergePatch(isJsonObject(present) ? present : {}, value) : value
}

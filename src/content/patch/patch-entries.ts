import type { SourceEntry } from '../front-matter/source-node.ts'
import { isJsonObject, isSameJson, type Json, type JsonObject } from '../json.ts'

/** What becomes of a mapping: entries by their place, undefined for those that go, and the keys that come. */
export interface EntryChanges {
  changed: ReadonlyMap<number, Json | undefined>
  added: readonly (readonly [key: string, value: Json])[]
}

/** What has to change for the entries to give `target`. Of a key given twice the last entry counts. */
export function entryChanges(entries: readonly SourceEntry[], target: JsonObject): EntryChanges {
  const lastPlace = new Map(entries.map(({ key }, place) => [key, place]))
  const changed = new Map<number, Json | undefined>()
  for (const [place, { key, node }] of entries.entries()) {
    if (!Object.hasOwn(target, key)) changed.set(place, undefined)
    else if (lastPlace.get(key) === place && !isSameJson(node.value, target[key])) {
      changed.set(place, target[key])
    }
  }
  return { changed, added: Object.entries(target).filter(([key]) => !lastPlace.has(key)) }
}

/** The mapping that the changes make of the entries. */
export function changedMapping(entries: readonly SourceEntry[], changes: EntryChanges): JsonObject {
  const values = entries.flatMap(({ key, node }, place) => {
    const value = changes.changed.has(place) ? changes.changed.get(place) : node.value
    return value === undefined ? [] : [[key, value] as const]
  })
  return Object.fromEntries([...values, ...changes.added])
}

/** Does an entry stay, so that the mapping can be changed entry by entry? */
export function someEntryStays(entries: readonly SourceEntry[] | null, target: Json): target is JsonObject {
  return isJsonObject(target) && (entries ?? []).some(({ key }) => Object.hasOwn(target, key))
}

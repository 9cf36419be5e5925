import type { Document } from '../document.ts'
import { DocumentError } from '../document-error.ts'
import { reservedMetaKey } from '../front-matter/compose.ts'
import { assignKeys, type FrontMatter } from '../front-matter/front-matter.ts'
import {
  canonicalKey,
  comparableKey,
  type FrontMatterField,
  fieldOfKey,
} from '../front-matter/front-matter-keys.ts'
import type { SourceEntry } from '../front-matter/source-node.ts'
import { isSameJson, type Json, type JsonObject } from '../json.ts'
import type { EntryChanges } from './patch-entries.ts'
import { citationsTarget, imageTarget, namesTarget, textTarget } from './patch-targets.ts'
import type { PatchableField, Wanted } from './patch-wanted.ts'

/** The front matter as it is, and as it shall be read. */
export interface PlanInput {
  document: Document
  present: FrontMatter
  wanted: Wanted
  /** The fields that the patch names. */
  fields: readonly PatchableField[]
  /** All keys of `meta`, as they shall be. */
  meta: JsonObject
}

/**
 * Which keys of the front matter change, and to what: only those whose value would be read differently. Nothing of
 * how they are written in YAML, TOML or JSON.
 */
export function planChanges(input: PlanInput): EntryChanges {
  const plan = new Plan(input.document.source?.entries ?? [])
  plan.changeMeta(input.present.meta, input.meta)
  for (const field of input.fields) {
    const wanted = input.wanted.read[field]
    if (isSameJson(asJson(input.present[field]), asJson(wanted))) continue
    const isNothing = wanted === null || (Array.isArray(wanted) && wanted.length === 0)
    if (isNothing) plan.removeField(field)
    else plan.setField(field, input)
  }
  return plan
}

class Plan implements EntryChanges {
  readonly changed = new Map<number, Json | undefined>()
  readonly added: [string, Json][] = []
  readonly #entries: readonly SourceEntry[]
  readonly #fields: Map<FrontMatterField, SourceEntry>
  readonly #rest: SourceEntry[]

  constructor(entries: readonly SourceEntry[]) {
    this.#entries = entries
    const { fields, rest } = assignKeys(entries)
    this.#fields = fields
    this.#rest = rest
  }

  changeMeta(present: JsonObject, meta: JsonObject): void {
    for (const key of new Set([...Object.keys(present), ...Object.keys(meta)])) {
      const value = Object.hasOwn(meta, key) ? meta[key] : undefined
      const before = Object.hasOwn(present, key) ? present[key] : undefined
      if (isSameJson(before, value)) continue
      const entries = this.#rest.filter((entry) => entry.key === key)
      const last = entries.at(-1)
      if (value === undefined) for (const entry of entries) this.#change(entry, undefined)
      else if (last) this.#change(last, value)
      else this.#addMeta(key, value)
    }
  }

  #addMeta(key: string, value: Json): void {
    const field = reservedMetaKey(key)
    if (field === null) {
      this.added.push([key, value])
      return
    }
    const message = `"${key}" is no key of its own: front matter gives ${field} by it.`
    const hint = `Set ${field} instead.`
    throw new DocumentError([
      { code: 'invalid_value', field: `meta.${key}`, message, line: 1, column: 1, hint },
    ])
  }

  /** Takes a field's key away; where another key would give the field then, it is left with nothing to say. */
  removeField(field: PatchableField): void {
    const winner = this.#fields.get(field)
    if (!winner) return
    const isOfField = (entry: SourceEntry) => fieldOfKey(entry.key)?.field === field
    const isOtherKey = (entry: SourceEntry) => comparableKey(entry.key) !== comparableKey(winner.key)
    const stays = (entry: SourceEntry) => {
      const place = this.#entries.indexOf(entry)
      return !this.changed.has(place) || this.changed.get(place) !== undefined
    }
    const others = this.#rest.filter((entry) => isOfField(entry) && stays(entry))
    if (others.length > 0) {
      const isList = field === 'tags' || field === 'topics' || field === 'authors'
      this.#change(winner, isList ? [] : '')
      return
    }
    for (const entry of this.#entries) {
      if (isOfField(entry) && !isOtherKey(entry)) this.#change(entry, undefined)
    }
  }

  /** Gives a field its value under the key that it has now, or under its canonical one at the end. */
  setField(field: PatchableField, { present, wanted }: PlanInput): void {
    const canonical = wanted.written[canonicalKey(field)] ?? null
    const entry = this.#fields.get(field)
    if (!entry) this.added.push([canonicalKey(field), canonical])
    else this.#change(entry, targetOf(field, entry, present, wanted, canonical))
  }

  #change(entry: SourceEntry, value: Json | undefined): void {
    this.changed.set(this.#entries.indexOf(entry), value)
  }
}

function targetOf(
  field: PatchableField,
  { node }: SourceEntry,
  present: FrontMatter,
  { read }: Wanted,
  canonical: Json,
): Json {
  switch (field) {
    case 'tags':
    case 'topics':
      return namesTarget(node, read[field], true)
    case 'authors':
      return namesTarget(node, read[field], false)
    case 'featuredImage':
      return read[field] ? imageTarget(node, present[field], read[field], canonical) : canonical
    case 'citations':
      return citationsTarget(node, read[field], Array.isArray(canonical) ? canonical : [])
    case 'title':
    case 'summary':
      return typeof canonical === 'string' ? textTarget(node, canonical) : canonical
    default:
      return canonical
  }
}

function asJson(value: FrontMatter[PatchableField]): Json {
  return value as Json
}

import {
  type Citation,
  type CitationField,
  type CitationFields,
  citationFields,
  type ExplicitCitation,
  fieldsAsText,
  isSameField,
  normalizeLabel,
} from '../citations/citations.ts'
import { nothingKnown } from '../citations/nothing-known.ts'
import { parseCitation } from '../citations/parse-citation.ts'
import type { Note } from '../markdown/notes.ts'

/** A citation as a client sends it: some fields, or a whole representation that it has read (the rest is ignored). */
export type GivenCitation = { label: string; text?: string | undefined } & {
  [Field in CitationField]?: CitationFields[Field] | undefined
}

/**
 * What the given citations say outright, and no more: of a label with a note the fields that differ from what the
 * note says, of one without all that are set. A field that comes back with its present value is explicit only if it
 * was before: what was read can be sent back, with another body too, and freezes nothing.
 *
 * @param notes those of the body as it will be
 * @param present the citations as they are read now
 */
export function explicitFields(
  notes: readonly Note[],
  given: readonly GivenCitation[],
  present: readonly Citation[] = [],
): ExplicitCitation[] {
  const noteByLabel = byLabel(notes)
  const presentByLabel = byLabel(present)
  return given.flatMap((citation) => {
    const key = normalizeLabel(citation.label)
    const note = noteByLabel.get(key)
    const before = presentByLabel.get(key)
    const said = saidFields(citation, note ? parseCitation(note) : nothingKnown, before)
    if (note) return Object.keys(said).length === 0 ? [] : [{ label: citation.label, ...said }]
    const text = saidText(citation, before)
    const hadNote = before !== undefined && before.line !== null
    if (hadNote && text === null && Object.keys(said).length === 0) return []
    return [{ label: citation.label, ...(text === null ? {} : { text }), ...said }]
  })
}

/** The first of each label, as notes are read. */
function byLabel<T extends { label: string }>(labelled: readonly T[]): Map<string, T> {
  return new Map(labelled.toReversed().map((one) => [normalizeLabel(one.label), one]))
}

function saidFields(
  given: GivenCitation,
  known: CitationFields,
  before: Citation | undefined,
): Partial<CitationFields> {
  const said = citationFields.flatMap((field) => {
    const value = cleaned(given[field])
    if (value === undefined || isSameField(value, known[field])) return []
    const isReadBack = before !== undefined && isSameField(value, before[field])
    return isReadBack && !before.explicit.includes(field) ? [] : [[field, value] as const]
  })
  return Object.fromEntries(said)
}

/** The text of a citation without a note, unless it is one that was made of a note or of the fields. */
function saidText(given: GivenCitation, before: Citation | undefined): string | null {
  const text = given.text?.trim() ?? ''
  const isOfNote = before !== undefined && before.line !== null && text === before.text.trim()
  const isOfFields = [given, before].some(
    (fields) => fields !== undefined && text === fieldsAsText({ ...nothingKnown, ...set(fields) }).trim(),
  )
  return text === '' || isOfNote || isOfFields ? null : text
}

function set(given: GivenCitation): Partial<CitationFields> {
  const fields = citationFields.map((field) => [field, cleaned(given[field])] as const)
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}

/** As documents give it back: trimmed, an empty text being none. */
function cleaned<Value extends CitationFields[CitationField] | undefined>(value: Value) {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  if (!Array.isArray(value)) return value
  return value.map((name) => name.trim()).filter((name) => name !== '')
}

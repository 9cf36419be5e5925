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

/** The citations of an article before a change. */
export interface PresentCitations {
  /** As they are read, notes and explicit ones merged. */
  readonly read: readonly Citation[]
  /** The explicit ones, as the document has them. */
  readonly written: readonly ExplicitCitation[]
}

const NONE: PresentCitations = { read: [], written: [] }

/**
 * What the given citations say outright, and no more: of a label with a note the fields that differ from what the
 * note says, of one without all that are set. A value that comes back as it was read is explicit only if the document
 * says it, and then it stays, also where the note says the same: what was read can be sent back, with another body
 * too, and neither freezes nor loses anything.
 *
 * @param notes those of the body as it will be
 */
export function explicitFields(
  notes: readonly Note[],
  given: readonly GivenCitation[],
  present: PresentCitations = NONE,
): ExplicitCitation[] {
  const noteByLabel = byLabel(notes)
  const readByLabel = byLabel(present.read)
  const writtenByLabel = byLabel(present.written)
  const said = given.flatMap((citation) => {
    const key = normalizeLabel(citation.label)
    const one = { note: noteByLabel.get(key), read: readByLabel.get(key), written: writtenByLabel.get(key) }
    return explicitOf(citation, one) ?? []
  })
  return isSameOrder(given, present.read) ? inWrittenOrder(said, present.written) : said
}

/** What there is and was of one label. */
interface Known {
  readonly note: Note | undefined
  readonly read: Citation | undefined
  readonly written: ExplicitCitation | undefined
}

function explicitOf(given: GivenCitation, known: Known): ExplicitCitation | null {
  const { note, read, written } = known
  const fields = saidFields(given, known)
  const text = saidText(given, known)
  const said = { ...(text === null ? {} : { text }), ...fields }
  if (Object.keys(said).length > 0) return { label: written?.label ?? given.label, ...said }
  // An entry that never said anything is its author's; one that says nothing any more has no use.
  if (written !== undefined) return Object.keys(written).length === 1 ? written : null
  const hadNote = read !== undefined && read.line !== null
  return note || hadNote ? null : { label: given.label }
}

function saidFields(given: GivenCitation, { note, read, written }: Known): Partial<CitationFields> {
  const noted = note ? parseCitation(note) : nothingKnown
  const said = citationFields.flatMap((field) => {
    const value = cleaned(given[field])
    if (value === undefined) return []
    const isReadBack = read !== undefined && isSameField(value, read[field])
    const stands = written?.[field]
    if (isReadBack) return stands === undefined ? [] : [[field, stands] as const]
    return isSameField(value, noted[field]) ? [] : [[field, value] as const]
  })
  return Object.fromEntries(said)
}

/** The text of a citation without a note, unless it is one that was made of a note or of the fields. */
function saidText(given: GivenCitation, { note, read, written }: Known): string | null {
  const text = given.text?.trim() ?? ''
  if (written?.text !== undefined && text === read?.text.trim()) return written.text
  const isOfNote = read !== undefined && read.line !== null && text === read.text.trim()
  const isOfFields = [given, read].some(
    (fields) => fields !== undefined && text === fieldsAsText({ ...nothingKnown, ...set(fields) }).trim(),
  )
  return note || text === '' || isOfNote || isOfFields ? null : text
}

/** Whether the labels that both have come in the same order. */
function isSameOrder(given: readonly GivenCitation[], read: readonly Citation[]): boolean {
  const places = new Map(read.map(({ label }, place) => [normalizeLabel(label), place]))
  const known = given.flatMap(({ label }) => places.get(normalizeLabel(label)) ?? [])
  return known.every((place, at) => place > (known[at - 1] ?? -1))
}

/** Those that the document has as it has them, then the others. */
function inWrittenOrder(
  said: readonly ExplicitCitation[],
  written: readonly ExplicitCitation[],
): ExplicitCitation[] {
  const places = new Map(written.map(({ label }, place) => [normalizeLabel(label), place]))
  const placeOf = ({ label }: ExplicitCitation) => places.get(normalizeLabel(label)) ?? written.length
  return said.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** The first of each label, as notes are read. */
function byLabel<T extends { label: string }>(labelled: readonly T[]): Map<string, T> {
  return new Map(labelled.toReversed().map((one) => [normalizeLabel(one.label), one]))
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

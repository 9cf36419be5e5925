import type { Token, Tokens } from 'marked'
import {
  type Definitions,
  type DefinitionToken,
  isDefinition,
  isReference,
  type ReferenceToken,
} from './footnotes.ts'

/** A note with its references, in the order in which readers meet them. */
export interface NumberedNote {
  definition: DefinitionToken
  label: string
  /** From 1, by first reference; null when nothing that is shown refers to it. */
  ordinal: number | null
  references: ReferenceToken[]
}

/**
 * Numbers notes by their first reference: in the text, then in the notes themselves, which may cite notes. Sets id
 * and ordinal of each reference.
 *
 * @param tokens what is shown, in its order
 * @param takenIds ids in use; those of notes and references are added
 * @param hidden references that readers never meet: they stand in raw html that is dropped
 * @param title the title where it is shown elsewhere: notes in place in it are kept as data
 */
export function numberNotes(
  tokens: readonly Token[],
  definitions: Definitions,
  takenIds: Set<string>,
  hidden: ReadonlySet<ReferenceToken>,
  title: readonly Token[],
): NumberedNote[] {
  const notes = new Map<DefinitionToken, NumberedNote>()
  const order: NumberedNote[] = []
  const meet = (reference: ReferenceToken) => {
    if (hidden.has(reference)) return
    const note = notes.get(reference.definition) ?? newNote(reference.definition)
    notes.set(reference.definition, note)
    if (note.references.length === 0) {
      order.push(note)
      note.ordinal = order.length
    }
    reference.ordinal = note.ordinal ?? 0
    note.references.push(reference)
  }
  visitReferences(tokens, meet)
  // Grows while it is walked.
  for (const note of order) visitReferences(note.definition.tokens, meet)
  const unused = [...definitions.byLabel.values()].filter((definition) => !notes.has(definition)).map(newNote)
  const withInline = [...order, ...unused, ...inlineNotesOf(unused, notes, title)]
  nameInlineNotes(withInline, definitions)
  giveIds(order, takenIds)
  return withInline
}

/** The notes in place that stand in notes which nothing refers to, in each other, and in the title. */
function inlineNotesOf(
  unused: readonly NumberedNote[],
  known: ReadonlyMap<DefinitionToken, NumberedNote>,
  title: readonly Token[],
): NumberedNote[] {
  const found: NumberedNote[] = []
  const meet = ({ definition }: ReferenceToken) => {
    if (definition.label === '' && !known.has(definition)) found.push(newNote(definition))
  }
  visitReferences(title, meet)
  for (const note of unused) visitReferences(note.definition.tokens, meet)
  // Grows while it is walked.
  for (const note of found) visitReferences(note.definition.tokens, meet)
  return found
}

function newNote(definition: DefinitionToken): NumberedNote {
  return { definition, label: definition.label, ordinal: null, references: [] }
}

/** Calls `meet` for each reference in reading order; those inside notes are not among them. */
export function visitReferences(tokens: readonly Token[], meet: (reference: ReferenceToken) => void): void {
  for (const token of tokens) {
    if (isReference(token)) meet(token)
    else if (token.type === 'table') {
      const table = token as Tokens.Table
      for (const row of [table.header, ...table.rows]) {
        for (const cell of row) visitReferences(cell.tokens, meet)
      }
    } else if (token.type === 'list') visitReferences((token as Tokens.List).items, meet)
    // An image's text is an attribute, and notes have their own turn.
    else if (token.type !== 'image' && !isDefinition(token) && 'tokens' in token && token.tokens) {
      visitReferences(token.tokens, meet)
    }
  }
}

function nameInlineNotes(notes: readonly NumberedNote[], definitions: Definitions): void {
  let count = 0
  for (const note of notes) {
    if (note.label !== '') continue
    do count++
    while (definitions.byLabel.has(`inline-${count}`))
    note.label = `inline-${count}`
  }
}

/** `fn-1`, `fnref-1`, then `fnref-1-2` …; a name that another label took already gets the next free number. */
function giveIds(notes: readonly NumberedNote[], taken: Set<string>): void {
  const names = new Map<NumberedNote, string>()
  const repeats = new Map<string, number>()
  for (const note of notes) {
    const name = freeName(safeLabel(note.label), taken, repeats)
    names.set(note, name)
    note.definition.id = `fn-${name}`
    taken.add(note.definition.id)
    taken.add(`fnref-${name}`)
  }
  for (const note of notes) {
    const name = `fnref-${names.get(note)}`
    let number = 1
    for (const reference of note.references) {
      let id = name
      if (reference !== note.references[0]) {
        do id = `${name}-${++number}`
        while (taken.has(id))
      }
      taken.add(id)
      reference.id = id
    }
  }
}

function freeName(base: string, taken: ReadonlySet<string>, repeats: Map<string, number>): string {
  let name = base
  let number = repeats.get(base) ?? 1
  while (taken.has(`fn-${name}`) || taken.has(`fnref-${name}`)) name = `${base}_${++number}`
  repeats.set(base, number)
  return name
}

function safeLabel(label: string): string {
  return (
    label
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'note'
  )
}

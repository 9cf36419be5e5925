import { escapeHtml } from '../markdown/html-text.ts'
import type { Note } from '../markdown/notes.ts'
import { canonicalSourceUrl } from './canonical-url.ts'
import { nothingKnown } from './nothing-known.ts'
import { parseCitation } from './parse-citation.ts'

/** What a citation can be: the item types of CSL 1.0.2. */
export const citationTypes = [
  'article',
  'article-journal',
  'article-magazine',
  'article-newspaper',
  'bill',
  'book',
  'broadcast',
  'chapter',
  'classic',
  'collection',
  'dataset',
  'document',
  'entry',
  'entry-dictionary',
  'entry-encyclopedia',
  'event',
  'figure',
  'graphic',
  'hearing',
  'interview',
  'legal_case',
  'legislation',
  'manuscript',
  'map',
  'motion_picture',
  'musical_score',
  'pamphlet',
  'paper-conference',
  'patent',
  'performance',
  'periodical',
  'personal_communication',
  'post',
  'post-weblog',
  'regulation',
  'report',
  'review',
  'review-book',
  'software',
  'song',
  'speech',
  'standard',
  'thesis',
  'treaty',
  'webpage',
] as const

export type CitationType = (typeof citationTypes)[number]

/** What is known of a cited work. Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the precision that was written. */
export interface CitationFields {
  title: string | null
  url: string | null
  archiveUrl: string | null
  doi: string | null
  isbn: string | null
  arxiv: string | null
  publisher: string | null
  containerTitle: string | null
  authors: string[]
  publishedOn: string | null
  accessedOn: string | null
  type: CitationType | null
}

export type CitationField = keyof CitationFields

/** The fields of a citation, in the order in which documents write them. */
export const citationFields = [
  'title',
  'url',
  'archiveUrl',
  'doi',
  'isbn',
  'arxiv',
  'publisher',
  'containerTitle',
  'authors',
  'publishedOn',
  'accessedOn',
  'type',
] as const satisfies readonly CitationField[]

/**
 * What an author says of a citation outright, in front matter or JSON. A field that is there wins over what the note
 * says; null (`authors: []`) means deliberately none. `text` is that of a citation without a note.
 */
export type ExplicitCitation = { label: string; text?: string } & Partial<CitationFields>

/** A citation of an article: a note, an explicit citation, or both in one. */
export interface Citation extends CitationFields {
  label: string
  /** Order of the first reference in the text, from 1; null without one. */
  ordinal: number | null
  /** The note as plain text, always. */
  text: string
  html: string
  referenceCount: number
  /** The fields that are not what the note says, but what the author set. */
  explicit: CitationField[]
  /** Where the cited url leads, in its canonical form; null without a web address. */
  source: { url: string; domain: string } | null
  /** The document's line of the note; null without one. */
  line: number | null
}

/**
 * The citations of an article: its notes, read, and what its author says explicitly, merged by label. In order of
 * their first reference, then those without one as they are written.
 */
export function citationsOf(notes: readonly Note[], explicit: readonly ExplicitCitation[]): Citation[] {
  const explicitByLabel = new Map(explicit.map((citation) => [normalizeLabel(citation.label), citation]))
  const citations = notes.map((note) => {
    const key = normalizeLabel(note.label)
    const said = explicitByLabel.get(key)
    explicitByLabel.delete(key)
    return noteCitation(note, said)
  })
  const referenced = citations.filter((citation) => citation.ordinal !== null)
  const unreferenced = citations.filter((citation) => citation.ordinal === null)
  referenced.sort((a, b) => (a.ordinal ?? 0) - (b.ordinal ?? 0))
  return [...referenced, ...unreferenced, ...[...explicitByLabel.values()].map(explicitCitation)]
}

/** What two spellings of one label have in common, as GFM compares them: case and runs of blanks make no difference. */
export function normalizeLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase()
}

function noteCitation(note: Note, said: ExplicitCitation | undefined): Citation {
  const parsed = parseCitation(note)
  const explicit = citationFields.filter(
    (field) => said?.[field] !== undefined && !isSameField(said[field], parsed[field]),
  )
  const fields: CitationFields = { ...parsed, ...pick(said, explicit) }
  const { label, ordinal, text, html, referenceCount, line } = note
  return { label, ordinal, text, html, ...fields, source: sourceOf(fields), referenceCount, explicit, line }
}

function explicitCitation(said: ExplicitCitation): Citation {
  const explicit = citationFields.filter(
    (field) => said[field] !== undefined && !isSameField(said[field], nothingKnown[field]),
  )
  const fields: CitationFields = { ...nothingKnown, ...pick(said, explicit) }
  return {
    label: said.label,
    ordinal: null,
    text: said.text ?? fieldsAsText(fields),
    html: said.text === undefined ? fieldsAsHtml(fields) : `<p>${escapeHtml(said.text)}</p>\n`,
    ...fields,
    source: sourceOf(fields),
    referenceCount: 0,
    explicit,
    line: null,
  }
}

function pick(said: ExplicitCitation | undefined, fields: readonly CitationField[]): Partial<CitationFields> {
  return Object.fromEntries(fields.map((field) => [field, said?.[field]]))
}

/** Are these one value of a field? */
export function isSameField(
  a: CitationFields[CitationField] | undefined,
  b: CitationFields[CitationField],
): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((name, index) => name === b[index])
}

function sourceOf({ url }: CitationFields): { url: string; domain: string } | null {
  return url === null ? null : canonicalSourceUrl(url)
}

/** The text of a citation that has neither a note nor a text of its own. */
export function fieldsAsText(fields: CitationFields): string {
  const { authors, title, containerTitle, publisher, publishedOn, url } = fields
  return sentences([authors.join(', '), title, containerTitle, publisher, publishedOn, url])
}

/** Each part with a stop behind it, unless it ends with one of its own: `Smith, J. What now? 2024`. */
function sentences(parts: readonly (string | null)[]): string {
  const said = parts.filter((part) => part !== null && part !== '')
  return said.reduce<string>(
    (text, part) => (text === '' ? `${part}` : `${text}${stopAfter(text)} ${part}`),
    '',
  )
}

const stopAfter = (text: string) => (/[.!?…。！？]["'”’»」』）)]*$/.test(text) ? '' : '.')

function fieldsAsHtml(fields: CitationFields): string {
  const { url, title } = fields
  if (url === null) return `<p>${escapeHtml(fieldsAsText(fields))}</p>\n`
  const link = `<a href="${escapeHtml(url)}" rel="noopener">${escapeHtml(title ?? url)}</a>`
  const rest = fieldsAsText({ ...fields, title: null, url: null })
  return `<p>${link}${rest === '' ? '' : `${stopAfter(title ?? url)} ${escapeHtml(rest)}`}</p>\n`
}

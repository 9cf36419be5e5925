import { createRequire } from 'node:module'
import type { CslDate } from '#src/content/export/index.ts'

/** An item as citation.js understands it: CSL-JSON again. */
export interface ReadItem {
  id: string
  type: string
  title?: string
  author?: ReadName[]
  publisher?: string
  issued?: CslDate
  accessed?: CslDate
  URL?: string
  DOI?: string
  ISBN?: string
  language?: string
  genre?: string
  note?: string
  annote?: string
  abstract?: string
  'container-title'?: string
}

interface ReadName {
  family?: string
  given?: string
  literal?: string
  'non-dropping-particle'?: string
}

/** An entry of a BibTeX file before its fields are understood. */
export interface RawEntry {
  type: string
  label: string
  properties: Record<string, string>
}

/** A record of a RIS file: each tag with its value, or its values. */
export type RawRecord = Record<string, string | string[]>

interface CitationJs {
  plugins: {
    input: {
      chain(input: unknown, options: { generateGraph: boolean; forceType?: string }): ReadItem[]
      data(input: unknown, type: string): unknown
    }
  }
}

// It has no types, and its plugins register themselves with this copy of the core.
const require = createRequire(import.meta.url)
const { plugins } = require('@citation-js/core') as CitationJs
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')

const read = (text: string | object, forceType: string) =>
  plugins.input.chain(text, { generateGraph: false, forceType })

/** A BibTeX or biblatex file, read by citation.js. */
export const readBibtex = (file: string): ReadItem[] => (file === '' ? [] : read(file, '@biblatex/text'))

/** The entries of a BibTeX file as they stand in it: values with their escapes, without the outer braces. */
export const readBibtexEntries = (file: string) => plugins.input.data(file, '@biblatex/text') as RawEntry[]

/** A RIS file, read by citation.js. */
export const readRis = (file: string): ReadItem[] => (file === '' ? [] : read(file, '@ris/file'))

/** The records of a RIS file, tag by tag. */
export const readRisRecords = (file: string) => plugins.input.data(file, '@ris/file') as RawRecord[]

/** CSL-JSON, read by citation.js. */
export const readCslJson = (items: object[]): ReadItem[] => read(items, '@csl/list+object')

/** A name in the order in which it is spoken. */
export function spoken(name: ReadName): string {
  return [name.given, name['non-dropping-particle'], name.family, name.literal].filter(Boolean).join(' ')
}

import type { Token, Tokens } from 'marked'
import { type Finding, warning } from '../finding.ts'
import { imageAddress, linkAddress } from './addresses.ts'
import type { BodyPlaces } from './body-places.ts'
import type { FigureToken } from './figures.ts'
import { type Definitions, type DefinitionToken, isReference } from './footnotes.ts'
import { foreignFindings } from './foreign-findings.ts'
import { htmlFindings, type SanitizedPart } from './html-findings.ts'
import { linkDefinitionFindings } from './link-definitions.ts'
import type { NumberedNote } from './note-numbering.ts'

/** Of one kind, so many are told: more would bury the others. */
const maxAlike = 100

/** The notes to which a title refers that is shown elsewhere. */
type InTitle = ReadonlySet<DefinitionToken>

/** What the findings are about. */
export interface FindingsOf {
  tokens: readonly Token[]
  definitions: Definitions
  notes: readonly NumberedNote[]
  inTitle: InTitle
  /** What was left out of raw html. */
  sanitized: readonly SanitizedPart[]
  /** Labels of link definitions that the text refers to. */
  usedDefinitions: ReadonlySet<string>
  /** Where there are none, nothing is looked for: the tokens are many. */
  hasLinkDefinitions: boolean
  hasDoubtfulAddresses: boolean
}

/** What an editor should know of a body's notes, headings and html; of each rule at most the first 100. */
export function bodyFindings(of: FindingsOf, places: BodyPlaces): Finding[] {
  const { tokens, definitions, notes, inTitle, sanitized, usedDefinitions } = of
  const withAddresses = of.hasDoubtfulAddresses ? tokens : []
  const withDefinitions = of.hasLinkDefinitions ? tokens : []
  return [
    ...first(definitions.undefinedLabels, (label) => undefinedNote(label, places)),
    ...first(notes, (note) => (note.ordinal === null ? unusedNote(note, inTitle, places) : [])),
    ...first(definitions.duplicates, (definition) => duplicateNote(definition, places)),
    ...first(tokens, (token) => headingFindings(token, places)),
    ...first(htmlFindings(tokens, sanitized, places), (finding) => finding),
    ...first(withAddresses, (token) => linkFindings(token, places)),
    ...first(linkDefinitionFindings(withDefinitions, usedDefinitions, places), (finding) => finding),
    ...first(tokens, (token) => (maybeForeign.test(token.raw) ? foreignFindings(token, places) : [])),
  ]
}

// All of them begin with one of these: most blocks need no second look.
const maybeForeign = /\{[{%:#.]|\[\[|\[!|\[_?toc|:::|\$\{toc/i

function first<Item>(items: Iterable<Item>, findingsOf: (item: Item) => Finding | Finding[]): Finding[] {
  const findings: Finding[] = []
  for (const item of items) {
    findings.push(...[findingsOf(item)].flat().slice(0, maxAlike - findings.length))
    if (findings.length >= maxAlike) break
  }
  return findings
}

function undefinedNote(label: string, places: BodyPlaces): Finding {
  const message = `[^${label}] refers to a note that is not defined.`
  const hint = `Add a line "[^${label}]: …", or remove the reference.`
  return warning('footnote-undefined', message, places.ofReference(label), hint)
}

function unusedNote({ label, definition }: NumberedNote, inTitle: InTitle, places: BodyPlaces): Finding {
  const place = places.ofDefinition(definition)
  const isInPlace = definition.label === ''
  const name = isInPlace ? shortened(definition.raw) : `[^${label}]`
  if (inTitle.has(definition)) {
    const message = `Only the title refers to the note ${name}: titles are shown without their notes.`
    return warning('footnote-in-title', message, place, 'Refer to it in the text.')
  }
  if (isInPlace) {
    const message = `The note ${name} is not shown: it stands in a note that nothing refers to.`
    return warning('footnote-unused', message, place, 'Refer to the note around it.')
  }
  const message = `Nothing refers to the note ${name}.`
  return warning('footnote-unused', message, place, `Put ${name} where it belongs.`)
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

function duplicateNote(definition: DefinitionToken, places: BodyPlaces): Finding {
  const message = `The note [^${definition.label}] is defined twice; the first one is taken.`
  return warning(
    'footnote-duplicate',
    message,
    places.ofDefinition(definition),
    'Give it a label of its own.',
  )
}

function headingFindings(token: Token, places: BodyPlaces): Finding[] {
  if (token.type !== 'paragraph' || !token.raw.includes('##')) return []
  return [...token.raw.matchAll(/^ {0,3}(#{2,6})([^\s#].*)$/gm)]
    .slice(0, maxAlike)
    .map(([line, hashes = '', text = '']) =>
      warning(
        'heading-without-blank',
        `"${line.trim().slice(0, 40)}" is no heading without a blank after ${hashes}.`,
        places.inBlock(token, line),
        `Write "${hashes} ${text.slice(0, 40)}".`,
      ),
    )
}

function linkFindings(block: Token, places: BodyPlaces): Finding[] {
  const dropped = [...droppedLinks([block])]
  if (dropped.length === 0) return []
  const placeOf = places.within(block)
  return dropped.map(({ source, address }) => {
    const message = `A link to ${shortened(address)} leads nowhere.`
    return warning('link-dropped', message, placeOf(source), 'Link to an address of http(s).')
  })
}

/** Links and images whose addresses readers must not follow: only their texts are shown. */
function* droppedLinks(tokens: readonly Token[]): Generator<{ source: string; address: string }> {
  for (const token of tokens) {
    if (token.type === 'link') {
      const { href, raw } = token as Tokens.Link
      if (href !== '' && linkAddress(href) === null) yield { source: raw, address: href }
    } else if (token.type === 'image') {
      const { href, raw } = token as Tokens.Image
      if (href !== '' && imageAddress(href, null) === null) yield { source: raw, address: href }
    } else if (token.type === 'figure') {
      const { image, link, raw } = token as FigureToken
      if (imageAddress(image.src, null) === null) yield { source: raw, address: image.src }
      if (link !== null && linkAddress(link) === null) yield { source: raw, address: link }
    }
    if (token.type === 'list') yield* droppedLinks((token as Tokens.List).items)
    else if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table
      for (const cell of [header, ...rows].flat()) yield* droppedLinks(cell.tokens)
    } else if (isReference(token) && token.definition.label === '')
      yield* droppedLinks(token.definition.tokens)
    else if ('tokens' in token && token.tokens) yield* droppedLinks(token.tokens)
  }
}

import type { Token, Tokens } from 'marked'
import { type Finding, warning } from '../finding.ts'
import type { BodyPlaces } from './body-places.ts'
import type { Definitions, DefinitionToken } from './footnotes.ts'
import { foreignFindings } from './foreign-findings.ts'
import type { NumberedNote } from './note-numbering.ts'

/** Of one kind, so many are told: more would bury the others. */
const maxAlike = 100

/** What an editor should know of a body's notes, headings and html; of each rule at most the first 100. */
export function bodyFindings(
  tokens: readonly Token[],
  definitions: Definitions,
  notes: readonly NumberedNote[],
  places: BodyPlaces,
): Finding[] {
  return [
    ...first(definitions.undefinedLabels, (label) => undefinedNote(label, places)),
    ...first(notes, (note) => (note.ordinal === null ? unusedNote(note, places) : [])),
    ...first(definitions.duplicates, (definition) => duplicateNote(definition, places)),
    ...first(tokens, (token) => headingFindings(token, places)),
    ...first(tokens, (token) => (token.raw.includes('<') ? htmlFindings(token, places) : [])),
    ...first(tokens, (token) => linkFindings(token, places)),
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

function unusedNote({ label, definition }: NumberedNote, places: BodyPlaces): Finding {
  const message = `Nothing refers to the note [^${label}].`
  return warning(
    'footnote-unused',
    message,
    places.ofDefinition(definition),
    `Put [^${label}] where it belongs.`,
  )
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

const droppedTag =
  /<(script|style|iframe|object|embed|form|button|select|textarea|svg|math|link|meta|base|frame|frameset|applet)\b/gi

function htmlFindings(token: Token, places: BodyPlaces): Finding[] {
  return rawHtml(token).flatMap((html) => {
    const tags = [...html.matchAll(droppedTag)].map((match) => match[1]?.toLowerCase() ?? '')
    const handlers = [...html.matchAll(/<[a-z][^<>]{0,2000}?\s(on[a-z]+)\s*=/gi)].map(
      (match) => match[1]?.toLowerCase() ?? '',
    )
    if (/^\s*<!--(?!-?>)/.test(html) && !html.includes('-->')) return [openComment(token, html, places)]
    const dropped = [...new Set([...tags.map((tag) => `<${tag}>`), ...handlers.map((name) => `${name}="…"`)])]
    if (dropped.length === 0) return []
    const message = `${dropped.join(', ')} is not shown to readers.`
    return [warning('html-dropped', message, places.inBlock(token, html), 'The document keeps it.')]
  })
}

function openComment(token: Token, html: string, places: BodyPlaces): Finding {
  const message = 'The comment that begins here is never closed: nothing after it is shown to readers.'
  return warning('html-dropped', message, places.inBlock(token, html), 'Close it with "-->".')
}

function linkFindings(token: Token, places: BodyPlaces): Finding[] {
  if (token.type === 'code' || !/(?:script|file):/i.test(token.raw)) return []
  return [...token.raw.matchAll(/\]\([ \t]*<?[ \t]*((?:javascript|vbscript|file):)[^)\n]{0,40}/gi)].map(
    (match) =>
      warning(
        'link-dropped',
        `A link to ${match[1]} leads nowhere.`,
        places.inBlock(token, match[0]),
        'Link to an address of http(s).',
      ),
  )
}

function rawHtml(token: Token): string[] {
  if (token.type === 'html') return [token.raw]
  if (token.type === 'list') return (token as Tokens.List).items.flatMap(rawHtml)
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table
    return [header, ...rows].flatMap((row) => row.flatMap((cell) => cell.tokens.flatMap(rawHtml)))
  }
  return 'tokens' in token && token.tokens ? token.tokens.flatMap(rawHtml) : []
}

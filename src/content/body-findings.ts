import type { Token, Tokens } from 'marked'
import { type Finding, warning } from './finding.ts'
import type { Definitions } from './footnotes.ts'
import type { NumberedNote } from './note-numbering.ts'
import type { Position } from './text-position.ts'

/** Finds where something stands in the document: its first occurrence at or after a top-level block. */
export type Locate = (needle: string, block?: Token) => Position | null

/** What an editor should know of a body's notes, headings and html. */
export function bodyFindings(
  tokens: readonly Token[],
  definitions: Definitions,
  notes: readonly NumberedNote[],
  locate: Locate,
): Finding[] {
  return [
    ...noteFindings(definitions, notes, locate),
    ...tokens.flatMap((token) => headingFindings(token, locate)),
    ...tokens.flatMap((token) => (token.raw.includes('<') ? htmlFindings(token, locate) : [])),
  ]
}

function noteFindings(definitions: Definitions, notes: readonly NumberedNote[], locate: Locate): Finding[] {
  const undefinedNotes = [...definitions.undefinedLabels].map((label) =>
    warning(
      'footnote-undefined',
      `[^${label}] refers to a note that is not defined.`,
      locate(`[^${label}]`),
      `Add a line "[^${label}]: …", or remove the reference.`,
    ),
  )
  const unused = notes
    .filter((note) => note.ordinal === null)
    .map(({ label, definition }) =>
      warning(
        'footnote-unused',
        `Nothing refers to the note [^${label}].`,
        locate(definition.raw),
        `Put [^${label}] where it belongs.`,
      ),
    )
  const duplicates = definitions.duplicates.map((definition) =>
    warning(
      'footnote-duplicate',
      `The note [^${definition.label}] is defined twice; the first one is taken.`,
      locate(definition.raw),
      'Give it a label of its own.',
    ),
  )
  return [...undefinedNotes, ...unused, ...duplicates]
}

function headingFindings(token: Token, locate: Locate): Finding[] {
  if (token.type !== 'paragraph' || !token.raw.includes('##')) return []
  return [...token.raw.matchAll(/^ {0,3}(#{2,6})([^\s#].*)$/gm)].map(([line, hashes = '', text = '']) =>
    warning(
      'heading-without-blank',
      `"${line.trim().slice(0, 40)}" is no heading without a blank after ${hashes}.`,
      locate(line, token),
      `Write "${hashes} ${text.slice(0, 40)}".`,
    ),
  )
}

const droppedTag =
  /<(script|style|iframe|object|embed|form|button|select|textarea|svg|math|link|meta|base|frame|frameset|applet)\b/gi

function htmlFindings(token: Token, locate: Locate): Finding[] {
  return rawHtml(token).flatMap((html) => {
    const tags = [...html.matchAll(droppedTag)].map((match) => match[1]?.toLowerCase() ?? '')
    const handlers = [...html.matchAll(/<[a-z][^>]*\s(on[a-z]+)\s*=/gi)].map(
      (match) => match[1]?.toLowerCase() ?? '',
    )
    const dropped = [...new Set([...tags.map((tag) => `<${tag}>`), ...handlers.map((name) => `${name}="…"`)])]
    if (dropped.length === 0) return []
    const message = `${dropped.join(', ')} is not shown to readers.`
    return [warning('html-dropped', message, locate(html, token), 'The document keeps it.')]
  })
}

function rawHtml(token: Token): string[] {
  if (token.type === 'html') return [token.raw]
  if (token.type === 'list') return (token as Tokens.List).items.flatMap(rawHtml)
  return 'tokens' in token && token.tokens ? token.tokens.flatMap(rawHtml) : []
}

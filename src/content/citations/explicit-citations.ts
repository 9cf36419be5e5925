import type { FrontMatterReader } from '../front-matter/front-matter-reader.ts'
import type { SourceEntry, SourceNode } from '../front-matter/source-node.ts'
import { limits } from '../limits.ts'
import {
  type CitationField,
  citationFields,
  citationTypes,
  type ExplicitCitation,
  normalizeLabel,
} from './citations.ts'
import { type IdentifierField, identifierProblem } from './identifier-problem.ts'

/**
 * Reads `citations:` of the front matter: a list of mappings, each with a `label` and the fields that its author
 * wants to say. `null` (for authors `[]`) means deliberately none.
 */
export function readExplicitCitations(
  reader: FrontMatterReader,
  node: SourceNode | undefined,
): ExplicitCitation[] {
  if (!node || node.value === null) return []
  if (!node.items) {
    refuse(reader, node, 'citations', 'citations is a list of mappings.', 'Begin each with "- label: …".')
    return []
  }
  if (node.items.length > limits.citations) {
    refuse(
      reader,
      node,
      'citations',
      `citations holds ${node.items.length} entries; at most ${limits.citations} fit.`,
    )
    return []
  }
  const seen = new Set<string>()
  return node.items.flatMap((item, index) => readCitation(reader, item, `citations[${index}]`, seen) ?? [])
}

function readCitation(
  reader: FrontMatterReader,
  item: SourceNode,
  path: string,
  seen: Set<string>,
): ExplicitCitation | null {
  if (!item.entries) return refuse(reader, item, path, `${path} is a mapping with a label.`)
  const byKey = new Map(item.entries.map((entry) => [entry.key, entry]))
  const label = reader.text(byKey.get('label')?.node, `${path}.label`, limits.citationLabel)
  if (label === null)
    return refuse(reader, item, path, `${path} has no label.`, 'Add the label of its footnote, or any.')
  if (seen.has(normalizeLabel(label))) {
    return refuse(reader, item, `${path}.label`, `The label "${label}" is given twice.`, 'Keep one of them.')
  }
  seen.add(normalizeLabel(label))
  const citation: ExplicitCitation = { label }
  for (const entry of byKey.values()) readField(reader, citation, entry, path)
  return citation
}

function readField(
  reader: FrontMatterReader,
  citation: ExplicitCitation,
  { key, node }: SourceEntry,
  path: string,
): void {
  const at = `${path}.${key}`
  if (key === 'label') return
  if (key === 'text') {
    const text = reader.text(node, at, limits.citationText)
    if (text !== null) citation.text = text
    return
  }
  if (!isCitationField(key)) {
    refuse(
      reader,
      node,
      at,
      `${key} is no field of a citation.`,
      `They are: label, text, ${citationFields.join(', ')}.`,
    )
    return
  }
  if (key === 'authors') citation.authors = readAuthors(reader, node, at)
  else if (key === 'type') citation.type = readType(reader, node, at)
  else if (key === 'publishedOn' || key === 'accessedOn') citation[key] = readPartialDate(reader, node, at)
  else if (key === 'url' || key === 'archiveUrl') citation[key] = reader.webAddress(node, at)
  else if (key === 'doi' || key === 'isbn' || key === 'arxiv')
    citation[key] = readIdentifier(reader, node, at, key)
  else citation[key] = reader.text(node, at, limits.citationField)
}

function readIdentifier(
  reader: FrontMatterReader,
  node: SourceNode,
  at: string,
  field: IdentifierField,
): string | null {
  const text = reader.text(node, at, limits.citationField)
  const problem = text === null ? null : identifierProblem(field, text)
  return problem === null ? text : refuse(reader, node, at, problem.message, problem.hint)
}

function readAuthors(reader: FrontMatterReader, node: SourceNode, at: string): string[] {
  if (node.value === null) return []
  const items = node.items ?? [node]
  if (items.length > limits.citationAuthors) {
    refuse(reader, node, at, `${at} holds ${items.length} entries; at most ${limits.citationAuthors} fit.`)
    return []
  }
  return items.flatMap((item, index) => reader.text(item, `${at}[${index}]`, limits.citationField) ?? [])
}

function readType(
  reader: FrontMatterReader,
  node: SourceNode,
  at: string,
): ExplicitCitation['type'] & (string | null) {
  const text = reader.text(node, at, 100)
  const type = citationTypes.find((known) => known === text)
  if (text === null || type !== undefined) return type ?? null
  return refuse(
    reader,
    node,
    at,
    `"${text}" is no type of a citation.`,
    `The types are those of CSL 1.0.2: ${citationTypes.join(', ')}.`,
  )
}

function readPartialDate(reader: FrontMatterReader, node: SourceNode, at: string): string | null {
  const text = reader.text(node, at, 100)
  if (text === null) return null
  const date = partialDate(text)
  return date ?? refuse(reader, node, at, `"${text}" is no date.`, 'Write 2025, 2025-07 or 2025-07-02.')
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` when the text is one and the calendar has it; else null. */
function partialDate(text: string): string | null {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  if (!match) return null
  const year = Number(match[1])
  const month = Number(match[2] ?? 1)
  const day = Number(match[3] ?? 1)
  if (year < 1 || month < 1 || month > 12) return null
  return day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate() ? text : null
}

function isCitationField(key: string): key is CitationField {
  return (citationFields as readonly string[]).includes(key)
}

function refuse(
  reader: FrontMatterReader,
  node: SourceNode,
  field: string,
  message: string,
  hint?: string,
): null {
  return reader.refuse(node, field, message, hint, 'invalid_citation')
}

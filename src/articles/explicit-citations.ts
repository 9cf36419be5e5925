import type { Citation } from '#src/citations/index.ts'
import {
  type CitationFields,
  type ExplicitCitation,
  fieldsAsText,
  normalizeLabel,
} from '#src/content/citations/citations.ts'
import type { Article } from './schemas.ts'

/**
 * What is set by hand of an article's citations, as a document says it: the rest is read from the body again. Made of
 * what readers see, so that it says no more.
 */
export function explicitCitations({
  body,
  citations,
}: Pick<Article, 'body' | 'citations'>): ExplicitCitation[] {
  const noted = labelsOfNotes(body)
  return citations.flatMap((citation): ExplicitCitation[] => {
    const { label, text, explicit } = citation
    const said = Object.fromEntries(explicit.map((name) => [name, citation[name as keyof Citation]]))
    if (citation.ordinal !== null || noted.has(normalizeLabel(label))) {
      return explicit.length === 0 ? [] : [{ label, ...said }]
    }
    const isOfFields = text === '' || text === fieldsAsText(citation as Citation & CitationFields)
    return [{ label, ...(isOfFields ? {} : { text }), ...said }]
  })
}

/** The notes that a body defines, nothing referring to them or not. */
function labelsOfNotes(body: string): Set<string> {
  const definitions = body.matchAll(/\[\^([^\]\n]{1,1000})\]:/g)
  return new Set([...definitions].map(([, label = '']) => normalizeLabel(label)))
}

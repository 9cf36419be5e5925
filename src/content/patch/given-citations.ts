import { citationsOf, type ExplicitCitation, normalizeLabel } from '../citations/citations.ts'
import { type DerivedArticle, type DeriveOptions, deriveArticle } from '../derive.ts'
import { type Document, parseDocument } from '../document.ts'
import { DocumentError } from '../document-error.ts'
import { type ComposeInput, composeDocument } from '../front-matter/compose.ts'
import { type FrontMatterOptions, readFrontMatter } from '../front-matter/front-matter.ts'
import { renderBody } from '../markdown/render.ts'
import { explicitFields, type GivenCitation } from './explicit-fields.ts'
import { type DocumentPatch, type PatchedDocument, patchDocument } from './patch-document.ts'

/** What a new document is made of but its citations. */
export type NewDocument = Omit<ComposeInput, 'citations'>

/** A new article, and those of the given citations' fields that its document says outright. */
export interface ComposedArticle {
  readonly derived: DerivedArticle
  readonly citations: ExplicitCitation[]
}

/**
 * Composes the document of a new article and derives the article from it. Of the given citations the document says
 * what its notes don't.
 * @throws DocumentError whose `citations[n]` are the given ones
 */
export function composeArticle(
  fields: NewDocument,
  given: readonly GivenCitation[],
  options: DeriveOptions,
): ComposedArticle {
  const notes = given.length === 0 ? [] : renderBody(fields.body).notes
  const citations = explicitFields(notes, given)
  const derived = inTermsOf(given, citations, () =>
    deriveArticle(parseDocument(composeDocument({ ...fields, citations })), options),
  )
  return { derived, citations }
}

/**
 * As `patchDocument`, with the citations as a client sends them: all that the article is to have (null: none), of
 * which the document says what its notes don't. Undefined: they stay.
 * @throws DocumentError, as `patchDocument`; `citations[n]` are the given ones
 */
export function patchWithCitations(
  document: Document,
  patch: Omit<DocumentPatch, 'citations'>,
  given: readonly GivenCitation[] | null | undefined,
  options: FrontMatterOptions,
): PatchedDocument {
  if (given === undefined) return patchDocument(document, patch, options)
  const { citations: written } = readFrontMatter(document, options)
  const notes = renderBody(document.body).notes
  const nextNotes = patch.body === undefined ? notes : renderBody(patch.body).notes
  const present = { written, read: citationsOf(notes, written) }
  const citations = explicitFields(nextNotes, given ?? [], present)
  return inTermsOf(given ?? [], citations, () => patchDocument(document, { ...patch, citations }, options))
}

/**
 * Tells the issues of explicit citations at the places of those that were given, since most have nothing explicit; in
 * sentences by their labels.
 */
function inTermsOf<T>(
  given: readonly GivenCitation[],
  explicit: readonly ExplicitCitation[],
  work: () => T,
): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const places = new Map(given.map(({ label }, place) => [normalizeLabel(label), place]))
    throw new DocumentError(
      error.issues.map((issue) => {
        const [, index = '', rest = ''] = /^citations\[(\d+)\](.*)$/s.exec(issue.field ?? '') ?? []
        const label = explicit[Number(index)]?.label
        if (index === '' || label === undefined) return issue
        const place = places.get(normalizeLabel(label)) ?? index
        return { ...issue, field: `citations[${place}]${rest}`, message: byLabel(issue.message, label) }
      }),
    )
  }
}

/** `citations[0].url is …` as `url of the citation "1" is …`. */
function byLabel(message: string, label: string): string {
  const name = `the citation "${label}"`
  return message.replace(/^citations\[\d+\](?:\.(\w+))?((?:\[\d+\])?)/, (_, field?: string, item = '') =>
    field === undefined ? name : `${field}${item} of ${name}`,
  )
}

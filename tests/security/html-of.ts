import { deriveArticle } from '#src/content/derive.ts'
import { DocumentError } from '#src/content/document-error.ts'

/** All html that is made of a document; null when it is refused. */
export function htmlOf(document: string): string[] | null {
  try {
    const { html, citations } = deriveArticle(document, { timeZone: 'UTC' }).content
    return [html, ...citations.map((citation) => citation.html)]
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return null
  }
}

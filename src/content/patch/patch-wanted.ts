import { parseDocument } from '../document.ts'
import { DocumentError } from '../document-error.ts'
import { type ComposeInput, composeDocument } from '../front-matter/compose.ts'
import { type FrontMatter, type FrontMatterOptions, readFrontMatter } from '../front-matter/front-matter.ts'
import { canonicalKey, type FrontMatterField } from '../front-matter/front-matter-keys.ts'
import type { JsonObject } from '../json.ts'

/** The fields that a patch can set. */
export const patchableFields = [
  'title',
  'slug',
  'publishedAt',
  'modifiedAt',
  'draft',
  'locale',
  'translationKey',
  'unpublishAt',
  'summary',
  'featuredImage',
  'tags',
  'topics',
  'authors',
  'canonicalUrl',
  'citations',
] as const satisfies readonly FrontMatterField[]

export type PatchableField = (typeof patchableFields)[number]

/** What a patch asks for: typed as front matter is read, and as we write it. */
export interface Wanted {
  read: FrontMatter
  /** By canonical key. */
  written: JsonObject
}

/**
 * Reads the values of a patch as those of a new document are: one road for both, so that both know the same limits.
 * @throws DocumentError whose fields are those of the patch; its lines mean nothing
 */
export function readWanted(fields: Omit<ComposeInput, 'body'>, options: FrontMatterOptions): Wanted {
  try {
    const document = parseDocument(composeDocument({ ...fields, body: '' }))
    return { read: readFrontMatter(document, options), written: document.data }
  } catch (error) {
    throw error instanceof DocumentError ? inTermsOfPatch(error) : error
  }
}

const fieldNames = new Map<string, string>(patchableFields.map((field) => [canonicalKey(field), field]))

function inTermsOfPatch(error: DocumentError): DocumentError {
  return new DocumentError(
    error.issues.map((issue) => {
      const field = issue.field === null ? null : fieldOfPatch(issue.field)
      return { ...issue, field, line: 1, column: 1 }
    }),
  )
}

/** `main_topics[2]` is the patch's `topics[2]`; a key of an author's own is one of `meta`. */
function fieldOfPatch(field: string): string {
  const [key = ''] = /^[^.[]+/.exec(field) ?? []
  const name = fieldNames.get(key)
  if (name !== undefined) return name + field.slice(key.length)
  return /^meta(?:\.|$)/.test(field) ? field : `meta.${field}`
}

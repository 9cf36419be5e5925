import type { ExplicitCitation } from '../citations/citations.ts'
import { type Document, parseDocument } from '../document.ts'
import { DocumentError, type DocumentIssue } from '../document-error.ts'
import type { Finding } from '../finding.ts'
import { type ComposeInput, reservedMetaKey } from '../front-matter/compose.ts'
import {
  type FeaturedImage,
  type FrontMatter,
  type FrontMatterOptions,
  readFrontMatter,
} from '../front-matter/front-matter.ts'
import { findFrontMatterBlock } from '../front-matter/split-document.ts'
import { isSameJson, type Json, type JsonObject } from '../json.ts'
import { lineEndOf, type PatchedFrontMatter, patchedFrontMatters } from './patch-front-matter.ts'
import { mergePatch } from './patch-merge.ts'
import { planChanges } from './patch-plan.ts'
import { patchableFields, readWanted } from './patch-wanted.ts'

/**
 * What a patch sets. Absent or undefined: it stays; null, an empty text or list: its key goes.
 * Instants are RFC 3339 and written as they are given.
 */
export interface DocumentPatch {
  title?: string | null | undefined
  slug?: string | null | undefined
  locale?: string | null | undefined
  summary?: string | null | undefined
  canonicalUrl?: string | null | undefined
  translationKey?: string | null | undefined
  publishedAt?: string | null | undefined
  unpublishAt?: string | null | undefined
  modifiedAt?: string | null | undefined
  draft?: boolean | null | undefined
  featuredImage?: FeaturedImage | null | undefined
  tags?: readonly string[] | null | undefined
  topics?: readonly string[] | null | undefined
  authors?: readonly string[] | null | undefined
  /** All explicit citations, as `explicitFields` gives them. */
  citations?: readonly ExplicitCitation[] | null | undefined
  /** A JSON merge patch (RFC 7396) of the keys that are no fields. */
  meta?: JsonObject | undefined
  body?: string | undefined
}

export interface PatchedDocument {
  text: string
  /** What was lost on the way. */
  findings: Finding[]
}

/**
 * Changes a document where the patch says something that it does not say yet; every other byte stays. A key that
 * changes keeps its spelling, its place, its style and the comment on its line; a new one comes last, before the
 * closing fence. TOML is written anew, its comments are lost: a finding says so.
 *
 * The result is read before it is returned: it is the old document with the patched values, whatever its style.
 *
 * @throws DocumentError when the patch holds values that their fields can't take (`field` is the patch's; its lines
 * mean nothing), or when the document itself can't be read
 */
export function patchDocument(
  document: Document,
  patch: DocumentPatch,
  options: FrontMatterOptions,
): PatchedDocument {
  const present = readFrontMatter(document, options)
  const meta = mergePatch(present.meta, patch.meta ?? {})
  const wanted = readWanted(fieldsOf(patch, present.meta, meta), options)
  const fields = patchableFields.filter((field) => patch[field] !== undefined)
  const changes = planChanges({ document, present, wanted, fields, meta })
  const body = patch.body ?? document.body
  const isSame = changes.changed.size === 0 && changes.added.length === 0
  if (isSame && body === document.body) return { text: document.frontMatter + body, findings: [] }
  const set = Object.fromEntries(fields.map((field) => [field, wanted.read[field]]))
  const expected: Expected = { document, body, fields: { ...present, ...set, meta } }
  let refusal = new DocumentError([unpatchable])
  for (const candidate of patchedFrontMatters(document, changes, body)) {
    const text = joined(candidate.frontMatter, body)
    try {
      if (saysSo(text, candidate, expected, options)) return { text, findings: candidate.findings }
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error
      refusal = error
    }
  }
  throw refusal
}

const unpatchable: DocumentIssue = {
  code: 'front_matter_too_complex',
  field: null,
  message: 'The front matter is written in a way that can not be changed from outside.',
  line: 1,
  column: 1,
  hint: 'Edit the document itself, and PUT it.',
}

/** The fields of a patch, and what it changes in `meta`, as a new document would have them. */
function fieldsOf(patch: DocumentPatch, present: JsonObject, meta: JsonObject): Omit<ComposeInput, 'body'> {
  const { body: _, tags, topics, authors, citations, ...rest } = patch
  const changedMeta = Object.entries(meta).filter(([key, value]) => {
    const isSame = Object.hasOwn(present, key) && isSameJson(present[key], value)
    return !isSame && reservedMetaKey(key) === null
  })
  return {
    ...rest,
    ...{ tags: tags ?? [], topics: topics ?? [], authors: authors ?? [], citations: citations ?? [] },
    meta: Object.fromEntries(changedMeta),
  }
}

/** Front matter and body, so that reading finds the body where it is. */
function joined(frontMatter: string, body: string): string {
  if (body === '' || /^\uFEFF*$/.test(frontMatter)) return frontMatter + body
  const lineEnd = lineEndOf(frontMatter)
  const between = ['', lineEnd, lineEnd + lineEnd, '\n', '\n\n'].find((blank) => {
    const start = frontMatter + blank
    return findFrontMatterBlock(start + body)?.bodyStart === start.length
  })
  return frontMatter + (between ?? lineEnd) + body
}

interface Expected {
  document: Document
  body: string
  fields: FrontMatter
}

/** Is a text read as the document that it should be? */
function saysSo(
  text: string,
  { data }: PatchedFrontMatter,
  { document, body, fields }: Expected,
  options: FrontMatterOptions,
): boolean {
  const isTolerant = document.findings.some(({ rule }) => rule === 'front_matter_duplicate_key')
  const read = parseDocument(text, { duplicateKeys: isTolerant ? 'last' : 'error' })
  const isSaid = isSameJson(asJson(readFrontMatter(read, options)), asJson(fields))
  return isSaid && read.body === body && (data === null || isSameJson(read.data, data))
}

/** All but the findings. */
function asJson({ findings: _, ...fields }: FrontMatter): Json {
  return fields as unknown as Json
}

import { type CitationFields, citationFields } from '../citations/citations.ts'
import { DocumentError } from '../document-error.ts'
import type { Json, JsonObject } from '../json.ts'
import type { FeaturedImage } from './front-matter.ts'
import { fieldOfKey } from './front-matter-keys.ts'
import { yamlOf } from './yaml-writer.ts'

/** What a document is made of. Instants are RFC 3339; what is null, undefined or an empty list is not written. */
export interface ComposeInput {
  body: string
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
  tags?: readonly string[] | undefined
  topics?: readonly string[] | undefined
  authors?: readonly string[] | undefined
  aliases?: readonly string[] | undefined
  citations?: readonly ComposeCitation[] | undefined
  meta?: JsonObject | undefined
}

/** An explicit citation; undefined fields are not written. */
export type ComposeCitation = { label: string; text?: string | undefined } & {
  [Field in keyof CitationFields]?: CitationFields[Field] | undefined
}

/**
 * Writes a document with canonical front matter: YAML, keys in a fixed order, those of `meta` last. Reading it gives
 * the same fields and the same body.
 * @throws DocumentError when a key of `meta` is a field of its own (`reservedMetaKey`)
 */
export function composeDocument(input: ComposeInput): string {
  refuseReservedKeys(input.meta ?? {})
  const fields: JsonObject = present({
    title: input.title,
    slug: input.slug,
    date: input.publishedAt,
    lastmod: input.modifiedAt,
    draft: input.draft,
    locale: input.locale,
    translationKey: input.translationKey,
    expiryDate: input.unpublishAt,
    summary: input.summary,
    featured_image: featuredImage(input.featuredImage),
    tags: input.tags,
    main_topics: input.topics,
    authors: input.authors,
    aliases: input.aliases,
    canonicalUrl: input.canonicalUrl,
    citations: input.citations?.map(citation),
  })
  return `---\n${yamlOf(fields)}${yamlOf(input.meta ?? {})}---\n\n${input.body}`
}

/** Why a key can't stand in `meta`: the front matter key that it would be read as. Null when it can. */
export function reservedMetaKey(key: string): string | null {
  return fieldOfKey(key)?.field ?? null
}

function refuseReservedKeys(meta: JsonObject): void {
  const issues = Object.keys(meta).flatMap((key) => {
    const field = reservedMetaKey(key)
    if (field === null) return []
    const message = `"${key}" is no key of its own: front matter gives ${field} by it.`
    const hint = `Set ${field} instead.`
    return [{ code: 'invalid_value' as const, field: `meta.${key}`, message, line: 1, column: 1, hint }]
  })
  if (issues.length > 0) throw new DocumentError(issues)
}

function featuredImage(image: FeaturedImage | null | undefined): Json {
  if (!image) return null
  const { url, alt, caption, credit, width, height } = image
  const mapping = present({ url, alt, caption, credit, width, height })
  return Object.keys(mapping).length === 1 ? url : mapping
}

function citation(given: ComposeCitation): JsonObject {
  const { label, text } = given
  const fields = citationFields.flatMap((field) => {
    const value = given[field]
    return value === undefined ? [] : [[field, value] as const]
  })
  return { label, ...(text === undefined ? {} : { text }), ...Object.fromEntries(fields) }
}

function present(fields: Record<string, Json | readonly Json[] | undefined>): JsonObject {
  const said = Object.entries(fields).filter(([, value]) => {
    return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)
  })
  return Object.fromEntries(said) as JsonObject
}

import { DocumentError, type DocumentIssue } from '#src/content/document-error.ts'
import type { FieldError } from '#src/platform/errors.ts'
import { jsonPointer } from '#src/platform/http/json-pointer.ts'
import { invalidArticle } from './errors.ts'

/**
 * Does `work` on a document that we composed or patched, and tells its issues in the terms of the payload: neither its
 * lines nor the keys of its front matter are the client's.
 * @throws AppError `invalid_body`
 */
export async function tellingFields<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    throw invalidArticle(error.issues.map(fieldError))
  }
}

function fieldError({ field, code, message, hint }: DocumentIssue): FieldError {
  const path = payloadPath(field ?? 'body')
  const told =
    field !== null && message.startsWith(field) ? nameOf(path) + message.slice(field.length) : message
  return {
    in: 'body',
    path: jsonPointer(path),
    code,
    message: hint === undefined ? told : `${told} ${hint}`,
  }
}

/** What payloads call the keys of canonical front matter that have other names there. */
const PAYLOAD_NAMES: Record<string, string> = {
  date: 'publishedAt',
  lastmod: 'modifiedAt',
  expiryDate: 'unpublishAt',
  main_topics: 'topics',
  featured_image: 'featuredImage',
}

/** An address alone is how documents write a picture of which nothing else is said. */
const IMAGE_ALONE = 'featured_image'

/** `citations[1].label` in parts, as a JSON Pointer has them: `citations`, `1`, `label`. */
function payloadPath(field: string): string[] {
  if (field === IMAGE_ALONE) return ['featuredImage', 'url']
  const [key = '', ...rest] = field.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
  return [PAYLOAD_NAMES[key] ?? key, ...rest]
}

/** `featuredImage.url`, `tags[2]`: a field as sentences name it. */
function nameOf([key = '', ...rest]: readonly string[]): string {
  return key + rest.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('')
}

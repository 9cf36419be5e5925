import { findSources } from '#src/citations/index.ts'
import { DocumentError } from '#src/content/document-error.ts'
import type { Deps } from '#src/deps.ts'
import { describeTerms } from '#src/taxonomy/index.ts'
import { documentRefused } from './errors.ts'
import type { RenderedDocument } from './schemas.ts'

/**
 * What a document would become, and what there is to say of it; nothing is stored. For the live preview of an editor.
 * @throws AppError `unreadable_document`, `invalid_document`, `unavailable`
 */
export async function renderDocument(deps: Deps, text: string): Promise<RenderedDocument> {
  const { config, deriver, pool } = deps
  const { siteTimeZone: timeZone, mediaBaseUrl = null } = config
  const derived = await deriver.derive(text, { timeZone, mediaBaseUrl }).catch((error: unknown) => {
    throw error instanceof DocumentError ? documentRefused(error) : error
  })
  const { content, life, findings } = derived
  const { tags, topics, authors, citations, ...rest } = content
  const terms = await describeTerms(pool, { tags, topics, authors })
  const sources = await findSources(
    pool,
    citations.flatMap(({ source }) => (source === null ? [] : [source])),
  )
  const article = {
    slug: life.slug,
    locale: life.locale ?? config.siteLocale,
    ...rest,
    ...terms,
    body: derived.document.body,
    citations: citations.map(({ line: _line, source, ...citation }) => ({
      ...citation,
      source:
        source === null
          ? null
          : { ...source, ...(sources.get(source.url) ?? { id: null, tier: 'unknown' as const }) },
    })),
    translationKey: life.translationKey,
    publishedAt: life.publishedAt,
    unpublishAt: life.unpublishAt,
  }
  const count = (severity: 'error' | 'warning') =>
    findings.filter((finding) => finding.severity === severity).length
  return { article, findings, errorCount: count('error'), warningCount: count('warning') }
}

import type { Citation } from '#src/content/citations/citations.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { type SourceRef, saveSources } from './save-sources.ts'

/** A partial date as the database keeps it: its first day, and how much of it was written. */
export interface StoredDate {
  readonly on: string | null
  readonly precision: 'year' | 'month' | 'day' | null
}

/** `2025` → 2025-01-01, year; `2025-07` → 2025-07-01, month. */
export function storedDate(date: string | null): StoredDate {
  if (date === null) return { on: null, precision: null }
  if (date.length === 4) return { on: `${date}-01-01`, precision: 'year' }
  if (date.length === 7) return { on: `${date}-01`, precision: 'month' }
  return { on: date, precision: 'day' }
}

/**
 * Makes sure of the sources of these citations. Call it before anything else is locked: sources come first in the
 * order in which all writers lock.
 */
export function saveCitedSources(
  tx: Transaction,
  citations: readonly Citation[],
): Promise<ReadonlyMap<string, string>> {
  const refs = citations.flatMap(({ source }): SourceRef[] => (source === null ? [] : [source]))
  return saveSources(tx, refs)
}

/** Makes `citations` the citations of the article; rows whose label stays keep their id. */
export async function saveCitations(
  tx: Transaction,
  articleId: string,
  citations: readonly Citation[],
  sourceIds: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = citations.map((citation, position) => {
    const published = storedDate(citation.publishedOn)
    const accessed = storedDate(citation.accessedOn)
    return {
      label: citation.label,
      position,
      ordinal: citation.ordinal,
      text: citation.text,
      html: citation.html,
      title: citation.title,
      url: citation.url,
      archive_url: citation.archiveUrl,
      doi: citation.doi,
      isbn: citation.isbn,
      arxiv: citation.arxiv,
      publisher: citation.publisher,
      container_title: citation.containerTitle,
      authors: citation.authors,
      published_on: published.on,
      published_on_precision: published.precision,
      accessed_on: accessed.on,
      accessed_on_precision: accessed.precision,
      type: citation.type,
      explicit: citation.explicit,
      reference_count: citation.referenceCount,
      source_id: citation.source === null ? null : (sourceIds.get(citation.source.url) ?? null),
    }
  })
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM citation
       WHERE article_id = ${articleId}::uuid AND label <> ALL(${rows.map((row) => row.label)}::text[]))
    INSERT INTO citation AS c (article_id, label, position, ordinal, text, html, title, url, archive_url, doi, isbn, arxiv,
      publisher, container_title, authors, published_on, published_on_precision, accessed_on, accessed_on_precision,
      type, explicit, reference_count, source_id)
    SELECT ${articleId}::uuid, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(label text, position int,
      ordinal int, text text, html text, title text, url text, archive_url text, doi text, isbn text, arxiv text,
      publisher text, container_title text, authors jsonb, published_on date, published_on_precision date_precision,
      accessed_on date, accessed_on_precision date_precision, type text, explicit text[], reference_count int,
      source_id uuid)
    ON CONFLICT (article_id, label) DO UPDATE SET (position, ordinal, text, html, title, url, archive_url, doi, isbn, arxiv,
      publisher, container_title, authors, published_on, published_on_precision, accessed_on, accessed_on_precision, type,
      explicit, reference_count, source_id) = ROW (excluded.position, excluded.ordinal, excluded.text, excluded.html,
      excluded.title, excluded.url, excluded.archive_url, excluded.doi, excluded.isbn, excluded.arxiv, excluded.publisher,
      excluded.container_title, excluded.authors, excluded.published_on, excluded.published_on_precision,
      excluded.accessed_on, excluded.accessed_on_precision, excluded.type, excluded.explicit, excluded.reference_count,
      excluded.source_id)`
}

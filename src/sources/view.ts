import type { CitingRow } from './list-citations.ts'
import type { DomainRow, SourceRow } from './queries.ts'
import type { CitingCitation, Source, SourceDomain } from './schemas.ts'

/** Something that articles cite. */
export const sourceView = (row: SourceRow): Source => ({
  id: row.id,
  url: row.url,
  domain: row.domain,
  tier: row.tier,
  title: row.title,
  citationCount: row.citation_count,
  articleCount: row.article_count,
})

/** A domain of sources. */
export const sourceDomainView = (row: DomainRow): SourceDomain => ({
  domain: row.domain,
  tier: row.tier,
  sourceCount: row.source_count,
  articleCount: row.article_count,
})

/** A citation with its article. */
export const citingCitationView = (row: CitingRow): CitingCitation => ({
  ...row.citation,
  article: row.article,
})

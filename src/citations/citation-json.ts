const partialDate = (column: string) => `left(to_char(c.${column}, 'YYYY-MM-DD'),
  CASE c.${column}_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)`

/** The SQL that gives a citation `c`, its source `s` and that one's domain `d` as answers show them. */
export const citationJson = `json_build_object('label', c.label, 'ordinal', c.ordinal, 'text', c.text, 'html', c.html,
      'title', c.title, 'url', c.url, 'archiveUrl', c.archive_url, 'doi', c.doi, 'isbn', c.isbn, 'arxiv', c.arxiv,
      'publisher', c.publisher, 'containerTitle', c.container_title, 'authors', c.authors,
      'publishedOn', ${partialDate('published_on')}, 'accessedOn', ${partialDate('accessed_on')}, 'type', c.type,
      'source', CASE WHEN s.id IS NOT NULL THEN
        json_build_object('id', s.id, 'url', s.url, 'domain', d.domain, 'tier', d.tier) END,
      'referenceCount', c.reference_count, 'explicit', c.explicit)`

/**
 * What Masthead is measured against: bare Fastify, and for each answer the one query that somebody would write by hand.
 * No validation, no ETag, no negotiation, no keys, and nothing but what the answer needs.
 *
 *   DATABASE_URL=… SITE_URL=… API_URL=… node bench/reference.ts
 */
import { fastify } from 'fastify'
import pg from 'pg'

const { DATABASE_URL: connectionString, SITE_URL: site = '', API_URL: api = '' } = process.env
const options = '-c jit=off -c max_parallel_workers_per_gather=0'
const pool = new pg.Pool({ connectionString, max: 10, options })
const app = fastify()

const terms = (
  kind: string,
) => `coalesce((SELECT json_agg(json_build_object('slug', t.slug, 'name', t.name) ORDER BY x.position)
  FROM article_${kind} x JOIN ${kind} t ON t.id = x.${kind}_id WHERE x.article_id = a.id), '[]') AS ${kind}s`
const isPublic = `a.status = 'published' AND a.trashed_at IS NULL AND a.published_at <= now()
  AND (a.unpublish_at IS NULL OR a.unpublish_at > now())`
const columns = `a.id, a.slug, a.locale, a.status, a.title, a.summary, a.excerpt, a.word_count AS "wordCount",
  a.reading_minutes AS "readingMinutes", a.featured_image AS "featuredImage", ${['tag', 'topic', 'author'].map(terms).join(', ')},
  a.canonical_url AS "canonicalUrl", a.translation_key AS "translationKey", a.revision, a.created_at AS "createdAt",
  a.updated_at AS "updatedAt", a.modified_at AS "modifiedAt", a.published_at AS "publishedAt",
  a.first_published_at AS "firstPublishedAt", a.unpublish_at AS "unpublishAt", CASE WHEN a.translation_key IS NULL THEN '[]' ELSE
  coalesce((SELECT json_agg(json_build_object('locale', o.locale, 'slug', o.slug)) FROM article o
    WHERE o.translation_key = a.translation_key AND o.id <> a.id AND ${isPublic.replaceAll('a.', 'o.')}), '[]') END AS translations`

const complete = (row: { id: string; slug: string }) => {
  const self = `${api}/v1/articles/${row.id}`
  const canonical = `${site}/${encodeURIComponent(row.slug)}`
  return {
    ...row,
    meta: {},
    corrections: [],
    links: { self, markdown: `${self}?format=markdown`, canonical },
  }
}

const buffer = Buffer.alloc(16_384, 'x')
app.get('/buffer', (_request, reply) => reply.type('application/json').send(buffer))

app.get<{ Params: { id: string } }>('/v1/articles/:id', async (request) => {
  const text = `SELECT ${columns}, r.body, a.html, a.toc, coalesce((
      SELECT json_agg(json_build_object('label', c.label, 'ordinal', c.ordinal, 'text', c.text, 'html', c.html, 'title', c.title,
        'url', c.url, 'archiveUrl', c.archive_url, 'doi', c.doi, 'isbn', c.isbn, 'arxiv', c.arxiv, 'publisher', c.publisher,
        'containerTitle', c.container_title, 'authors', c.authors, 'type', c.type, 'referenceCount', c.reference_count,
        'publishedOn', left(c.published_on::text, CASE c.published_on_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END),
        'accessedOn', left(c.accessed_on::text, CASE c.accessed_on_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END),
        'explicit', c.explicit, 'source', CASE WHEN s.id IS NOT NULL THEN
          json_build_object('id', s.id, 'url', s.url, 'domain', d.domain, 'tier', d.tier) END) ORDER BY c.position)
      FROM citation c LEFT JOIN source s ON s.id = c.source_id LEFT JOIN source_domain d ON d.id = s.domain_id
      WHERE c.article_id = a.id), '[]') AS citations
    FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.revision WHERE a.id = $1 AND ${isPublic}`
  const { rows } = await pool.query({ name: 'detail', text, values: [request.params.id] })
  return complete(rows[0])
})

app.get<{ Querystring: { publishedBefore?: string; tag?: string } }>('/v1/articles', async (request) => {
  const { tag, publishedBefore = 'infinity' } = request.query
  const having =
    'AND a.id IN (SELECT x.article_id FROM article_tag x JOIN tag t ON t.id = x.tag_id WHERE t.slug = $2)'
  const text = `SELECT ${columns}, a.citation_count AS "citationCount" FROM article a WHERE ${isPublic}
    AND a.published_at < $1 ${tag === undefined ? '' : having} ORDER BY a.published_at DESC, a.id DESC LIMIT 21`
  const values = tag === undefined ? [publishedBefore] : [publishedBefore, tag]
  const { rows } = await pool.query({ name: tag === undefined ? 'list' : 'tag', text, values })
  const last = rows[19]
  const next =
    rows.length < 21 ? null : Buffer.from(`${last.publishedAt.toJSON()},${last.id}`).toString('base64url')
  return { data: rows.slice(0, 20).map(complete), page: { limit: 20, next, prev: null } }
})

console.error(`The reference listens on ${await app.listen({ port: 0 })}`)

import { z } from 'zod'
import { type ArticleFilter, articleFilter } from '#src/articles/index.ts'
import { type Citation, citationJson } from '#src/citations/index.ts'
import type { Deps } from '#src/deps.ts'
import {
  findNextChange,
  HAS_CITATIONS,
  listStatement,
  resolveTerms,
  runListStatement,
} from '#src/listing/index.ts'
import type { Page } from '#src/platform/http/collection.ts'
import { cursorKey, keysetPages, type Position, queriedList } from '#src/platform/http/keyset-cursor.ts'
import type { CitationListQuery, CitingCitation } from './schemas.ts'

/** A citation of a list, with its article and its place in it. */
export interface CitingRow {
  readonly citation: Citation
  readonly position: number
  readonly article: CitingCitation['article']
}

type Key = [publishedAt: string, articleId: string, position: number]
const Key = z.tuple([cursorKey.instant, cursorKey.id, cursorKey.integer])

interface ArticleRow {
  next_change_ms: number | null
  article: CitingRow['article']
  citations: { position: number; citation: Citation }[]
}

/**
 * One page of the citations of what readers see: by article, newest first, and in it in order. At most two statements.
 * @throws AppError `invalid_cursor`
 */
export async function listCitations(
  deps: Deps,
  { limit, cursor, format: _format, ...parameters }: CitationListQuery,
): Promise<{ rows: CitingRow[]; page: Page; freshForMs: number | null }> {
  const filter = articleFilter(parameters)
  const name = queriedList('citations', filter)
  const pages = keysetPages<CitingRow, Key>(name, Key, ({ article, position }) => [
    article.publishedAt ?? '',
    article.id,
    position,
  ])
  const position = pages.position(cursor)
  const terms = await resolveTerms(deps.pool, filter)
  if (terms === null) {
    return { ...pages.page([], limit, null), freshForMs: await findNextChange(deps.pool) }
  }
  const citing = { ...terms, all: [...terms.all, HAS_CITATIONS] }
  const articles = await runListStatement<ArticleRow>(
    deps.pool,
    citingStatement(filter, citing, position, limit),
  )
  const rows = articles.flatMap(({ article, citations }) =>
    (citations ?? []).map((cited) => ({ ...cited, article })),
  )
  const freshForMs = articles[0]?.next_change_ms ?? null
  return { ...pages.page(rows.slice(0, limit + 1), limit, position), freshForMs }
}

/**
 * Every article has a citation, but perhaps the one where the page begins: two more than citations are wanted are
 * enough. None gives more of its own than are wanted in all.
 */
function citingStatement(
  filter: ArticleFilter,
  terms: NonNullable<Awaited<ReturnType<typeof resolveTerms>>>,
  position: Position<Key> | null,
  limit: number,
) {
  const side = position?.side ?? 'after'
  const walk = {
    filter,
    terms,
    sort: { key: 'publishedAt', descending: true },
    from: position === null ? null : ([position.key[0], position.key[1]] as const),
    isInclusive: true,
    side,
    count: limit + 2,
  } as const
  const order = side === 'after' ? 'ASC' : 'DESC'
  return listStatement(
    walk,
    (bound) => {
      const beyond =
        position === null
          ? ''
          : `AND (a.id <> ${bound.add(position.key[1], 'uuid')}
               OR c.position ${side === 'after' ? '>' : '<'} ${bound.add(position.key[2], 'int')})`
      const ofSource = terms.source === null ? '' : `AND s.id = ${bound.add(terms.source.key, 'uuid')}`
      const ofDomain = terms.domain === null ? '' : `AND d.id = ${bound.add(terms.domain.key, 'int')}`
      return `json_build_object('id', a.id, 'slug', a.slug, 'locale', a.locale, 'title', a.title, 'publishedAt',
          to_char(a.published_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS article,
        (SELECT json_agg(json_build_object('position', cited.position, 'citation', cited.citation) ORDER BY cited.n)
           FROM (SELECT c.position, ${citationJson} AS citation, row_number() OVER (ORDER BY c.position ${order}) AS n
                   FROM citation c LEFT JOIN source s ON s.id = c.source_id LEFT JOIN source_domain d ON d.id = s.domain_id
                  WHERE c.article_id = a.id ${beyond} ${ofSource} ${ofDomain}
                  ORDER BY c.position ${order} LIMIT ${bound.add(limit + 1, 'int')}) cited) AS citations`
    },
    { kind: null },
  )
}

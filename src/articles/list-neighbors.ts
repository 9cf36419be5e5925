import type { Deps } from '#src/deps.ts'
import { listStatement, publicArticles, resolveTerms, runListStatement } from '#src/listing/index.ts'
import { type ArticleRow, type ListRow, listedWithTerms } from './queries.ts'

/** The articles that readers see before and after one. */
export interface Neighbors {
  /** The one published before it. */
  readonly previous: ListRow | null
  /** The one published after it. */
  readonly next: ListRow | null
}

/** The neighbours of an article by date, in its locale. One without a date stands after all others. */
export async function findNeighbors(deps: Deps, article: ArticleRow): Promise<Neighbors> {
  const filter = { ...publicArticles, locale: article.locale }
  const terms = await resolveTerms(deps.pool, filter)
  if (terms === null) return { previous: null, next: null }
  const from = [article.published_at?.toISOString() ?? 'infinity', article.id] as const
  const neighbor = async (side: 'after' | 'before') => {
    const walk = {
      filter,
      terms,
      sort: { key: 'publishedAt', descending: true },
      from,
      side,
      count: 1,
    } as const
    const select = (bound: { add(value: unknown, type: string): string }) =>
      listedWithTerms(bound.add(false, 'boolean'))
    const rows = await runListStatement<ListRow>(
      deps.pool,
      listStatement(walk, select, { kind: 'list_neighbors' }),
    )
    return rows.find(({ id }) => id !== null) ?? null
  }
  const [previous, next] = await Promise.all([neighbor('after'), neighbor('before')])
  return { previous, next }
}

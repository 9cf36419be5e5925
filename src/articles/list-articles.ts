import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import type { Page } from '#src/platform/http/collection.ts'
import { cursorKey, keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { citingArticles, type ListRow, listNewestCiting, publicArticles } from './queries.ts'
import type { ArticleListItem } from './schemas.ts'
import { articleListItem } from './view.ts'

const Key = z.tuple([cursorKey.instant, cursorKey.id])
const TOP = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
const NEWEST = 20

const keyOf = (row: ListRow): z.infer<typeof Key> => [row.published_at?.toISOString() ?? '', row.id]

/** One page of what readers may see, newest first; `source`: of what cites it. @throws AppError `invalid_cursor` */
export async function listArticles(
  deps: Deps,
  asked: { limit: number; cursor?: string | undefined; source?: string | undefined },
): Promise<{ rows: ListRow[]; page: Page }> {
  const { limit, cursor, source } = asked
  const pages = keysetPages<ListRow, z.infer<typeof Key>>(`articles:${source ?? ''}`, Key, keyOf)
  const position = pages.position(cursor)
  const side = position?.side ?? 'after'
  const values = [...(position?.key ?? TOP), limit + 1]
  const rows =
    source === undefined
      ? await publicArticles[side](deps.pool, values)
      : await citingArticles[side](deps.pool, [...values, source])
  return pages.page(rows, limit, position)
}

/** The newest twenty articles that cite a source, as the asker may see them. */
export async function listSourceArticles(
  deps: Deps,
  sourceId: string,
  seesAll: boolean,
): Promise<ArticleListItem[]> {
  const rows = await listNewestCiting(deps.pool, [sourceId, seesAll, NEWEST])
  return rows.map((row) => articleListItem(row, { mayEdit: seesAll }, deps.config))
}

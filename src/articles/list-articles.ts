import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import type { Page } from '#src/platform/http/collection.ts'
import { keysetPages } from '#src/platform/http/keyset-cursor.ts'
import { type ListRow, listPublicArticlesAfter, listPublicArticlesBefore } from './queries.ts'

const Key = z.tuple([z.iso.datetime(), z.uuid()])
const TOP = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']

const pages = keysetPages<ListRow, z.infer<typeof Key>>('articles:-publishedAt', Key, (row) => [
  row.published_at?.toISOString() ?? '',
  row.id,
])

/** One page of what readers may see, newest first. @throws AppError `invalid_cursor` */
export async function listArticles(
  deps: Deps,
  asked: { limit: number; cursor?: string | undefined },
): Promise<{ rows: ListRow[]; page: Page }> {
  const position = pages.position(asked.cursor)
  const walk = position?.side === 'before' ? listPublicArticlesBefore : listPublicArticlesAfter
  const rows = await walk(deps.pool, [...(position?.key ?? TOP), asked.limit + 1])
  return pages.page(rows, asked.limit, position)
}

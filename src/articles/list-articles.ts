import type { Deps } from '#src/deps.ts'
import type { TermLink } from '#src/taxonomy/index.ts'
import {
  INCLUDED,
  type Included,
  type ListedRow,
  listColumns,
  listedNames,
  listNewestCiting,
} from './queries.ts'
import { type ListedArticles, type ListRequest, type PlacedRow, readList } from './read-list.ts'
import { readerItemJson, readerValues } from './reader-json.ts'
import { listedPieces, type ReaderJsonRow } from './reader-json-queries.ts'
import type { ArticleListItem } from './schemas.ts'
import { articleListItem, type Viewer } from './view.ts'

const NEWEST = 20

type UnnamedRow = Omit<ListedRow, 'tags' | 'topics' | 'authors'>

/** One page of articles, as `viewer` may see them. @throws AppError `invalid_cursor` */
export async function listArticles(
  deps: Deps,
  request: ListRequest & { readonly viewer: Viewer },
): Promise<ListedArticles<ListedRow>> {
  return await readList<PlacedRow<TermLink> & UnnamedRow, TermLink, ListedRow>(deps, request, {
    kind: 'list_articles',
    columns: (included, bound) => rowColumns(included, bound.add(request.viewer.mayEdit, 'boolean')),
    item(row, names) {
      const [tags, topics, authors] = row.term_ids.map((ids) => ids.flatMap((id) => names[id] ?? []))
      return { ...row, tags: tags ?? [], topics: topics ?? [], authors: authors ?? [] }
    },
  })
}

/** The same as readers see it, each article as the text of its JSON. */
export async function listReaderJson(deps: Deps, request: ListRequest): Promise<ListedArticles<string>> {
  const { config } = deps
  const [hasMeta, hasMonth] = readerValues(config)
  return await readList<PlacedRow<string> & ReaderJsonRow, string, string>(deps, request, {
    kind: 'list_reader_json',
    columns: (included, bound) =>
      listedPieces(included, bound.add(hasMeta, 'boolean'), bound.add(hasMonth, 'boolean')),
    item(row, names) {
      const [tags, topics, authors] = row.term_ids
      const terms = {
        tags: textOf(tags, names),
        topics: textOf(topics, names),
        authors: textOf(authors, names),
      }
      return readerItemJson(row, terms, config)
    },
  })
}

/** The text of a JSON array of what the ids stand for. A loop: it runs sixty times a page. */
function textOf(ids: readonly string[], names: Readonly<Record<string, string>>): string {
  let text = ''
  for (const id of ids) {
    const name = names[id]
    if (name !== undefined) text += text === '' ? name : `,${name}`
  }
  return `[${text}]`
}

function rowColumns(included: readonly Included[], seesAll: string): string {
  const parts = included.map(
    (name) => `, CASE WHEN NOT a.is_beyond THEN ${INCLUDED[name].sql} END AS ${name}`,
  )
  return `${listColumns(seesAll)}, ${listedNames('json')}${parts.join('')}`
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

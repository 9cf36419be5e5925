import type { Config } from '#src/platform/config.ts'
import { articleUrlHasMonth, canonicalUrl } from '#src/site/index.ts'
import type { ReaderArticleRow, ReaderJsonRow } from './reader-json-queries.ts'
import { publicMeta } from './view.ts'

/** The tags, topics and authors of an article, each the text of a JSON array. */
type TermTexts = Pick<ReaderArticleRow, 'tags' | 'topics' | 'authors'>

/**
 * What readers get of an article as JSON: the same as `articleView` gives them, put together from text that is JSON
 * already. Parsing it into objects and writing these again took half of a request's time.
 */
export const readerJson = (row: ReaderArticleRow, config: Config): string => readerItemJson(row, row, config)

/** The same of an article of a list, as `articleListItem`. */
export function readerItemJson(row: ReaderJsonRow, terms: TermTexts, config: Config): string {
  const { head, life, meta, parts } = row
  const self = `${JSON.stringify(config.apiUrl).slice(1, -1)}/v1/articles/${row.id}`
  const canonical = JSON.stringify(canonicalUrl(row, config))
  const links = `{"self":"${self}","markdown":"${self}?format=markdown","canonical":${canonical}}`
  const shown = meta === null ? '{}' : JSON.stringify(publicMeta(meta, config.publicMeta))
  return `${open(head)},"tags":${terms.tags},"topics":${terms.topics},"authors":${terms.authors},"meta":${shown},${inner(life)},"links":${links},"corrections":[],${parts.slice(1)}`
}

/** Without its closing brace. */
const open = (object: string) => object.slice(0, -1)
/** Without either. */
const inner = (object: string) => object.slice(1, -1)

/** The two values that tell a statement what the configuration has it read. */
export const readerValues = (config: Config): [hasMeta: boolean, hasMonth: boolean] => [
  config.publicMeta.length > 0,
  articleUrlHasMonth(config),
]

import { FORMER_SLUG } from '#src/listing/index.ts'
import type { Transaction } from '#src/platform/db/transaction.ts'
import { aliasInTooManyArticles, aliasInUse } from './errors.ts'
import { type TermKind, termTables, type WrittenTerm } from './term-tables.ts'

/** What a document names: of which article, at which revision, and the normalised names of one kind. */
export interface NamedInDocument {
  readonly articleId: string
  readonly revision: number
  readonly norms: ReadonlySet<string>
}

/** Reads which terms of a kind the documents of articles name. */
export type NamesIn = (kind: TermKind, articleIds: readonly string[]) => Promise<readonly NamedInDocument[]>

/** Documents that have been read, by article and revision. */
export type ReadDocuments = Map<string, NamedInDocument>

/** With the documents of more articles than this it is not compared what they spell. */
const MAX_ARTICLES = 1_000

/** Remembers documents for {@link dropAliases}. */
export function keepRead(read: ReadDocuments, documents: readonly NamedInDocument[]): void {
  for (const document of documents) read.set(keyOf(document), document)
}

const keyOf = ({ articleId, revision }: Pick<NamedInDocument, 'articleId' | 'revision'>) =>
  `${articleId}/${revision}`

/**
 * Takes those aliases from a term that are not among `kept` (normalised). Gives the articles whose documents must be
 * read before it can be told whether they spell them; none: it is done. The caller holds the taxonomy, so nobody writes
 * an article meanwhile.
 * @throws AppError `alias_in_use`
 */
export async function dropAliases(
  tx: Transaction,
  kind: TermKind,
  term: WrittenTerm,
  kept: readonly string[],
  read: ReadDocuments,
): Promise<string[]> {
  const { alias, key, link } = termTables[kind]
  const dropped = await tx.$queryRaw<{ norm: string; spelling: string }[]>`
    SELECT norm, spelling FROM ${alias} WHERE ${key} = ${term.id}::uuid AND norm NOT LIKE ${`${FORMER_SLUG}%`}
       AND norm <> ALL(${kept}::text[]) ORDER BY norm`
  if (dropped.length === 0) return []
  const articles = await tx.$queryRaw<{ articleId: string; revision: number }[]>`
    SELECT a.id AS "articleId", a.revision FROM ${link} l JOIN article a ON a.id = l.article_id
     WHERE l.${key} = ${term.id}::uuid ORDER BY a.id`
  if (articles.length > MAX_ARTICLES) throw aliasInTooManyArticles(kind, articles.length, MAX_ARTICLES)
  const unread = articles.filter((article) => !read.has(keyOf(article)))
  if (unread.length > 0) return unread.map(({ articleId }) => articleId)
  const spelled = dropped.flatMap(({ norm, spelling }) => {
    const articleCount = articles.filter((article) => read.get(keyOf(article))?.norms.has(norm)).length
    return articleCount === 0 ? [] : [{ name: spelling, articleCount }]
  })
  if (spelled.length > 0) throw aliasInUse(kind, spelled)
  await tx.$executeRaw`DELETE FROM ${alias} WHERE norm = ANY(${dropped.map(({ norm }) => norm)}::text[])`
  return []
}

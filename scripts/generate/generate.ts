import { Client, type ClientBase, type ClientConfig } from 'pg'
import { RECOUNT } from '#src/listing/index.ts'
import { ArticleRows, articleTables } from './article-rows.ts'
import { bareTables } from './bare-tables.ts'
import { copyRows } from './copy-rows.ts'
import { type Plan, planner } from './plan-article.ts'
import { Register } from './register.ts'
import { textWriter } from './write-text.ts'

/** How a run is watched. */
export interface GenerateOptions {
  /** An IANA name: the site's, in which months are listed. */
  readonly timeZone: string
  /** Into a database that has articles already. */
  readonly add?: boolean
  /** Called with the number of articles that are written so far. */
  readonly onProgress?: (written: number) => void
  /** Called when all rows are there, and only indexes are missing. */
  readonly onIndexing?: () => void
}

/** What a run did. */
export interface Generated {
  readonly rows: number
  readonly seconds: { readonly rows: number; readonly indexes: number }
}

/** There are articles already, which a generated database must not be mixed up with. */
export class DatabaseNotEmpty extends Error {
  override name = 'DatabaseNotEmpty'
}

const BATCH = 1_000
/** What articles refer to. */
const termTables = [
  'tag',
  'topic',
  'author',
  'tag_alias',
  'topic_alias',
  'author_alias',
  'source_domain',
  'source',
  'locale',
]

/**
 * Fills a migrated database with the articles of a plan, in one transaction: all of them, or none. Nobody else can
 * use the tables meanwhile. The same plan gives an empty database the same rows, ids included.
 * @throws DatabaseNotEmpty unless `add` is set
 */
export async function generate(
  connection: ClientConfig,
  plan: Plan,
  options: GenerateOptions,
): Promise<Generated> {
  const client = new Client({ ...connection, application_name: 'masthead generate' })
  await client.connect()
  try {
    await client.query(
      `SET statement_timeout = 0; SET lock_timeout = '10s'; SET maintenance_work_mem = '256MB'; SET TimeZone = 'UTC'`,
    )
    await client.query('BEGIN')
    const generated = await fill(client, plan, options)
    await client.query('COMMIT')
    for (const table of [...articleTables, ...termTables, 'term_count', 'term_month'])
      await client.query(`VACUUM (FREEZE, ANALYZE) ${table}`)
    return generated
  } finally {
    await client.end()
  }
}

async function fill(client: ClientBase, plan: Plan, options: GenerateOptions): Promise<Generated> {
  const slugs = await takenSlugs(client)
  if (slugs.size > 0 && options.add !== true) {
    throw new DatabaseNotEmpty(
      'There are articles in this database already; --add puts the generated ones beside them.',
    )
  }
  const complete = await bareTables(client, [...articleTables, ...termTables])
  const register = new Register(plan.seed)
  await register.load(client)
  const articles = new ArticleRows(register, options.timeZone, slugs)
  const start = performance.now()
  const rows = await writeArticles(client, plan, register, articles, options)
  await register.saveSequences(client)
  for (const statement of RECOUNT) await client.query(statement)
  const middle = performance.now()
  options.onIndexing?.()
  await complete()
  return { rows, seconds: { rows: (middle - start) / 1_000, indexes: (performance.now() - middle) / 1_000 } }
}

/** By locale. */
async function takenSlugs(client: ClientBase): Promise<Map<string, Set<string>>> {
  const { rows } = await client.query<{ locale: string; slugs: string[] }>(
    'SELECT locale, array_agg(slug) AS slugs FROM article GROUP BY locale',
  )
  return new Map(rows.map(({ locale, slugs }) => [locale, new Set(slugs)]))
}

async function writeArticles(
  client: ClientBase,
  plan: Plan,
  register: Register,
  articles: ArticleRows,
  { onProgress }: GenerateOptions,
): Promise<number> {
  const articleAt = planner(plan)
  const textOf = textWriter(plan)
  let rows = 0
  for (let n = 0; n < plan.articles; n += 1) {
    const article = articleAt(n)
    articles.add(article, textOf(article))
    if ((n + 1) % BATCH !== 0 && n + 1 !== plan.articles) continue
    for (const table of [...register.takeNew(), ...articles.take()]) {
      await copyRows(client, table)
      rows += table.rows.length
    }
    onProgress?.(n + 1)
  }
  return rows
}

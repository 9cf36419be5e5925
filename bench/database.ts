import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { migrate } from '#src/platform/db/migrations.ts'
import { openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'
import { generate } from '../scripts/generate/generate.ts'
import { tagNames } from '../scripts/generate/vocabulary.ts'

/** A Postgres of the bench's own, which goes with it. */
export interface BenchPostgres {
  /** Process id of the postmaster. */
  readonly pid: number
  /** A folder for other files of the run. */
  readonly folder: string
  /** Makes a database with so many generated articles, and gives its url. */
  fill(articles: number): Promise<string>
  close(): Promise<void>
}

const plan = { seed: 1, size: '2k', drafts: 10, until: Date.UTC(2026, 0, 1) } as const

/** For the reference's lists, so that they have what they need whatever our own migrations drop one day. */
const referenceIndex = `
  CREATE INDEX ON article (published_at DESC, id DESC) WHERE status = 'published' AND trashed_at IS NULL;
  ANALYZE article`

/**
 * Starts it, with its data in memory where there is room: disks differ more than programs. In `kept`, a folder, it finds
 * and leaves its databases for another run.
 */
export async function openBenchPostgres(kept?: string): Promise<BenchPostgres> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const folder = kept ?? mkdtempSync(join(parent, 'masthead-bench-'))
  if (kept !== undefined) mkdirSync(kept, { recursive: true })
  chmodSync(folder, 0o755) // run by root, Postgres is another user's
  const settings = { shared_buffers: '1GB', fsync: 'off', max_wal_size: '4GB' }
  const postgres = await openEmbeddedPostgres({ dataDir: folder, log: pino({ level: 'silent' }), settings })
  const { user, password, host, port } = postgres.connection
  const [pid] = readFileSync(join(postgres.dataDir, 'postmaster.pid'), 'utf8').split('\n')
  return {
    pid: Number(pid),
    folder,
    async fill(articles) {
      const database = `bench_${articles}`
      const connection = { ...postgres.connection, database }
      if (!(await isThere({ ...postgres.connection }, database))) {
        await run({ ...postgres.connection }, `CREATE DATABASE ${database}`)
        await migrate(connection)
        await generate(connection, { ...plan, articles }, { timeZone: 'UTC' })
        await run(connection, referenceIndex)
      }
      const account = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
      return `postgresql://${account}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
    },
    async close() {
      await postgres.close()
      if (kept === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function isThere(connection: pg.ClientConfig, database: string): Promise<boolean> {
  const client = new pg.Client(connection)
  await client.connect()
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  await client.end()
  return rowCount === 1
}

async function run(connection: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** Paths of each kind of read, many of each: a page that is asked for again and again would measure one page. */
export async function pathsIn(databaseUrl: string): Promise<Record<'detail' | 'list' | 'tag', string[]>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows: articles } = await client.query<{ id: string; published_at: Date }>(
    `SELECT id, published_at FROM article WHERE status = 'published' AND trashed_at IS NULL AND published_at < now()
       AND unpublish_at IS NULL ORDER BY hashtext(id::text) LIMIT 500`,
  )
  const { rows: tags } = await client.query<{ slug: string }>(
    'SELECT slug FROM tag WHERE name = ANY($1) ORDER BY slug',
    [tagNames(plan.seed).slice(10, 110)],
  )
  await client.end()
  return {
    detail: articles.map(({ id }) => `/v1/articles/${id}`),
    list: articles
      .slice(0, 100)
      .map(({ published_at: at }) => `/v1/articles?publishedBefore=${at.toISOString()}`),
    tag: tags.map(({ slug }) => `/v1/articles?tag=${encodeURIComponent(slug)}`),
  }
}

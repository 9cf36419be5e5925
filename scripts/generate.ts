/** `npm run generate -- --articles 200000 --seed 1`: fills the configured database with believable articles. */
import { existsSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { pino } from 'pino'
import { readConfig } from '#src/platform/config.ts'
import { migrate } from '#src/platform/db/migrations.ts'
import { openDatabase } from '#src/platform/db/open-database.ts'
import { isStartFailure } from '#src/platform/start-failures.ts'
import { DatabaseNotEmpty, generate } from './generate/generate.ts'
import type { Plan } from './generate/plan-article.ts'

const usage = `Usage: npm run generate -- [--articles 10000] [--seed 1] [--size 2k|16k] [--drafts 10] [--until 2026-01-01] [--add]

Fills the configured database (DATABASE_URL, else the embedded one) with articles: Chinese and English, of ten years
that end with --until, with tags, topics, authors and cited sources as unequal as they are in life. The same seed gives
the same rows.

  --articles N      how many
  --seed N          another seed, other articles
  --size 2k|16k     about how long bodies are
  --drafts N        percent of articles that readers do not see
  --until DATE      when the newest was published: a date, or "today"
  --add             although there are articles in the database already`

class UsageError extends Error {}

async function main(): Promise<void> {
  const { plan, add } = readArguments()
  const config = readConfig(process.env)
  const log = pino({ level: 'warn' }, process.stderr)
  const database = await openDatabase(config, log)
  try {
    await migrate(database.connection, { log })
    await run(database.connection, plan, add, config.siteTimeZone)
  } finally {
    await database.close()
  }
}

async function run(
  connection: Parameters<typeof generate>[0],
  plan: Plan,
  add: boolean,
  timeZone: string,
): Promise<void> {
  const format = 'generate [{bar}] {value}/{total} articles, {eta_formatted} to go'
  const bar = new SingleBar({ format, noTTYOutput: false, hideCursor: null })
  bar.start(plan.articles, 0)
  const { rows, seconds } = await generate(connection, plan, {
    timeZone,
    add,
    onProgress: (written) => bar.update(written),
    onIndexing: () => bar.stop(),
  }).finally(() => bar.stop())
  const speed = Math.round(rows / seconds.rows).toLocaleString('en')
  process.stdout.write(
    `${plan.articles} articles, ${rows.toLocaleString('en')} rows in ${seconds.rows.toFixed(1)} s (${speed} rows/s), indexes in ${seconds.indexes.toFixed(1)} s\n`,
  )
}

/** @throws UsageError */
function readArguments(): { plan: Plan; add: boolean } {
  const { values } = parseArgs({
    options: {
      articles: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      size: { type: 'string', default: '2k' },
      drafts: { type: 'string', default: '10' },
      until: { type: 'string', default: '2026-01-01' },
      add: { type: 'boolean', default: false },
    },
  })
  const { size } = values
  if (size !== '2k' && size !== '16k') throw new UsageError('--size is 2k or 16k.')
  const articles = wholeNumber('articles', values.articles, 1, 10_000_000)
  const seed = wholeNumber('seed', values.seed, 0, Number.MAX_SAFE_INTEGER)
  const drafts = wholeNumber('drafts', values.drafts, 0, 100)
  return { plan: { articles, seed, size, drafts, until: untilOf(values.until) }, add: values.add }
}

function wholeNumber(name: string, text: string, minimum: number, maximum: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value
  throw new UsageError(`--${name} is a whole number from ${minimum} to ${maximum}.`)
}

/** Midnight of that day, in UTC. */
function untilOf(text: string): number {
  const today = Temporal.Now.plainDateISO('UTC')
  try {
    const date = text === 'today' ? today : Temporal.PlainDate.from(text)
    return date.toZonedDateTime('UTC').epochMilliseconds
  } catch {
    throw new UsageError('--until is a date, such as 2026-01-01, or "today".')
  }
}

const isArgumentError = (error: unknown) =>
  error instanceof UsageError ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))

if (existsSync('.env')) process.loadEnvFile('.env')
try {
  await main()
} catch (error) {
  const isClear = isStartFailure(error) || isArgumentError(error) || error instanceof DatabaseNotEmpty
  process.stderr.write(`${isClear ? (error as Error).message : (error as Error).stack}\n`)
  if (isArgumentError(error)) process.stderr.write(`\n${usage}\n`)
  process.exitCode = 1
}

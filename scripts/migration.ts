/** `npm run migration -- <name>`: writes the next migration, from what the schema has and the migrations don't. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'
import { compareMigrationsWithSchema, projectFiles, type ServerConnection } from './schema-engine.ts'

const usage = `Usage: npm run migration -- <name> [--empty]

Writes prisma/migrations/<time>_<name>/migration.sql: what prisma/schema.prisma has and the migrations don't.
<name> says what it does, in lower-case letters, digits, "_" or "-": add_listing, drop-old-index.
--empty writes one to be filled by hand, with what Prisma's schema can't express.`

const emptyMigration = '-- What this migration does, and why.\n'

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const { name, isEmpty } = readArguments()
  const sql = isEmpty ? emptyMigration : await useThrowAwayServer(compareMigrationsWithSchema)
  if (sql === null) return say('No difference: the migrations give exactly prisma/schema.prisma.')
  const file = await writeMigration(name, sql, new Date())
  say(`Wrote ${relative(process.cwd(), file)}. Read it before you commit it; the next start applies it.`)
  if (!isEmpty) say(`\n${sql}`)
}

/** @throws Error that tells the usage */
function readArguments(): { name: string; isEmpty: boolean } {
  const { values, positionals } = parseArgs({
    options: { empty: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [name, ...rest] = positionals
  if (name === undefined || rest.length > 0 || !/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/.test(name)) {
    throw new Error(usage)
  }
  return { name, isEmpty: values.empty }
}

/** In a folder named by its time in UTC, to the second: migrations are applied in the order of their names. */
async function writeMigration(name: string, sql: string, at: Date): Promise<string> {
  const time = at.toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = join(projectFiles.migrationsDirectory, `${time}_${name.replaceAll('-', '_')}`)
  await mkdir(folder)
  const file = join(folder, 'migration.sql')
  await writeFile(file, sql)
  return file
}

async function useThrowAwayServer<Result>(
  use: (server: ServerConnection) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'masthead-migration-'))
  // Where root calls this, Postgres runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755)
  try {
    const postgres = await openEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) })
    try {
      return await use(postgres.connection)
    } finally {
      await postgres.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

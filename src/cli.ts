import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { closeDeps, createDeps, type Deps } from '#src/deps.ts'
import { readConfig } from '#src/platform/config.ts'
import { migrate } from '#src/platform/db/migrations.ts'
import { openDatabase } from '#src/platform/db/open-database.ts'
import { isStartFailure } from '#src/platform/start-failures.ts'
import { rebuild } from '#src/rebuild/index.ts'
import { importFolder, outcomeLines, seedsFolder, summaryLine } from '#src/transfer/index.ts'

const usage = `masthead <command>

  migrate          brings the database to this version
  seed [folder]    imports the Markdown documents of seeds/, or of another folder
  rebuild          derives html, citations, tags and the rest again from the documents;
                   one that was broken off goes on from there (--restart: from the beginning)

It reads the same settings as the server, and works while the server runs.`

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

/** What stands behind a command's name. */
interface Arguments {
  readonly values: Readonly<Record<string, boolean | undefined>>
  readonly positionals: readonly string[]
}

interface Command {
  /** Its options; none takes a value. */
  readonly options: readonly string[]
  /** How many other arguments it takes at most. */
  readonly positionals: number
  /** Gives the exit code. */
  run(deps: Deps, migrations: readonly string[], given: Arguments): Promise<number>
}

async function applyMigrations(migrations: readonly string[]): Promise<number> {
  for (const name of migrations) say(`applied ${name}`)
  if (migrations.length === 0) say('The database is up to date.')
  return 0
}

async function importSeeds(deps: Deps, folder: string | undefined): Promise<number> {
  // npm runs scripts in the package's folder; a path is meant from where it was called.
  const called = process.env.INIT_CWD ?? process.cwd()
  const directory = folder === undefined ? seedsFolder : resolve(called, folder)
  if (!existsSync(directory)) {
    complain(`There is no folder ${directory}.`)
    return 1
  }
  const outcomes = await importFolder(deps, directory, (outcome) => {
    const print = outcome.outcome === 'failed' ? complain : say
    for (const line of outcomeLines(outcome, called)) print(line)
  })
  say(summaryLine(outcomes))
  return outcomes.some(({ outcome }) => outcome === 'failed') ? 1 : 0
}

async function rebuildAll(deps: Deps, restart: boolean): Promise<number> {
  const { rebuilt, failed } = await rebuild(deps, { restart })
  for (const { id, problem } of failed) complain(`failed    ${id}: ${problem}`)
  say(`${rebuilt} articles rebuilt${failed.length === 0 ? '' : `, ${failed.length} failed`}`)
  return failed.length === 0 ? 0 : 1
}

const commands: Readonly<Record<string, Command>> = {
  migrate: { options: [], positionals: 0, run: (_deps, migrations) => applyMigrations(migrations) },
  seed: {
    options: [],
    positionals: 1,
    run: (deps, _migrations, { positionals: [folder] }) => importSeeds(deps, folder),
  },
  rebuild: {
    options: ['restart'],
    positionals: 0,
    run: (deps, _migrations, { values }) => rebuildAll(deps, values.restart === true),
  },
}

/** What is given to a command; a sentence for what it does not take. */
function readArguments({ options, positionals }: Command, args: string[]): Arguments | string {
  try {
    const given = parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(options.map((name) => [name, { type: 'boolean' as const }])),
    })
    const extra = given.positionals[positionals]
    return extra === undefined ? given : `Unexpected argument "${extra}".`
  } catch (error) {
    return error instanceof Error ? `${error.message.replace(/\. .*$/s, '')}.` : String(error)
  }
}

async function main([name = '', ...args]: string[]): Promise<number> {
  const isHelp = [name, ...args].some((word) => ['help', '--help', '-h'].includes(word))
  const command = isHelp || !Object.hasOwn(commands, name) ? undefined : commands[name]
  if (command === undefined) {
    ;(isHelp ? say : complain)(name === '' || isHelp ? usage : `Unknown command "${name}".\n\n${usage}`)
    return isHelp ? 0 : 2
  }
  const given = readArguments(command, args)
  if (typeof given === 'string') {
    complain(`${given}\n\n${usage}`)
    return 2
  }
  const config = readConfig(process.env)
  const log = pino({ level: 'warn' }, process.stderr)
  const database = await openDatabase(config, log)
  try {
    const { applied } = await migrate(database.connection, { log })
    const deps = createDeps(config, log, database.connection)
    try {
      return await command.run(deps, applied, given)
    } finally {
      await closeDeps(deps)
    }
  } finally {
    await database.close()
  }
}

if (existsSync('.env')) process.loadEnvFile('.env')
try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  complain(isStartFailure(error) ? error.message : String(error instanceof Error ? error.stack : error))
  process.exitCode = 1
}

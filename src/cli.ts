import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { closeDeps, createDeps, type Deps } from '#src/deps.ts'
import { createKeyByHand, keyTable, revokeKeyByHand } from '#src/keys/index.ts'
import { readConfig } from '#src/platform/config.ts'
import { migrate } from '#src/platform/db/migrations.ts'
import { openDatabase } from '#src/platform/db/open-database.ts'
import { AppError } from '#src/platform/errors.ts'
import { createLog } from '#src/platform/log.ts'
import { isStartFailure } from '#src/platform/start-failures.ts'
import { rebuild } from '#src/rebuild/index.ts'
import { importFolder, outcomeLines, seedsFolder, summaryLine } from '#src/transfer/index.ts'

const usage = `masthead <command>

  migrate          brings the database to this version
  seed [folder]    imports the Markdown documents of seeds/, or of another folder
  rebuild          derives html, citations, tags and the rest again from the documents;
                   one that was broken off goes on from there (--restart: from the beginning)
  keys create --name <what it is for> --role <reader|viewer|author|editor|admin>
              [--expires 2027-01-01T00:00:00Z] [--locale zh-CN]… [--topic ai]…
                   makes an API key, and prints it: nobody can read it again
  keys list        all keys, without their secrets
  keys revoke <id> ends a key, on running servers within a second

It reads the same settings as the server, and works while the server runs.`

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

type Options = NonNullable<ParseArgsConfig['options']>

/** What stands behind a command's name. */
type Given<Taken extends Options = Options> = ReturnType<
  typeof parseArgs<{ options: Taken; allowPositionals: true }>
>

interface Command<Taken extends Options = Options> {
  readonly options: Taken
  /** Its other arguments, as the usage writes them: `[folder]` may be left out, `<id>` may not. */
  readonly positionals: readonly string[]
  /** Gives the exit code. */
  run(deps: Deps, given: Given<Taken>, migrations: readonly string[]): Promise<number>
}

/** Nothing but itself: it lets `run` know the types of its own options. */
const command = <const Taken extends Options>(one: Command<Taken>): Command<Taken> => one

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
  migrate: command({
    options: {},
    positionals: [],
    run: (_deps, _given, migrations) => applyMigrations(migrations),
  }),
  seed: command({
    options: {},
    positionals: ['[folder]'],
    run: (deps, { positionals: [folder] }) => importSeeds(deps, folder),
  }),
  rebuild: command({
    options: { restart: { type: 'boolean' } },
    positionals: [],
    run: (deps, { values }) => rebuildAll(deps, values.restart === true),
  }),
  'keys create': command({
    options: {
      name: { type: 'string' },
      role: { type: 'string' },
      expires: { type: 'string' },
      locale: { type: 'string', multiple: true },
      topic: { type: 'string', multiple: true },
    },
    positionals: [],
    async run(deps, { values }) {
      const { key, note } = await createKeyByHand(deps, values)
      complain(note) // stdout has the key alone, for scripts
      say(key)
      return 0
    },
  }),
  'keys list': command({
    options: {},
    positionals: [],
    async run(deps) {
      for (const line of await keyTable(deps)) say(line)
      return 0
    },
  }),
  'keys revoke': command({
    options: {},
    positionals: ['<id>'],
    async run(deps, { positionals: [id = ''] }) {
      await revokeKeyByHand(deps, id)
      say(`The key ${id} is no longer valid.`)
      return 0
    },
  }),
}

/** What is given to a command; a sentence for what it does not take, or lacks. */
function readArguments({ options, positionals }: Command, args: string[]): Given | string {
  try {
    const given = parseArgs({ args, allowPositionals: true, options })
    const extra = given.positionals[positionals.length]
    if (extra !== undefined) return `Unexpected argument "${extra}".`
    const missing = positionals[given.positionals.length]
    return missing?.startsWith('<') ? `Missing argument ${missing}.` : given
  } catch (error) {
    return error instanceof Error ? `${error.message.replace(/\. .*$/s, '')}.` : String(error)
  }
}

/** The command that the first word names, or the first two, and what is given to it. */
function findCommand(words: string[]): { name: string; command: Command | undefined; args: string[] } {
  const [first = '', second = ''] = words
  const isGroup = Object.keys(commands).some((name) => name.startsWith(`${first} `))
  const name = isGroup ? `${first} ${second}`.trim() : first
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined
  return { name, command: found, args: words.slice(isGroup ? 2 : 1) }
}

/** What is wrong with what was given, a line for each thing. */
const linesOf = ({ message, errors }: AppError): readonly string[] =>
  errors.length === 0 ? [message] : errors.map((one) => `${one.path.slice(1)}: ${one.message}`)

async function main(words: string[]): Promise<number> {
  const isHelp = words[0] === 'help' || words.some((word) => ['--help', '-h'].includes(word))
  const { name, command, args } = findCommand(words)
  if (command === undefined || isHelp) {
    ;(isHelp ? say : complain)(name === '' || isHelp ? usage : `Unknown command "${name}".\n\n${usage}`)
    return isHelp ? 0 : 2
  }
  const given = readArguments(command, args)
  if (typeof given === 'string') {
    complain(`${given}\n\n${usage}`)
    return 2
  }
  const config = readConfig(process.env)
  const log = createLog('warn', process.stderr)
  const database = await openDatabase(config, log)
  try {
    const { applied } = await migrate(database.connection, { log })
    const deps = createDeps(config, log, database.connection)
    try {
      return await command.run(deps, given, applied)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      for (const line of linesOf(error)) complain(line)
      return 1
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

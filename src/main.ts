import { once } from 'node:events'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Deps } from '#src/deps.ts'
import { type Config, ConfigError, readConfig } from '#src/platform/config.ts'
import { migrate } from '#src/platform/db/migrations.ts'
import { openDatabase } from '#src/platform/db/open-database.ts'
import { claimServer } from '#src/platform/embedded-postgres/index.ts'
import type { App } from '#src/platform/http/app.ts'
import { createLog } from '#src/platform/log.ts'
import { isStartFailure } from '#src/platform/start-failures.ts'

/** From the signal to the end of the process, whatever hangs. */
const stopWithinMs = 5_000
/** For the requests under way; the rest of the time is the database's. */
const drainWithinMs = 2_500
const closeWithinMs = 500

/** What a person at the terminal reads; stdout has the log. */
const tell = (line: string) => console.error(line)

/** The application's modules. They load while Postgres starts: a third of a second that nobody has to wait for. */
const loadApplication = async () => ({
  ...(await import('#src/app.ts')),
  ...(await import('#src/auth/index.ts')),
  ...(await import('#src/deps.ts')),
  ...(await import('#src/listing/index.ts')),
})

/** Serves until `stop` is aborted, and lets go of everything, in the opposite order, however it ends. */
async function serve(config: Config, log: Logger, stop: AbortSignal): Promise<void> {
  await using opened = new AsyncDisposableStack()
  const isEmbedded = config.databaseUrl === undefined
  const claim = isEmbedded ? await claimServer(config.dataDir, { pid: process.pid, port: config.port }) : null
  opened.defer(() => claim?.release())

  const opening = openDatabase(config, log, stop)
  opened.defer(async () => (await opening.catch(() => null))?.close())
  const [database, application] = await Promise.all([opening, loadApplication()])
  const { bootstrapAdminKey, buildApp, closeDeps, createDeps, keepCounts } = application
  await migrate(database.connection, { log })
  const deps = createDeps(config, log, database.connection)
  // A frozen server never says goodbye to the pool.
  opened.defer(() => Promise.race([closeDeps(deps), sleep(closeWithinMs)]))
  stop.throwIfAborted()

  tellAdminKey(await bootstrapAdminKey(deps))
  if (database.isEmbedded) await seedIfEmpty(deps)
  stop.throwIfAborted()

  const counts = keepCounts(deps.pool, log)
  opened.defer(() => counts.stop())
  const app = await buildApp(deps)
  opened.defer(() => drain(app))
  await app.listen({ host: config.host, port: config.port })
  const { port } = app.server.address() as AddressInfo
  claim?.announce({ pid: process.pid, port })
  tellAddress(config.host, port)

  if (!stop.aborted) await once(stop, 'abort')
  log.info('stopping')
}

function tellAdminKey(made: { key: string; file: string } | null): void {
  if (made) tell(`Your admin key, shown this once and kept in ${made.file}:\n  ${made.key}`)
}

/** Imports the seeds into an empty database, and goes on with them when that was cut off. */
async function seedIfEmpty(deps: Deps): Promise<void> {
  const unfinished = join(deps.config.dataDir, 'seeding')
  const isEmpty = (await deps.db.article.findFirst({ select: { id: true } })) === null
  if (!isEmpty && !existsSync(unfinished)) return
  writeFileSync(unfinished, '')
  const { importFolder, outcomeLines, seedsFolder, summaryLine } = await import('#src/transfer/index.ts')
  const outcomes = await importFolder(deps, seedsFolder, (outcome) => {
    if (outcome.outcome === 'failed') for (const line of outcomeLines(outcome, process.cwd())) tell(line)
  })
  rmSync(unfinished)
  tell(`The database was empty. Seeds: ${summaryLine(outcomes)}`)
}

function tellAddress(host: string, port: number): void {
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  tell(`Masthead listens on ${address}, and explains itself on ${address}/docs`)
}

/** Stops accepting, and waits for the answers under way; what has not ended in time is cut off. */
async function drain(app: App): Promise<void> {
  // Closing ends the connections that are idle then; one whose answer comes later would be kept alive.
  const sweep = setInterval(() => app.server.closeIdleConnections(), 20)
  const cutOff = setTimeout(() => app.server.closeAllConnections(), drainWithinMs)
  await app.close()
  clearInterval(sweep)
  clearTimeout(cutOff)
}

/** What is thrown when a signal comes while we start. */
const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

/** Why the process could not go on: a sentence where one is enough. */
function explain(error: unknown, config: Config): string {
  if (isStartFailure(error)) return error.message
  const { code, syscall } = error as NodeJS.ErrnoException
  if (syscall !== 'listen' && code !== 'ENOTFOUND')
    return error instanceof Error ? (error.stack ?? '') : String(error)
  const where = `${config.host}:${config.port}`
  if (code === 'EADDRINUSE') return `Another program listens on ${where}. Stop it, or set PORT to a free one.`
  if (code === 'EACCES') return `This user may not listen on ${where}. Set PORT to one above 1023.`
  return `Can't listen on ${where} (${code}): HOST must be an address of this machine.`
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    tell(error.message)
    process.exit(1)
  }
}

// A terminal that is closed makes each write to it an error, whose report would be the next write, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

if (existsSync('.env')) process.loadEnvFile('.env')
const config = readConfigOrExit()
// Not pino's own destination: when the terminal is gone, its last flush repeats for ever what fails with EIO.
const log = createLog(config.logLevel, process.stdout)

const stopping = new AbortController()
stopping.signal.addEventListener('abort', () => {
  setTimeout(() => process.exit(1), stopWithinMs).unref()
})
// They come doubled (npm and the terminal both send one), and while we start: the first counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught exception')
  process.exitCode = 1
  stopping.abort()
})

try {
  await serve(config, log, stopping.signal)
} catch (error) {
  if (!stopping.signal.aborted) tell(explain(error, config))
  else if (!isAbort(error)) log.error({ err: error }, 'stopping went wrong')
  if (!isAbort(error)) process.exitCode = 1
}
process.exit()

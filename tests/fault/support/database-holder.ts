// A process that uses the database of a data folder, as the CLI does: `node database-holder.ts <data folder>`.
// Says in a line of JSON what it got, and lets go on SIGTERM.
import pino from 'pino'
import { openEmbeddedPostgres } from '#src/platform/embedded-postgres/index.ts'

const database = await openEmbeddedPostgres({
  dataDir: process.argv[2] ?? '',
  log: pino({ level: 'silent' }),
})
console.log(JSON.stringify(database))
const keepAlive = setInterval(() => {}, 60_000)
process.once('SIGTERM', async () => {
  clearInterval(keepAlive)
  await database.close()
})

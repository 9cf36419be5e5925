import { pino } from 'pino'
import { buildApp } from '#src/app.ts'
import { closeDeps, createDeps } from '#src/deps.ts'
import { readConfig } from '#src/platform/config.ts'

/** Where the description of the API is kept in the repository, for those who generate clients. */
export const openApiFile = new URL('../openapi.json', import.meta.url)

/**
 * The description of the API, as a server with the default configuration gives it at `/openapi.json`, in lines.
 * The same routes give the same text. No database is asked.
 */
export async function openApiDocument(): Promise<string> {
  const deps = createDeps(readConfig({}), pino({ level: 'silent' }), {})
  const app = await buildApp(deps)
  try {
    const { body } = await app.inject('/openapi.json')
    return `${JSON.stringify(JSON.parse(body), null, 2)}\n`
  } finally {
    await app.close()
    await closeDeps(deps)
  }
}

import { execFileSync } from 'node:child_process'
import { afterAll } from 'vitest'
import { startServer } from './server.ts'
import { makeTemporaryFolder, removeFolder, temporaryFolder } from './temporary-folder.ts'

/**
 * For a test file: gives data folders after a first start and a stop, one for each test. Copies of one, since a
 * first start takes seconds.
 */
export function usedFolders(): () => Promise<string> {
  const template = makeTemporaryFolder()
  afterAll(() => removeFolder(template))
  let isFilled: Promise<void> | undefined
  return async () => {
    isFilled ??= startOnce(template)
    await isFilled
    const folder = temporaryFolder()
    execFileSync('cp', ['-a', `${template}/.`, folder])
    return folder
  }
}

async function startOnce(folder: string): Promise<void> {
  const server = await startServer(folder)
  server.child.kill('SIGTERM')
  if ((await server.ended()) !== 0) throw new Error(`The server did not end well: ${server.stderr()}`)
}

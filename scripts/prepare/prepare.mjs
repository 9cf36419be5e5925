import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateClient, isClientCurrent } from './client.mjs'
import { arePackagesCurrent, installPackages } from './packages.mjs'
import { PrepareError } from './run.mjs'
import { withLock } from './with-lock.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Installs and generates what is missing or out of date. On failure: says why, and the exit code is 1. */
export async function prepare() {
  try {
    if (!existsSync(join(root, 'package-lock.json'))) throw new PrepareError('package-lock.json is missing.')
    if (isReady()) return
    await withLock(root, async (noteChild) => {
      if (!arePackagesCurrent(root)) await installPackages(root, noteChild)
      if (!isClientCurrent(root)) await generateClient(root, noteChild)
    })
  } catch (error) {
    console.error(error instanceof PrepareError ? error.message : error)
    process.exit(1)
  }
}

const isReady = () => arePackagesCurrent(root) && isClientCurrent(root)

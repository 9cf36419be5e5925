import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const run = promisify(execFile)
const repository = fileURLToPath(new URL('../..', import.meta.url))

/** What a frontend developer's strict project says to the compiler. */
const compilerOptions = {
  target: 'esnext',
  lib: ['esnext', 'dom', 'dom.iterable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
}

/** A project of somebody who uses the API, in a folder that goes with the test. */
export interface ClientProject {
  /** Runs a program that a package brings, as npx does. */
  npx(name: string, ...args: string[]): Promise<void>
  /** Complains in the words of the compiler, when there is anything to complain about. */
  compile(): Promise<void>
  /** Runs `program.ts`, and gives what it printed as JSON. */
  run(env: Readonly<Record<string, string>>): Promise<Record<string, unknown>>
}

/** Makes a project of some files, which has `openapi.json` and this repository's packages. */
export async function clientProject(files: Readonly<Record<string, string>>): Promise<ClientProject> {
  const folder = await mkdtemp(join(tmpdir(), 'masthead-client-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
  await symlink(join(repository, 'openapi.json'), join(folder, 'openapi.json'))
  const all = {
    'package.json': JSON.stringify({ type: 'module' }),
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['**/*.ts'] }),
    ...files,
  }
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  const node = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const options = { cwd: folder, env: { ...process.env, ...env } }
    return run(process.execPath, args, options).catch((error: { stdout?: string; stderr?: string }) => {
      throw new Error(`node ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
    })
  }
  return {
    async npx(name, ...args) {
      await node([join('node_modules/.bin', name), ...args])
    },
    async compile() {
      await node(['node_modules/typescript7/bin/tsc', '-p', '.'])
    },
    async run(env) {
      const { stdout } = await node(['program.ts'], env)
      return JSON.parse(stdout)
    },
  }
}

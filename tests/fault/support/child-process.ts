import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { waitFor } from './wait-for.ts'

/** Starts take half the time with it. */
const compileCache = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'node')

/** A process of one test; killed with it. */
export interface TestProcess {
  child: ChildProcess
  /** What it has printed so far. */
  stdout(): string
  stderr(): string
  /** Waits for a match in what it prints. @throws Error when it ends without */
  prints(pattern: RegExp): Promise<RegExpExecArray>
  /** Waits for its end, and gives exit code or signal. */
  ended(): Promise<number | NodeJS.Signals | null>
}

/** Starts `node` (26) with arguments, and nothing of our own environment that Masthead reads. */
export function startNode(
  args: readonly string[],
  options: { env?: Record<string, string>; cwd?: string } = {},
): TestProcess {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? process.cwd(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: compileCache, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text
  })
  const end = once(child, 'close')
  let hasEnded = false
  end.then(() => {
    hasEnded = true
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })

  return {
    child,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    async prints(pattern) {
      const match = await waitFor(() => {
        const found = pattern.exec(output.stdout) ?? pattern.exec(output.stderr)
        return found ?? (hasEnded ? 'ended' : null)
      }, 20_000)
      if (match === 'ended' || match === null) {
        throw new Error(`It ended without printing ${pattern}:\n${output.stdout}\n${output.stderr}`)
      }
      return match
    },
    async ended() {
      const [code, signal] = (await end) as [number | null, NodeJS.Signals | null]
      return code ?? signal
    },
  }
}

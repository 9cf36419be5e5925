import { spawn } from 'node:child_process'

/** A reason that is enough for whoever reads it: shown without a stack. */
export class PrepareError extends Error {}

/** Says what is being done: on stderr, since stdout may be somebody's data. */
export const say = (text) => console.error(`masthead: ${text}`)

/**
 * Runs a program, silently unless it fails. `noteChild` is told its pid.
 * @throws PrepareError with all it printed
 */
export function run(command, args, { cwd, env = process.env, noteChild }) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid !== undefined) noteChild?.(child.pid)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  return new Promise((resolve, reject) => {
    const fail = (reason) =>
      reject(
        new PrepareError(
          `${output.trimEnd()}\n\nThis failed (${reason}): ${command} ${args.join(' ')}`.trim(),
        ),
      )
    child.once('error', (error) => fail(error.message))
    child.once('close', (code, signal) => (code === 0 ? resolve() : fail(signal ?? `exit code ${code}`)))
  })
}

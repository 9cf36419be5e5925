import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startNode } from './support/child-process.ts'

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')

test.each([
  [['rebuild', '--foo'], "Unknown option '--foo'."],
  [['rebuild', '--restart=no'], "Option '--restart' does not take an argument."],
  [['rebuild', 'all'], 'Unexpected argument "all".'],
  [['seed', '--restart'], "Unknown option '--restart'."],
  [['seed', 'a', 'b'], 'Unexpected argument "b".'],
  [['migrate', '-x'], "Unknown option '-x'."],
  [['toString'], 'Unknown command "toString".'],
  [[], 'masthead <command>'],
])('%j is refused with the usage, before any database is opened', async (args, said) => {
  // Nothing listens there: opening it would be another failure.
  const process = startNode([cli, ...args], { env: { DATABASE_URL: 'postgresql://127.0.0.1:1/nothing' } })
  expect(await process.ended()).toBe(2)
  expect(process.stderr()).toContain(said)
  expect(process.stderr()).toContain('masthead <command>')
  expect(process.stdout()).toBe('')
})

#!/usr/bin/env node
// The command line under whatever Node the system has: it hands over to the project's own.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const { status, error } = spawnSync(
  inProject('node_modules/.bin/node'),
  [inProject('src/cli.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
if (error) process.stderr.write('Masthead is not installed yet: run "npm start" or "npm test" once.\n')
process.exitCode = status ?? 1

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, say } from './run.mjs'
import { digest, hasStamp, writeStamp } from './stamp.mjs'

const stampFile = (root) => join(root, 'src', 'generated', '.stamp')
const client = (root) => join(root, 'src', 'generated', 'prisma', 'client.ts')

/** Whether the database client is the one that the schema gives. */
export const isClientCurrent = (root) =>
  existsSync(client(root)) && hasStamp(stampFile(root), clientDigest(root))

function clientDigest(root) {
  const schema = readdirSync(join(root, 'prisma'))
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => join('prisma', name))
  const files = [...schema, 'prisma.config.ts', 'package-lock.json']
  return digest(files.map((file) => readFileSync(join(root, file))))
}

/** Generates the database client from the schema (1 s). */
export async function generateClient(root, noteChild) {
  const bin = join(root, 'node_modules', '.bin')
  await run(join(bin, 'node'), [join(root, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'], {
    cwd: root,
    env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    noteChild,
  })
  writeStamp(stampFile(root), clientDigest(root))
  say('database client generated')
}

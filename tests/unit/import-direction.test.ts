import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Higher may import lower; features (all folders that are not named here) may also meet each other, by index.ts. */
const RANKS: Record<string, number> = {
  'main.ts': 4,
  'cli.ts': 4,
  'app.ts': 3,
  platform: 1,
  content: 0,
  generated: 0,
}
const FEATURE = 2
/** The composition root's type, which everything is handed. */
const FREE = new Set(['src/deps.ts'])

interface Import {
  from: string
  to: string
}

const partOf = (file: string) => file.split('/')[1] ?? ''
const rankOf = (file: string) => RANKS[partOf(file)] ?? FEATURE

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8')
  const specifiers = [...source.matchAll(/(?:from|import\(|import) ?'([#.][^']+)'/g)].map(
    ([, name = '']) => name,
  )
  return specifiers
    .map((name) => (name.startsWith('#') ? name.slice(1) : normalize(join(dirname(file), name))))
    .filter((to) => to.startsWith('src/'))
    .map((to) => ({ from: file, to }))
}

const files = globSync('src/**/*.ts').filter((file) => !file.startsWith('src/generated/'))
const imports = files.flatMap(importsOf).filter(({ to }) => !FREE.has(to))

test('imports point one way: main, cli → app → features → platform → content', () => {
  const wrong = imports.filter(
    ({ from, to }) => !FREE.has(from) && partOf(from) !== partOf(to) && rankOf(to) > rankOf(from),
  )
  expect(wrong).toEqual([])
})

// node:module alone: for loading heavy libraries when they are first used.
test('content imports nothing of ours, and neither Fastify, Prisma nor Node', () => {
  const content = files.filter((file) => file.startsWith('src/content/'))
  const foreign = content.filter((file) =>
    /from '(node:(?!module')|fastify|pg'|@prisma|#src)/.test(readFileSync(file, 'utf8')),
  )
  expect(content.length).toBeGreaterThan(10)
  expect(foreign).toEqual([])
})

test('features meet only through each other’s index.ts', () => {
  const isFeature = (file: string) => rankOf(file) === FEATURE && file.split('/').length > 2
  const wrong = imports.filter(
    ({ from, to }) => isFeature(to) && partOf(from) !== partOf(to) && !to.endsWith('/index.ts'),
  )
  expect(wrong).toEqual([])
})

test('only queries and commands speak SQL: routes, views and schemas do not', () => {
  const speaking = files.filter(
    (file) =>
      /(routes|view|schemas)\.ts$/.test(file) &&
      /\$queryRaw|\$executeRaw|prepared</.test(readFileSync(file, 'utf8')),
  )
  expect(speaking).toEqual([])
})

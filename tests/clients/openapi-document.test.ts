import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openApiDocument, openApiFile } from '../../scripts/openapi-document.ts'

const written = await readFile(openApiFile, 'utf8')
const current = await openApiDocument()

// Compared as a whole: a difference of two texts of thousands of lines is nothing to read.
test('openapi.json is what the routes declare', () => {
  expect(written === current, 'openapi.json is stale: `npm run openapi` writes it anew.').toBe(true)
})

test('the same routes give the same text', async () => {
  expect((await openApiDocument()) === current).toBe(true)
})

test('nothing of the machine that wrote it is in it', () => {
  const { servers } = JSON.parse(written)
  expect(servers).toEqual([{ url: 'http://127.0.0.1:3000' }])
  expect(written).not.toContain(import.meta.dirname)
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ObeyedHeader, type SharedCache, startSharedCache } from '#tests/support/shared-cache.ts'
import { startApi } from '#tests/support/test-api.ts'

const types = {
  json: 'application/json',
  markdown: 'text/markdown',
  html: 'text/html',
  jsonld: 'application/ld+json',
  'csl-json': 'application/vnd.citationstyles.csl+json',
  bibtex: 'application/x-bibtex',
  ris: 'application/x-research-info-systems',
} as const
const formats = Object.keys(types) as (keyof typeof types)[]

/** Someone who asks, and the type that is then right. */
interface Asker {
  readonly query: string
  readonly accept: string | null
  readonly expected: string
}

const askers: Asker[] = [
  ...formats.map((format) => ({ query: `?format=${format}`, accept: null, expected: types[format] })),
  ...formats.map((format) => ({ query: `?format=${format}`, accept: 'text/html', expected: types[format] })),
  ...formats.map((format) => ({ query: '', accept: types[format], expected: types[format] })),
  { query: '', accept: null, expected: types.json },
  { query: '', accept: '*/*', expected: types.json },
  { query: '', accept: 'text/html,application/xhtml+xml,*/*;q=0.8', expected: types.html },
]

const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...askers) },
    { weight: 1, arbitrary: fc.constantFrom(1, 45, 61) },
  ),
  { minLength: 40, maxLength: 60 },
)

const api = await startApi()
const { id } = await api.create({
  title: 'One address, seven types',
  status: 'published',
  body: 'A fact.[^1]\n\n[^1]: [S](https://example.org/s)',
})

async function inFront(origin: string, obeyed: ObeyedHeader): Promise<SharedCache> {
  const cache = await startSharedCache(origin, obeyed)
  onTestFinished(() => cache.close())
  return cache
}

async function typeFor(cache: SharedCache, path: string, { query, accept }: Asker): Promise<string> {
  const response = await fetch(`${cache.url}${path}${query}`, { headers: accept === null ? {} : { accept } })
  await response.arrayBuffer()
  return response.headers.get('content-type')?.split(';')[0] ?? ''
}

/** What each asker of a random sequence got, with time passing in between. */
async function answersThrough(
  cache: SharedCache,
  sequence: readonly (Asker | number)[],
): Promise<{ asker: Asker; got: string }[]> {
  const answers: { asker: Asker; got: string }[] = []
  for (const step of sequence) {
    if (typeof step === 'number') cache.wait(step)
    else answers.push({ asker: step, got: await typeFor(cache, `/v1/articles/${id}`, step) })
  }
  return answers
}

describe('an article behind a cache that ignores Vary', () => {
  test('that asks anew each time: everybody gets the type that they ask for', async () => {
    let hits = 0
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const cache = await inFront(api.url, 'cache-control')
        for (const { asker, got } of await answersThrough(cache, sequence)) expect(got).toBe(asker.expected)
        hits += cache.hits()
      }),
      { numRuns: 6 },
    )
    expect(hits).toBeGreaterThan(0)
  })

  test('that keeps what CDNs may keep: nobody gets a type that another asked for', async () => {
    let hits = 0
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const cache = await inFront(api.url, 'cdn-cache-control')
        for (const { asker, got } of await answersThrough(cache, sequence)) {
          // An address without a format has the default type in such a cache, or the one that is asked for.
          const right = asker.query === '' ? [types.json, asker.expected] : [asker.expected]
          expect(right).toContain(got)
        }
        hits += cache.hits()
      }),
      { numRuns: 6 },
    )
    expect(hits).toBeGreaterThan(0)
  })
})

test('such a cache hands a type to those who asked for another, where a server lets it', async () => {
  const careless = createServer((asked, answer) => {
    const type = asked.headers.accept?.includes('html') ? types.html : types.json
    answer
      .writeHead(200, { 'content-type': type, 'cache-control': 'public, max-age=60', vary: 'Accept' })
      .end()
  })
  await new Promise<void>((resolve) => careless.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void careless.close())
  const { port } = careless.address() as AddressInfo
  const cache = await inFront(`http://127.0.0.1:${port}`, 'cdn-cache-control')
  const html: Asker = { query: '', accept: types.html, expected: types.html }
  const json: Asker = { query: '', accept: types.json, expected: types.json }
  expect(await typeFor(cache, '/', html)).toBe(types.html)
  expect(await typeFor(cache, '/', json)).toBe(types.html)
})

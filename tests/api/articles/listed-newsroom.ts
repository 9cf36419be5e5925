import fc from 'fast-check'
import { vi } from 'vitest'
import type { TestApi } from '#tests/support/test-api.ts'

interface Term {
  readonly slug: string
  readonly name: string
}

/** An article as the API shows it to those who may edit. */
export interface Article {
  readonly id: string
  readonly title: string
  readonly locale: string
  readonly status: 'draft' | 'review' | 'scheduled' | 'published'
  readonly publishedAt: string | null
  readonly unpublishAt: string | null
  readonly trashedAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly tags: readonly Term[]
  readonly topics: readonly Term[]
  readonly authors: readonly Term[]
  readonly citations: readonly { readonly source: { readonly id: string; readonly domain: string } | null }[]
}

/** Some of them are topics as well. */
const tags = ['AI', 'Chips', 'Energy', 'Tech', '城市', 'A B', 'Rare1', 'Rare2', 'x, y']
const topics = ['Tech', 'Business', 'World']
const authors = ['Lin', 'Wu', 'O’Neil']

/** What the newsroom calls its terms in the end, by every spelling under which they are asked for. */
export const spellings = {
  tag: {
    ...{ AI: 'AI', ai: 'AI', ＡＩ: 'AI', Energy: 'Energy', tech: 'Tech', 城市: '城市', 'x, y': 'x, y' },
    ...{ Chips: 'Silicon', chips: 'Silicon', silicon: 'Silicon', 'A B': 'A B', 'a-b': 'A B' },
    ...{ Rare1: 'Rare2', rare1: 'Rare2', rare2: 'Rare2', secret: 'Secret', nobody: null },
  },
  topic: { Tech: 'Tech', business: 'Business', World: 'World', secret: 'Secret', nobody: null },
  author: { Lin: 'Lin', wu: 'Lin', Wu: 'Lin', 'O’Neil': 'O’Neil', Ghost: 'Ghost', nobody: null },
} as const satisfies Record<string, Readonly<Record<string, string | null>>>

/** Locales of articles; `de` is the drafts' alone, and `it` nobody's. */
export const locales = ['zh-CN', 'en', 'zh-Hant-TW', 'fr', 'de', 'it'] as const

const edges = [
  ...['0001-01-01T00:00:00Z', '0099-12-31T23:59:59.999Z', '1900-01-01T00:00:00Z', '1969-12-31T23:59:59.999Z'],
  ...[
    '1970-01-01T00:00:00Z',
    '2023-12-31T23:59:59.999Z',
    '2024-01-01T00:00:00Z',
    '2024-06-01T12:00:00+08:00',
  ],
  ...['2025-01-01T07:59:59+08:00', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z'],
  ...['2999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
]
/** Instants at the ends of years, months and calendars, and some of this century. */
export const instant = fc.oneof(
  fc.constantFrom(...edges),
  fc
    .date({ min: new Date('2000-01-01'), max: new Date('2026-11-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
)

const body = fc
  .array(fc.tuple(fc.nat(2), fc.nat(3), fc.nat(2)), { maxLength: 2 })
  .map((cited) =>
    bodyWithNotes(cited.map(([host, site, page]) => `https://s${host}.site${site}.com/${page}`)),
  )
const title = fc
  .tuple(fc.constantFrom('北京', 'Zoo', 'apple', 'Éa', '😀', '1'), fc.nat(3))
  .map((words) => words.join(' '))
const someOf = (names: readonly string[], maxLength: number) => fc.subarray([...names], { maxLength })

const input = fc.record(
  {
    title,
    body,
    status: fc.constantFrom('published', 'published', 'published', 'draft'),
    tags: someOf(tags, 4),
    topics: someOf(topics, 2),
    authors: someOf(authors, 2),
    locale: fc.constantFrom(...locales.slice(0, 4)),
    publishedAt: instant,
  },
  { requiredKeys: ['title', 'body', 'status', 'locale'] },
)

/** What only drafts have. */
const secret = {
  ...{ title: 'Secret', locale: 'de', tags: ['Secret', 'AI'], topics: ['Secret'], authors: ['Ghost'] },
  body: bodyWithNotes(['https://s0.secret.com/0']),
}

/** It cites more than an index row of the listing can hold: what all cite, and hundreds of others. */
const wide = {
  ...{ title: 'Wide', status: 'published', publishedAt: '2024-01-01T00:00:00Z', tags: ['AI'] },
  body: bodyWithNotes([
    'https://s0.site0.com/0',
    ...Array.from({ length: 420 }, (_, n) => `https://wide${n}.example.com/${n}`),
  ]),
}

interface Write {
  readonly method: 'post' | 'patch' | 'delete'
  readonly action: string
  readonly send?: object
}
const far = { publishAt: '2998-01-01T00:00:00Z', unpublishAt: '2999-01-01T00:00:00Z' }
const patch = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Write> =>
  fc.record(fields).map((send) => ({ method: 'patch', action: '', send }))
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.constantFrom<Write>(
    { method: 'post', action: '/publish', send: {} },
    { method: 'post', action: '/publish', send: far },
    { method: 'post', action: '/unpublish', send: {} },
    { method: 'post', action: '/restore', send: {} },
    { method: 'delete', action: '' },
  ),
  instant.map((publishAt): Write => ({ method: 'post', action: '/publish', send: { publishAt } })),
  patch({ tags: someOf(tags, 4), topics: someOf(topics, 2) }),
  patch({ authors: someOf(authors, 2), locale: fc.constantFrom(...locales.slice(0, 4)) }),
  patch({ publishedAt: instant }),
  patch({ title, body }),
)

/**
 * Fills a site as newsrooms do: some 150 articles are written, published, taken back, thrown away, three at a time,
 * while tags are merged and renamed; of some the beginning or the end comes by itself. Gives them all as they are then.
 * The seed says what is written, not which of three comes first.
 */
export async function fillNewsroom(api: TestApi, seed: number): Promise<Article[]> {
  const ids: string[] = []
  const create = async (fields: object) => {
    ids.push((await api.create({ slug: `s-${crypto.randomUUID()}`, ...fields })).id)
  }
  const change = async ({ method, action, send }: Write, id: string | undefined) => {
    const { status, text } = await api.admin[method](`/v1/articles/${id}${action}`).send(send)
    if (status >= 500) throw new Error(`${method} ${action} ${JSON.stringify(send)}: ${status} ${text}`)
  }
  const touch = (id: string) => change({ method: 'patch', action: '', send: { summary: 'Touched' } }, id)
  const some = fc.sample(fc.tuple(write, fc.nat(119)), { seed, numRuns: 240 })
  const writes = some.map(
    ([written, n]) =>
      () =>
        change(written, ids[n]),
  )

  await threeAtATime(fc.sample(input, { seed, numRuns: 120 }).map((fields) => () => create(fields)))
  const passing = await createPassing(create, ids)
  await threeAtATime(writes.slice(0, 160))
  for (const fields of [wide, secret, secret]) await create(fields)
  await vi.waitUntil(() => Date.now() > passing.until, { timeout: 10_000, interval: 20 })
  // Half of those that have ended and of those that have begun: the listing has them as they were, and as they are.
  for (const id of passing.ids.filter((_, n) => n % 4 < 2)) await touch(id)
  const post = (path: string, send: object) => () => api.admin.post(path).send(send).expect(200)
  const patchTerm = (path: string, send: object) => () => api.admin.patch(path).send(send).expect(200)
  await threeAtATime([
    ...[post('/v1/tags/rare1/merge', { into: 'rare2' }), ...writes.slice(160, 180)],
    ...[patchTerm('/v1/tags/chips', { name: 'Silicon', slug: 'silicon' }), ...writes.slice(180, 200)],
    ...[post('/v1/authors/wu/merge', { into: 'lin' }), ...writes.slice(200)],
  ])
  return await Promise.all(
    ids.map(async (id) => (await api.admin.get(`/v1/articles/${id}`).expect(200)).body),
  )
}

/** Articles that begin and end within the next seconds, by the clock alone. */
async function createPassing(
  create: (fields: object) => Promise<void>,
  ids: readonly string[],
): Promise<{ ids: string[]; until: number }> {
  const first = ids.length
  let until = 0
  const fields = { body: bodyWithNotes(['https://s0.site0.com/0']), topics: ['Tech'], authors: ['Lin'] }
  for (let n = 0; n < 8; n += 1) {
    // Late enough for a slow machine: what has ended before it is written is refused.
    until = Date.now() + 2_000
    const soon = new Date(until).toISOString()
    const shared = { ...fields, status: 'published', tags: [['AI', 'Rare1', 'Chips', 'A B'][n % 4]] }
    await create({
      ...shared,
      title: `Ends ${n}`,
      publishedAt: `202${n % 6}-05-05T00:00:00Z`,
      unpublishAt: soon,
    })
    await create({ ...shared, title: `Begins ${n}`, publishedAt: soon })
  }
  return { ids: ids.slice(first), until }
}

async function threeAtATime(tasks: readonly (() => PromiseLike<unknown>)[]): Promise<void> {
  const waiting = tasks.values()
  const worker = async () => {
    for (const task of waiting) await task()
  }
  await Promise.all([worker(), worker(), worker()])
}

function bodyWithNotes(urls: readonly string[]): string {
  const references = urls.map((_, n) => `F[^${n + 1}]`).join(' ')
  const notes = urls.map((url, n) => `[^${n + 1}]: [R](${url})`)
  return ['T', references, ...notes].join('\n\n')
}

import { describe, expect, test } from 'vitest'
import { createRefusalTally, type Refusal } from '#src/audit/refusal-tally.ts'

const refusal = (more: Partial<Refusal> = {}): Refusal => ({
  operation: 'createArticle',
  status: 401,
  actor: null,
  address: '192.0.2.1',
  target: null,
  requestId: 'a-request',
  ...more,
})
const site = { id: 'site', name: 'Site' }

describe('a tally of refusals', () => {
  test('counts together what is alike in operation, status, key, address and target', () => {
    const tally = createRefusalTally(10)
    const kinds = [
      refusal(),
      refusal({ operation: 'patchArticle' }),
      refusal({ status: 429 }),
      refusal({ actor: site }),
      refusal({ address: '192.0.2.2' }),
      refusal({ target: 'a-story' }),
    ]
    for (const kind of [...kinds, ...kinds]) tally.add(kind)
    expect(tally.take()).toEqual(kinds.map((kind) => ({ ...kind, requestId: null, count: 2 })))
  })

  test('names the request of one that came alone', () => {
    const tally = createRefusalTally(10)
    tally.add(refusal())
    expect(tally.take()).toEqual([{ ...refusal(), count: 1 }])
  })

  test('begins anew when it was taken, and takes back what it gave', () => {
    const tally = createRefusalTally(10)
    tally.add(refusal())
    tally.add(refusal())
    const taken = tally.take()
    expect(tally.take()).toEqual([])
    tally.add(refusal())
    for (const one of taken) tally.add(one)
    expect(tally.take()).toEqual([{ ...refusal(), requestId: null, count: 3 }])
  })

  test('keeps as much of a hundred thousand addresses as of a few, and loses none from the count', () => {
    const tally = createRefusalTally(100)
    for (let n = 0; n < 100_000; n += 1) tally.add(refusal({ address: `address ${n}` }))
    expect(tally.size).toBe(101)
    const taken = tally.take()
    expect(taken.reduce((sum, { count }) => sum + count, 0)).toBe(100_000)
    expect(taken.at(-1)).toEqual({
      ...refusal({ address: null, requestId: null }),
      count: 100_000 - 100,
    })
  })

  test('goes on telling what a key was refused while a crowd without keys knocks', () => {
    const tally = createRefusalTally(2)
    for (let n = 0; n < 50; n += 1) tally.add(refusal({ address: `address ${n}` }))
    tally.add(refusal({ actor: site, status: 403 }))
    expect(tally.take()).toContainEqual({ ...refusal({ actor: site, status: 403 }), count: 1 })
  })
})

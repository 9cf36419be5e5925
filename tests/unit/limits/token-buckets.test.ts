import { describe, expect, test } from 'vitest'
import { createTokenBuckets } from '#src/limits/token-buckets.ts'
import { parseRate, type Rate } from '#src/platform/rate.ts'

const rateOf = (text: string): Rate => {
  const rate = parseRate(text)
  if (rate === undefined) throw new Error(`${text} is no rate`)
  return rate
}

/** Buckets with a clock that stands until it is set. */
function bucketsOf(text: string, maxKeys?: number) {
  const clock = { ms: 5_000 }
  const buckets = createTokenBuckets(rateOf(text), () => clock.ms, maxKeys)
  /** How many of `times` requests pass. */
  const passing = (times: number, key = 'a') =>
    Array.from({ length: times }, () => buckets.take(key)).filter(({ isAllowed }) => isAllowed).length
  return { buckets, clock, passing }
}

describe('a bucket', () => {
  test.each([
    ['100/s,1000', 1_000],
    ['200/s,2000', 2_000],
    ['10/min', 10],
    ['7/h', 7],
    ['3/s,1', 1],
  ])('of %s lets %i pass at once, and no more', (rate, burst) => {
    expect(bucketsOf(rate).passing(burst + 50)).toBe(burst)
  })

  test('fills at its rate, and not beyond its size', () => {
    const { clock, passing } = bucketsOf('100/s,1000')
    passing(1_000)
    clock.ms += 9
    expect(passing(5)).toBe(0)
    clock.ms += 1
    expect(passing(5)).toBe(1)
    clock.ms += 1_000
    expect(passing(500)).toBe(100)
    clock.ms += 3_600_000
    expect(passing(5_000)).toBe(1_000)
  })

  test('lets exactly its rate pass over a long time, whatever the rhythm', () => {
    const { clock, passing } = bucketsOf('30/s,7')
    let passed = passing(100)
    const start = clock.ms
    for (let n = 1; clock.ms < start + 60_000; n += 1) {
      clock.ms += (n * 7.3) % 29
      passed += passing(3)
    }
    const allowed = 7 + ((clock.ms - start) * 30) / 1_000
    expect(passed).toBeLessThanOrEqual(allowed + 0.01)
    expect(passed).toBeGreaterThan(allowed - 8)
  })

  test('says what is left, when it is full, and how long to wait', () => {
    const { buckets, clock, passing } = bucketsOf('100/s,1000')
    expect(buckets.take('a')).toEqual({ isAllowed: true, remaining: 999, fullAfterMs: 10, retryAfterMs: 0 })
    passing(999)
    expect(buckets.take('a')).toEqual({
      isAllowed: false,
      remaining: 0,
      fullAfterMs: 10_000,
      retryAfterMs: 10,
    })
    clock.ms += 4
    expect(buckets.take('a')).toMatchObject({ retryAfterMs: 6 })
  })

  test('takes back what was taken', () => {
    const { buckets, passing } = bucketsOf('10/min')
    passing(10)
    buckets.giveBack('a')
    expect(passing(5)).toBe(1)
  })

  test('is each key’s own', () => {
    const { passing } = bucketsOf('10/min')
    passing(10, 'a')
    expect(passing(20, 'b')).toBe(10)
  })
})

test('a million keys: no more entries than allowed, and those that are busy stay', () => {
  const { buckets, passing } = bucketsOf('10/min', 1_000)
  passing(10, 'busy')
  for (let n = 0; n < 1_000_000; n += 1) {
    buckets.take(`key ${n}`)
    if (n % 500 === 0) expect(buckets.take('busy').isAllowed).toBe(false)
  }
  expect(buckets.size).toBe(1_000)
})

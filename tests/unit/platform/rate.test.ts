import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '#src/platform/config.ts'
import { parseRate } from '#src/platform/rate.ts'

describe('a rate', () => {
  test.each([
    ['100/s', { count: 100, perMs: 1_000, burst: 100 }],
    ['100/s,1000', { count: 100, perMs: 1_000, burst: 1_000 }],
    ['10/min', { count: 10, perMs: 60_000, burst: 10 }],
    ['5000/h,1', { count: 5_000, perMs: 3_600_000, burst: 1 }],
  ])('is written %s', (text, rate) => {
    expect(parseRate(text)).toEqual(rate)
  })

  test.each([
    '',
    '100',
    '0/s',
    '10/s,0',
    '-1/s',
    '1.5/s',
    '10/day',
    '10 / s',
    '10/s,',
    '1e3/s',
    'ON',
    '9999999999/s',
  ])('is not %j', (text) => {
    expect(parseRate(text)).toBeUndefined()
  })
})

describe('RATE_LIMIT_*', () => {
  test('are 200 reads a second of an address, 100 writes of a key, 10 wrong keys a minute', () => {
    expect(readConfig({}).rateLimits).toEqual({
      reads: parseRate('200/s,2000'),
      writes: parseRate('100/s,1000'),
      failedKeys: parseRate('10/min'),
    })
  })

  test('are each off by that word', () => {
    const off = { RATE_LIMIT_READS: 'off', RATE_LIMIT_WRITES: 'off', RATE_LIMIT_FAILED_KEYS: 'off' }
    expect(readConfig(off).rateLimits).toEqual({ reads: null, writes: null, failedKeys: null })
  })

  test('say what would be right, all at once', () => {
    const wrong = { RATE_LIMIT_READS: '100', RATE_LIMIT_WRITES: 'false', RATE_LIMIT_FAILED_KEYS: '0/s' }
    expect(() => readConfig(wrong)).toThrow(ConfigError)
    for (const name of Object.keys(wrong)) {
      expect(() => readConfig(wrong)).toThrow(`${name}: must be a rate such as 100/s`)
    }
  })
})

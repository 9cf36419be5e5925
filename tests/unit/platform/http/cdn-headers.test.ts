import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cdnCacheControl,
  cdnCacheControlOfAbsence,
  DEFAULT_CDN_TIMES,
} from '#src/platform/http/cdn-headers.ts'

const times = DEFAULT_CDN_TIMES

describe('how long CDNs may keep an answer', () => {
  test.each([
    [null, 'max-age=60, stale-while-revalidate=30, stale-if-error=3600'],
    [86_400_000, 'max-age=60, stale-while-revalidate=30, stale-if-error=3600'],
    [600_000, 'max-age=60, stale-while-revalidate=30, stale-if-error=540'],
    [70_000, 'max-age=60, stale-while-revalidate=10, stale-if-error=10'],
    [60_999, 'max-age=60, must-revalidate'],
    [59_999, 'max-age=59, must-revalidate'],
    [999, 'max-age=0, must-revalidate'],
    [-5, 'max-age=0, must-revalidate'],
  ])('when it changes in %s ms: %s', (freshForMs, header) => {
    expect(cdnCacheControl(times, freshForMs)).toBe(header)
  })

  test('no time outlives the change', () => {
    const seconds = fc.nat(100_000)
    const settings = fc.record({ maxAge: seconds, staleWhileRevalidate: seconds, staleIfError: seconds })
    fc.assert(
      fc.property(settings, fc.nat(200_000_000), (cdn, freshForMs) => {
        const value = (name: string) =>
          Number(new RegExp(`${name}=(\\d+)`).exec(cdnCacheControl(cdn, freshForMs))?.[1] ?? 0)
        const longest = Math.max(value('stale-while-revalidate'), value('stale-if-error'))
        expect((value('max-age') + longest) * 1_000).toBeLessThanOrEqual(freshForMs)
      }),
    )
  })

  test('what is not there is kept for five seconds, or as short as the rest', () => {
    expect(cdnCacheControlOfAbsence(times)).toBe('max-age=5')
    expect(cdnCacheControlOfAbsence({ ...times, maxAge: 2 })).toBe('max-age=2')
  })
})

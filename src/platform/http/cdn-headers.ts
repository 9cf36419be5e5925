/** How long CDNs may keep an answer, in seconds. */
export interface CdnTimes {
  /** As it is (RFC 9111 §5.2.2.1). */
  readonly maxAge: number
  /** After that, while they fetch the next one (RFC 5861 §3). */
  readonly staleWhileRevalidate: number
  /** After that, while we can't answer (RFC 5861 §4). */
  readonly staleIfError: number
}

export const DEFAULT_CDN_TIMES: CdnTimes = { maxAge: 60, staleWhileRevalidate: 30, staleIfError: 3_600 }

/** What is not there may be there soon: it was just published, or taken back. */
const ABSENT_SECONDS = 5

/**
 * The targeted cache control (RFC 9213) of an answer, for CDNs alone: the times of the configuration, none of which
 * outlives the change that is known to come in `freshForMs`.
 */
export function cdnCacheControl(times: CdnTimes, freshForMs: number | null = null): string {
  const freshFor =
    freshForMs === null ? Number.POSITIVE_INFINITY : Math.max(0, Math.floor(freshForMs / 1_000))
  const maxAge = Math.min(times.maxAge, freshFor)
  const left = freshFor - maxAge
  const windows = [
    ['stale-while-revalidate', Math.min(times.staleWhileRevalidate, left)],
    ['stale-if-error', Math.min(times.staleIfError, left)],
  ] as const
  return [
    `max-age=${maxAge}`,
    ...windows.filter(([, seconds]) => seconds > 0).map(([name, seconds]) => `${name}=${seconds}`),
    // A cache that is cut off from us may show what is stale unless told not to (RFC 9111 §4.2.4).
    ...(left === 0 ? ['must-revalidate'] : []),
  ].join(', ')
}

/** The same for a 404 or 410. */
export const cdnCacheControlOfAbsence = (times: CdnTimes): string =>
  `max-age=${Math.min(times.maxAge, ABSENT_SECONDS)}`

/** Both names under which CDNs look for it: RFC 9213's, and the older one of Fastly, Akamai and Varnish. */
export const cdnHeaders = (cacheControl: string) => ({
  'cdn-cache-control': cacheControl,
  'surrogate-control': cacheControl,
})

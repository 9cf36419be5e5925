import type { Rate } from '#src/platform/rate.ts'
import type { Charge } from './token-buckets.ts'

/** What is limited; the name of its policy in headers. */
export type LimitName = 'reads' | 'writes' | 'failed-keys'

/** Milliseconds as whole seconds that are enough. A thousandth may be lost in fractions. */
export const wholeSeconds = (ms: number): number => Math.ceil(ms / 1_000 - 0.001)

/**
 * `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers, a structured field of RFC 9651): what may come at once,
 * and in how many seconds an empty bucket is full.
 */
export const policyHeader = (name: LimitName, { count, perMs, burst }: Rate): string =>
  `"${name}";q=${burst};w=${Math.max(wholeSeconds((burst * perMs) / count), 1)}`

/** `RateLimit` (the same draft): what may still come at once, and in how many seconds the bucket is full again. */
export const remainingHeader = (name: LimitName, { remaining, fullAfterMs }: Charge): string =>
  `"${name}";r=${remaining};t=${Math.max(wholeSeconds(fullAfterMs), 0)}`

import { AppError } from '#src/platform/errors.ts'
import type { Rate } from '#src/platform/rate.ts'
import { type LimitName, policyHeader, remainingHeader, wholeSeconds } from './rate-limit-headers.ts'
import type { Charge } from './token-buckets.ts'

const SUBJECTS: Readonly<Record<LimitName, string>> = {
  reads: 'reads from this address or with this key',
  writes: 'writes with this key',
  'failed-keys': 'keys from this address that are not valid',
}

/** 429. Says which limit it is, and in `limit` for programs. */
export function rateLimited(name: LimitName, rate: Rate, charge: Charge) {
  const seconds = Math.max(wholeSeconds(charge.retryAfterMs), 1)
  const wait = seconds === 1 ? 'a second' : `${seconds.toLocaleString('en')} seconds`
  return new AppError(
    'rate_limited',
    429,
    `Too many ${SUBJECTS[name]}: ${rateInWords(rate)} are allowed. Try again in ${wait}.`,
    {
      headers: {
        'retry-after': String(seconds),
        'ratelimit-policy': policyHeader(name, rate),
        ratelimit: remainingHeader(name, charge),
      },
      extensions: { limit: name },
    },
  )
}

const UNITS: Readonly<Record<number, string>> = { 1000: 'second', 60000: 'minute', 3600000: 'hour' }

function rateInWords({ count, perMs, burst }: Rate): string {
  const steadily = `${count.toLocaleString('en')} a ${UNITS[perMs] ?? `${perMs / 1_000} seconds`}`
  return burst > count ? `${steadily}, ${burst.toLocaleString('en')} at once,` : steadily
}

/** 503. More is under way than can be answered in time; nothing was looked up or changed. */
export const overloaded = () =>
  new AppError(
    'overloaded',
    503,
    'The server has more to do than it can answer in time. Try again shortly.',
    {
      headers: { 'retry-after': '1' },
    },
  )

import type { FastifyRequest } from 'fastify'
import { addressKey } from './client-address.ts'
import { rateLimited } from './errors.ts'
import type { TokenBuckets } from './token-buckets.ts'

/**
 * Guards the look-up of keys that nobody knows. A key that is known to be good never meets it, wherever it comes from.
 */
export interface FailedKeys {
  /**
   * To be asked before such a look-up. It takes a token at once, so that a thousand keys that come together are not a
   * thousand look-ups. @throws rateLimited
   */
  check(request: FastifyRequest): void
  /** The key was not valid: the token stays taken. */
  count(request: FastifyRequest): void
  /** The request is answered: a token whose key was good, or could not be looked up, goes back. */
  settle(request: FastifyRequest): void
}

/** Makes the guard on these buckets, one an address; without buckets everything passes. */
export function createFailedKeys(buckets: TokenBuckets | null): FailedKeys {
  if (buckets === null) return { check() {}, count() {}, settle() {} }
  const { rate } = buckets
  /** Requests that have taken a token, and under which address. */
  const taken = new WeakMap<FastifyRequest, string>()
  const take = (request: FastifyRequest) => {
    const address = addressKey(request)
    const charge = buckets.take(address)
    if (charge.isAllowed) taken.set(request, address)
    return charge
  }
  return {
    check(request) {
      if (taken.has(request)) return
      const charge = take(request)
      if (!charge.isAllowed) throw rateLimited('failed-keys', rate, charge)
      request.payment = { name: 'failed-keys', rate, charge }
    },
    count(request) {
      if (!taken.has(request)) take(request)
      taken.delete(request)
    },
    settle(request) {
      const address = taken.get(request)
      if (address === undefined) return
      buckets.giveBack(address)
      taken.delete(request)
    },
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '#src/platform/config.ts'
import type { App } from '#src/platform/http/app.ts'
import { isRead } from '#src/platform/http/methods.ts'
import type { Rate } from '#src/platform/rate.ts'
import { addressKey } from './client-address.ts'
import { rateLimited } from './errors.ts'
import { createFailedKeys, type FailedKeys } from './failed-keys.ts'
import { type LimitName, policyHeader, remainingHeader } from './rate-limit-headers.ts'
import { type Charge, createTokenBuckets, type TokenBuckets } from './token-buckets.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request has paid with, for the headers of its answer. */
    payment: Payment | null
  }
}

interface Payment {
  readonly name: LimitName
  readonly rate: Rate
  readonly charge: Charge
}

/** The buckets of one node. */
export interface Limits {
  /** Pays for a read, where one begins that no cache answers. @throws rateLimited */
  payForRead(request: FastifyRequest): void
  /** Pays for a write with a key. @throws rateLimited */
  payForWrite(request: FastifyRequest): void
  readonly failedKeys: FailedKeys
  /** How many callers are remembered. */
  readonly size: number
}

/** @param now milliseconds of a clock that never goes back */
export function createLimits(
  rates: Config['rateLimits'],
  now: () => number = () => performance.now(),
): Limits {
  const bucketsOf = (rate: Rate | null) => (rate === null ? null : createTokenBuckets(rate, now))
  const [reads, writes, failedKeys] = [rates.reads, rates.writes, rates.failedKeys].map(bucketsOf)
  return {
    payForRead: (request) => pay(request, 'reads', reads ?? null),
    payForWrite: (request) => pay(request, 'writes', writes ?? null),
    failedKeys: createFailedKeys(failedKeys ?? null),
    get size() {
      return (reads?.size ?? 0) + (writes?.size ?? 0) + (failedKeys?.size ?? 0)
    },
  }
}

function pay(request: FastifyRequest, name: LimitName, buckets: TokenBuckets | null): void {
  if (buckets === null) return
  const { rate } = buckets
  const charge = buckets.take(request.actor ? `key ${request.actor.id}` : addressKey(request))
  if (!charge.isAllowed) throw rateLimited(name, rate, charge)
  request.payment = { name, rate, charge }
}

/**
 * Has those pay who come without a key, by their address, before anything is looked up or read: their writes too,
 * although all that these get is a 401. Register it before what looks at keys, and {@link limitKeys} after that.
 */
export function limitAddresses(app: App, limits: Limits): void {
  app.decorateRequest('payment', null)
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.authorization === undefined && isLimited(request)) limits.payForRead(request)
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    limits.failedKeys.settle(request)
    if (request.payment !== null) tellPayment(reply, request.payment)
    done(null, payload)
  })
}

function tellPayment(reply: FastifyReply, { name, rate, charge }: Payment): void {
  // Caches would hand the caller's own numbers to everybody.
  const isForCaller = String(reply.getHeader('cache-control') ?? '').includes('no-store')
  if (!isForCaller || reply.statusCode === 429) return
  reply.headers({ 'ratelimit-policy': policyHeader(name, rate), ratelimit: remainingHeader(name, charge) })
}

/** Has keys of ours pay, each for itself and wherever it comes from. */
export function limitKeys(app: App, limits: Limits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.actor !== null && isLimited(request)) {
      if (isRead(request.method)) limits.payForRead(request)
      else limits.payForWrite(request)
    }
    done()
  })
}

/** What machines ask for again and again is not: `/metrics` must say how it is just then. */
const isLimited = ({ routeOptions }: FastifyRequest): boolean => routeOptions.config.isProbe !== true

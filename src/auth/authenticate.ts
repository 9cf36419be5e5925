import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Deps } from '#src/deps.ts'
import type { App } from '#src/platform/http/app.ts'
import { invalidInput } from '#src/platform/http/invalid-input.ts'
import { describeIssue } from '#src/platform/http/issue-words.ts'
import { isRead } from '#src/platform/http/methods.ts'
import { neededFor } from './declare-access.ts'
import { keyRefused, keyRequired, notAllowed, severalKeys } from './errors.ts'
import { splitKey } from './key-text.ts'
import { type Actor, isAllowed, type Permission } from './permissions.ts'

/** What an operation's address says, as its schemas read it. */
export interface Addressed {
  readonly actor: Actor | null
  readonly params: unknown
  readonly query: unknown
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null for an anonymous reader. */
    actor: Actor | null
  }
  interface FastifyContextConfig {
    /**
     * For an operation on one thing: finds it as the actor may see it. Asked only on the way to a 403, which would tell
     * that there is such a thing. @throws AppError `not_found` or `gone` for what the actor may not see
     */
    lookUp?: (address: Addressed) => Promise<unknown>
  }
}

/** The token of `Bearer <token>` (RFC 6750 §2.1), whose scheme is case-insensitive (RFC 9110 §11.1). */
const bearerToken = (authorization: string): string => /^Bearer +([^\s,]+) *$/i.exec(authorization)?.[1] ?? ''

/** Node keeps the first of several such headers, and another server on the way may keep the last. */
function refuseSeveral({ rawHeaders }: { rawHeaders: readonly string[] }): void {
  const names = rawHeaders.filter((name, index) => index % 2 === 0 && /^authorization$/i.test(name))
  if (names.length > 1) throw severalKeys()
}

/**
 * Whose key the request has; null: nobody's.
 * @param beforeAsking called before the database is asked for a key that nobody knows; may throw
 */
async function keyOwner(
  request: FastifyRequest,
  deps: Deps,
  beforeAsking: () => void,
): Promise<Actor | null> {
  const key = splitKey(bearerToken(request.headers.authorization ?? ''))
  if (key !== null) return await deps.keys.identify(key, beforeAsking)
  beforeAsking()
  return null
}

/** Who sends this. @throws keyRefused, severalKeys, and AppError `rate_limited` after too many wrong keys */
async function actorOf(request: FastifyRequest, deps: Deps): Promise<Actor> {
  const { failedKeys } = deps.limits
  refuseSeveral(request.raw)
  const actor = await keyOwner(request, deps, () => failedKeys.check(request))
  if (actor !== null) return actor
  failedKeys.count(request)
  throw keyRefused()
}

/** Finds out who asks, before anything is looked up or read: a bad key is a 401 on public addresses too. */
export function authenticate(app: App, deps: Deps): void {
  app.decorateRequest('actor', null)
  app.addHook('onListen', async () => deps.keys.watch())
  app.addHook('onRoute', ({ method, url, schema }) => {
    if (schema?.operationId === undefined)
      throw new Error(
        `The route ${String(method)} ${url} has no operationId, so nobody can say who may call it.`,
      )
  })
  app.addHook('onRequest', (request, _reply, done) => {
    // Readers wait for nothing.
    if (request.is404 || request.headers.authorization === undefined) return done()
    actorOf(request, deps).then((actor) => {
      request.actor = actor
      done()
    }, done)
  })
}

/**
 * Refuses those who may not do what they ask for. An operation that wants a permission is a 401 without a key; with one
 * of too small a role it is a 404 where the thing itself can't be seen by it, else a 403. After {@link authenticate}, and
 * after what limits requests: finding out whether a thing can be seen is a look-up too.
 */
export function authorize(app: App, deps: Deps): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) return done()
    const needed = neededFor(request.routeOptions.schema?.operationId ?? '')
    if (needed === 'everybody') return done()
    if (request.actor === null) return done(keyRequired())
    if (isAllowed(request.actor, needed)) return done()
    refusal(request, request.actor, needed).then(done, done)
  })
  // A body may take a minute to arrive. What the key may do when it is there is what counts.
  app.addHook('preHandler', (request, _reply, done) => {
    if (request.actor === null || isRead(request.method)) return done()
    lookAgain(request, deps).then(() => done(), done)
  })
}

/** The key may have been revoked or changed since it was looked at. @throws AppError `unauthorized`, `forbidden` */
async function lookAgain(request: FastifyRequest, deps: Deps): Promise<void> {
  const actor = await keyOwner(request, deps, () => {})
  if (actor === null) throw keyRefused()
  request.actor = actor
  const needed = neededFor(request.routeOptions.schema?.operationId ?? '')
  if (needed !== 'everybody' && !isAllowed(actor, needed)) throw notAllowed(actor, needed)
}

/** Why an actor may not do what it asks for. @throws AppError `not_found` or `gone`, for what it can't see either */
async function refusal(request: FastifyRequest, actor: Actor, needed: Permission): Promise<Error> {
  await request.routeOptions.config.lookUp?.(addressOf(request))
  return notAllowed(actor, needed)
}

/** The address, checked as a caller would have it checked who may do this. @throws AppError `invalid_parameters` */
function addressOf({ actor, params, query, routeOptions }: FastifyRequest): Addressed {
  const { schema } = routeOptions
  return {
    actor,
    params: checked(schema?.params, params, 'path'),
    query: checked(schema?.querystring, query, 'query'),
  }
}

function checked(schema: unknown, given: unknown, part: 'path' | 'query'): unknown {
  if (!(schema instanceof z.ZodType)) return given
  const result = schema.safeParse(given, { error: describeIssue, reportInput: true })
  if (!result.success) throw invalidInput(part, result.error.issues)
  return result.data
}

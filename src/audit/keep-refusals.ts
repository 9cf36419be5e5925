import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { Deps } from '#src/deps.ts'
import type { App } from '#src/platform/http/app.ts'
import { isRead } from '#src/platform/http/methods.ts'
import { createRefusalTally, type Refusals } from './refusal-tally.ts'
import { ipAddress } from './trail.ts'

/** How long refusals are counted together. */
const INTERVAL_MS = 5_000
/** Entries that one interval may give, of known keys and of others each; see {@link createRefusalTally}. */
const MAX_GROUPS = 100
/** How long the end of the process may take for what is counted then. */
const CLOSE_WITHIN_MS = 1_000

/** Refusals on their way into the audit. */
export interface RefusalKeeper {
  /** Writes what was counted so far. Never fails: what can't be written now is counted on. */
  flush(): Promise<void>
}

/**
 * Counts what the application refuses, and writes it into the audit every few seconds and at the end: equal ones as
 * one entry, off the requests' path. Register it on the root. Refused are 401 (with a key, or of a write), 403, the 404
 * that stands for a 403, and 429. What is a mistake or a race (404, 409, 412, 422) is none. Of a key that is not good
 * nothing is kept.
 */
export function keepRefusals(app: App, { pool, log }: Deps): RefusalKeeper {
  const tally = createRefusalTally(MAX_GROUPS)
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> | null = null

  function soon(): void {
    timer ??= setTimeout(() => void flush(), INTERVAL_MS).unref()
  }

  async function write(): Promise<void> {
    const refusals = tally.take()
    if (refusals.length === 0) return
    try {
      await saveRefusals(pool, refusals)
    } catch (error) {
      log.warn({ err: error }, 'refusals could not be written into the audit')
      for (const refusal of refusals) tally.add(refusal)
      soon()
    }
  }

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    // What is being written does not have what came since.
    await writing
    writing ??= write().finally(() => {
      writing = null
    })
    await writing
  }

  // Node forgets whose a connection was when it ends, unless somebody asked before.
  app.server.on('connection', (socket) => void socket.remoteAddress)
  app.addHook('onResponse', (request, reply, done) => {
    if (isRefused(request, reply)) {
      const { actor, ip, id, routeOptions } = request
      tally.add({
        operation: routeOptions.schema?.operationId ?? 'unknown',
        status: reply.statusCode,
        actor: actor ?? null,
        address: ipAddress(ip),
        target: actor == null ? null : targetOf(request.params),
        requestId: id,
      })
      soon()
    }
    done()
  })
  app.addHook('onClose', async () => {
    await Promise.race([flush(), sleep(CLOSE_WITHIN_MS, null, { ref: false })])
    if (timer !== null) clearTimeout(timer)
  })
  return { flush }
}

function isRefused(request: FastifyRequest, { statusCode }: FastifyReply): boolean {
  switch (statusCode) {
    case 401:
      return request.headers.authorization !== undefined || !isRead(request.method)
    case 403:
    case 429:
      return true
    case 404:
    case 410:
      return isBeyondRole(request)
    default:
      return false
  }
}

/** The id or slug in the address: each path has one at most. */
function targetOf(params: unknown): string | null {
  const [first] = Object.values((params ?? {}) as Record<string, unknown>)
  return typeof first === 'string' && !first.includes('\0') ? first.slice(0, 200).toWellFormed() : null
}

/** What a role neither may do nor sees is not there for it: a 404 that stands for a 403. */
function isBeyondRole({ actor, routeOptions }: FastifyRequest): boolean {
  const roles = routeOptions.schema?.['x-roles']
  return actor != null && Array.isArray(roles) && !roles.includes(actor.role)
}

/** One statement, however many. */
async function saveRefusals(pool: Pool, refusals: readonly Refusals[]): Promise<void> {
  await pool.query(
    `INSERT INTO audit_entry (outcome, action, status, actor_id, actor_name, address, request_id, count, subject, subject_kind)
     SELECT 'refused', r.*, CASE WHEN r.target IS NOT NULL THEN 'address' END
       FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[])
            AS r(action, status, actor_id, actor_name, address, request_id, count, target)`,
    [
      refusals.map(({ operation }) => operation),
      refusals.map(({ status }) => status),
      refusals.map(({ actor }) => actor?.id ?? null),
      refusals.map(({ actor }) => actor?.name ?? null),
      refusals.map(({ address }) => address),
      refusals.map(({ requestId }) => requestId),
      refusals.map(({ count }) => Math.min(count, MAX_COUNT)),
      refusals.map(({ target }) => target),
    ],
  )
}

/** The greatest integer of the column. */
const MAX_COUNT = 2 ** 31 - 1

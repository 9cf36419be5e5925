import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { answerAtOnce } from '#src/platform/http/answer-at-once.ts'
import type { App } from '#src/platform/http/app.ts'
import type { CorsOrigins } from '#src/platform/http/cors.ts'
import { isRead } from '#src/platform/http/methods.ts'
import { type Admission, type AdmissionSettings, createAdmission } from './admission.ts'
import { overloaded } from './errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request stands in while it is worked on. */
    admission: Admission | null
  }
}

/** Apart, so that a crowd of writers, who can wait, does not close the door to readers, who can't. */
export interface OverloadSettings {
  readonly reads: AdmissionSettings
  readonly writes: AdmissionSettings
}

/** Ten are worked on at once. Writers may come at once as often as RATE_LIMIT_WRITES has it. */
const DEFAULTS: OverloadSettings = {
  reads: { usually: 128, crowded: 40 },
  writes: { usually: 1_000, crowded: 1_000 },
}

/** How often the log may speak of it. */
const TELL_EVERY_MS = 10_000

/** Refuses what would wait too long. */
export interface OverloadGuard {
  /**
   * Answers a request that there is no room for; true: it has. To be asked before all else, since what is refused by the
   * thousand must cost next to nothing. (A cache of finished answers comes before it: what it has costs less still.)
   */
  refuse(request: IncomingMessage, response: ServerResponse): boolean
  /** Counts what is under way on the routes of a scope, and has them refused when it is too much. */
  count(scope: App): void
  /** How many were refused so far. */
  readonly refused: number
}

/**
 * Answers 503 at once to what would wait too long, before it is looked up, paid for or read, so that what was let in
 * is done in time: without it, twice the load that can be borne makes every answer late.
 */
export function createOverloadGuard(
  { log, origins }: { log: Logger; origins: CorsOrigins },
  settings: OverloadSettings = DEFAULTS,
): OverloadGuard {
  const now = () => performance.now()
  const reads = createAdmission(settings.reads, now)
  const writes = createAdmission(settings.writes, now)
  const admissionOf = (method: string | undefined) =>
    isRead(method) ? reads : method === 'OPTIONS' ? null : writes
  /** First segments of the paths that may be refused: `v1`, `feeds`. */
  const places = new Set<string>()
  const tell = quietly(TELL_EVERY_MS, now, (times) => log.warn({ refused: times }, 'overloaded'))
  let refused = 0
  const admit = (request: FastifyRequest): Error | undefined => {
    const admission = request.routeOptions.config.isProbe === true ? null : admissionOf(request.method)
    if (admission === null) return undefined
    // What is refused for another reason on the way here has come for nothing, and waits for nothing.
    admission.arrive()
    if (!admission.hasRoom()) return overloaded()
    admission.enter()
    request.admission = admission
    return undefined
  }
  return {
    refuse(request, response) {
      const admission = admissionOf(request.method)
      if (admission === null || !places.has(placeOf(request.url ?? ''))) return false
      if (admission.hasRoom()) return false
      admission.arrive()
      refused += 1
      tell()
      answerAtOnce(request, response, overloaded(), origins)
      return true
    },
    count(scope) {
      scope.decorateRequest('admission', null)
      scope.addHook('onRoute', ({ url, config }) => {
        if (config?.isProbe !== true) places.add(placeOf(url))
      })
      // Only now: a body that arrives slowly is no work, and clients could shut everybody out with a few of them.
      scope.addHook('preValidation', (request, _reply, done) => done(admit(request)))
      // Not when the answer has arrived: those who read slowly are no work either.
      scope.addHook('onSend', (request, _reply, payload, done) => {
        request.admission?.leave()
        request.admission = null
        done(null, payload)
      })
    },
    get refused() {
      return refused
    },
  }
}

const placeOf = (url: string): string => /^\/([^/?#]*)/.exec(url)?.[1] ?? ''

/** Calls `tell` with how often it was called itself, at most once in `everyMs`. */
function quietly(everyMs: number, now: () => number, tell: (times: number) => void): () => void {
  let times = 0
  let toldAt = Number.NEGATIVE_INFINITY
  return () => {
    times += 1
    if (now() - toldAt < everyMs) return
    tell(times)
    toldAt = now()
    times = 0
  }
}

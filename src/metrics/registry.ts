import type { Pool } from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What Prometheus reads: the process's own metrics, requests, and the connections of the pool. */
export interface Metrics {
  readonly registry: Registry
  /** Counts one answer. `route` is the pattern, never the address: addresses have no bound. */
  countRequest(labels: { method: string; route: string; status: string }, seconds: number): void
}

/** A registry of its own, so that several applications may run in one process (as in tests). */
export function createMetrics(pool: Pool, overload: { readonly refused: number }): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'masthead_http_requests_total',
    help: 'Answers, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const duration = new Histogram({
    name: 'masthead_http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  new Gauge({
    name: 'masthead_db_connections',
    help: 'Connections of the pool, by state.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  new Counter({
    name: 'masthead_http_overloaded_total',
    help: 'Requests that were answered 503 at once, since too much was under way; they are in no other metric.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(overload.refused)
    },
  })
  const counted = remembering((method: string, route: string, status: string) =>
    requests.labels({ method, route, status }),
  )
  const timed = remembering((method: string, route: string) => duration.labels({ method, route }))
  return {
    registry,
    countRequest({ method, route, status }, seconds) {
      counted(method, route, status).inc()
      timed(method, route).observe(seconds)
    },
  }
}

/** Finds a series by its labels' values once: hashing them each time took longer than counting. */
function remembering<Series>(find: (...values: string[]) => Series): (...values: string[]) => Series {
  const found = new Map<string, Series>()
  return (...values) => {
    const key = values.join(' ')
    const known = found.get(key)
    if (known !== undefined) return known
    const series = find(...values)
    found.set(key, series)
    return series
  }
}

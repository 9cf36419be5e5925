/** How much of something a caller may have: a steady rate, and how much of it at once. */
export interface Rate {
  /** So many … */
  readonly count: number
  /** … in each such time, in milliseconds. */
  readonly perMs: number
  /** What may come at once after a pause; it fills again at the steady rate. */
  readonly burst: number
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 }

/** `100/s`, `10/min`, `5000/h`; with what may come at once, if that is more: `100/s,1000`. */
const RATE = /^(\d{1,9})\/(s|min|h)(?:,(\d{1,9}))?$/

/** Reads a rate as the configuration writes it; undefined when it is none. Without a burst it is the count. */
export function parseRate(text: string): Rate | undefined {
  const [, count = '', unit = '', burst = count] = RATE.exec(text) ?? []
  const perMs = UNITS_MS[unit]
  if (perMs === undefined || Number(count) === 0 || Number(burst) === 0) return undefined
  return { count: Number(count), perMs, burst: Number(burst) }
}

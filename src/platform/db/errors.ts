import { AppError } from '../errors.ts'

interface DriverCause {
  originalCode?: string
  kind?: string
  constraint?: { index?: string }
}

interface DatabaseErrorShape {
  message?: string
  code?: string
  constraint?: string
  meta?: { driverAdapterError?: { cause?: DriverCause } }
  cause?: unknown
}

/** SQLSTATE classes and codes that say "not now" rather than "not so" (Postgres' manual, appendix A). */
const UNAVAILABLE_STATES = /^(08...|57P0[1235]|53300|53400)$/
/** Postgres gave up on a lock or a statement: the server is overloaded, the request was well-formed. */
const TIMED_OUT_STATES = new Set(['55P03', '57014', '25P03'])
const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT', // a Unix socket that is gone
  'P1001', // Prisma: can't reach the server
  'P1017', // Prisma: the server closed the connection
  'P2024', // Prisma: no connection from the pool in time
  'P2028', // Prisma: no transaction could be begun, or it was cut off
])
const UNAVAILABLE_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
])
/** node-postgres gives these without a code. */
const UNAVAILABLE_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|has encountered a connection error and is not queryable|Cannot use a pool after calling end/

function shapeOf(error: unknown): DatabaseErrorShape {
  return typeof error === 'object' && error !== null ? error : {}
}

/** The SQLSTATE of an error from node-postgres or Prisma; undefined when Postgres did not answer at all. */
export function sqlState(error: unknown): string | undefined {
  const { code, meta } = shapeOf(error)
  const original = meta?.driverAdapterError?.cause?.originalCode
  if (original !== undefined) return original
  if (code === 'P2034') return '40001'
  return code !== undefined && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) && !/^P[12]/.test(code) ? code : undefined
}

/** The constraint or unique index that a write broke, by name; undefined for any other error. */
export function brokenConstraint(error: unknown): string | undefined {
  const { constraint, meta } = shapeOf(error)
  return constraint ?? meta?.driverAdapterError?.cause?.constraint?.index
}

function isUnavailable(error: unknown): boolean {
  const { code, message, meta, cause } = shapeOf(error)
  const state = sqlState(error)
  if (state !== undefined) return UNAVAILABLE_STATES.test(state) || TIMED_OUT_STATES.has(state)
  if (code !== undefined && UNAVAILABLE_CODES.has(code)) return true
  if (UNAVAILABLE_KINDS.has(meta?.driverAdapterError?.cause?.kind ?? '')) return true
  if (message !== undefined && UNAVAILABLE_MESSAGES.test(message)) return true
  return cause !== undefined && cause !== error && isUnavailable(cause)
}

/** 503. The database does not answer, or not in time. */
const databaseUnavailable = (cause?: unknown) =>
  new AppError(
    'database_unavailable',
    503,
    'The database does not answer at the moment. Try again shortly.',
    {
      headers: { 'retry-after': '1' },
      cause,
    },
  )

/** Turns an error that means "the database is away" into a 503; gives undefined for every other. */
export function databaseProblem(error: unknown): AppError | undefined {
  return isUnavailable(error) ? databaseUnavailable(error) : undefined
}

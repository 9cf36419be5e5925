import { expect, test } from 'vitest'
import { databaseProblem, sqlState } from '#src/platform/db/errors.ts'

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code })
const throughPrisma = (originalCode: string) =>
  Object.assign(new Error('Raw query failed.'), {
    code: 'P2010',
    meta: { driverAdapterError: { cause: { originalCode } } },
  })

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'P1001',
  'P2024',
  'P2028',
  '57P01',
  '57P03',
  '08006',
  '53300',
  '55P03',
  '57014',
])('%s: the database is away, or too busy', (code) => {
  expect(databaseProblem(withCode(code))?.status).toBe(503)
})

test.each([
  'Connection terminated unexpectedly',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
])('%s, which comes without a code', (message) => {
  expect(databaseProblem(new Error(message))?.status).toBe(503)
})

test('what Prisma wraps is decided by what Postgres said', () => {
  expect(databaseProblem(throughPrisma('57P01'))?.status).toBe(503)
  expect(databaseProblem(throughPrisma('23505'))).toBeUndefined()
  expect(sqlState(throughPrisma('23505'))).toBe('23505')
})

test.each(['23505', '42P01', '22P02'])('%s is nothing of the kind', (code) => {
  expect(databaseProblem(withCode(code))).toBeUndefined()
})

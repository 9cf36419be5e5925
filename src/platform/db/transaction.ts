import { setTimeout as sleep } from 'node:timers/promises'
import type { Prisma, PrismaClient } from '#src/generated/prisma/client.ts'
import { sqlState } from './errors.ts'
import { timed } from './time-spent.ts'

declare const inTransaction: unique symbol

/** A client inside a transaction. Functions that write take one, so that a write outside does not compile. */
export type Transaction = Prisma.TransactionClient & { readonly [inTransaction]: true }

/** Serialization failure and deadlock: Postgres asks for the same transaction again (its manual, §13.5). */
const RETRIED = new Set(['40001', '40P01'])
const ATTEMPTS = 5

/**
 * Runs `work` in one READ COMMITTED transaction: all of it is written, or nothing.
 * `work` runs again after a deadlock, so it must have no effect but on the database.
 * @param options `timeoutMs`: of all its statements together; one of them has the pool's
 */
export async function transaction<T>(
  db: PrismaClient,
  work: (tx: Transaction) => Promise<T>,
  { timeoutMs = 15_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = db.$transaction((tx) => work(tx as Transaction), { maxWait: 5_000, timeout: timeoutMs })
      return await timed(answer)
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error
      await sleep(Math.random() * 20 * attempt)
    }
  }
}

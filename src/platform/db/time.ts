import type { Transaction } from './transaction.ts'

/**
 * The database's time, in milliseconds: the one clock of all nodes.
 * Not `now()`, which is the transaction's start: a writer that waited for a lock would write an older time than the
 * writer before it. Cut, not rounded: a rounded time may still be to come.
 */
export async function databaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.$queryRaw<
    { now: Date }[]
  >`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`
  if (row === undefined) throw new Error('The database did not tell the time.')
  return row.now
}

import type { Transaction } from '#src/platform/db/transaction.ts'

/** The advisory lock between those who file articles under terms and those who move terms themselves. */
const TAXONOMY = 727_004

/**
 * Keeps tags, topics and authors where they are until COMMIT; any number of writers share it. Whoever writes an
 * article's relations or its listing takes it first: a merge in between would be overwritten with what it had moved.
 */
export async function shareTaxonomy(tx: Transaction): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock_shared(${TAXONOMY})::text`
}

/** Waits until nobody writes an article, and keeps all from it until COMMIT: for merges and deletions of terms. */
export async function holdTaxonomy(tx: Transaction): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(${TAXONOMY})::text`
}

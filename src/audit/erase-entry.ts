import type { Deps } from '#src/deps.ts'
import { transaction } from '#src/platform/db/transaction.ts'
import { entryNotFound } from './errors.ts'
import { getEntry } from './list-audit.ts'
import type { EntryRow } from './queries.ts'
import { recordAudit } from './record-audit.ts'
import type { Trail } from './trail.ts'

/**
 * Takes the person out of an entry: actor, address, request, and the reason, in whose place stands why. What was done,
 * to what and when stays. What is erased already stays as it is.
 * @throws AppError `not_found`
 */
export async function eraseEntry(deps: Deps, trail: Trail, id: string, why: string): Promise<EntryRow> {
  await transaction(deps.db, async (tx) => {
    const [entry] = await tx.$queryRaw<{ erased_at: Date | null }[]>`
      SELECT erased_at FROM audit_entry WHERE id = ${id}::uuid FOR UPDATE`
    if (entry === undefined) throw entryNotFound()
    if (entry.erased_at !== null) return
    await tx.$queryRaw`SELECT erase_audit_entry(${id}::uuid, ${why})`
    await recordAudit(tx, trail, { action: 'audit.erased', subject: { kind: 'audit-entry', id } })
  })
  return await getEntry(deps, id)
}

import type { EntryRow } from './queries.ts'
import type { AuditEntry } from './schemas.ts'

/** An entry as the API shows it. */
export function auditEntryView(row: EntryRow): AuditEntry {
  const { id, outcome, action, actor_id, article_id, subject_kind, subject } = row
  return {
    id,
    timestamp: row.at.toISOString(),
    outcome,
    action,
    actor: actor_id === null ? null : { id: actor_id, name: row.actor_name ?? '' },
    article:
      article_id === null ? null : { id: article_id, before: row.before_revision, after: row.after_revision },
    subject:
      subject_kind === null || subject === null
        ? null
        : { kind: subject_kind, id: subject, became: row.became },
    reason: row.reason,
    address: row.address,
    requestId: row.request_id,
    status: row.status,
    count: row.count,
    erasedAt: row.erased_at?.toISOString() ?? null,
  }
}

import type { Transaction } from '#src/platform/db/transaction.ts'
import type { ArticleAction, otherActions, SubjectKind } from './audit-actions.ts'
import type { Trail } from './trail.ts'

/** Something done to an article. */
export interface ArticleDeed {
  readonly action: ArticleAction
  readonly article: {
    readonly id: string
    /** The revision before; null: it was not there. */
    readonly before: number | null
    /** The revision after, the same for what is no revision; null: it is there no more. */
    readonly after: number | null
  }
}

/** Something done to anything else. */
export type OtherDeed = {
  [Kind in SubjectKind]: {
    readonly action: (typeof otherActions)[Kind][number]
    readonly subject: {
      readonly kind: Kind
      /** Its id, or what it is called by where it has none: a slug, a domain. */
      readonly id: string
      /** What it is called since, or what it became a part of; absent: it is called the same. */
      readonly became?: string
    }
  }
}[SubjectKind]

/** What was done, as the audit keeps it. */
export type Deed = ArticleDeed | OtherDeed

/**
 * Writes into the audit what this transaction has done, in the order in which it was done: it is there when the change
 * is, and not when that is not. One statement, however many deeds. What changed nothing is none.
 */
export async function recordAudit(tx: Transaction, trail: Trail, ...deeds: readonly Deed[]): Promise<void> {
  if (deeds.length === 0) return
  const { actor, reason, address, requestId } = trail
  const articles = deeds.map((deed) => ('article' in deed ? deed.article : null))
  const subjects = deeds.map((deed) => ('subject' in deed ? deed.subject : null))
  await tx.$executeRaw`
    INSERT INTO audit_entry
      (actor_id, actor_name, reason, address, request_id,
       action, article_id, before_revision, after_revision, subject_kind, subject, became)
    SELECT ${actor?.id ?? null}::text, ${actor?.name ?? null}::text, ${reason}::text, ${address}::text, ${requestId}::text, d.*
      FROM unnest(
             ${deeds.map(({ action }) => action)}::text[],
             ${articles.map((article) => article?.id ?? null)}::uuid[],
             ${articles.map((article) => article?.before ?? null)}::int[],
             ${articles.map((article) => article?.after ?? null)}::int[],
             ${subjects.map((subject) => subject?.kind ?? null)}::text[],
             ${subjects.map((subject) => subject?.id ?? null)}::text[],
             ${subjects.map((subject) => subject?.became ?? null)}::text[]) AS d`
}

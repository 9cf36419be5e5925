import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'

/** What a key may be asked for. The only place that says which role may do what. */
const permissions = {
  'article.create': ['admin'],
  'article.edit': ['admin'],
  'article.publish': ['admin'],
  /** Also sees the editors' fields of an article, and front matter that is not public. */
  'article.readUnpublished': ['admin'],
  'source.edit': ['admin'],
  'taxonomy.edit': ['admin'],
  'taxonomy.readUnused': ['admin'],
  'redirect.edit': ['admin'],
  'metrics.read': ['admin'],
} as const satisfies Record<string, readonly ApiKeyRole[]>

/** The name of something that a role may do. */
export type Permission = keyof typeof permissions

/** Who sends a request with a key. */
export interface Actor {
  /** The key's id. */
  readonly id: string
  readonly name: string
  readonly role: ApiKeyRole
}

/** Whether `actor` may do this; nobody in particular (`null`, an anonymous reader) may do nothing of it. */
export function isAllowed(actor: Actor | null, permission: Permission): boolean {
  return actor !== null && (permissions[permission] as readonly ApiKeyRole[]).includes(actor.role)
}

import type { ApiKeyRole } from '#src/generated/prisma/enums.ts'

/** The roles of keys, from the least to the most: each may do what those before it may. */
export const roles = [
  'reader',
  'viewer',
  'author',
  'editor',
  'admin',
] as const satisfies readonly ApiKeyRole[]

/** What can be allowed, and the least role that may do it. */
const leastRoles = {
  /** Also sees the editors' fields of an article, and front matter that is not public. */
  'article.readUnpublished': 'viewer',
  /** Also sees tags, topics and authors that no public article has. */
  'taxonomy.readUnused': 'viewer',
  'article.create': 'author',
  /** Articles that the key itself made, as long as they are not published. */
  'article.editOwn': 'author',
  'article.editAny': 'editor',
  'article.publish': 'editor',
  /** Against the house rules, with a reason. */
  'article.force': 'editor',
  'taxonomy.edit': 'editor',
  'source.edit': 'editor',
  'redirect.read': 'editor',
  'redirect.edit': 'editor',
  'article.deletePermanently': 'admin',
  'key.manage': 'admin',
  'audit.read': 'admin',
  'audit.erase': 'admin',
  'metrics.read': 'admin',
} as const satisfies Record<string, ApiKeyRole>

/** The name of something that a role may do. */
export type Permission = keyof typeof leastRoles

/** All of them. */
export const permissions = Object.keys(leastRoles) as Permission[]

/**
 * Who may call an operation, by its `operationId`: everybody, or whose role has the permission. The only place that
 * says it; an operation that is not named here does not start.
 */
export const operations: Readonly<Record<string, 'everybody' | Permission>> = {
  getLiveness: 'everybody',
  getReadiness: 'everybody',
  getMetrics: 'metrics.read',
  getOpenApi: 'everybody',
  getProblemType: 'everybody',

  listArticles: 'everybody',
  getArticle: 'everybody',
  listNeighbors: 'everybody',
  listRelatedArticles: 'everybody',
  createArticle: 'article.create',
  renderDocument: 'article.create',
  putArticle: 'article.editOwn',
  patchArticle: 'article.editOwn',
  trashArticle: 'article.editOwn',
  publishArticle: 'article.publish',
  unpublishArticle: 'article.publish',
  restoreArticle: 'article.publish',

  listArticleCitations: 'everybody',
  listCitations: 'everybody',
  listSources: 'everybody',
  getSource: 'everybody',
  listSourceDomains: 'everybody',
  patchSourceDomain: 'source.edit',

  listTags: 'everybody',
  getTag: 'everybody',
  createTag: 'taxonomy.edit',
  patchTag: 'taxonomy.edit',
  mergeTag: 'taxonomy.edit',
  deleteTag: 'taxonomy.edit',
  listTopics: 'everybody',
  getTopic: 'everybody',
  createTopic: 'taxonomy.edit',
  patchTopic: 'taxonomy.edit',
  mergeTopic: 'taxonomy.edit',
  deleteTopic: 'taxonomy.edit',
  listAuthors: 'everybody',
  getAuthor: 'everybody',
  createAuthor: 'taxonomy.edit',
  patchAuthor: 'taxonomy.edit',
  mergeAuthor: 'taxonomy.edit',
  deleteAuthor: 'taxonomy.edit',

  resolvePath: 'everybody',
  listRedirects: 'redirect.read',
  getRedirect: 'redirect.read',
  createRedirect: 'redirect.edit',
  deleteRedirect: 'redirect.edit',

  getRssFeed: 'everybody',
  getAtomFeed: 'everybody',
  getJsonFeed: 'everybody',
  getSitemapIndex: 'everybody',
  getSitemap: 'everybody',
  getNewsSitemap: 'everybody',
  getRobots: 'everybody',

  getMe: 'everybody',
  listApiKeys: 'key.manage',
  getApiKey: 'key.manage',
  createApiKey: 'key.manage',
  patchApiKey: 'key.manage',
  revokeApiKey: 'key.manage',
  rotateApiKey: 'key.manage',

  listAudit: 'audit.read',
  getAuditEntry: 'audit.read',
  eraseAuditEntry: 'audit.erase',
}

/** What of a permission a role has, where that is not all of it. */
const narrowed: Partial<Record<Permission, Partial<Record<ApiKeyRole, string>>>> = {
  'article.editOwn': { author: 'own articles that are not published' },
}

/**
 * What a key has too that may write only in some locales, or under some topics. The commands that these lead to look
 * whether the article is within (`refuseOutsideLimits`); everything else such a key has not, whatever its role.
 */
const withinLimits: ReadonlySet<Permission> = new Set([
  'article.readUnpublished',
  'taxonomy.readUnused',
  'article.create',
  'article.editOwn',
  'article.editAny',
  'article.publish',
  'article.force',
  'redirect.read',
])

/** Who sends a request with a key. */
export interface Actor {
  /** The key's id. */
  readonly id: string
  readonly name: string
  readonly role: ApiKeyRole
  /** The locales in which alone it may write; null: in any. */
  readonly locales: readonly string[] | null
  /** The ids of the topics in which alone it may write; null: in any, and in none. */
  readonly topicIds: readonly string[] | null
}

const rankOf = (role: ApiKeyRole) => roles.indexOf(role)

/** The roles that have a permission, from the least. */
export const rolesWith = (permission: Permission): ApiKeyRole[] => roles.slice(rankOf(leastRoles[permission]))

/** The same in words: `author (own articles that are not published), editor, admin`. */
export function rolesInWords(permission: Permission): string {
  const named = rolesWith(permission).map((role) => {
    const part = narrowed[permission]?.[role]
    return part === undefined ? role : `${role} (${part})`
  })
  return named.join(', ')
}

/** Whether a key may write only in some locales, or under some topics. */
const isLimited = ({ locales, topicIds }: Actor): boolean => locales !== null || topicIds !== null

/** Whether the role of `actor` has this permission, be the key limited or not. */
export const roleHas = (actor: Actor, permission: Permission): boolean =>
  rankOf(actor.role) >= rankOf(leastRoles[permission])

/** Whether `actor` may do this; nobody in particular (`null`, an anonymous reader) may do nothing of it. */
export function isAllowed(actor: Actor | null, permission: Permission): boolean {
  return actor !== null && roleHas(actor, permission) && (withinLimits.has(permission) || !isLimited(actor))
}

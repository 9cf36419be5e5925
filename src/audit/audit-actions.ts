/** What is done to articles. */
export const articleActions = [
  'article.created',
  'article.updated',
  'article.submitted',
  'article.rejected',
  'article.scheduled',
  'article.published',
  'article.unpublished',
  'article.trashed',
  'article.restored',
  'article.deleted',
] as const
export type ArticleAction = (typeof articleActions)[number]

/** What is done to anything else, by the kind of what it is done to. */
export const otherActions = {
  tag: ['tag.created', 'tag.updated', 'tag.merged', 'tag.deleted'],
  topic: ['topic.created', 'topic.updated', 'topic.merged', 'topic.deleted'],
  author: ['author.created', 'author.updated', 'author.merged', 'author.deleted'],
  'source-domain': ['source.updated'],
  redirect: ['redirect.created', 'redirect.deleted'],
  key: ['key.created', 'key.updated', 'key.rotated', 'key.revoked'],
  'audit-entry': ['audit.erased'],
} as const
export type SubjectKind = keyof typeof otherActions

/** Every action that the audit knows. Of what was refused it has the operation's name instead. */
export const auditActions: readonly string[] = [...articleActions, ...Object.values(otherActions).flat()]

/** What `article.*` stands for; the action itself without an asterisk. */
export const actionsLike = (pattern: string): readonly string[] =>
  pattern.endsWith('.*')
    ? auditActions.filter((action) => action.startsWith(pattern.slice(0, -1)))
    : [pattern]

import type { WrittenKey } from './lock-key.ts'

/** What a key may do from now on, for the audit: `author until 2027-01-01T00:00:00.000Z, in zh-CN, topics <ids>`. */
export function rightsInWords({
  role,
  expiresAt,
  locales,
  topicIds,
}: Pick<WrittenKey, 'role' | 'expiresAt' | 'locales' | 'topicIds'>): string {
  const limits = [
    ...(locales === null ? [] : [`in ${locales.join(' ')}`]),
    ...(topicIds === null ? [] : [`topics ${topicIds.join(' ')}`]),
  ]
  return [`${role}${expiresAt === null ? '' : ` until ${expiresAt.toISOString()}`}`, ...limits].join(', ')
}

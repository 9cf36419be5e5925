import { unattended } from '#src/audit/index.ts'
import { normalizeName } from '#src/content/names.ts'
import type { Deps } from '#src/deps.ts'
import { invalidInput } from '#src/platform/http/invalid-input.ts'
import { describeIssue } from '#src/platform/http/issue-words.ts'
import type { TermRef } from '#src/taxonomy/index.ts'
import { createKey } from './create-key.ts'
import { revokeKey } from './end-key.ts'
import { listKeys } from './list-keys.ts'
import { findTopics } from './queries.ts'
import { type ApiKey, ApiKeyInput } from './schemas.ts'
import { keyView } from './view.ts'

const BY_HAND = unattended('command line')
const PAGE = 100

/** What `masthead keys create` is given. */
export interface KeyOptions {
  readonly name?: string | undefined
  readonly role?: string | undefined
  readonly expires?: string | undefined
  readonly locale?: readonly string[] | undefined
  readonly topic?: readonly string[] | undefined
}

/** Makes a key, and gives it with what is to be said of it. @throws AppError */
export async function createKeyByHand(
  deps: Deps,
  { name, role, expires, locale, topic }: KeyOptions,
): Promise<{ key: string; note: string }> {
  const topics = topic && (await topicRefs(deps, topic))
  const given = { name, role, expiresAt: expires, locales: locale, topics }
  const input = ApiKeyInput.safeParse(given, { error: describeIssue, reportInput: true })
  if (!input.success) throw invalidInput('body', input.error.issues)
  const { row, key } = await createKey(deps, BY_HAND, input.data)
  const note = `The key "${row.name}" (${row.role}), shown this once. To end it: masthead keys revoke ${row.id}`
  return { key, note }
}

/** At a terminal a topic is what it is called, or its slug. */
async function topicRefs({ pool }: Deps, names: readonly string[]): Promise<TermRef[]> {
  const found = await findTopics(pool, [names, names.map(normalizeName)])
  return names.map((name) => (found.some(({ slug }) => slug === name) ? { slug: name } : name))
}

/** All keys as the lines of a table. */
export async function keyTable(deps: Deps): Promise<string[]> {
  const keys: ApiKey[] = []
  let cursor: string | undefined
  do {
    const { rows, page } = await listKeys(deps, { limit: PAGE, cursor })
    keys.push(...rows.map(keyView))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return table([
    ['ID', 'ROLE', 'EXPIRES', 'LAST USED', 'WRITES IN', 'NAME'],
    ...keys.map(({ id, role, expiresAt, lastUsedAt, locales, topics, name }) => [
      id,
      role,
      minuteOf(expiresAt),
      minuteOf(lastUsedAt),
      [...(locales ?? []), ...(topics ?? []).map(({ slug }) => slug)].join(',') || '-',
      name,
    ]),
  ])
}

/** `2026-11-23 20:06Z` */
const minuteOf = (instant: string | null) =>
  instant === null ? 'never' : `${instant.slice(0, 16).replace('T', ' ')}Z`

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Ends a key. @throws AppError `not_found`, `last_admin_key` */
export async function revokeKeyByHand(deps: Deps, id: string): Promise<void> {
  await revokeKey(deps, BY_HAND, id)
}

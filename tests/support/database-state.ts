import { expect } from 'vitest'
import type { TestApi } from './test-api.ts'

/** What writes change; the audit without what it keeps of refusals, which come when they come. */
const TABLES = [
  'article',
  'revision',
  'listing',
  'tag',
  'tag_alias',
  'topic',
  'topic_alias',
  'author',
  'author_alias',
  'citation',
  'source',
  'source_domain',
  'redirect',
  'term_delta',
  'deleted_article',
]

/** Every row that writes can change, as one short text a table. */
async function databaseState(api: TestApi): Promise<unknown> {
  const states = TABLES.map(
    (table) => `(SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM ${table} t) AS ${table}`,
  )
  return await api.rows(
    `SELECT ${states.join(', ')}, (SELECT count(*) FROM audit_entry WHERE outcome = 'done') AS audit`,
  )
}

/** Expects that `work` leaves no trace in what writes change. */
export async function changingNothing(api: TestApi, work: () => PromiseLike<unknown>): Promise<void> {
  const before = await databaseState(api)
  await work()
  expect(await databaseState(api)).toEqual(before)
}

import { expect, test } from 'vitest'
import { countDatabaseTime } from '#src/platform/db/time-spent.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const story = await api.create({ title: 'Timed', body: 'Text.', status: 'published' })
const url = `/v1/articles/${story.id}`

/** The milliseconds that the header names. */
function timing(header: unknown, name: string): number | undefined {
  const [, ms] = new RegExp(`(?:^|, )${name};dur=(\\d+\\.\\d+)`).exec(String(header)) ?? []
  return ms === undefined ? undefined : Number(ms)
}

test('reads say how much of the time went to the database', async () => {
  for (const address of [url, '/v1/articles', '/v1/tags']) {
    const { headers } = await api.reader.get(address).expect(200)
    const database = timing(headers['server-timing'], 'db')
    expect(database).toBeGreaterThan(0)
    expect(timing(headers['server-timing'], 'total')).toBeGreaterThanOrEqual(database ?? Number.NaN)
  }
})

test('so do writes, whose body arrives in pieces', async () => {
  const summary = 'word '.repeat(90)
  const { headers } = await api.admin
    .patch(url)
    .send({ summary, body: 'Long text. '.repeat(20_000) })
    .expect(200)
  expect(timing(headers['server-timing'], 'db')).toBeGreaterThan(0)
})

test('each request counts its own waiting, also for a connection that another has', async () => {
  const [slow, queued, idle] = [{ ms: 0 }, { ms: 0 }, { ms: 0 }]
  const onOneConnection = (time: { ms: number }, statement: string) =>
    new Promise((resolve) => countDatabaseTime(time, () => resolve(api.deps.probe.query(statement))))
  countDatabaseTime(idle, () => {})
  await Promise.all([onOneConnection(slow, 'SELECT pg_sleep(0.2)'), onOneConnection(queued, 'SELECT 1')])
  expect(slow.ms).toBeGreaterThanOrEqual(190)
  expect(queued.ms).toBeGreaterThanOrEqual(190)
  expect(idle.ms).toBe(0)
})

test('an answer that needs no database names none', async () => {
  const { headers } = await api.reader.get('/livez').expect(200)
  expect(headers['server-timing']).toMatch(/^total;dur=\d+\.\d\d$/)
})

test('it changes neither entity tag nor 304, and HEAD has it too', async () => {
  const first = await api.reader.get(url).expect(200)
  const second = await api.reader.get(url).expect(200)
  expect(second.headers.etag).toBe(first.headers.etag)
  const known = await api.reader
    .get(url)
    .set('if-none-match', first.headers.etag ?? '')
    .expect(304)
  const head = await api.reader.head(url).expect(200)
  for (const { headers } of [known, head]) expect(timing(headers['server-timing'], 'db')).toBeGreaterThan(0)
})

test('refusals have it as well', async () => {
  const { headers } = await api.reader.get('/v1/articles/none').expect(404)
  expect(timing(headers['server-timing'], 'db')).toBeGreaterThan(0)
})

import { afterAll, expect, test, vi } from 'vitest'
import { openDatabaseProxy } from '#tests/support/database-proxy.ts'
import { startApi } from '#tests/support/test-api.ts'

const proxy = await openDatabaseProxy()
const api = await startApi({}, (server) => ({ ...server, host: '127.0.0.1', port: proxy.port }))
afterAll(() => proxy.cut())
const soon = { timeout: 20_000, interval: 50 }

test('a key is believed for a second without a database, then it is a 503, and good again with it', async () => {
  const { id, requests } = await api.withKey('viewer')
  const status = async () => (await requests.get('/v1/me')).status
  expect(await status()).toBe(200)
  await proxy.cut()
  await vi.waitFor(async () => expect(await status()).toBe(503), soon)
  expect((await requests.get('/v1/me')).body.code).toBe('database_unavailable')
  await api.reader.get('/v1/me').expect(200)
  await proxy.mend()
  await vi.waitFor(async () => expect(await status()).toBe(200), soon)
  // The polls go on as well.
  await api.rows('UPDATE api_key SET revoked_at = now() WHERE id = $1', [id])
  await vi.waitFor(async () => expect(await status()).toBe(401), soon)
})

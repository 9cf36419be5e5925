import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

describe('GET /livez, /readyz', () => {
  test('200, never kept', async () => {
    const live = await api.reader.get('/livez').expect(200, { status: 'ok' })
    expect(live.headers['cache-control']).toBe('no-store')
    await api.reader.get('/readyz').expect(200, { status: 'ready', checks: { database: 'ok' } })
  })
})

describe('GET /metrics', () => {
  test('401 without a key', async () => {
    await api.reader.get('/metrics').expect(401)
  })

  test('200: requests are counted by the route’s pattern', async () => {
    await api.reader.get('/v1/articles/no-such-article').expect(404)
    const { text, headers } = await api.admin.get('/metrics').expect(200)
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(text).toContain(
      'masthead_http_requests_total{method="GET",route="/v1/articles/:ref",status="404"} 1',
    )
    expect(text).toContain('masthead_db_connections{state="open"}')
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).not.toContain('no-such-article')
  })
})

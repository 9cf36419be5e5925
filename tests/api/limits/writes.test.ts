import { expect, test } from 'vitest'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'
import { limitedApp, statusesOf } from './limited-app.ts'

const api = await startApi()

test('RATE_LIMIT_WRITES is per key, from wherever it comes, and apart from reads', async () => {
  const { send, clock } = await limitedApp(api, { reads: '1/s,2', writes: '2/s,4' })
  const write = (n: number) =>
    send({ method: 'POST', key: ADMIN_KEY, from: `203.0.113.${n}`, payload: { title: `Story ${n}` } })
  expect(await statusesOf(7, write)).toEqual({ 201: 4, 429: 3 })
  expect(await statusesOf(3, () => send({ key: ADMIN_KEY }))).toEqual({ 200: 2, 429: 1 })
  clock.ms += 1_000
  expect(await statusesOf(4, write)).toEqual({ 201: 2, 429: 2 })
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
  '%s is a write, also one that is refused',
  async (method) => {
    const { send } = await limitedApp(api, { writes: '1/h' })
    const url = method === 'POST' ? '/v1/articles' : '/v1/articles/none'
    const write = () => send({ method, url, key: ADMIN_KEY, headers: { 'content-type': 'text/csv' } })
    expect((await write()).status).toBeLessThan(429)
    const refused = await write()
    expect(refused.status).toBe(429)
    expect(refused.json()).toMatchObject({
      limit: 'writes',
      detail: expect.stringContaining('writes with this key'),
    })
  },
)

test('the answer to a write says what is left', async () => {
  const { send } = await limitedApp(api, { writes: '100/s,1000' })
  const { headers } = await send({ method: 'POST', key: ADMIN_KEY, payload: { title: 'Left' } })
  expect(headers).toMatchObject({
    'ratelimit-policy': '"writes";q=1000;w=10',
    ratelimit: '"writes";r=999;t=1',
  })
})

test('what a key may not do is paid for too: it may cost a look-up', async () => {
  const { body } = await api.admin.post('/v1/api-keys').send({ name: 'Site', role: 'reader' }).expect(201)
  const { send } = await limitedApp(api, { writes: '1/h,3' })
  const refused = () => send({ method: 'DELETE', url: '/v1/articles/none', key: body.key })
  const counts = await statusesOf(5, refused)
  expect(counts[429]).toBe(2)
})

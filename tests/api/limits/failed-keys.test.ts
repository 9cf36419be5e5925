import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { statementsOf } from '#tests/support/statements.ts'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'
import { limitedApp, statusesOf } from './limited-app.ts'

const api = await startApi()
const wrongKey = () => `mh_${randomBytes(6).toString('hex')}_${randomBytes(22).toString('hex')}`
const byLookUp = (statements: readonly string[]) => statements.filter((one) => /find.*key/i.test(one))

describe('RATE_LIMIT_FAILED_KEYS', () => {
  test('10 wrong keys a minute of an address are a 401 each, further ones a 429', async () => {
    const { send, clock } = await limitedApp(api, { failedKeys: '10/min' })
    const wrong = () => send({ key: wrongKey() })
    expect(await statusesOf(25, wrong)).toEqual({ 401: 10, 429: 15 })
    const refused = await wrong()
    expect(refused.headers).toMatchObject({
      'retry-after': '6',
      'ratelimit-policy': '"failed-keys";q=10;w=60',
    })
    expect(refused.json()).toMatchObject({ code: 'rate_limited', limit: 'failed-keys' })
    expect((await send({ key: wrongKey(), from: '198.51.100.2' })).status).toBe(401)
    clock.ms += 6_000
    expect(await statusesOf(3, wrong)).toEqual({ 401: 1, 429: 2 })
  })

  test('a wrong secret of a key that there is counts like any other', async () => {
    const { send } = await limitedApp(api, { failedKeys: '10/min' })
    const guess = () => send({ key: `${ADMIN_KEY.slice(0, -4)}${randomBytes(2).toString('hex')}` })
    expect(await statusesOf(15, guess)).toEqual({ 401: 10, 429: 5 })
  })

  test('known keys from that address are unaffected, and so is whoever has none', async () => {
    const { send } = await limitedApp(api, { failedKeys: '10/min' })
    await statusesOf(12, () => send({ key: wrongKey() }))
    expect(await statusesOf(20, () => send({ key: ADMIN_KEY }))).toEqual({ 200: 20 })
    expect(await statusesOf(20, () => send())).toEqual({ 200: 20 })
  })

  test('a request without a key is no failed key', async () => {
    const { send } = await limitedApp(api, { failedKeys: '1/h' })
    expect(await statusesOf(5, () => send({ method: 'POST', payload: { title: 'x' } }))).toEqual({ 401: 5 })
    expect((await send({ key: wrongKey() })).status).toBe(401)
  })

  test('a good key that was looked up for the first time takes nothing', async () => {
    const { send } = await limitedApp(api, { failedKeys: '1/h' })
    expect(await statusesOf(5, () => send({ key: ADMIN_KEY }))).toEqual({ 200: 5 })
    expect((await send({ key: wrongKey() })).status).toBe(401)
  })
})

test('a crowd of wrong keys at once is no crowd of look-ups', async () => {
  const { send } = await limitedApp(api, { failedKeys: '10/min' })
  const statements = await statementsOf(async () => {
    const statuses = await Promise.all(
      Array.from({ length: 300 }, () => send({ key: wrongKey() }).then(({ status }) => status)),
    )
    expect(statuses.filter((status) => status === 401)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(290)
  })
  expect(byLookUp(statements).length).toBeLessThanOrEqual(10)
})

test('a storm of 5,000 wrong keys from a thousand addresses: as many look-ups as are allowed, all remembered in one bound', async () => {
  const { send, limits } = await limitedApp(api, { failedKeys: '2/min', reads: '200/s,2000' })
  const counts: Record<number, number> = {}
  const statements = await statementsOf(async () => {
    for (let wave = 0; wave < 50; wave += 1) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          send({ key: wrongKey(), from: `203.0.${(wave * 100 + n) % 4}.${(wave * 100 + n) % 250}` }),
        ),
      )
      for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
    }
  })
  expect((counts[401] ?? 0) + (counts[429] ?? 0)).toBe(5_000)
  expect(counts[401]).toBe(1_000)
  expect(byLookUp(statements).length).toBeLessThanOrEqual(1_000)
  expect(limits.size).toBe(500)
})

import { expect, test } from 'vitest'
import { buildApp } from '#src/app.ts'
import { createLimits } from '#src/limits/index.ts'
import { parseRate } from '#src/platform/rate.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

/** How many addresses the limits take these requests for. */
async function addressesSeen(
  trustProxy: boolean | number | string[],
  requests: readonly (readonly [peer: string, forwarded: string])[],
): Promise<number> {
  const reads = parseRate('1000/s') ?? null
  const limits = createLimits({ reads, writes: null, failedKeys: null })
  const app = await buildApp({ ...api.deps, config: { ...api.deps.config, trustProxy }, limits })
  for (const [remoteAddress, forwarded] of requests)
    await app.inject({
      url: '/v1/articles?limit=1',
      remoteAddress,
      headers: { 'x-forwarded-for': forwarded },
    })
  await app.close()
  return limits.size
}

const forged = Array.from({ length: 20 }, (_, n) => `203.0.113.${n}`)

test('without TRUST_PROXY, X-Forwarded-For is nobody’s to choose', async () => {
  expect(
    await addressesSeen(
      false,
      forged.map((address) => ['198.51.100.1', address]),
    ),
  ).toBe(1)
})

test('with addresses in TRUST_PROXY, only theirs is believed', async () => {
  const proxies = ['10.0.0.0/8']
  expect(
    await addressesSeen(
      proxies,
      forged.map((address) => ['198.51.100.1', address]),
    ),
  ).toBe(1)
  expect(
    await addressesSeen(
      proxies,
      forged.map((address) => ['10.0.0.1', address]),
    ),
  ).toBe(20)
})

test('what a client puts before the address that the proxy adds changes nothing', async () => {
  const requests = forged.map((address) => ['10.0.0.1', `${address}, 198.51.100.7`] as const)
  expect(await addressesSeen(['10.0.0.0/8'], requests)).toBe(1)
  expect(await addressesSeen(1, requests)).toBe(1)
})

test('with a number, the address that the outermost of so many proxies saw counts', async () => {
  const requests = forged.map((address) => ['10.0.0.1', `192.0.2.9, ${address}, 10.0.0.2`] as const)
  expect(await addressesSeen(2, requests)).toBe(20)
  expect(await addressesSeen(3, requests)).toBe(1)
})

test('what is no address counts as the proxy', async () => {
  const requests = ['garbage', '<script>', 'unknown', '_hidden', '1.2.3.4.5'].map(
    (text) => ['10.0.0.1', text] as const,
  )
  expect(await addressesSeen(true, requests)).toBe(1)
})

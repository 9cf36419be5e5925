import { chmodSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bootstrapAdminKey } from '#src/auth/index.ts'
import { startApi } from '#tests/support/test-api.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'masthead-keys-'))
const api = await startApi({ dataDir })
const start = (adminKey: string | undefined) =>
  bootstrapAdminKey({ ...api.deps, config: { ...api.deps.config, adminKey } })
const works = async (key: string) =>
  (await api.reader.get('/metrics').set('authorization', `Bearer ${key}`)).status === 200

const first = `mh_firstkey01_${'a'.repeat(40)}`
const second = `mh_secondkey2_${'b'.repeat(40)}`

test('another configured key takes the place of the one before', async () => {
  expect(await start(first)).toBeNull()
  expect(await works(first)).toBe(true)
  await start(second)
  expect([await works(first), await works(second)]).toEqual([false, true])
})

test('the same id with another secret: only the new one holds', async () => {
  await start(second)
  const other = second.replaceAll('b', 'c')
  await start(other)
  expect([await works(second), await works(other)]).toEqual([false, true])
})

test('without any, one is made, given once and kept where only its owner reads it', async () => {
  await api.rows('DELETE FROM api_key')
  const made = await start(undefined)
  expect(made?.key).toMatch(/^mh_[A-Za-z0-9]{12}_[A-Za-z0-9]{43}$/)
  expect(await works(made?.key ?? '')).toBe(true)
  const file = join(dataDir, 'admin-key')
  expect(readFileSync(file, 'utf8')).toBe(`${made?.key}\n`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await start(undefined)).toBeNull()
})

test('a kept file is used again for an emptied database, and closed to others', async () => {
  const file = join(dataDir, 'admin-key')
  chmodSync(file, 0o644)
  await api.rows('DELETE FROM api_key')
  const made = await start(undefined)
  expect(readFileSync(file, 'utf8')).toBe(`${made?.key}\n`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

import { join } from 'node:path'
import { expect, inject, test, vi } from 'vitest'
import { requestsWith, startApi } from '#tests/support/test-api.ts'
import { startNode } from '../../fault/support/child-process.ts'

const api = await startApi()
const [named] = await api.rows<{ name: string }>('SELECT current_database() AS name')
const { user, password, host, port } = inject('admin')
// The server listens on a Unix socket, in a folder.
const at = new URLSearchParams({ host, port: String(port) })
const DATABASE_URL = `postgresql://${user}:${password}@localhost/${named?.name}?${at}`
const cli = join(import.meta.dirname, '..', '..', '..', 'src', 'cli.ts')

async function masthead(...words: string[]) {
  const process = startNode([cli, ...words], { env: { DATABASE_URL } })
  const code = await process.ended()
  return { code, stdout: process.stdout(), stderr: process.stderr() }
}

test('makes keys, lists them and ends them, beside a running server', async () => {
  await api.admin.post('/v1/topics').send({ name: '人工智能', slug: 'ai' }).expect(201)
  const limits = ['--expires', '2999-01-01T00:00:00Z', '--locale', 'zh-cn', '--locale', 'en', '--topic', 'ai']
  const made = await masthead('keys', 'create', '--name', 'Desk', '--role=author', ...limits)
  expect([made.code, made.stdout]).toEqual([
    0,
    expect.stringMatching(/^mh_[A-Za-z0-9]{12}_[A-Za-z0-9]{43}\n$/),
  ])
  const key = made.stdout.trim()
  const [, id = ''] = key.split('_')
  expect(made.stderr).toContain('shown this once')
  expect(made.stderr).not.toContain(key)
  await requestsWith(api.url, key).get('/v1/me').expect(200)
  const { body } = await api.admin.get(`/v1/api-keys/${id}`).expect(200)
  expect(body).toMatchObject({ name: 'Desk', role: 'author', locales: ['zh-CN', 'en'], createdBy: null })
  expect(body.topics).toEqual([{ slug: 'ai', name: '人工智能' }])

  const listed = await masthead('keys', 'list')
  expect(listed.stdout).toMatch(new RegExp(`^${id}  author  2999-01-01 00:00Z  .*zh-CN,en,ai  Desk$`, 'm'))
  expect(listed.stdout).not.toContain(key.slice(-43))

  const ended = await masthead('keys', 'revoke', id)
  expect([ended.code, ended.stdout]).toEqual([0, `The key ${id} is no longer valid.\n`])
  await vi.waitFor(
    async () => expect((await requestsWith(api.url, key).get('/v1/me')).status).toBe(401),
    3_000,
  )
})

test.each([
  [['create'], 1, 'name: '],
  [['create', '--name', 'Desk', '--role', 'publisher'], 1, 'role: '],
  [['create', '--name', 'Desk', '--role', 'author', '--topic', 'nothing'], 1, 'There is no topic "nothing".'],
  [['create', '--role'], 2, "Option '--role <value>' argument missing."],
  [['revoke', 'nobody'], 1, 'There is no such API key.'],
  [['revoke', 'testadmin1'], 1, 'This is the last admin key'],
  [['revoke'], 2, 'Missing argument <id>.'],
  [['frobnicate'], 2, 'Unknown command "keys frobnicate".'],
  [[], 2, 'Unknown command "keys".'],
])('keys %j ends with %i, and says why', async (words, code, said) => {
  const refused = await masthead('keys', ...words)
  expect([refused.code, refused.stdout]).toEqual([code, ''])
  expect(refused.stderr).toContain(said)
})

import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rebuild } from '#src/rebuild/index.ts'
import { importFolder, seedsFolder } from '#src/transfer/index.ts'
import { startApi } from '#tests/support/test-api.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'masthead-rebuild-'))
const api = await startApi({ dataDir })
await importFolder(api.deps, seedsFolder)
const articles = async () => (await api.admin.get('/v1/articles?limit=100').expect(200)).body.data
const whole = async () =>
  Promise.all(
    (await articles()).map(
      async ({ id }: { id: string }) => (await api.admin.get(`/v1/articles/${id}`)).body,
    ),
  )

test('restores what was derived, and touches nothing else', async () => {
  const before = await whole()
  await api.rows(
    `UPDATE article SET html = '', toc = '[]', title = 'x', word_count = 0, excerpt = '', tag_ids = '{}'`,
  )
  await api.rows('DELETE FROM article_tag')
  await api.rows('DELETE FROM citation WHERE ordinal > 1')
  await api.rows(`UPDATE citation SET text = 'changed', title = NULL`)
  expect(await whole()).not.toEqual(before)
  expect(await rebuild(api.deps)).toEqual({ rebuilt: 5, failed: [] })
  expect(await whole()).toEqual(before)
})

test('leaves life alone: what was published, moved or renamed since stays so', async () => {
  const { id } = await api.create({ title: 'Moved', slug: 'moved' })
  await api.admin.post(`/v1/articles/${id}/publish`).send({ publishAt: '2020-01-01T00:00:00Z' }).expect(200)
  const before = (await api.admin.get(`/v1/articles/${id}`)).body
  await rebuild(api.deps)
  expect((await api.admin.get(`/v1/articles/${id}`)).body).toEqual(before)
})

test('goes on where it was broken off, unless told otherwise', async () => {
  const ids = (await api.rows<{ id: string }>('SELECT id FROM article ORDER BY id')).map(({ id }) => id)
  writeFileSync(join(dataDir, 'rebuild-place'), ids[2] ?? '')
  expect((await rebuild(api.deps)).rebuilt).toBe(ids.length - 3)
  expect(existsSync(join(dataDir, 'rebuild-place'))).toBe(false)
  writeFileSync(join(dataDir, 'rebuild-place'), ids[2] ?? '')
  expect((await rebuild(api.deps, { restart: true })).rebuilt).toBe(ids.length)
})

test('names what can’t be read any more, and goes on', async () => {
  const { id } = await api.create({ title: 'Broken later' })
  await api.rows('ALTER TABLE revision DISABLE TRIGGER revision_is_insert_only')
  await api.rows(`UPDATE revision SET front_matter = E'---\\ntitle: [\\n---\\n' WHERE article_id = $1`, [id])
  const { failed, rebuilt } = await rebuild(api.deps)
  expect(failed).toMatchObject([{ id, problem: expect.stringMatching(/./) }])
  expect(rebuilt).toBe(6)
})

import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
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

/** The rows that hang on articles, as the API shows them only in part. */
const rows = async () => ({
  articles: await api.rows('SELECT * FROM article ORDER BY id'),
  citations: await api.rows('SELECT * FROM citation ORDER BY article_id, position'),
  tags: await api.rows('SELECT * FROM article_tag ORDER BY article_id, position'),
  topics: await api.rows('SELECT * FROM article_topic ORDER BY article_id, position'),
  authors: await api.rows('SELECT * FROM article_author ORDER BY article_id, position'),
  listing: await api.rows('SELECT * FROM listing ORDER BY article_id'),
})

test('changes no row of what is as it should be, ids included', async () => {
  const before = await rows()
  expect((await rebuild(api.deps)).failed).toEqual([])
  expect(await rows()).toEqual(before)
})

test('restores what was derived, and touches nothing else', async () => {
  const before = await whole()
  const { articles, tags } = await rows()
  await api.rows(
    `UPDATE article SET html = '', toc = '[]', title = 'x', word_count = 0, excerpt = '', tag_ids = '{}'`,
  )
  await api.rows('DELETE FROM article_tag')
  await api.rows('DELETE FROM citation WHERE ordinal > 1')
  await api.rows(`UPDATE citation SET text = 'changed', title = NULL`)
  expect(await whole()).not.toEqual(before)
  expect(await rebuild(api.deps)).toEqual({ rebuilt: 5, failed: [] })
  expect(await whole()).toEqual(before)
  expect(await rows()).toMatchObject({ articles, tags })
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
  const failed = [{ id: ids[1], problem: 'It could not be read.' }]
  const place = JSON.stringify({ after: ids[2], failed })
  writeFileSync(join(dataDir, 'rebuild-place'), place)
  expect(await rebuild(api.deps)).toEqual({ rebuilt: ids.length - 3, failed })
  expect(existsSync(join(dataDir, 'rebuild-place'))).toBe(false)
  writeFileSync(join(dataDir, 'rebuild-place'), place)
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

test('a place that is none is the beginning', async () => {
  const [{ count } = { count: 0 }] = await api.rows<{ count: number }>(
    'SELECT count(*)::int AS count FROM article',
  )
  for (const place of ['', 'half a pla', '{"after":"x","failed":[]}']) {
    writeFileSync(join(dataDir, 'rebuild-place'), place)
    const { rebuilt, failed } = await rebuild(api.deps)
    expect(rebuilt + failed.length).toBe(count)
  }
})

test('notes its place, with what failed so far, in a data folder that nothing else has made', async () => {
  for (let batch = 0; batch < 10; batch += 1) {
    await Promise.all(Array.from({ length: 10 }, (_, n) => api.create({ title: `One of many ${batch}${n}` })))
  }
  const elsewhere = join(dataDir, 'not', 'yet', 'there')
  const deps = { ...api.deps, config: { ...api.deps.config, dataDir: elsewhere } }
  // Breaks off at an article after the first hundred.
  const [last] = await api.rows<{ id: string }>('SELECT id FROM article ORDER BY id DESC LIMIT 1')
  const pool = new Proxy(api.deps.pool, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name, target)
      return (query: { values?: unknown[] }) => {
        if (query.values?.[0] === last?.id) throw new Error('The power goes.')
        return target.query(query as never)
      }
    },
  })
  await expect(rebuild({ ...deps, pool })).rejects.toThrow('The power goes.')
  const place = JSON.parse(readFileSync(join(elsewhere, 'rebuild-place'), 'utf8'))
  expect(place).toMatchObject({ after: expect.any(String), failed: [{ problem: expect.any(String) }] })
  const resumed = await rebuild(deps)
  expect(resumed.failed).toEqual(place.failed)
  expect(resumed.rebuilt).toBeLessThan(100)
})

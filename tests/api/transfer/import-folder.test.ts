import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type FileOutcome,
  importFolder,
  outcomeLines,
  seedsFolder,
  summaryLine,
} from '#src/transfer/index.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()

function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'masthead-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const tally = (outcomes: readonly FileOutcome[]) => outcomes.map(({ outcome }) => outcome)

describe('the seeds', () => {
  test('are all published, stored byte for byte, and unchanged when imported again', async () => {
    const files = readdirSync(seedsFolder).sort()
    const first = await importFolder(api.deps, seedsFolder)
    expect(tally(first)).toEqual(files.map(() => 'created'))
    for (const [index, file] of files.entries()) {
      const outcome = first[index]
      if (outcome?.outcome !== 'created') throw new Error(`${file} was not created`)
      const { body } = await api.reader.get(`/v1/articles/${outcome.slug}`).expect(200)
      expect(body).toMatchObject({ status: 'published', revision: 1 })
      const { text } = await api.admin.get(`/v1/articles/${outcome.slug}?format=markdown`).expect(200)
      expect(text).toBe(readFileSync(join(seedsFolder, file), 'utf8'))
    }
    const again = await importFolder(api.deps, seedsFolder)
    expect(tally(again)).toEqual(files.map(() => 'unchanged'))
    expect(summaryLine(again)).toBe('5 documents: 5 unchanged')
    const [row] = await api.rows('SELECT count(*)::int AS revisions FROM revision')
    expect(row).toEqual({ revisions: 5 })
  })

  test('the news site’s own document: tags, topics, citation', async () => {
    await importFolder(api.deps, seedsFolder)
    const { body } = await api.reader.get('/v1/articles/silicon-valley-ai-war').expect(200)
    expect(body).toMatchObject({
      title: '硅谷AI战局：Meta抄袭疑云、OpenAI模型挫败与超级智能的竞速',
      locale: 'zh-CN',
      publishedAt: '2025-07-02T04:40:04.000Z',
      topics: [{ name: '前沿模型与算法' }, { name: '产业生态与商业版图' }, { name: '算力与芯片' }],
      featuredImage: { url: '/newsimages/selected_image_YYYY-07-Jul 2, 2025_12-33-42-598.jpg' },
      citations: [
        {
          label: '1',
          ordinal: 1,
          title: 'Meta抄袭DeepSeek大翻车？硅谷大佬爆料亮点满满，AI军备烧钱真相震碎硅谷',
          url: 'https://finance.sina.com.cn/stock/t/2025-07-02/doc-infczvkn8103861.shtml',
          source: { domain: 'sina.com.cn', tier: 'unknown' },
          referenceCount: 1,
        },
      ],
    })
    expect(body.tags.map(({ name }: { name: string }) => name)).toEqual([
      'AI军备竞赛',
      '超级智能',
      '大模型',
      'Meta',
      'OpenAI',
      '苹果',
      '算力',
      '模型架构',
      'AI人才战',
    ])
    expect(body.toc.map(({ text }: { text: string }) => text)).toContain('Meta的困境与AI人才争夺战')
  })
})

describe('a folder', () => {
  test('takes the slug of the front matter, else of the file', async () => {
    const folder = folderWith({
      'from-name.md': '# A\n',
      'other.md': '---\ntitle: B\nslug: from-front-matter\n---\nText',
    })
    const outcomes = await importFolder(api.deps, folder)
    expect(outcomes).toMatchObject([{ slug: 'from-name' }, { slug: 'from-front-matter' }])
  })

  test('publishes what has a past date, unless it says otherwise', async () => {
    const folder = folderWith({
      'past.md': '---\ntitle: Past\ndate: 2020-01-01\n---\n',
      'past-draft.md': '---\ntitle: Past draft\ndate: 2020-01-01\ndraft: true\n---\n',
      'undated.md': '---\ntitle: Undated\n---\n',
      'future.md': '---\ntitle: Future\ndate: 2999-01-01\n---\n',
      'future-said.md': '---\ntitle: Future said\ndate: 2999-01-01\ndraft: false\n---\n',
    })
    await importFolder(api.deps, folder)
    const statuses = await Promise.all(
      ['past', 'past-draft', 'undated', 'future', 'future-said'].map(
        async (slug) => (await api.admin.get(`/v1/articles/${slug}`)).body.status,
      ),
    )
    expect(statuses).toEqual(['published', 'draft', 'draft', 'draft', 'scheduled'])
  })

  test('makes a revision of what has changed, and keeps ids and addresses', async () => {
    const folder = folderWith({
      'changing.md':
        '---\ntitle: Before\ndate: 2020-01-01\ntags: [a, b]\n---\nText[^1]\n\n[^1]: [N](https://example.org/n)\n',
    })
    await importFolder(api.deps, folder)
    const before = (await api.reader.get('/v1/articles/changing')).body
    writeFileSync(
      join(folder, 'changing.md'),
      '---\ntitle: After\ndate: 2020-01-02\ntags: [b, c]\n---\nOther text\n',
    )
    expect(tally(await importFolder(api.deps, folder))).toEqual(['updated'])
    const after = (await api.reader.get('/v1/articles/changing')).body
    expect(after).toMatchObject({
      id: before.id,
      title: 'After',
      revision: 2,
      publishedAt: '2020-01-02T00:00:00.000Z',
      tags: [{ name: 'b' }, { name: 'c' }],
      citations: [],
      createdAt: before.createdAt,
    })
    const revisions = await api.rows('SELECT number, title FROM revision WHERE article_id = $1 ORDER BY 1', [
      before.id,
    ])
    expect(revisions).toEqual([
      { number: 1, title: 'Before' },
      { number: 2, title: 'After' },
    ])
  })

  test('goes on after files that are wrong, and names file and line', async () => {
    const folder = folderWith({
      'a-good.md': '# Good\n',
      'b-date.md': '---\ntitle: T\ndate: 2015-02-30\n---\n',
      'c-yaml.md': '---\ntitle: [open\n---\n',
      'd-bytes.md': Buffer.from([0x23, 0x20, 0xff, 0x0a]),
      'e-good.md': '# Also good\n',
    })
    const outcomes = await importFolder(api.deps, folder)
    expect(tally(outcomes)).toEqual(['created', 'failed', 'failed', 'failed', 'created'])
    const lines = outcomes.flatMap((outcome) => outcomeLines(outcome, folder))
    expect(lines[1]).toMatch(/^failed {4}b-date\.md:3(:\d+)?: /)
    expect(lines[2]).toMatch(/^failed {4}c-yaml\.md:\d+:\d+: /)
    expect(lines[3]).toMatch(/^failed {4}d-bytes\.md:1:3: /)
    expect(summaryLine(outcomes)).toBe('5 documents: 2 created, 3 failed')
  })

  test('goes on after files whose name is no slug, or that hold what can’t be stored', async () => {
    const folder = folderWith({
      '123e4567-e89b-12d3-a456-426614174000.md': '# An id\n',
      'first-day.md': '---\ntitle: T\ndate: 0001-01-01T00:00:00+08:00\n---\n',
      'long-host.md': `# Long host\n\nx[^1]\n\n[^1]: [t](https://${'q'.repeat(4_000)}.com)\n`,
      'long-tag.md': `---\ntitle: T\ntags: [b, ${'\u3300'.repeat(200)}]\n---\n`,
      'search.md': '# An operation\n',
      'zz-good.md': '# Good\n',
    })
    const outcomes = await importFolder(api.deps, folder)
    expect(tally(outcomes)).toEqual(['failed', 'failed', 'created', 'failed', 'failed', 'created'])
    const lines = outcomes.flatMap((outcome) => outcomeLines(outcome, folder))
    expect(lines[0]).toMatch(/no slug.*does not look like an id/)
    expect(lines[1]).toMatch(/first-day\.md:3:7: .*years 1 to 9999/)
    expect(lines[3]).toMatch(/long-tag\.md:3:\d+: tags\[1\] /)
    expect(lines[4]).toMatch(/no slug.*"search" is the name of an operation/)
  })

  test('goes on after a file that the database refuses', async () => {
    const folder = folderWith({ 'a-refused.md': '# Refused\n', 'b-good.md': '# Good\n' })
    await api.rows(`ALTER TABLE revision ADD CONSTRAINT refused CHECK (title <> 'Refused')`)
    const outcomes = await importFolder(api.deps, folder).finally(() =>
      api.rows('ALTER TABLE revision DROP CONSTRAINT refused'),
    )
    expect(tally(outcomes)).toEqual(['failed', 'created'])
    expect(outcomes[0]).toMatchObject({ problems: [{ message: expect.stringContaining('refused') }] })
  })

  test('leaves out what generators make new documents of', async () => {
    const folder = folderWith({ 'post.md': '# Post\n' })
    for (const name of ['archetypes', 'scaffolds']) {
      mkdirSync(join(folder, 'site', name), { recursive: true })
      writeFileSync(join(folder, 'site', name, 'default.md'), '---\ntitle: {{ title }}\n---\n')
    }
    expect(await importFolder(api.deps, folder)).toMatchObject([{ slug: 'post' }])
  })

  test('two files with one slug: the second is refused, nothing is overwritten', async () => {
    const folder = folderWith({
      'x.md': '---\ntitle: First\nslug: one\n---\n',
      'y.md': '---\ntitle: Second\nslug: one\n---\n',
    })
    const outcomes = await importFolder(api.deps, folder)
    expect(tally(outcomes)).toEqual(['created', 'failed'])
    expect((await api.admin.get('/v1/articles/one')).body.title).toBe('First')
  })

  test('a document without a title has its file’s name, and is marked', async () => {
    await importFolder(api.deps, folderWith({ 'no-title-at-all.md': 'Just text.\n' }))
    const { body } = await api.admin.get('/v1/articles/no-title-at-all').expect(200)
    expect(body).toMatchObject({ title: 'no-title-at-all', needsAttention: true })
  })

  test('folders within are walked, and files that are no Markdown left alone', async () => {
    const folder = folderWith({ 'image.jpg': Buffer.from([0xff, 0xd8]) })
    cpSync(seedsFolder, join(folder, '2025', 'july'), { recursive: true })
    expect(await importFolder(api.deps, folder)).toHaveLength(5)
  })
})

describe('a document that can be read', () => {
  test('is imported, and what there is to say of it is told with its place', async () => {
    const folder = folderWith({
      'odd.md': '---\ntitle: Odd\ndraft: false\n---\nText {{< gallery >}} and [^gone].\n\n##No blank\n',
    })
    const [outcome] = await importFolder(api.deps, folder)
    if (outcome === undefined) throw new Error('Nothing was imported.')
    const lines = outcomeLines(outcome, folder)
    expect(lines[0]).toBe('created   odd.md → odd')
    expect(lines.slice(1).sort()).toEqual([
      expect.stringMatching(/^finding {3}odd\.md:5:26: .*gone/),
      expect.stringMatching(/^finding {3}odd\.md:5:6: .*gallery/),
      expect.stringMatching(/^finding {3}odd\.md:7:1: /),
    ])
  })
})

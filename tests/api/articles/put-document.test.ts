import { describe, expect, test } from 'vitest'
import { patchArticle } from '#src/articles/patch-article.ts'
import { unattended } from '#src/audit/index.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const put = (ref: string, text: string) =>
  api.admin.put(`/v1/articles/${ref}`).set('content-type', 'text/markdown').send(text)

describe('PUT /v1/articles/:ref', () => {
  test('by many at once to a slug that is free: one creates, the others find it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => put('same-for-all', '---\ntitle: Same\n---\nx')),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201])
    expect(new Set(answers.map(({ body }) => `${body.id} ${body.revision}`)).size).toBe(1)
  })

  test('by many with other texts: all are revisions of one article', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => put('another-each', `---\ntitle: Number ${n}\n---\nx`)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201])
    expect(answers.map(({ body }) => body.revision).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('201: says where address and front matter name the article differently', async () => {
    const { body } = await put(
      'free-slug-x?locale=en',
      '---\ntitle: S\nslug: other-slug\nlang: fr\n---\nx',
    ).expect(201)
    expect(body).toMatchObject({ slug: 'free-slug-x', locale: 'en' })
    expect(body.findings).toMatchObject([{ rule: 'slug-of-address' }, { rule: 'locale-of-address' }])
    expect(body.findings[0].message).toContain('"other-slug"')
    const { body: agreed } = await put('agreed', '---\ntitle: S\nslug: agreed\n---\nx').expect(201)
    expect(agreed).not.toHaveProperty('findings')
  })

  test('200: over a document that can’t be read any more', async () => {
    const { id } = await api.create({
      title: 'Broken later',
      slug: 'broken-later',
      translationKey: 'key',
      publishedAt: '2020-01-01T00:00:00Z',
      unpublishAt: '2099-01-01T00:00:00Z',
    })
    const broken = '---\ntitle: [\n---\n'
    await api.rows('ALTER TABLE revision DISABLE TRIGGER revision_is_insert_only')
    await api.rows(`UPDATE revision SET front_matter = $2 WHERE article_id = $1`, [id, broken])
    const { text } = await api.admin.get(`/v1/articles/${id}?format=markdown`).expect(200)
    expect((await put(id, text).expect(200)).body.revision).toBe(1)
    const { body } = await put('broken-later', '---\ntitle: Good\ndate: 2021-01-01\n---\nx').expect(200)
    expect(body).toMatchObject({
      title: 'Good',
      revision: 2,
      slug: 'broken-later',
      translationKey: 'key',
      publishedAt: '2021-01-01T00:00:00.000Z',
      unpublishAt: '2099-01-01T00:00:00.000Z',
    })
  })

  test('400: If-Match that holds no entity tag names the header', async () => {
    await api.create({ title: 'Guarded', slug: 'guarded' })
    for (const header of ['garbage', '1-x', '"1-x" and more', '""x']) {
      const { body } = await put('guarded', '# Other').set('if-match', header).expect(400)
      expect(body.errors).toMatchObject([{ in: 'header', path: 'if-match', code: 'invalid_entity_tag' }])
    }
    await put('guarded', '# Other').set('if-match', '"garbage"').expect(412)
    await put('guarded', '# Other').set('if-match', ' W/"7-a,b" , ,"1-x-br"').expect(200)
  })
})

test('a PATCH that changes nothing in what it read is not lost on what another node has written since', async () => {
  const { id } = await api.create({ title: 'A', slug: 'two-nodes' })
  let isWritten = false
  const pool = new Proxy(api.deps.pool, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name, target)
      return async (query: { name?: string }) => {
        const result = await target.query(query as never)
        if (query.name === 'find_written_article' && !isWritten) {
          isWritten = true
          await api.admin.patch(`/v1/articles/${id}`).send({ title: 'B' }).expect(200)
        }
        return result
      }
    },
  })
  // Another node: its writers do not queue with ours.
  const node = { ...api.deps, pool, turns: { take: <T>(_: string, work: () => Promise<T>) => work() } }
  const { row, changed } = await patchArticle(node, id, { title: 'A' }, { trail: unattended('another node') })
  expect({ changed, title: row.title, revision: row.revision }).toEqual({
    changed: true,
    title: 'A',
    revision: 3,
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({ siteTimeZone: 'Asia/Shanghai' })

type Item = Record<string, unknown> & { title: string; id: string }

const note = (url: string) => `Fact.[^1]\n\n[^1]: [Report](${url})\n`
const articles: Record<string, Record<string, unknown>> = {
  a: { publishedAt: '2025-03-01T00:00:00Z', tags: ['AI', 'Chips'], topics: ['Technology'], authors: ['Lin'] },
  b: { publishedAt: '2025-02-01T00:00:00Z', tags: ['AI'], topics: ['Business'], locale: 'en' },
  c: { publishedAt: '2025-01-31T16:30:00Z', tags: ['Chips', 'Trade, world'], topics: ['Technology'] },
  d: { publishedAt: '2024-01-01T00:00:00Z', tags: ['Energy'], body: note('https://www.example.org/report') },
  e: {
    publishedAt: '2023-01-01T00:00:00Z',
    tags: ['AI', 'Energy'],
    body: note('https://sub.example.org/other'),
  },
}
const ids: Record<string, string> = {}

beforeAll(async () => {
  for (const [title, fields] of Object.entries(articles)) {
    const { id } = await api.create({ title, slug: title, status: 'published', body: 'Text.', ...fields })
    ids[title] = id
  }
  await api.create({
    title: 'draft',
    tags: ['AI', 'Secret'],
    authors: ['Ghost'],
    locale: 'fr',
    body: note('https://secret.example/x'),
  })
  await api.create({ title: 'later', status: 'published', publishedAt: '2999-01-01T00:00:00Z', tags: ['AI'] })
  const { id } = await api.create({ title: 'trashed', status: 'published', tags: ['AI'] })
  await api.admin.delete(`/v1/articles/${id}`).expect(204)
})

async function titles(query: string, asker = api.reader): Promise<string> {
  const { body } = await asker.get(`/v1/articles?${query}`).expect(200)
  return body.data.map(({ title }: Item) => title).join('')
}

describe('GET /v1/articles, filtered', () => {
  test.each<[query: string, expected: string]>([
    ['', 'abcde'],
    ['tag=ai', 'abe'],
    ['tag=AI', 'abe'],
    ['tag=%EF%BC%A1%EF%BC%A9', 'abe'], // full-width
    ['tag=ai,energy', 'abde'],
    ['tag=ai&tag=energy', 'e'],
    ['tag=ai,chips&tag=energy,trade-world', 'ce'],
    ['tag=Trade%2C%20world', 'c'],
    ['tag=Trade, world', ''],
    ['excludeTag=ai', 'cd'],
    ['excludeTag=ai,chips', 'd'],
    ['excludeTag=nobody', 'abcde'],
    ['tag=ai&excludeTag=chips', 'be'],
    ['topic=technology', 'ac'],
    ['topic=technology&topic=business', ''],
    ['topic=technology,business', 'abc'],
    ['excludeTopic=technology', 'bde'],
    ['tag=ai&topic=technology', 'a'],
    ['author=lin', 'a'],
    ['author=Lin', 'a'],
    ['locale=en', 'b'],
    ['locale=EN', 'b'],
    ['locale=zh-CN', 'acde'],
    ['locale=zh', ''],
    ['tag=ai%2Cenergy', ''], // one name with a comma in it
    ['sourceDomain=example.org', 'de'],
    ['sourceDomain=EXAMPLE.org', 'de'],
    ['sourceDomain=www.example.org', 'de'],
    ['sourceDomain=sub.example.org', 'de'],
    ['sourceDomain=https%3A%2F%2Fwww.example.org%2Freport', 'de'],
    ['sourceDomain=http://example.org', 'de'],
    ['publishedAfter=2025-02-01T00:00:00Z', 'ab'],
    ['publishedAfter=2025-02-01T08:00:00+08:00', 'ab'],
    ['publishedBefore=2025-02-01T00:00:00Z', 'cde'],
    ['publishedAfter=2024-01-01T00:00:00Z&publishedBefore=2025-02-01T00:00:00Z', 'cd'],
    ['publishedAfter=2025-02-01T00:00:00Z&publishedBefore=2024-02-01T00:00:00Z', ''],
    ['sort=publishedAt', 'edcba'],
    ['sort=title', 'abcde'],
    ['sort=-title', 'edcba'],
    ['sort=createdAt', 'abcde'],
    ['sort=-updatedAt', 'edcba'],
    ['sort=title&tag=ai&publishedAfter=2024-01-01T00:00:00Z', 'ab'],
    // What only drafts have is as unknown as what nobody has.
    ...[
      'tag=secret',
      'tag=nobody',
      'author=ghost',
      'author=nobody',
      'locale=fr',
      'locale=de',
      'sourceDomain=secret.example',
      'sourceDomain=nobody.example',
      'sourceDomain=no domain',
      'source=00000000-0000-7000-8000-000000000000',
      'id=00000000-0000-7000-8000-000000000000',
      'tag=ai&tag=nobody',
    ].map((query): [string, string] => [query, '']),
  ])('%s', async (query, expected) => {
    expect(await titles(query)).toBe(expected)
  })

  test('by ids, in the order of the list', async () => {
    expect(await titles(`id=${ids.e},${ids.a?.toUpperCase()},${ids.a}`)).toBe('ae')
    expect(await titles(`id=${ids.e},${ids.a}&tag=energy&sort=title`)).toBe('e')
  })

  test('by the id of a source', async () => {
    const { body } = await api.reader.get('/v1/sources?domain=example.org').expect(200)
    const { id } = body.data.find(({ url }: { url: string }) => url === 'https://example.org/report')
    expect(await titles(`source=${id}`)).toBe('d')
    expect(await titles(`source=${id}&sourceDomain=example.org&tag=energy`)).toBe('d')
  })

  test('of an article that cites more than its row of the list can hold', async () => {
    const notes = Array.from(
      { length: 450 },
      (_, n) => `[^${n}]: [Report](https://wide${n}.example.com/${n})`,
    )
    const text = `${notes.map((_, n) => `[^${n}]`).join(' ')}\n\n${notes.join('\n\n')}`
    const { id } = await api.create({
      title: 'w',
      status: 'published',
      publishedAt: '2020-01-01T00:00:00Z',
      body: text,
      tags: ['Wide'],
    })
    expect(await titles('sourceDomain=example.com')).toBe('w')
    const { body } = await api.reader.get('/v1/sources?domain=example.com&limit=1').expect(200)
    expect(await titles(`source=${body.data[0].id}`)).toBe('w')
    const counts = await api.reader.get(`/v1/articles?id=${id}&facets=source`).expect(200)
    expect(counts.body.facets.source).toHaveLength(100)
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
  })
})

describe('GET /v1/articles with a key', () => {
  test.each([
    ['', 'abcde'],
    ['status=published', 'abcde'],
    ['status=draft', 'draft'],
    ['status=scheduled', 'later'],
    ['status=trashed&tag=ai', 'trashed'],
    ['status=scheduled,draft&sort=title', 'draftlater'],
    ['status=published,draft&tag=ai&sort=title', 'abdrafte'],
    ['status=any&sort=title', 'abcddraftelater'],
    ['status=any&sort=-publishedAt&tag=ai', 'draftlaterabe'],
    ['tag=secret&status=any', 'draft'],
  ])('%s', async (query, expected) => {
    expect(await titles(query, api.admin as never)).toBe(expected)
  })

  test('what has expired is in `any` alone', async () => {
    const { id } = await api.create({ title: 'expired', status: 'published', tags: ['Gone'] })
    await api.rows(`UPDATE article SET unpublish_at = statement_timestamp() WHERE id = $1`, [id])
    await api.rows(`UPDATE listing SET unpublish_at = statement_timestamp() WHERE article_id = $1`, [id])
    expect(await titles('tag=gone&status=any', api.admin as never)).toBe('expired')
    for (const status of ['draft', 'review', 'scheduled', 'published', 'trashed']) {
      expect(await titles(`tag=gone&status=${status}`, api.admin as never)).toBe('')
    }
    await api.admin.delete(`/v1/articles/${id}`).expect(204)
  })

  test('lists of drafts begin with what was worked on last', async () => {
    const first = await api.create({ title: 'one' })
    const second = await api.create({ title: 'two' })
    await api.admin.patch(`/v1/articles/${first.id}`).send({ summary: 'worked on' }).expect(200)
    const { body } = await api.admin.get(`/v1/articles?status=draft&id=${first.id},${second.id}`).expect(200)
    expect(body.data.map(({ title }: Item) => title)).toEqual(['one', 'two'])
    for (const { id } of [first, second]) await api.admin.delete(`/v1/articles/${id}`).expect(204)
  })

  test.each(['status=draft', 'status=any', 'status=published,draft', 'status=trashed'])(
    '%s is a 401 without one',
    async (query) => {
      const { headers } = await api.reader.get(`/v1/articles?${query}`).expect(401)
      expect(headers['www-authenticate']).toMatch(/^Bearer/)
    },
  )
})

describe('?total and ?facets', () => {
  test.each([
    ['', 5],
    ['tag=ai', 3],
    ['tag=ai,energy', 4],
    ['tag=ai&topic=technology', 1],
    ['locale=en', 1],
    ['tag=nobody', 0],
    ['publishedAfter=2025-01-01T00:00:00Z', 3],
    ['sourceDomain=example.org', 2],
  ])('total of %s', async (query, total) => {
    const { body } = await api.reader.get(`/v1/articles?limit=1&total=true&${query}`).expect(200)
    expect(body.page.total).toBe(total)
  })

  test('count the whole list by value, the most frequent first', async () => {
    const { body } = await api.reader.get('/v1/articles?limit=1&facets=tag,topic,month,source').expect(200)
    expect(body.facets.tag).toEqual([
      { slug: 'ai', name: 'AI', count: 3 },
      { slug: 'chips', name: 'Chips', count: 2 },
      { slug: 'energy', name: 'Energy', count: 2 },
      { slug: 'trade-world', name: 'Trade, world', count: 1 },
    ])
    expect(
      body.facets.topic.map(({ slug, count }: { slug: string; count: number }) => [slug, count]),
    ).toEqual([
      ['technology', 2],
      ['business', 1],
    ])
    // In the site's time zone: half past four in London is February in Shanghai.
    expect(
      body.facets.month.map(({ slug, count }: { slug: string; count: number }) => [slug, count]),
    ).toEqual([
      ['2023-01', 1],
      ['2024-01', 1],
      ['2025-02', 2],
      ['2025-03', 1],
    ])
    expect(body.facets.source).toHaveLength(2)
    expect(body.page).not.toHaveProperty('total')
  })

  test('of a filtered list', async () => {
    const { body } = await api.reader.get('/v1/articles?tag=energy&facets=tag').expect(200)
    expect(body.facets).toEqual({
      tag: [
        { slug: 'energy', name: 'Energy', count: 2 },
        { slug: 'ai', name: 'AI', count: 1 },
      ],
    })
  })

  test('are the same whether they are kept or counted live, whatever was written', async () => {
    const kept = await api.reader.get('/v1/articles?facets=tag,topic,month&total=true').expect(200)
    const live = await api.reader
      .get('/v1/articles?facets=tag,topic,month&total=true&publishedAfter=0001-01-01T00:00:00Z')
      .expect(200)
    expect(kept.body.facets).toEqual(live.body.facets)
    expect(kept.body.page.total).toBe(live.body.page.total)
  })
})

describe('?fields and ?include', () => {
  test('fields: nothing else', async () => {
    const { body } = await api.reader.get('/v1/articles?fields=title,slug&limit=2').expect(200)
    expect(body.data).toEqual([
      { slug: 'a', title: 'a' },
      { slug: 'b', title: 'b' },
    ])
  })

  test('fields: what lists leave out is included by naming it', async () => {
    const { body } = await api.reader.get('/v1/articles?fields=slug,body,toc&limit=1').expect(200)
    expect(body.data).toEqual([{ slug: 'a', body: expect.stringContaining('Text.'), toc: [] }])
  })

  test('include: what lists leave out', async () => {
    const { body } = await api.reader
      .get('/v1/articles?include=body,html,toc,citations&sourceDomain=example.org&limit=1')
      .expect(200)
    expect(body.data[0]).toMatchObject({
      body: note('https://www.example.org/report'),
      toc: [],
      citations: [{ label: '1' }],
    })
    expect(body.data[0].html).toContain('<p>Fact.')
  })

  test('a page ends after 8 MiB of it, and the walk goes on', async () => {
    const text = `${'文'.repeat(1_000_000)}\n`
    for (let n = 0; n < 4; n += 1) {
      await api.create({ title: `large ${n}`, status: 'published', body: text, tags: ['Large'] })
    }
    const seen: string[] = []
    for (let path: string | null = '/v1/articles?tag=large&include=body&sort=title'; path !== null; ) {
      const { body }: { body: Record<string, never> & { data: Item[]; page: { next: string | null } } } =
        await api.reader.get(path).expect(200)
      expect(body.data.length).toBeLessThanOrEqual(3)
      expect(body.data.length).toBeGreaterThan(0)
      for (const item of body.data) expect(item.body).toBe(text)
      seen.push(...body.data.map(({ title }: Item) => title))
      path = body.page.next && `/v1/articles?tag=large&include=body&sort=title&cursor=${body.page.next}`
    }
    expect(seen).toEqual(['large 0', 'large 1', 'large 2', 'large 3'])
    const { rows } = {
      rows: await api.rows<{ id: string }>(`SELECT id FROM article WHERE title LIKE 'large %'`),
    }
    for (const { id } of rows) await api.admin.delete(`/v1/articles/${id}`).expect(204)
  })
})

describe('400', () => {
  test.each([
    ['sort=newest', 'sort'],
    ['sort=-titel', 'sort'],
    ['status=drafts', 'status'],
    ['status=', 'status'],
    ['facets=tags', 'facets'],
    ['include=htm', 'include'],
    ['fields=titel', 'fields'],
    ['publishedAfter=yesterday', 'publishedAfter'],
    ['publishedAfter=2025-02-30T00:00:00Z', 'publishedAfter'],
    ['publishedAfter=2025-01-01', 'publishedAfter'],
    ['publishedAfter=2025-01-01T00:00:00', 'publishedAfter'],
    ['source=x', 'source'],
    ['id=x', 'id'],
    ['locale=en&locale=zh', 'locale'],
    ['author=a&author=b', 'author'],
    ['total=yes', 'total'],
    [`tag=${Array.from({ length: 500 }, (_, n) => `t${n}`).join(',')}`, 'tag'],
    [Array.from({ length: 101 }, (_, n) => `tag=t${n}`).join('&'), 'tag'],
    [`id=${Array.from({ length: 101 }, () => crypto.randomUUID()).join(',')}`, 'id'],
    ['tag=%00', 'tag'],
    ['tag=', 'tag'],
    ['tag=,,', 'tag'],
    ['tag=a,,b', 'tag'],
    ['excludeTopic=a,', 'excludeTopic'],
    ['fields=title,,slug', 'fields'],
    ['limit=1e9', 'limit'],
  ])('%.60s', async (query, path) => {
    const { body } = await api.reader.get(`/v1/articles?${query}`).expect(400)
    expect(body.errors[0]).toMatchObject({ in: 'query', path: expect.stringMatching(path) })
    expect(body.errors[0].message).not.toBe('')
  })

  test('more names than may be, however they are written, are told so', async () => {
    const names = Array.from({ length: 101 }, (_, n) => `t${n}`)
    for (const query of [`tag=${names.join(',')}`, names.map((name) => `tag=${name}`).join('&')]) {
      const { body } = await api.reader.get(`/v1/articles?${query}`).expect(400)
      expect(body.errors).toMatchObject([{ path: 'tag', message: 'At most 100 names.' }])
    }
  })

  test.each(['sort=title&sort=-title', 'author=a&author=b', 'limit=1&limit=2', 'total=true&total=true'])(
    '%s stands more than once where once is allowed',
    async (query) => {
      const { body } = await api.reader.get(`/v1/articles?${query}`).expect(400)
      expect(body.errors).toMatchObject([{ code: 'repeated_parameter' }])
    },
  )

  test('what is no instant is told that, and nothing of years', async () => {
    const { body } = await api.reader.get('/v1/articles?publishedAfter=now').expect(400)
    expect(body.errors).toHaveLength(1)
    expect(body.errors[0].message).toMatch(/^Expected an instant with an offset/)
  })

  test('an unknown status names all that there are', async () => {
    const { body } = await api.reader.get('/v1/articles?status=publishd').expect(400)
    expect(body.detail).toContain('"any"')
    expect(body.detail).toContain('Did you mean "published"?')
  })

  test('a field that readers never get is refused, not left out', async () => {
    for (const path of ['/v1/articles', '/v1/articles/a']) {
      const { body } = await api.reader.get(`${path}?fields=title,createdBy`).expect(400)
      expect(body.errors).toMatchObject([{ in: 'query', path: 'fields', code: 'field_needs_key' }])
    }
    const { body } = await api.admin.get('/v1/articles/a?fields=createdBy').expect(200)
    expect(body).toEqual({ createdBy: expect.any(String) })
    await api.reader.get('/v1/articles/a/neighbors?fields=createdBy').expect(400)
    await api.reader.get('/v1/articles/a/related?fields=html').expect(400)
  })

  test('names the nearest value', async () => {
    const { body } = await api.reader.get('/v1/articles?sort=publishedAtt').expect(400)
    expect(body.detail).toContain('Did you mean')
  })

  test('a cursor of the same list, sorted or filtered otherwise', async () => {
    const { body } = await api.reader.get('/v1/articles?limit=1').expect(200)
    for (const query of [
      'sort=title',
      'tag=ai',
      'sort=publishedAt',
      'locale=en',
      'publishedAfter=2000-01-01T00:00:00Z',
    ]) {
      const answer = await api.reader.get(`/v1/articles?${query}&cursor=${body.page.next}`).expect(400)
      expect(answer.body.code).toBe('invalid_cursor')
      expect(answer.body.detail).toMatch(/^The filter or the sort has changed/)
    }
    const other = await api.reader.get(`/v1/citations?cursor=${body.page.next}`).expect(400)
    expect(other.body.detail).toMatch(/^The cursor is not one that this list gave/)
    await api.reader.get(`/v1/articles?limit=3&cursor=${body.page.next}`).expect(200)
  })
})

import { describe, expect, test } from 'vitest'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi()
const citing = (title: string, urls: string[], more: object = {}) =>
  api.create({
    title,
    status: 'published',
    body: `${urls.map((_, n) => `Fact.[^${n}]`).join(' ')}\n\n${urls.map((url, n) => `[^${n}]: [Source ${url}](${url})`).join('\n')}\n`,
    ...more,
  })

const report = 'https://www.report.example.org/2025/'
const one = await citing('One', [report, 'https://other.example.com/a?utm_source=x'], { tags: ['Energy'] })
const two = await citing('Two', ['https://report.example.org/2025#p3'], { topics: ['Politics'] })
await citing('Draft', ['https://report.example.org/2025', 'https://secret.example.net/leak'], {
  status: 'draft',
})

describe('GET /v1/sources', () => {
  test('200: one source a canonical url, most cited first; readers see what published articles cite', async () => {
    const { body } = await api.reader.get('/v1/sources').expect(200)
    expect(body.data).toMatchObject([
      {
        url: 'https://report.example.org/2025',
        domain: 'example.org',
        citationCount: 2,
        articleCount: 2,
        tier: 'unknown',
      },
      { url: 'https://other.example.com/a', domain: 'example.com', citationCount: 1, articleCount: 1 },
    ])
    const all = await api.admin.get('/v1/sources').expect(200)
    expect(all.body.data[0]).toMatchObject({ citationCount: 3, articleCount: 3 })
    expect(all.body.data.map(({ domain }: { domain: string }) => domain)).toContain('example.net')
  })

  test('200: by domain, by tier, page by page', async () => {
    const byDomain = await api.reader.get('/v1/sources?domain=example.com').expect(200)
    expect(byDomain.body.data).toHaveLength(1)
    expect((await api.reader.get('/v1/sources?tier=blocked').expect(200)).body.data).toEqual([])
    const first = await api.reader.get('/v1/sources?limit=1').expect(200)
    const second = await api.reader.get(`/v1/sources?limit=1&cursor=${first.body.page.next}`).expect(200)
    expect(second.body.data).toMatchObject([{ domain: 'example.com' }])
    const back = await api.reader.get(`/v1/sources?limit=1&cursor=${second.body.page.prev}`).expect(200)
    expect(back.body.data).toEqual(first.body.data)
    await api.reader.get(`/v1/sources?limit=1&tier=primary&cursor=${first.body.page.next}`).expect(400)
  })

  test('400: what is no tier or sort, with what is', async () => {
    const { body } = await api.reader.get('/v1/sources?tier=primry').expect(400)
    expect(body.errors[0].message).toContain('"primary"')
    await api.reader.get('/v1/sources?sort=name').expect(400)
  })
})

describe('GET /v1/sources/:id', () => {
  test('200: with the articles that cite it, newest first; GET /v1/articles?source= gives all', async () => {
    const { body: list } = await api.reader.get('/v1/sources?limit=1')
    const { id } = list.data[0]
    const { body } = await api.reader.get(`/v1/sources/${id}`).expect(200)
    expect(body.articles.map(({ id }: { id: string }) => id)).toEqual([two.id, one.id])
    const articles = await api.reader.get(`/v1/articles?source=${id}`).expect(200)
    expect(articles.body.data).toEqual(body.articles)
  })

  test('200: with a key the drafts as well, as many as it counts', async () => {
    const { body: list } = await api.admin.get('/v1/sources?limit=1')
    const { body } = await api.admin.get(`/v1/sources/${list.data[0].id}`).expect(200)
    expect(body.articles.map(({ title }: { title: string }) => title).sort()).toEqual(['Draft', 'One', 'Two'])
    expect(body.articleCount).toBe(3)
  })

  test('its title is that of the newest article’s first citation of it that has one', async () => {
    const url = 'https://titled.example.info/x'
    const notes = ['', 'First title', 'Second title'].map(
      (title, n) => `[^n${n}]: ${title ? `[${title}](${url})` : url}`,
    )
    const body = `A.[^n0] B.[^n1] C.[^n2]\n\n${notes.join('\n')}\n`
    for (const title of ['Titled', 'Titled again']) await api.create({ title, body })
    // The rows' places on the disk are not the citations' order.
    await api.rows(`UPDATE citation SET reference_count = reference_count WHERE label = 'n1'`)
    const { body: list } = await api.admin.get('/v1/sources?domain=example.info').expect(200)
    expect(list.data).toMatchObject([{ title: 'First title', citationCount: 6 }])
  })

  test('404: the same for what is not there and for what only drafts cite', async () => {
    const { body: all } = await api.admin.get('/v1/sources?domain=example.net')
    const hidden = await api.reader.get(`/v1/sources/${all.data[0].id}`).expect(404)
    const absent = await api.reader.get('/v1/sources/01a20983-0000-7000-8000-000000000000').expect(404)
    expect({ ...hidden.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
    await api.admin.get(`/v1/sources/${all.data[0].id}`).expect(200)
    await api.reader.get('/v1/sources/nonsense').expect(400)
  })

  test('an unknown source is an empty list of articles', async () => {
    const { body } = await api.reader
      .get('/v1/articles?source=01a20983-0000-7000-8000-000000000000')
      .expect(200)
    expect(body.data).toEqual([])
    await api.reader.get('/v1/articles?source=nonsense').expect(400)
  })
})

describe('/v1/source-domains', () => {
  test('PATCH 200: sets the tier, seen in every citation at once', async () => {
    const { body } = await api.admin
      .patch('/v1/source-domains/example.com')
      .send({ tier: 'primary' })
      .expect(200)
    expect(body).toEqual({ domain: 'example.com', tier: 'primary', sourceCount: 1, articleCount: 1 })
    const article = await api.reader.get(`/v1/articles/${one.id}`).expect(200)
    const tiers = article.body.citations.map(({ source }: { source: { tier: string } }) => source.tier)
    expect(tiers).toEqual(['unknown', 'primary'])
  })

  test('PATCH 200: also of a domain that nobody has cited; readers do not see it', async () => {
    await api.admin.patch('/v1/source-domains/Never-Cited.EXAMPLE.ORG').send({ tier: 'blocked' }).expect(400)
    const { body } = await api.admin
      .patch('/v1/source-domains/never-cited.org')
      .send({ tier: 'blocked' })
      .expect(200)
    expect(body).toMatchObject({ domain: 'never-cited.org', sourceCount: 0 })
    const names = (answer: { body: { data: { domain: string }[] } }) =>
      answer.body.data.map(({ domain }) => domain)
    expect(names(await api.reader.get('/v1/source-domains'))).toEqual(['example.com', 'example.org'])
    expect(names(await api.admin.get('/v1/source-domains?tier=blocked'))).toEqual(['never-cited.org'])
  })

  test('PATCH 200: of a host that nobody registers, when sources are there', async () => {
    const hosts = ['10.0.0.1', 'localhost', '[2001:db8::1]']
    await citing(
      'On hosts',
      hosts.map((host) => `http://${host}:8080/x`),
      { status: 'draft' },
    )
    for (const host of hosts) {
      const { body } = await api.admin
        .patch(`/v1/source-domains/${encodeURIComponent(host)}`)
        .send({ tier: 'primary' })
        .expect(200)
      expect(body).toMatchObject({ domain: host, tier: 'primary', sourceCount: 1 })
    }
    await api.admin.patch('/v1/source-domains/10.0.0.2').send({ tier: 'primary' }).expect(400)
    await api.admin.patch('/v1/source-domains/com').send({ tier: 'primary' }).expect(400)
  })

  test('PATCH 401, 400, 422', async () => {
    await api.reader.patch('/v1/source-domains/example.com').send({ tier: 'primary' }).expect(401)
    const { body } = await api.admin
      .patch('/v1/source-domains/www.example.com')
      .send({ tier: 'primary' })
      .expect(400)
    expect(body.detail).toContain('"example.com"')
    await api.admin.patch('/v1/source-domains/not_a_domain').send({ tier: 'primary' }).expect(400)
    await api.admin.patch('/v1/source-domains/example.com').send({ tier: 'best' }).expect(422)
  })
})

describe('GET /v1/articles/:ref/citations', () => {
  test('200: as JSON, in order', async () => {
    const { body } = await api.reader.get(`/v1/articles/${one.id}/citations`).expect(200)
    const article = await api.reader.get(`/v1/articles/${one.id}`)
    expect(body.data).toEqual(article.body.citations)
  })

  for (const [format, type, pattern] of [
    [
      'csl-json',
      'application/vnd.citationstyles.csl+json',
      /"URL":"https:\/\/www\.report\.example\.org\/2025\/"/,
    ],
    ['bibtex', 'application/x-bibtex', /^@\w+\{/],
    ['ris', 'application/x-research-info-systems', /^TY {2}- /],
  ] as const) {
    test(`200: as ${format}, by parameter and by Accept`, async () => {
      const read = (query: string, accept: string) =>
        fetch(`${api.url}/v1/articles/${one.id}/citations${query}`, { headers: { accept } })
      const byParameter = await read(`?format=${format}`, '*/*')
      const text = await byParameter.text()
      expect(byParameter.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
      expect(text).toMatch(pattern)
      const byAccept = await read('', type)
      expect(await byAccept.text()).toBe(text)
      expect(byAccept.headers.get('content-location')).toContain(`?format=${format}`)
      expect(byAccept.headers.get('cache-control')).toBe('private, max-age=0')
      expect(byAccept.headers.get('etag')).toBe(byParameter.headers.get('etag'))
      const itself = await fetch(`${api.url}/v1/articles/${one.id}?format=${format}`)
      expect(itself.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
      expect(await itself.text()).toContain('One')
    })
  }

  test('404 for a draft’s', async () => {
    const draft = await api.create({ title: 'Another draft' })
    await api.reader.get(`/v1/articles/${draft.id}/citations`).expect(404)
  })
})

describe('GET /v1/citations', () => {
  test('200: of all published articles, by tag, topic, source', async () => {
    const { body } = await api.reader.get('/v1/citations').expect(200)
    expect(body.data.map(({ article }: { article: { title: string } }) => article.title)).toEqual([
      'Two',
      'One',
      'One',
    ])
    const titles = async (query: string) =>
      (await api.reader.get(`/v1/citations?${query}`).expect(200)).body.data.map(
        ({ article }: { article: { title: string } }) => article.title,
      )
    expect(await titles('tag=energy')).toEqual(['One', 'One'])
    expect(await titles('tag=ENERGY')).toEqual(['One', 'One'])
    expect(await titles('topic=Politics')).toEqual(['Two'])
    expect(await titles('tag=energy&topic=Politics')).toEqual([])
    expect(await titles('tag=unknown')).toEqual([])
    expect(await titles(`source=${body.data[0].source.id}`)).toEqual(['Two', 'One'])
  })

  test('200: walks forward and back', async () => {
    const seen: string[] = []
    let path: string | null = '/v1/citations?limit=1'
    let last = path
    while (path !== null) {
      const page: { data: { label: string; article: { id: string } }[]; page: { next: string | null } } = (
        await api.reader.get(path).expect(200)
      ).body
      seen.push(...page.data.map(({ label, article }) => `${article.id}/${label}`))
      last = path
      path = page.page.next === null ? null : `/v1/citations?limit=1&cursor=${page.page.next}`
    }
    expect(seen).toEqual([`${two.id}/0`, `${one.id}/0`, `${one.id}/1`])
    const { body } = await api.reader.get(last).expect(200)
    const previous = await api.reader.get(`/v1/citations?limit=1&cursor=${body.page.prev}`).expect(200)
    expect(previous.body.data[0]).toMatchObject({ label: '0', article: { id: one.id } })
  })
})

import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { readVocabulary, schemaOrgBreaches } from '#tests/support/schema-org.ts'
import { startApi } from '#tests/support/test-api.ts'

const api = await startApi({
  siteName: 'Calder & Co',
  siteUrl: 'https://news.example',
  siteTimeZone: 'Asia/Shanghai',
  articleUrlPattern: '/{locale}/{slug}',
  mediaBaseUrl: undefined,
  publicMeta: [],
})
const PICTURE = '/newsimages/selected_image_YYYY-07-Jul 2, 2025_12-33-42-598.jpg'
const PICTURE_URL = 'https://news.example/newsimages/selected_image_YYYY-07-Jul%202,%202025_12-33-42-598.jpg'

const story = {
  title: 'A <b>bold</b> claim & "its" sources',
  locale: 'en',
  status: 'published',
  publishedAt: '2025-07-02T04:40:04Z',
  summary: 'What was <claimed>, and by whom.',
  authors: ['Ines Marlow', 'Tomas Reyle'],
  tags: ['link rot', 'archives'],
  topics: ['Media'],
  featuredImage: {
    url: PICTURE,
    alt: 'A desk',
    caption: 'The desk',
    credit: 'C. Ouk',
    width: 1600,
    height: 900,
  },
  body: '# A \\<b>bold\\</b> claim & "its" sources\n\nIt said so.[^1]\n\n![A chart](charts/a b.png) [More](more)\n\n[^1]: Pew Research Center. [When Content Disappears](https://pew.example/links). Report, 17 May 2024.',
}
const { id } = await api.create(story)
const page = async (ref = id, query = '') =>
  (await api.reader.get(`/v1/articles/${ref}?format=html${query}`).expect(200)).text
const jsonLd = async (ref = id) =>
  JSON.parse((await api.reader.get(`/v1/articles/${ref}?format=jsonld`).buffer(true).expect(200)).text)

/** The `content` of each meta element of this name, or the `href` of each link of this relation. */
function metas(html: string, name: string): string[] {
  const elements = html.matchAll(
    /<(?:meta (?:name|property)|link rel)="([^"]*)"[^>]*? (?:content|href)="([^"]*)">/g,
  )
  return [...elements].filter(([, found]) => found === name).map(([, , content = '']) => content)
}

describe('an article as a page', () => {
  test('is well-formed html, in the article’s language, that a browser may show and not run', async () => {
    const { headers, text } = await api.reader.get(`/v1/articles/${id}?format=html`).expect(200)
    const faults: string[] = []
    parse(text, { onParseError: ({ code }) => faults.push(code) })
    expect(faults).toEqual([])
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-language']).toBe('en')
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'none'; style-src 'sha256-")
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test('shows title, summary, byline, date with the site’s time zone, picture, text, notes and tags', async () => {
    const html = await page()
    expect(html).toContain(
      '<h1 class="title">A &#60;b&#62;bold&#60;/b&#62; claim &#38; &#34;its&#34; sources</h1>',
    )
    expect(html).toContain('What was &#60;claimed&#62;, and by whom.</p>')
    expect(html).toContain('Ines Marlow and Tomas Reyle')
    expect(html).toContain('<time datetime="2025-07-02T04:40:04.000Z">July 2, 2025 at 12:40 GMT+8</time>')
    expect(html).toContain(`<img src="${PICTURE_URL}" alt="A desk" width="1600" height="900">`)
    expect(html).toContain('The desk</span> <span class="credit">C. Ouk')
    expect(html).toContain('It said so.<sup>')
    expect(html).toContain('<h2>Notes</h2>\n<ol>')
    expect(html).toContain('href="https://pew.example/links"')
    expect(html).toContain('<li>link rot</li><li>archives</li>')
  })

  test('has one heading of the first level, though the body begins with the title too', async () => {
    expect((await page()).match(/<h1\b/g)).toHaveLength(1)
    const { id: later } = await api.create({
      title: 'Said twice',
      status: 'published',
      body: 'Before it.\n\n# Said *twice*\n\nText.',
    })
    expect((await page(later)).match(/<h1\b/g)).toHaveLength(1)
  })

  test('resolves relative addresses, percent-encoded, and keeps those within it', async () => {
    const html = await page()
    expect(html).toContain('src="https://news.example/charts/a%20b.png"')
    expect(html).toContain('href="https://news.example/en/more"')
    expect(html).toContain('href="#fn-1"')
  })

  test('tells search engines and those who share it', async () => {
    const html = await page()
    const { body } = await api.reader.get(`/v1/articles/${id}`)
    expect(html).toContain('claim &#38; &#34;its&#34; sources · Calder &#38; Co</title>')
    expect(metas(html, 'description')).toEqual(['What was &#60;claimed&#62;, and by whom.'])
    expect(metas(html, 'canonical')).toEqual([body.links.canonical])
    expect(metas(html, 'robots')).toEqual([])
    expect(metas(html, 'og:type')).toEqual(['article'])
    expect(metas(html, 'og:image')).toEqual([PICTURE_URL])
    expect(metas(html, 'og:image:width')).toEqual(['1600'])
    expect(metas(html, 'og:site_name')).toEqual(['Calder &#38; Co'])
    expect(metas(html, 'article:published_time')).toEqual(['2025-07-02T04:40:04.000Z'])
    expect(metas(html, 'article:tag')).toEqual(['link rot', 'archives'])
    expect(metas(html, 'article:section')).toEqual(['Media'])
    expect(metas(html, 'article:author')).toEqual(['Ines Marlow', 'Tomas Reyle'])
  })

  test('carries the JSON-LD, which nothing in a text can end', async () => {
    const { id: hostile } = await api.create({
      title: '</script><script>alert(1)</script><!--',
      status: 'published',
      body: 'x',
    })
    const html = await page(hostile)
    const block = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html)?.[1] ?? ''
    expect(JSON.parse(block)).toEqual(await jsonLd(hostile))
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html.match(/<\/script/g)).toHaveLength(1)
  })

  test('names its translations, by the pattern of the site', async () => {
    const key = { translationKey: 'harbour', status: 'published' }
    const { id: german } = await api.create({ title: 'Hafen', slug: 'hafen', locale: 'de', ...key })
    await api.create({ title: 'Harbour', slug: 'harbour', locale: 'en', ...key })
    await api.create({ title: 'Entwurf', slug: 'port', locale: 'fr', translationKey: 'harbour' })
    const html = await page(german)
    const alternates = [...html.matchAll(/rel="alternate" hreflang="(.*?)" href="(.*?)"/g)]
    expect(alternates.map(([, ...parts]) => parts)).toEqual([
      ['de', 'https://news.example/de/hafen'],
      ['en', 'https://news.example/en/harbour'],
    ])
    expect(html).toContain('hreflang="en" lang="en">English</a>')
    expect(html).not.toContain('Entwurf')
  })

  test.each([
    ['zh-CN', '2025年7月2日 GMT+8 12:40', '注释'],
    ['zh-TW', '2025年7月2日 12:40 [GMT+8]', '註釋'],
    ['en-GB', '2 July 2025 at 12:40 GMT+8', 'Notes'],
    ['de', '2. Juli 2025 um 12:40 GMT+8', 'Notes'],
  ])('in %s, with its date and words', async (locale, date, notes) => {
    const { id: local } = await api.create({ ...story, title: `In ${locale}`, locale })
    const html = await page(local)
    expect(html).toContain(`">${date}</time>`)
    expect(html).toMatch(new RegExp(`<h2( lang="en")?>${notes}</h2>`))
    expect(html.includes('lang="en">Notes')).toBe(locale === 'de')
  })

  test('reads from right to left where the language does', async () => {
    const { id: arabic } = await api.create({
      title: 'ميناء',
      slug: 'mina',
      locale: 'ar',
      status: 'published',
    })
    expect(await page(arabic)).toContain('<html lang="ar" dir="rtl">')
  })

  test('lists what is cited without a reference in the text', async () => {
    const { id: cited } = await api.create({
      title: 'Cited beside the text',
      locale: 'en',
      status: 'published',
      body: 'No note.',
      citations: [{ label: 'x', title: 'A report', url: 'https://example.org/report' }],
    })
    const html = await page(cited)
    expect(html).toContain('<h2>Further sources</h2>')
    expect(html).toContain('href="https://example.org/report"')
  })

  test('of what is not public says so to those who may see it, and is not for search engines', async () => {
    const { id: draft } = await api.create({ title: 'Not yet', locale: 'en' })
    await api.reader.get(`/v1/articles/${draft}?format=html`).expect(404)
    const { text, headers } = await api.admin.get(`/v1/articles/${draft}?format=html`).expect(200)
    expect(text).toContain('Draft. Readers don’t see this article.')
    expect(metas(text, 'robots')).toEqual(['noindex'])
    expect(headers['cache-control']).toBe('private, no-store')
  })
})

describe('an article as JSON-LD', () => {
  test('is a NewsArticle by schema.org’s own definitions, with what it cites', async () => {
    const { headers } = await api.reader.get(`/v1/articles/${id}?format=jsonld`).expect(200)
    expect(headers['content-type']).toBe('application/ld+json; charset=utf-8')
    const article = await jsonLd()
    expect(schemaOrgBreaches(article, readVocabulary())).toEqual([])
    expect(article).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: story.title,
      image: { url: PICTURE_URL },
      keywords: story.tags,
      articleSection: story.topics,
      inLanguage: 'en',
      citation: [
        {
          '@type': 'Report',
          name: 'When Content Disappears',
          url: 'https://pew.example/links',
          datePublished: '2024-05-17',
          author: [{ '@type': 'Organization', name: 'Pew Research Center' }],
        },
      ],
    })
  })

  test('says no more than the asker may see', async () => {
    const { id: internal } = await api.create({
      title: 'With notes of its editors',
      status: 'published',
      body: 'Text.',
      meta: { internalNote: 'call the lawyer' },
    })
    for (const format of ['html', 'jsonld']) {
      const { text } = await api.reader.get(`/v1/articles/${internal}?format=${format}`).buffer(true)
      expect(text).not.toContain('lawyer')
    }
  })
})

describe('who wrote it, and how it looks', () => {
  test('an author’s own page is in JSON-LD alone', async () => {
    const url = 'https://people.example/mara'
    await api.admin.post('/v1/authors').send({ name: 'Mara Quill', url }).expect(201)
    const { id: local } = await api.create({
      title: 'By Mara',
      status: 'published',
      authors: ['Mara Quill', 'Nobody Known'],
    })
    expect((await jsonLd(local)).author).toEqual([
      { '@type': 'Person', name: 'Mara Quill', url },
      { '@type': 'Person', name: 'Nobody Known' },
    ])
    const { body } = await api.reader.get(`/v1/articles/${local}`).expect(200)
    expect(body.authors[0]).toEqual({ slug: 'mara-quill', name: 'Mara Quill' })
  })

  test('without a featured image the first picture of the text stands for it', async () => {
    const { id: local } = await api.create({
      title: 'Pictures',
      status: 'published',
      body: '![Quay](<img/a quay, 1.jpg>)\n\n![Other](/other.jpg)',
    })
    const url = 'https://news.example/img/a%20quay,%201.jpg'
    expect((await jsonLd(local)).image).toMatchObject({ '@type': 'ImageObject', url, caption: 'Quay' })
    const html = await page(local)
    expect(html).toContain(`<meta property="og:image" content="${url}">`)
    expect(html).toContain('<meta property="og:image:alt" content="Quay">')
    expect(html).not.toContain('class="featured"')
  })
})

describe('by Accept', () => {
  test.each([
    ['text/html', 'text/html', 'html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html', 'html'],
    ['application/ld+json', 'application/ld+json', 'jsonld'],
    ['application/ld+json;q=0.9, text/html;q=0.1', 'application/ld+json', 'jsonld'],
  ])('%s gives %s: for the asker alone, with its own address', async (accept, type, format) => {
    const { headers } = await api.reader.get(`/v1/articles/${id}`).set('accept', accept).expect(200)
    expect(headers['content-type']?.split(';')[0]).toBe(type)
    expect(headers['cache-control']).toBe('private, max-age=0')
    expect(headers['content-location']).toBe(`/v1/articles/${id}?format=${format}`)
    expect(headers['cdn-cache-control']).toBeUndefined()
  })

  test.each(['html', 'jsonld'])('?format=%s wins, and everybody may keep it', async (format) => {
    const { headers } = await api.reader
      .get(`/v1/articles/${id}?format=${format}`)
      .set('accept', 'application/json')
      .expect(200)
    expect(headers['content-type']).toContain(format === 'html' ? 'text/html' : 'application/ld+json')
    expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate')
    expect(headers['content-location']).toBeUndefined()
    await api.reader
      .get(`/v1/articles/${id}?format=${format}`)
      .set('if-none-match', headers.etag ?? '')
      .expect(304)
  })
})

describe('?fields=', () => {
  test('gives what is named, and nothing else', async () => {
    const { body } = await api.reader.get(`/v1/articles/${id}?fields=title,slug,%20tags`).expect(200)
    expect(Object.keys(body)).toEqual(['slug', 'title', 'tags'])
  })

  test('has an ETag of its own', async () => {
    const whole = await api.reader.get(`/v1/articles/${id}`)
    const some = await api.reader.get(`/v1/articles/${id}?fields=id`)
    expect(some.headers.etag).not.toBe(whole.headers.etag)
  })

  test('is JSON, whatever else a browser accepts', async () => {
    const { body } = await api.reader
      .get(`/v1/articles/${id}?fields=id`)
      .set('accept', 'text/html, */*;q=0.8')
      .expect(200)
    expect(body).toEqual({ id })
  })

  test('shows readers nothing that editors alone see', async () => {
    const { body } = await api.reader.get(`/v1/articles/${id}?fields=id,createdBy,needsAttention`).expect(400)
    expect(body.errors).toMatchObject([{ code: 'field_needs_key' }, { code: 'field_needs_key' }])
    const { body: shown } = await api.admin.get(`/v1/articles/${id}?fields=id,needsAttention`).expect(200)
    expect(shown).toEqual({ id, needsAttention: false })
  })

  test.each([
    ['fields=titel', 'Unknown field "titel". Did you mean "title"?'],
    ['fields=', 'fields'],
    ['fields=id,,slug', 'Unknown field "".'],
    ['fields=citations.title', 'Unknown field "citations.title".'],
    ['fields=id&format=html', 'Only JSON has fields: leave out `fields` or `format`.'],
    ['fields=id&fields=slug', 'fields'],
  ])('400 for %s', async (query, words) => {
    const { body } = await api.reader.get(`/v1/articles/${id}?${query}`).expect(400)
    expect(body.code).toBe('invalid_parameters')
    expect(body.detail).toContain(words)
  })
})

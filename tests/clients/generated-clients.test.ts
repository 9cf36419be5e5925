import { beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_KEY, startApi } from '#tests/support/test-api.ts'
import { clientProject } from './client-project.ts'

const api = await startApi()

beforeAll(async () => {
  await api.create({ title: 'Somewhere else', body: 'Words.', tags: ['Other'], status: 'published' })
})

/** What the programs are to find out: each types a new story, and reads it back. */
const found = (title: string) => ({
  listed: [title],
  total: 1,
  title,
  tags: ['Typed clients'],
  citations: [{ title: 'Minutes of the council', publishedOn: '2025-07-01', domain: 'example.org' }],
  missing: { status: 404, code: 'not_found' },
})

const story = `{
    title,
    body: 'The council voted.[^1]\\n\\n[^1]: [Minutes of the council](https://www.example.org/minutes) (2025-07-01)\\n',
    tags: ['Typed clients', { name: title }],
    status: 'published',
  }`

describe('openapi-typescript and openapi-fetch', () => {
  const program = `
import createClient from 'openapi-fetch'
import type { components, paths } from './masthead.ts'

type Schemas = components['schemas']

const title = 'By openapi-fetch'
const api = createClient<paths, 'application/json' | 'application/problem+json'>({
  baseUrl: String(process.env.MASTHEAD_URL),
  headers: { authorization: \`Bearer \${process.env.MASTHEAD_KEY}\` },
})

const posted = await api.POST('/v1/articles', { body: ${story} })
if (posted.error) throw new Error(posted.error.detail)

const { data: list } = await api.GET('/v1/articles', {
  params: { query: { tag: ['Typed clients', title], total: true, limit: 5 } },
})
const items: Schemas['ArticleListItem'][] = list?.data ?? []

const { data: article } = await api.GET('/v1/articles/{ref}', { params: { path: { ref: posted.data.slug } } })
if (!article) throw new Error('It is not there.')
const citations: Schemas['Citation'][] = article.citations

const { error: problem } = await api.GET('/v1/articles/{ref}', { params: { path: { ref: 'no-such-story' } } })

const { data: anyOf } = await api.GET('/v1/articles', {
  params: { query: { tag: ['other,by-openapi-fetch'], total: true } },
  querySerializer: { allowReserved: true },
})

// All of a new story may be left out, and all of a read one is there.
const least: Schemas['ArticleInput'] = {}
const whole: Required<Pick<Schemas['Article'], 'html' | 'toc' | 'tags' | 'links'>> = article

// @ts-expect-error: slips are found before they are sent
const slip = () => api.GET('/v1/articles', { params: { query: { tags: ['x'] } } })
// @ts-expect-error: and fields that are none
console.error(slip, least, whole, article.titel)

console.log(JSON.stringify({
  listed: items.map((item) => item.title),
  total: list?.page.total,
  anyOf: anyOf?.page.total,
  title: article.title,
  tags: article.tags.map((tag) => tag.name).filter((name) => name !== title),
  citations: citations.map(({ title, publishedOn, source }) => ({ title, publishedOn, domain: source?.domain })),
  missing: { status: problem?.status, code: problem?.code },
}))
`

  test('compile strictly, and read a typed article from the server', async () => {
    const project = await clientProject({ 'program.ts': program })
    await project.npx('openapi-typescript', 'openapi.json', '--output', 'masthead.ts')
    await project.compile()
    const printed = await project.run({ MASTHEAD_URL: api.url, MASTHEAD_KEY: ADMIN_KEY })
    expect(printed).toEqual({ ...found('By openapi-fetch'), anyOf: 2 })
  })
})

describe('@hey-api/openapi-ts', () => {
  const config = `
export default {
  input: 'openapi.json',
  output: { path: 'masthead', module: { extension: '.ts' } },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
  logs: { file: false },
}
`
  const program = `
import { client } from './masthead/client.gen.ts'
import { createArticle, getArticle, listArticles } from './masthead/index.ts'
import type { Article, ArticleInputWritable, ArticleListItem, Citation } from './masthead/index.ts'

const title = 'By hey-api'
client.setConfig({ baseUrl: String(process.env.MASTHEAD_URL), auth: () => process.env.MASTHEAD_KEY })

const posted = await createArticle({ body: ${story} })
if (posted.error) throw new Error(posted.error.detail)

const { data: list } = await listArticles({ query: { tag: ['Typed clients', title], total: true, limit: 5 } })
const items: ArticleListItem[] = list?.data ?? []

const { data: article } = await getArticle({ path: { ref: posted.data.slug } })
if (!article) throw new Error('It is not there.')
const citations: Citation[] = article.citations

const { error: problem } = await getArticle({ path: { ref: 'no-such-story' } })

// All of a new story may be left out, and all of a read one is there.
const least: ArticleInputWritable = {}
const whole: Required<Pick<Article, 'html' | 'toc' | 'tags' | 'links'>> = article

// @ts-expect-error: slips are found before they are sent
const slip = () => listArticles({ query: { tags: ['x'] } })
// @ts-expect-error: and fields that are none
console.error(slip, least, whole, article.titel)

console.log(JSON.stringify({
  listed: items.map((item) => item.title),
  total: list?.page.total,
  title: article.title,
  tags: article.tags.map((tag) => tag.name).filter((name) => name !== title),
  citations: citations.map(({ title, publishedOn, source }) => ({ title, publishedOn, domain: source?.domain })),
  missing: { status: problem?.status, code: problem?.code },
}))
`

  test('compile strictly, and read a typed article from the server', async () => {
    const project = await clientProject({ 'program.ts': program, 'openapi-ts.config.mjs': config })
    await project.npx('openapi-ts', '--file', 'openapi-ts.config.mjs')
    await project.compile()
    const printed = await project.run({ MASTHEAD_URL: api.url, MASTHEAD_KEY: ADMIN_KEY })
    expect(printed).toEqual(found('By hey-api'))
  })
})

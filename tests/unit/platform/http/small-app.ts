import { pino } from 'pino'
import { z } from 'zod'
import { AppError } from '#src/platform/errors.ts'
import { answerHeaders, bodies, content, json, noContent, problems } from '#src/platform/http/answers.ts'
import { type App, createHttpApp, type HttpOptions } from '#src/platform/http/app.ts'
import {
  instant,
  list,
  query,
  queryBoolean,
  queryLimit,
  queryText,
  text,
} from '#src/platform/http/zod-types.ts'

const Story = z
  .object({ id: z.uuid(), title: z.string(), publishedAt: z.iso.datetime().nullable() })
  .meta({ id: 'Story', description: 'A story.' })

const StoryInput = z
  .strictObject({
    title: text(300, 1),
    featuredImage: text(100).optional(),
    status: z.enum(['draft', 'published']).optional(),
    publishedAt: instant.optional(),
    tags: list(
      z.union([text(100), z.strictObject({ slug: text(100) }), z.strictObject({ name: text(100) })]),
      100,
    )
      .optional()
      .meta({ description: 'Names, or slugs.' }),
    meta: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'StoryInput', description: 'What a story is made of.' })

const story = { id: '0198c0de-7c1e-7d3a-9b1f-2f6f0a3c5e11', title: '硅谷', publishedAt: null }
const tags = ['Stories']
const description = 'For tests.'

/** The platform with a few routes, in place of the newsroom's. */
export async function smallApp(options: Partial<HttpOptions> = {}): Promise<App> {
  const app = await createHttpApp({
    log: pino({ level: 'silent' }),
    trustProxy: false,
    corsOrigins: '*',
    openapi: {
      serverUrl: 'http://127.0.0.1:3000',
      version: '1.2.3',
      tags: [{ name: 'Stories', description: 'Stories.' }],
      commonProblems: { '/v1': ['database_unavailable'] },
    },
    ...options,
  })
  await app.register(storyRoutes, { prefix: '/v1' })
  return app
}

async function storyRoutes(app: App): Promise<void> {
  app.addHook('onRequest', async (request) => {
    if (request.is404 || request.headers.authorization !== 'Bearer wrong') return
    throw new AppError('unauthorized', 401, 'The key is not valid.', {
      headers: { 'www-authenticate': 'Bearer' },
    })
  })
  app.get('/stories', { schema: listStories }, async ({ query: { limit, total } }) => ({
    data: [{ ...story, title: `limit ${limit}, total ${total}` }],
  }))
  app.post('/stories', { schema: createStory }, async ({ body }, reply) =>
    reply.code(201).send({ ...story, title: typeof body === 'string' ? body : body.title }),
  )
  app.get('/stories/:ref', { schema: getStory }, async ({ params }, reply) => {
    if (params.ref === 'broken') throw new Error('the secret of the database')
    if (params.ref === 'away') throw Object.assign(new Error('gone'), { code: 'AWAY' })
    if (params.ref === 'half')
      reply.headers({ etag: '"1-a"', 'cache-control': 'public', 'content-language': 'zh' })
    if (params.ref !== 'one') throw new AppError('not_found', 404, `There is no story "${params.ref}".`)
    return story
  })
  app.delete('/stories/:ref', { schema: deleteStory }, async (_request, reply) => reply.code(204).send())
  app.patch('/stories/:ref', { schema: patchStory }, async () => story)
}

const StoryParams = z.object({ ref: z.string().max(200).meta({ description: 'Id or slug.' }) })
const one = json(Story, { description: 'The story.', example: story })

const listStories = {
  operationId: 'listStories',
  tags,
  summary: 'Stories',
  description,
  querystring: query({
    limit: queryLimit({ max: 100, default: 20 }),
    cursor: queryText(500).optional(),
    total: queryBoolean.optional(),
  }),
  response: {
    200: json(z.object({ data: z.array(Story) }).meta({ id: 'StoryList' }), {
      description: 'A page.',
      example: { data: [story] },
      headers: { ETag: answerHeaders.etag },
    }),
    304: noContent('Not changed.'),
    ...problems('invalid_cursor'),
  },
}

const createStory = {
  operationId: 'createStory',
  tags,
  summary: 'Create a story',
  description,
  security: [{ apiKey: [] }],
  'x-roles': ['editor'],
  body: bodies(
    {
      'application/json': { schema: StoryInput, example: { title: '硅谷' } },
      'text/markdown': { schema: z.string(), example: '# 硅谷' },
    },
    { description: 'The story.' },
  ),
  response: { 201: one, ...problems('unauthorized', 'slug_taken') },
}

const getStory = {
  operationId: 'getStory',
  tags,
  summary: 'One story',
  description,
  params: StoryParams,
  querystring: query({ format: z.enum(['json', 'markdown']).optional() }),
  response: {
    200: content(
      {
        'application/json': { schema: Story, example: story },
        'text/markdown': { schema: z.string(), example: '#' },
      },
      { description: 'The story.' },
    ),
    ...problems('not_found'),
  },
}

const deleteStory = {
  operationId: 'deleteStory',
  tags,
  summary: 'Delete a story',
  description,
  params: StoryParams,
  response: { 204: noContent('It is gone.') },
}

const patchStory = {
  operationId: 'patchStory',
  tags,
  summary: 'Change a story',
  description,
  params: StoryParams,
  body: bodies(
    { 'application/merge-patch+json': { schema: StoryInput.partial(), example: {} } },
    { description },
  ),
  response: { 200: one },
}

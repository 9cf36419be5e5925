import { z } from 'zod'
import { AppError } from '#src/platform/errors.ts'
import { content, problems } from './answers.ts'
import { escapeHtml, HTML_PAGE_POLICY, htmlPage } from './html-page.ts'
import { acceptedType } from './negotiate.ts'
import { REFERENCE_TAG } from './openapi.ts'
import { type ProblemCode, type ProblemDefinition, problemCodes } from './problem-codes.ts'
import type { App } from './route-schema.ts'

const ProblemType = z
  .object({
    type: z.string().meta({ description: 'The address of this page.' }),
    code: z.string().meta({ description: 'The stable name of the problem, for programs.' }),
    status: z.int().meta({ description: 'The HTTP status that it comes with.' }),
    title: z.string().meta({ description: 'What happened.' }),
    explanation: z.string().meta({ description: 'When this is given.' }),
    remedy: z.string().meta({ description: 'What a client can do.' }),
  })
  .meta({ id: 'ProblemType', description: 'What a problem’s code means.' })
type ProblemType = z.infer<typeof ProblemType>

/** The pages behind the `type` of every problem (RFC 9457 §3.1.1): one a code, and the list of them. */
export function registerProblemPages(app: App): void {
  app.get('/problems', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .headers({ 'content-security-policy': HTML_PAGE_POLICY, 'cache-control': 'public, max-age=3600' })
      .type('text/html; charset=utf-8')
      .send(catalogue()),
  )
  app.get('/problems/:code', { schema: problemTypeSchema }, async (request, reply) => {
    const { code } = request.params
    if (!isProblemCode(code)) throw unknownCode(code)
    reply.headers({ 'cache-control': 'public, max-age=3600', vary: 'Accept' })
    if (acceptedType(request, ['text/html', 'application/json']) === 'application/json')
      return problemType(code)
    reply.header('content-security-policy', HTML_PAGE_POLICY).type('text/html; charset=utf-8')
    return page(problemType(code))
  })
}

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemCodes, code)

const unknownCode = (code: string) =>
  new AppError(
    'not_found',
    404,
    `There is no problem ${JSON.stringify(code.slice(0, 100))}. /problems lists all.`,
  )

function problemType(code: ProblemCode): ProblemType {
  const { status, title, explanation, remedy }: ProblemDefinition = problemCodes[code]
  return { type: `/problems/${code}`, code, status, title, explanation, remedy }
}

const page = ({ code, status, title, explanation, remedy }: ProblemType): string =>
  htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p><code>${code}</code>, status ${status}</p>
<dl>
<dt>When</dt><dd>${escapeHtml(explanation)}</dd>
<dt>What to do</dt><dd>${escapeHtml(remedy)}</dd>
</dl>
<p><a href="/problems">All problems</a> · <a href="/docs/">API documentation</a></p>`,
  )

const catalogue = (): string =>
  htmlPage(
    'Problems',
    `<h1>Problems</h1>
<p>Why a request is refused, or fails. The code stands in <code>code</code> of each answer.</p>
<dl>
${Object.entries<ProblemDefinition>(problemCodes)
  .map(
    ([code, { status, title }]) =>
      `<dt><a href="/problems/${code}">${code}</a> (${status})</dt><dd>${escapeHtml(title)}</dd>`,
  )
  .join('\n')}
</dl>
<p><a href="/docs/">API documentation</a></p>`,
  )

const example = problemType('slug_taken')

const problemTypeSchema = {
  operationId: 'getProblemType',
  tags: [REFERENCE_TAG.name],
  summary: 'What a problem’s code means',
  description: 'The page that the `type` of a problem leads to.',
  params: z.object({
    code: z
      .string()
      .max(100)
      .meta({ description: 'The code of the problem.', examples: ['slug_taken'] }),
  }),
  response: {
    200: content(
      {
        'text/html': { schema: z.string(), example: page(example) },
        'application/json': { schema: ProblemType, example },
      },
      { description: 'The explanation, as a page or as data.' },
    ),
    ...problems('not_found'),
  },
}

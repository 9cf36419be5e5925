import type { FastifyReply } from 'fastify'
import type { Finding } from '#src/content/finding.ts'
import type { Deps } from '#src/deps.ts'
import type { Config } from '#src/platform/config.ts'
import { AppError } from '#src/platform/errors.ts'
import { codedFor, entityTag, type Representation } from '#src/platform/http/conditional.ts'
import { revisionConflict } from './errors.ts'
import { getArticle } from './find-article.ts'
import type { ArticleRow } from './queries.ts'
import { articleView } from './view.ts'

/** The article as those see it who may edit it. */
function editorsRepresentation(row: ArticleRow, config: Config): Representation {
  return {
    body: JSON.stringify(articleView(row, { mayEdit: true }, config)),
    contentType: 'application/json; charset=utf-8',
    revision: row.revision,
  }
}

/**
 * Answers a write with the article as it was when the write ended; 201 with its address.
 * What is sent is text already, of which the route's types know nothing: hence `never`.
 */
export function sendArticle(
  deps: Deps,
  reply: FastifyReply,
  row: ArticleRow,
  status: 200 | 201 = 200,
  findings: readonly Finding[] = [],
): never {
  const representation = editorsRepresentation(row, deps.config)
  // The tag of what a GET would give this client, so that it may go on with either If-Match or If-None-Match.
  const { coding, tag } = codedFor(reply.request, representation)
  if (status === 201) reply.header('location', `/v1/articles/${row.id}`)
  if (coding !== 'identity') reply.header('content-encoding', coding)
  return reply
    .code(status)
    .header('etag', tag)
    .type(representation.contentType)
    .send(withFindings(representation.body, findings)) as never
}

/** The article, and beside it what the write has to say; its entity tag is that of the article alone. */
const withFindings = (article: string, findings: readonly Finding[]) =>
  findings.length === 0 ? article : `${article.slice(0, -1)},"findings":${JSON.stringify(findings)}}`

/** Does `work`; a refusal for another revision says the present entity tag, so that the client can go on from it. */
export async function tellingConflicts<T>(deps: Deps, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    const row = await getArticle(deps, { ref: id }, true)
    throw revisionConflict(row.revision, entityTag(editorsRepresentation(row, deps.config)))
  }
}

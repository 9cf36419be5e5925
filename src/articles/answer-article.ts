import type { FastifyReply } from 'fastify'
import type { Deps } from '#src/deps.ts'
import { AppError } from '#src/platform/errors.ts'
import { entityTag, type Representation } from '#src/platform/http/conditional.ts'
import { revisionConflict } from './errors.ts'
import { getArticle } from './find-article.ts'
import { articleView } from './view.ts'

/** The article as those see it who may edit it. */
async function editorsRepresentation(deps: Deps, id: string): Promise<Required<Representation>> {
  const row = await getArticle(deps, { ref: id }, true)
  return {
    body: JSON.stringify(articleView(row, { mayEdit: true }, deps.config)),
    contentType: 'application/json; charset=utf-8',
    revision: row.revision,
  }
}

/** Answers a write with the article as it is after it; 201 with its address. */
export async function sendArticle(
  deps: Deps,
  reply: FastifyReply,
  id: string,
  status: 200 | 201 = 200,
): Promise<FastifyReply> {
  const representation = await editorsRepresentation(deps, id)
  if (status === 201) reply.header('location', `/v1/articles/${id}`)
  return reply
    .code(status)
    .header('etag', entityTag(representation))
    .type(representation.contentType)
    .send(representation.body)
}

/** Does `work`; a refusal for another revision says the present entity tag, so that the client can go on from it. */
export async function tellingConflicts<T>(deps: Deps, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    const representation = await editorsRepresentation(deps, id)
    throw revisionConflict(representation.revision, entityTag(representation))
  }
}

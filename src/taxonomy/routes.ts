import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { findNextChange } from '#src/listing/index.ts'
import { answerHeaders, json, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, sendPage } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import { Moved } from '#src/platform/http/moved.ts'
import { ANY_LIST_KEY, surrogateKey } from '#src/platform/http/surrogate-keys.ts'
import { query } from '#src/platform/http/zod-types.ts'
import { termKinds } from './kinds.ts'
import { getTerm, listTerms } from './list-terms.ts'
import { TermListQuery, TermParams } from './schemas.ts'
import { termViews } from './view.ts'

/** Reading `/v1/tags`, `/v1/topics` and `/v1/authors`. */
export function taxonomyRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    for (const vocabulary of Object.values(termKinds)) readingRoutes(app, deps, vocabulary)
  }
}

function readingRoutes(app: App, deps: Deps, vocabulary: (typeof termKinds)[keyof typeof termKinds]): void {
  const { kind, path, Name, one, anyOne, many, order, Term, example, listExample } = vocabulary

  app.get(
    path,
    {
      schema: {
        operationId: `list${Name}s`,
        tags: ['Taxonomy'],
        summary: `All ${many}`,
        description: `${order}, each with the number of its articles. Readers get the ${many} of published articles; with a key, all of them.`,
        querystring: TermListQuery,
        response: {
          200: json(collectionOf(Term, `${Name}List`), {
            description: `One page of ${many}.`,
            example: listExample,
            headers: { ETag: answerHeaders.etag, Link: answerHeaders.link },
          }),
          304: noContent('The page is what the client has already.'),
          ...problems('invalid_cursor', 'unauthorized'),
        },
      },
    },
    async (request, reply) => {
      const seesAll = isAllowed(request.actor, 'taxonomy.readUnused')
      const { rows, page } = await listTerms(deps, kind, request.query, seesAll)
      const views = rows.map((row) => termViews[kind](row, seesAll))
      return sendPage(request, reply, views, page, {
        surrogateKeys: [ANY_LIST_KEY],
        freshForMs: await findNextChange(deps.pool),
      })
    },
  )

  app.get(
    `${path}/:slug`,
    {
      schema: {
        operationId: `get${Name}`,
        tags: ['Taxonomy'],
        summary: `One ${one}`,
        description: `By slug. A name, an alias, a slug that it had before, or that of ${anyOne} merged into it leads there. Readers get what a published article has.`,
        params: TermParams,
        querystring: query({}),
        response: {
          200: json(Term, {
            description: `The ${one}.`,
            example,
            headers: { ETag: answerHeaders.etag },
          }),
          301: noContent('It has another address.', { Location: answerHeaders.location }),
          304: noContent('It is what the client has already.'),
          ...problems('unauthorized', 'not_found'),
        },
      },
    },
    async (request, reply) => {
      const { slug } = request.params
      const seesAll = isAllowed(request.actor, 'taxonomy.readUnused')
      const row = await getTerm(deps, kind, slug, seesAll)
      const about = {
        surrogateKeys: [surrogateKey(kind, row.slug)],
        freshForMs: await findNextChange(deps.pool),
      }
      if (row.slug !== slug.normalize('NFC')) throw new Moved({ params: { slug: row.slug }, ...about })
      return sendJson(request, reply, termViews[kind](row, seesAll), about)
    },
  )
}

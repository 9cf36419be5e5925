import { z } from 'zod'
import { ArticleListItem, listSourceArticles } from '#src/articles/index.ts'
import { trailOf } from '#src/audit/index.ts'
import { isAllowed } from '#src/auth/index.ts'
import type { Deps } from '#src/deps.ts'
import { findNextChange } from '#src/listing/index.ts'
import { AppError } from '#src/platform/errors.ts'
import { answerHeaders, json, jsonBody, noContent, problems } from '#src/platform/http/answers.ts'
import type { App } from '#src/platform/http/app.ts'
import { collectionOf, sendPage } from '#src/platform/http/collection.ts'
import { sendJson } from '#src/platform/http/conditional.ts'
import sourceExample from './examples/source.json' with { type: 'json' }
import domainsExample from './examples/source-domains.json' with { type: 'json' }
import sourcesExample from './examples/sources.json' with { type: 'json' }
import { findDomain, listDomains, listSources } from './list-sources.ts'
import { findSource } from './queries.ts'
import {
  DomainListQuery,
  DomainWriteQuery,
  Source,
  SourceDomain,
  SourceDomainPatch,
  SourceListQuery,
} from './schemas.ts'
import { setDomainTier } from './set-domain-tier.ts'
import { sourceDomainView, sourceView } from './view.ts'

const SourceParams = z.strictObject({
  id: z.uuid().meta({ description: 'Id of the source, as lists and citations give it.' }),
})
const DomainParams = z.strictObject({
  domain: z
    .string()
    .max(253)
    .meta({
      description: 'A registrable domain, without scheme, path and subdomain.',
      examples: ['example.org'],
    }),
})

const SourceWithArticles = z
  .object({
    ...Source.shape,
    articles: z.array(ArticleListItem).meta({ description: 'The newest twenty articles that cite it.' }),
  })
  .meta({
    id: 'SourceWithArticles',
    description:
      'A source with the newest articles that cite it; `GET /v1/articles?source=` gives all of them.',
  })

const paged = { ETag: answerHeaders.etag, Link: answerHeaders.link }

/** 404, for what is not there and for what only drafts cite. */
const sourceNotFound = () => new AppError('not_found', 404, 'There is no such source.')

/** `/v1/sources` and `/v1/source-domains`. */
export function sourceRoutes(deps: Deps) {
  return async (app: App): Promise<void> => {
    app.get(
      '/sources',
      {
        schema: {
          operationId: 'listSources',
          tags: ['Sources'],
          summary: 'What articles cite, most cited first',
          description:
            'One source for each canonical url. Readers get what published articles cite, and those counts.',
          querystring: SourceListQuery,
          response: {
            200: json(collectionOf(Source, 'SourceList'), {
              description: 'One page of sources.',
              example: sourcesExample,
              headers: paged,
            }),
            304: noContent('The page is what the client has already.'),
            ...problems('invalid_cursor', 'unauthorized'),
          },
        },
      },
      async (request, reply) => {
        const seesAll = isAllowed(request.actor, 'article.readUnpublished')
        const { rows, page } = await listSources(deps, request.query, seesAll)
        const freshForMs = await findNextChange(deps.pool)
        return sendPage(request, reply, rows.map(sourceView), page, { freshForMs })
      },
    )

    app.get(
      '/sources/:id',
      {
        schema: {
          operationId: 'getSource',
          tags: ['Sources'],
          summary: 'One source, and who cites it',
          description: 'With the newest twenty articles that cite it.',
          params: SourceParams,
          response: {
            200: json(SourceWithArticles, {
              description: 'The source.',
              example: sourceExample,
              headers: { ETag: answerHeaders.etag },
            }),
            304: noContent('The source is what the client has already.'),
            ...problems('unauthorized', 'not_found'),
          },
        },
      },
      async (request, reply) => {
        const seesAll = isAllowed(request.actor, 'article.readUnpublished')
        const { id } = request.params
        const [row] = await findSource(deps.pool, [id, seesAll])
        if (row === undefined) throw sourceNotFound()
        const articles = await listSourceArticles(deps, id, seesAll)
        const freshForMs = await findNextChange(deps.pool)
        return sendJson(request, reply, { ...sourceView(row), articles }, { freshForMs })
      },
    )

    app.get(
      '/source-domains',
      {
        schema: {
          operationId: 'listSourceDomains',
          tags: ['Sources'],
          summary: 'The domains of sources',
          description:
            'By name, with the tier that the newsroom gave them. With a key, those that nobody cites as well.',
          querystring: DomainListQuery,
          response: {
            200: json(collectionOf(SourceDomain, 'SourceDomainList'), {
              description: 'One page of domains.',
              example: domainsExample,
              headers: paged,
            }),
            304: noContent('The page is what the client has already.'),
            ...problems('invalid_cursor', 'unauthorized'),
          },
        },
      },
      async (request, reply) => {
        const seesAll = isAllowed(request.actor, 'article.readUnpublished')
        const { rows, page } = await listDomains(deps, request.query, seesAll)
        const freshForMs = await findNextChange(deps.pool)
        return sendPage(request, reply, rows.map(sourceDomainView), page, { freshForMs })
      },
    )

    app.patch(
      '/source-domains/:domain',
      {
        schema: {
          operationId: 'patchSourceDomain',
          tags: ['Sources'],
          summary: 'Say how far a domain is trusted',
          description: 'Also one that nobody has cited yet: what is cited of it later has the tier at once.',
          params: DomainParams,
          querystring: DomainWriteQuery,
          body: jsonBody(SourceDomainPatch, { description: 'The tier.', example: { tier: 'primary' } }),
          response: {
            200: json(SourceDomain, {
              description: 'The domain as it is now.',
              example: { domain: 'example.org', tier: 'primary', sourceCount: 1, articleCount: 1 },
            }),
            ...problems('unauthorized', 'forbidden'),
          },
        },
      },
      async (request) => {
        const domain = await setDomainTier(deps, trailOf(request), request.params.domain, request.body.tier)
        return sourceDomainView(await findDomain(deps, domain))
      },
    )
  }
}
